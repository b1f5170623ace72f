//! One process that builds the Pulumi spec with all targets and all checks.

use crate::measure::{Run, build, milliseconds, spread, start, table};
use std::path::Path;

const RUNS: usize = 100;

pub fn run() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let unchanged = folder.path().join("unchanged");
    build(&spec, &unchanged, 2, false);
    let cold = |run: usize| folder.path().join(format!("cold-{run}"));

    let mut rows = vec![["milliseconds", "min", "median", "p95"].map(str::to_owned).to_vec()];
    rows.push(row("start of a process", |_| start()));
    rows.push(row("build, empty output folder", |i| build(&spec, &cold(i), 2, false)));
    rows.push(row("build, nothing changed", |_| build(&spec, &unchanged, 2, false)));
    println!("{RUNS} runs each");
    table(&rows);
}

fn row(name: &str, run: impl Fn(usize) -> Run) -> Vec<String> {
    let times = (0..RUNS).map(|i| run(i).time).collect();
    std::iter::once(name.to_owned()).chain(spread(times).map(milliseconds)).collect()
}
