//! One process that builds 10, 100 and 1,000 solutions of the size of the Pulumi spec, each tenth with a workbook of 200 kB, a
//! playbook and its custom connector, on one thread and on two, into an empty output folder. Files go below the system's temporary folder: `TMPDIR=/dev/shm` leaves the disk out.

use crate::measure::{Run, build, milliseconds, table};
use std::path::Path;
use std::{fs, io};

const SIZES: [usize; 3] = [10, 100, 1000];
const THREADS: [usize; 2] = [1, 2];
/// Of so many solutions one has a workbook and a playbook.
const MIXED: usize = 10;
/// Bytes of a workbook, at least.
const WORKBOOK: usize = 200_000;
const WORKBOOK_FILE: &str = "Overview.json";

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
        let mut spec = renamed(&text, i);
        if i % MIXED == 0 {
            spec.push_str(&mixed(&copy, i)?);
        }
        fs::write(copy.join("sentinel.yaml"), spec)?;
    }
    Ok(())
}

/// Puts a workbook and a playbook into the folder of a solution; gives what its spec says of them.
fn mixed(folder: &Path, i: usize) -> io::Result<String> {
    fs::write(folder.join(WORKBOOK_FILE), workbook(&format!("PulumiAuditLogs{i:04}_CL")))?;
    let mut spec = format!(
        "\nworkbooks:\n  - file: {WORKBOOK_FILE}\n    workbookKey: PulumiOverview{i:04}\n    title: Overview {i:04}\n    \
         description: Shows what happens.\nplaybooks:\n"
    );
    let playbooks = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/tailscale/Playbooks");
    for name in ["TailscaleApiConnector", "Tailscale-TellNewKeys"] {
        let copy = folder.join("Playbooks").join(name);
        fs::create_dir_all(&copy)?;
        fs::copy(playbooks.join(name).join("azuredeploy.json"), copy.join("azuredeploy.json"))?;
        spec.push_str(&format!("  - file: Playbooks/{name}/azuredeploy.json\n"));
    }
    Ok(spec)
}

/// A workbook of many steps over a table.
fn workbook(table: &str) -> String {
    let mut text = String::from("{\n  \"version\": \"Notebook/1.0\",\n  \"items\": [");
    for step in 0.. {
        let close = if step == 0 { "" } else { "," };
        text.push_str(&format!(
            "{close}\n    {{\n      \"type\": 3,\n      \"content\": {{\n        \"version\": \"KqlItem/1.0\",\n        \
             \"query\": \"{table}\\n| where TimeGenerated > ago({{Days}}d) and Event_s != \\\"step {step}\\\"\\n| summarize \
             Events = count(), Last = max(TimeGenerated) by Event_s, bin(TimeGenerated, {{TimeRange:grain}})\\n| sort by \
             Events desc\",\n        \"size\": 0,\n        \"title\": \"Step {step}\",\n        \"queryType\": 0,\n        \
             \"resourceType\": \"microsoft.operationalinsights/workspaces\",\n        \"gridSettings\": {{}},\n        \
             \"visualization\": \"timechart\"\n      }},\n      \"name\": \"step {step}\"\n    }}"
        ));
        if text.len() >= WORKBOOK {
            break;
        }
    }
    text + "\n  ]\n}\n"
}

/// The spec under another solution's name, offer, connector and table.
fn renamed(text: &str, i: usize) -> String {
    text.replace("PulumiAuditLogs", &format!("PulumiAuditLogs{i:04}"))
        .replace("azure-sentinel-solution-pulumicloud", &format!("azure-sentinel-solution-pulumicloud{i:04}"))
        .replace("name: Pulumi Cloud\n", &format!("name: Pulumi Cloud {i:04}\n"))
}
