//! Runs of the whole program, with time and peak memory, and tables of them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The program under measurement, as the bench profile builds it.
const PROGRAM: &str = env!("CARGO_BIN_EXE_sentinel-gen");

/// One run of the program.
pub struct Run {
    pub time: Duration,
    /// KiB; `None` where the system does not say.
    pub peak_memory: Option<u64>,
}

/// A run of `sentinel-gen build SPEC --out OUT` on so many threads. A failing build has no time: the bench ends.
pub fn build(spec: &Path, out: &Path, threads: usize, watch_memory: bool) -> Run {
    let mut command = Command::new(PROGRAM);
    command.arg("build").arg(spec).arg("--out").arg(out).env("RAYON_NUM_THREADS", threads.to_string());
    run(command, watch_memory)
}

/// A run that does nothing: what starting a process costs here.
pub fn start() -> Run {
    let mut command = Command::new(PROGRAM);
    command.arg("--version");
    run(command, false)
}

fn run(mut command: Command, watch_memory: bool) -> Run {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    let mut peak_memory = None;
    if watch_memory {
        while child.try_wait().expect("the program can be waited for").is_none() {
            peak_memory = high_water_mark(child.id()).or(peak_memory);
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    let status = child.wait().expect("the program can be waited for");
    let time = began.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    Run { time, peak_memory }
}

/// The most memory that a running process has had at once, in KiB (Linux only).
fn high_water_mark(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// `12.34`, in milliseconds.
pub fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}

/// Minimum, median and 95th percentile.
pub fn spread(mut times: Vec<Duration>) -> [Duration; 3] {
    times.sort();
    let at = |share: f64| times.get(((times.len() - 1) as f64 * share).round() as usize).copied().unwrap_or_default();
    [at(0.0), at(0.5), at(0.95)]
}

/// Prints rows under a head, columns aligned to the right but for the first.
pub fn table(rows: &[Vec<String>]) {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    for row in rows {
        let cells = row.iter().enumerate().map(|(i, cell)| match i {
            0 => format!("{cell:<width$}", width = width(i)),
            _ => format!("{cell:>width$}", width = width(i)),
        });
        println!("{}", cells.collect::<Vec<_>>().join("  "));
    }
}
