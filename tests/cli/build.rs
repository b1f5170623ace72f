use crate::fixture::{Ran, Workplace, assert_expected};
use std::process::Stdio;

#[test]
fn a_build_writes_and_then_has_nothing_to_write() {
    let work = Workplace::new();
    let first = work.run(&["build"]).ends_with(0).says("pulumi-cloud: ").says(" written");
    assert_eq!(first.out, "");
    assert!(first.err.contains("sentinel-gen deploy spec/pulumi-cloud -g"), "{}", first.err);
    assert!(work.path("output/pulumi-cloud/deploy/azuredeploy.json").is_file());
    let second = work.run(&["build"]).ends_with(0).says(" unchanged");
    assert!(!second.err.contains("written"), "{}", second.err);
}

#[test]
fn targets_and_folder_are_chosen() {
    let work = Workplace::new();
    work.run(&["build", "spec/pulumi-cloud", "--target", "bicep,docs", "--out", "other"]).ends_with(0);
    assert!(work.path("other/pulumi-cloud/deploy/main.bicep").is_file());
    assert!(work.path("other/pulumi-cloud/docs/README.md").is_file());
    assert!(!work.path("other/pulumi-cloud/deploy/azuredeploy.json").exists());
    assert!(!work.path("output").exists());
}

#[test]
fn a_spec_that_fails_does_not_stop_the_others() {
    let work = Workplace::new();
    work.copy_spec("spec/broken", |text| text.replace("severity: Low", "severity: Lowest"));
    let ran = work.run(&["build"]).ends_with(1).says("broken: failed, nothing written").says("2 solutions, 1 failed");
    assert!(ran.err.contains("spec/broken/sentinel.yaml"), "{}", ran.err);
    assert!(work.path("output/pulumi-cloud/deploy/azuredeploy.json").is_file());
    assert!(!work.path("output/broken").exists());
}

#[test]
fn warnings_fail_a_run_only_if_denied() {
    let work = Workplace::new();
    // Without its reason, the name of a published column is a warning.
    work.copy_spec("spec/pulumi-cloud", |text| text.split("\nchecks:").next().unwrap_or_default().to_owned() + "\n");
    work.run(&["check"]).ends_with(0).finds("SG3008");
    work.run(&["check", "--deny", "warnings"]).ends_with(1);
    work.run(&["build", "--deny", "warnings"]).ends_with(1).says("nothing written");
    assert!(!work.path("output").exists());
}

#[test]
fn check_writes_nothing_and_its_json_stands_alone() {
    let work = Workplace::new();
    work.copy_spec("spec/broken", |text| text.replace("severity: Low", "severity: Lowest"));
    let ran = work.run(&["check", "--format", "json"]).ends_with(1);
    assert_eq!(ran.err, "");
    let json = ran.json();
    assert_eq!(json["solutions"][0]["solution"], "broken");
    assert_eq!(json["solutions"][0]["ok"], false);
    assert_eq!(json["solutions"][1]["ok"], true);
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["file"] == "spec/broken/sentinel.yaml"), "{json:#}");
    assert!(!work.path("output").exists());
}

#[test]
fn findings_about_the_command_line_are_json_too() {
    let work = Workplace::new();
    let json = work.run(&["check", "spec/none", "--format", "json"]).ends_with(2).json();
    assert_eq!(json["findings"][0]["code"], "SG0010");
    assert_eq!(json["findings"][0]["file"], "command line");
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let work = Workplace::new();
    for i in 0..9 {
        work.copy_spec(&format!("spec/s{i}"), |text| {
            if i % 3 == 0 { text.replace("severity: Low", "severity: Lowest") } else { text }
        });
    }
    let with = |threads: &str, out: &str| {
        let ran = Ran::of(work.command(&["build", "--out", out]).env("RAYON_NUM_THREADS", threads)).ends_with(1);
        (ran.err.replace(out, "OUT"), tree(&work, out))
    };
    let (words, files) = with("1", "on-one-thread");
    let (other_words, other_files) = with("4", "on-four-threads");
    assert_eq!(words, other_words);
    assert!(files == other_files, "the files differ");
    let order: Vec<usize> = (0..9).map(|i| words.find(&format!("s{i}: ")).unwrap()).collect();
    assert!(order.is_sorted(), "{words}");
}

