use crate::fixture::{CANARY, Workplace};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Waits until `ready`, for at most half a minute.
fn wait_for(what: &str, mut ready: impl FnMut() -> bool) {
    let start = Instant::now();
    while !ready() {
        assert!(start.elapsed() < Duration::from_secs(30), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn send(signal: &str, process: &str) {
    let done = Command::new("kill").args([signal, process]).status().unwrap();
    assert!(done.success(), "kill {signal} {process}");
}

fn is_running(process: &str) -> bool {
    Command::new("kill").args(["-0", process]).stderr(Stdio::null()).status().unwrap().success()
}

/// The program at work, with an az that has read its file and now takes its time.
fn started(work: &Workplace) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sentinel-gen"));
    command
        .args(["deploy", "spec", "-g", "rg", "--workspace", "ws-prod", "--param", "orgName=acme"])
        .args(["--secret", "accessToken=env:TOKEN"])
        .current_dir(work.path(""))
        .env("PATH", format!("{}:/usr/bin:/bin", work.path("bin").display()))
        .env("TMPDIR", work.path("tmp"))
        .env("AZ_LOG", work.path("log"))
        .env("TOKEN", CANARY)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    wait_for("az to start", || work.path("log/started").exists());
    assert!(std::path::Path::new(&work.read("log/file")).exists());
    child
}

#[test]
fn a_signal_ends_az_and_removes_the_file() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let work = Workplace::new();
        work.az("echo $$ >\"$AZ_LOG/process\"; : >\"$AZ_LOG/started\"; sleep 60");
        let child = started(&work);
        send(signal, &child.id().to_string());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{err}");
        assert!(!err.contains("The first rows") && !err.contains(CANARY), "{err}");
        let az = work.read("log/process");
        wait_for("az to be gone", || !is_running(az.trim()));
        work.assert_no_trace();
    }
}

#[test]
fn an_az_that_ends_well_after_a_signal_is_still_a_stop() {
    let work = Workplace::new();
    work.az("trap 'exit 0' TERM; : >\"$AZ_LOG/started\"; while :; do sleep 0.05; done");
    let child = started(&work);
    send("-TERM", &child.id().to_string());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(143));
    work.assert_no_trace();
}

/// A build that is stopped at any moment leaves a folder that the next build puts right.
#[test]
fn a_build_that_is_killed_leaves_nothing_that_stays_wrong() {
    let work = Workplace::new();
    for i in 0..20 {
        work.copy_spec(&format!("spec/s{i:02}"), |text| text);
    }
    for delay in [1, 5, 20, 60] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("sentinel-gen"))
            .arg("build")
            .current_dir(work.path(""))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
    }
    work.run(&["build"]).ends_with(0);
    let whole = work.run(&["build"]).ends_with(0);
    assert!(!whole.err.contains("SG0024") && !whole.err.contains("written"), "{}", whole.err);
    let left = walkdir::WalkDir::new(work.path("output"))
        .into_iter()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".staging"))
        .count();
    assert_eq!(left, 0);
}
