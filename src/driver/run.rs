//! Several specs at once, results one after the other in the order of the specs. Each spec's bundle is dropped before
//! the next one is read by that thread: a fleet needs no more memory than a few of its solutions.

use super::discover::SpecFile;
use super::world::DiskWorld;
use crate::backend::Target;
use crate::pipeline::{self, Compilation};
use rayon::iter::{ParallelBridge, ParallelIterator};
use std::collections::BTreeMap;
use std::sync::mpsc;

/// Compiles one spec from the disk.
pub fn compile(spec: &SpecFile, targets: &[Target]) -> Compilation {
    pipeline::compile(&DiskWorld::new(&spec.folder), &spec.file, &spec.shown, targets)
}

/// Does `work` for every spec, on as many threads as there are (`RAYON_NUM_THREADS` says otherwise), and gives what came
/// of it to `take` in the order of the specs, each as soon as it and all before it are there.
pub fn each<T: Send>(specs: &[SpecFile], work: impl Fn(&SpecFile) -> T + Sync, mut take: impl FnMut(T)) {
    // One spec needs no threads, and starting them takes longer than a good part of its build.
    if let [spec] = specs {
        take(work(spec));
        return;
    }
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        let work = &work;
        scope.spawn(move || {
            // Handed out one by one, so that the first ones are done first.
            specs.iter().enumerate().par_bridge().for_each_with(sender, |sender, (index, spec)| {
                // The receiver outlives this: it ends when the last sender is gone.
                let _ = sender.send((index, work(spec)));
            });
        });
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (index, result) in receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                take(result);
                next += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn results_come_in_the_order_of_the_specs() {
        let spec = |i: usize| SpecFile {
            folder: PathBuf::new(),
            file: String::new(),
            shown: String::new(),
            solution: i.to_string(),
        };
        for count in [0, 1, 2, 100] {
            let specs: Vec<SpecFile> = (0..count).map(spec).collect();
            let mut seen = Vec::new();
            let work = |spec: &SpecFile| {
                // The first ones take longest.
                let number: u64 = spec.solution.parse().unwrap_or(0);
                std::thread::sleep(std::time::Duration::from_micros(200u64.saturating_sub(number * 2)));
                spec.solution.clone()
            };
            each(&specs, work, |solution| seen.push(solution));
            assert_eq!(seen, (0..count).map(|i| i.to_string()).collect::<Vec<_>>());
        }
    }
}