/// Every file of a folder with its bytes.
fn tree(work: &Workplace, folder: &str) -> Vec<(String, Vec<u8>)> {
    let root = work.path(folder);
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(&root).unwrap().display().to_string();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn paths_that_mean_nothing_end_with_code_2() {
    let work = Workplace::new();
    std::fs::create_dir_all(work.path("empty")).unwrap();
    work.copy_spec("drafts/pulumi-cloud", |text| text);
    let missing = work.run(&["build", "spec/pulumy-cloud"]).ends_with(2).finds("SG0010");
    assert_expected("spec-not-found.txt", &missing.err);
    work.run(&["build", "empty"]).ends_with(2).finds("SG0011");
    let twins = work.run(&["build", "spec", "drafts"]).ends_with(2).finds("SG0012");
    assert_expected("same-solution-folder.txt", &twins.err);
    std::fs::remove_dir_all(work.path("spec")).unwrap();
    work.run(&["build"]).ends_with(2).finds("SG0010").says("there is no folder spec here");
    assert!(!work.path("output").exists());
}

#[test]
fn an_output_folder_that_cannot_be_is_code_2() {
    let work = Workplace::new();
    std::fs::write(work.path("output"), "a file").unwrap();
    work.run(&["build"]).ends_with(2).finds("SG0022");
}

#[test]
fn diff_ends_with_code_3_until_blessed() {
    let work = Workplace::new();
    work.run(&["diff"]).ends_with(3);
    work.run(&["diff", "--bless"]).ends_with(0);
    work.run(&["diff"]).ends_with(0);
    work.copy_spec("spec/pulumi-cloud", |text| text.replace("severity: Low", "severity: High"));
    let ran = work.run(&["diff"]).ends_with(3);
    assert!(ran.out.contains("Low") && ran.out.contains("High"), "{}", ran.out);
    let json = work.run(&["diff", "--format", "json"]).ends_with(3).json();
    assert_eq!(json["solutions"].as_array().map(Vec::len), Some(1), "{json:#}");
    let markdown = work.run(&["diff", "--format", "markdown"]).ends_with(3);
    assert!(markdown.out.starts_with("### "), "{}", markdown.out);
    work.run(&["build"]).ends_with(0);
    work.run(&["diff", "--against", "output"]).ends_with(0);
}

#[test]
fn diff_notices_an_output_folder_that_is_torn() {
    let work = Workplace::new();
    work.run(&["build"]).ends_with(0);
    work.run(&["diff", "--bless"]).ends_with(0);
    std::fs::write(work.path("output/pulumi-cloud/deploy/azuredeploy.json"), "{}").unwrap();
    work.run(&["diff"]).ends_with(0).finds("SG0025");
    work.run(&["build"]).ends_with(0).finds("SG0024");
    let whole = work.run(&["diff"]).ends_with(0);
    assert!(!whole.err.contains("SG0025"), "{}", whole.err);
}

#[test]
fn text_for_a_pipe_has_no_escapes() {
    let work = Workplace::new();
    work.copy_spec("spec/pulumi-cloud", |text| text.replace("severity: Low", "severity: Lowest"));
    let ran = work.run(&["check"]).ends_with(1);
    assert!(!ran.err.contains('\u{1b}'), "{}", ran.err);
    let ascii = Ran::of(work.command(&["check"]).env("LC_ALL", "C")).ends_with(1);
    assert!(ascii.err.is_ascii(), "{}", ascii.err);
}

#[cfg(unix)]
#[test]
fn names_do_not_act_on_the_terminal() {
    let work = Workplace::new();
    work.copy_spec("spec/a\u{1b}[31mb", |text| text.replace("severity: Low", "severity: Lowest"));
    for command in ["check", "build"] {
        let ran = work.run(&[command]).ends_with(1).finds("SG1053");
        assert!(!ran.err.contains('\u{1b}'), "{}", ran.err);
    }
}

/// A reader that goes away, as `head` does, is no error.
#[test]
fn a_closed_pipe_is_quiet() {
    let work = Workplace::new();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sentinel-gen"))
        .args(["completions", "bash"])
        .current_dir(work.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_does_not_arrive_is_code_2() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sentinel-gen"))
        .arg("schema")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"));
}
