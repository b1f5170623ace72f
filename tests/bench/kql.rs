//! `cargo bench --bench kql`: parse, bind and type of published queries, one after the other, with nothing kept but what a query
//! may refer to; beside it the referee on the same requests, where node and its copy under `target/` are there.

use sentinel_gen::driver::kql::request::{self, Request};
use sentinel_gen::kql::{Dialect, Globals, analyze};
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The mean that is to be reached, per query.
const GOAL: Duration = Duration::from_micros(25);
const ROUNDS: u32 = 200;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lines = requests(&root.join("../shared/corpus/kql"));
    if lines.is_empty() {
        println!("kql: skipped, ../shared/corpus/kql is not there");
        return;
    }
    let began = Instant::now();
    let globals = Globals::default().with_catalogue();
    black_box(analyze(
        "SigninLogs | where ResultType == '0' | summarize count() by AppDisplayName",
        &globals,
        Dialect::Analytics,
    ));
    println!("first answer (signatures and catalogue included): {:?}", began.elapsed());

    let requests: Vec<Request> = lines.iter().filter_map(|line| request::read(line).ok()).collect();
    let bytes: usize = requests.iter().map(|request| request.query.len()).sum();
    let mut means: Vec<Duration> = (0..ROUNDS).map(|_| round(&requests)).collect();
    means.sort();
    let count = requests.len();
    let (best, middle) = (means[0], means[means.len() / 2]);
    println!(
        "{count} queries of {} bytes on average: {middle:?} a query (median of {ROUNDS} rounds, best {best:?}, goal {GOAL:?})",
        bytes / count
    );
    let mut slowest: Vec<(Duration, usize)> =
        requests.iter().map(|request| (one(request), request.query.len())).collect();
    slowest.sort_by(|a, b| b.cmp(a));
    println!("slowest: {:?}", &slowest[..5]);
    println!("peak memory: {}", peak());
    referee(&root.join("target/kql-oracle"), &lines);
}

fn round(requests: &[Request]) -> Duration {
    let began = Instant::now();
    for request in requests {
        black_box(analyze(&request.query, &request.globals, request.dialect));
    }
    began.elapsed() / u32::try_from(requests.len()).unwrap_or(1)
}

fn one(request: &Request) -> Duration {
    let began = Instant::now();
    for _ in 0..50 {
        black_box(analyze(&request.query, &request.globals, request.dialect));
    }
    began.elapsed() / 50
}

fn requests(folder: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    for file in ["queries.jsonl", "queries-solutions.jsonl"] {
        for line in std::fs::read_to_string(folder.join(file)).unwrap_or_default().lines() {
            let Ok(mut item) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            for key in ["tables", "functions"] {
                if let Some(serde_json::Value::String(text)) = item.get(key) {
                    item[key] = serde_json::from_str(text).unwrap_or_default();
                }
            }
            lines.push(item.to_string());
        }
    }
    lines
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    line.trim_start_matches("VmHWM:").trim().to_owned()
}

fn referee(folder: &Path, lines: &[String]) {
    let started = Command::new("node")
        .args(["kql-oracle.mjs", "--stats"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        println!("referee: skipped, node or its copy is not there");
        return;
    };
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all((lines.join("\n") + "\n").as_bytes());
    }
    match child.wait_with_output() {
        Ok(output) => println!("referee on node: {}", String::from_utf8_lossy(&output.stderr).trim()),
        Err(error) => println!("referee: {error}"),
    }
}
