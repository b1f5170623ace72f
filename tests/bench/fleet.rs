//! One process that builds 10, 100 and 1,000 solutions of the size of the Pulumi spec, on one thread and on two, into an
//! empty output folder. Files go below the system's temporary folder: `TMPDIR=/dev/shm` leaves the disk out.

use crate::measure::{Run, build, milliseconds, table};
use std::path::Path;
use std::{fs, io};

const SIZES: [usize; 3] = [10, 100, 1000];
const THREADS: [usize; 2] = [1, 2];

pub fn run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut rows =
        vec![["solutions", "threads", "ms", "ms each", "peak MiB", "time growth"].map(str::to_owned).to_vec()];
    for threads in THREADS {
        let mut smaller: Option<(usize, Run)> = None;
        for size in SIZES {
            let specs = folder.path().join(format!("spec-{size}"));
            if !specs.exists() {
                write_fleet(&specs, size).expect("the fleet can be written");
            }
            let out = folder.path().join(format!("out-{size}-{threads}"));
            let run = build(&specs, &out, threads, true);
            rows.push(row(size, threads, &run, smaller.as_ref()));
            smaller = Some((size, run));
        }
    }
    println!("time growth: how much longer than the row above, per solution (1.00 is linear)");
    table(&rows);
}

fn row(size: usize, threads: usize, run: &Run, smaller: Option<&(usize, Run)>) -> Vec<String> {
    let each = |size: usize, run: &Run| run.time.as_secs_f64() / size as f64;
    vec![
        size.to_string(),
        threads.to_string(),
        milliseconds(run.time),
        format!("{:.2}", each(size, run) * 1e3),
        run.peak_memory.map_or("unknown".to_owned(), |kib| (kib / 1024).to_string()),
        smaller.map_or(String::new(), |(n, before)| format!("{:.2}", each(size, run) / each(*n, before))),
    ]
}

/// Writes so many copies of the Pulumi spec, each with names and ids of its own.
fn write_fleet(folder: &Path, size: usize) -> io::Result<()> {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud");
    let text = fs::read_to_string(original.join("sentinel.yaml"))?;
    for i in 1..=size {
        let copy = folder.join(format!("pulumi-cloud-{i:04}"));
        fs::create_dir_all(&copy)?;
        for entry in fs::read_dir(&original)? {
            let path = entry?.path();
            if path.is_file() {
                fs::copy(&path, copy.join(path.file_name().unwrap_or_default()))?;
            }
        }
        fs::write(copy.join("sentinel.yaml"), renamed(&text, i))?;
    }
    Ok(())
}

/// The spec under another solution's name, offer, connector and table.
fn renamed(text: &str, i: usize) -> String {
    text.replace("PulumiAuditLogs", &format!("PulumiAuditLogs{i:04}"))
        .replace("azure-sentinel-solution-pulumicloud", &format!("azure-sentinel-solution-pulumicloud{i:04}"))
        .replace("name: Pulumi Cloud\n", &format!("name: Pulumi Cloud {i:04}\n"))
}
