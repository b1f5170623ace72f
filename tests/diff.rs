//! Two builds compared. Each folder of `tests/diff/` holds a build `before` and one `after`, and the three reports of
//! their difference; `SENTINEL_GEN_BLESS=1` writes the reports anew.

#[path = "support/expected.rs"]
mod expected;

use libtest_mimic::{Arguments, Failed, Trial};
use sentinel_gen::backend::Target;
use sentinel_gen::diff::{Build, Report, compare};
use sentinel_gen::pipeline;
use sentinel_gen::source::{MemoryWorld, World};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

fn main() {
    let mut trials = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    for case in walkdir::WalkDir::new(&root).min_depth(1).max_depth(1).sort_by_file_name() {
        let folder = case.expect("the cases can be read").into_path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        trials.push(Trial::test(format!("case {name}"), move || run_case(&folder)));
    }
    type Single = (&'static str, fn() -> Result<(), Failed>);
    let single: [Single; 5] = [
        ("zips_are_compared_by_their_entries", zips_are_compared_by_their_entries),
        ("a_changed_threshold_of_the_pulumi_rules_is_one_line", a_changed_threshold_is_one_line),
        ("the_same_spec_gives_no_difference", the_same_spec_gives_no_difference),
        ("colour_adds_nothing_but_colour", colour_adds_nothing_but_colour),
        ("any_model_is_compared", any_model_is_compared),
    ];
    trials.extend(single.map(|(name, test)| Trial::test(name, test)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn read(folder: &Path) -> Build {
    let mut build = Build::default();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() && entry.file_name() != ".gitkeep" {
            let path = entry.path().strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
            build.files.insert(path, fs::read(entry.path()).expect("a file of the case"));
        }
    }
    build
}

fn run_case(folder: &Path) -> Result<(), Failed> {
    let report = compare(&read(&folder.join("before")), &read(&folder.join("after")));
    let json = serde_json::to_string_pretty(&report.json()).map_err(|e| e.to_string())? + "\n";
    let reports = [("report.txt", report.text(false, 100)), ("report.md", report.markdown()), ("report.json", json)];
    reports.iter().for_each(|(name, report)| expected::expect(&folder.join(name), report));
    Ok(())
}

fn zip(entries: &[(&str, &str)], method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, text) in entries {
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(text.as_bytes()).expect("its contents");
    }
    writer.finish().expect("a zip").into_inner()
}

fn with_zip(bytes: Vec<u8>) -> Build {
    let mut build = Build::default();
    build.files.insert("model.json".into(), b"{\"modelVersion\": 1, \"solution\": {\"name\": \"Acme\"}}".to_vec());
    build.files.insert("package/Package/3.0.0.zip".into(), bytes);
    build
}

fn zips_are_compared_by_their_entries() -> Result<(), Failed> {
    use zip::CompressionMethod::{Deflated, Stored};
    let before = zip(&[("a.json", "{}"), ("b.json", "{}")], Stored);
    let repacked = zip(&[("b.json", "{}"), ("a.json", "{}")], Deflated);
    assert!(before != repacked);
    assert!(compare(&with_zip(before.clone()), &with_zip(repacked)).is_empty());
    let changed = zip(&[("a.json", "[]"), ("c.json", "{}")], Stored);
    let text = compare(&with_zip(before.clone()), &with_zip(changed)).text(false, 100);
    assert!(text.contains("3.0.0.zip (a.json changed, b.json removed, c.json added)"), "{text}");
    let text = compare(&with_zip(before), &with_zip(b"no zip".to_vec())).text(false, 100);
    assert!(text.contains("→ 6 bytes"), "{text}");
    Ok(())
}

fn pulumi(change: impl Fn(String) -> String) -> Build {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud");
    let text = |name: &str| fs::read_to_string(folder.join(name)).expect("a file of the spec");
    let world =
        MemoryWorld::default().with("sentinel.yaml", change(text("sentinel.yaml"))).with("logo.svg", text("logo.svg"));
    assert!(world.read("sentinel.yaml").is_ok());
    let done = pipeline::compile(&world, "sentinel.yaml", "spec/pulumi-cloud/sentinel.yaml", &Target::ALL);
    let findings: Vec<&str> = done.diagnostics.iter().map(|d| d.message.as_str()).collect();
    Build::from(&done.bundle.unwrap_or_else(|| panic!("the spec compiles: {findings:?}")))
}

fn threshold(text: String) -> String {
    text.replacen("    queryPeriod: 1h\n", "    queryPeriod: 1h\n    triggerThreshold: 10\n", 1)
}

fn changed_threshold() -> Report {
    compare(&pulumi(|text| text), &pulumi(threshold))
}

fn a_changed_threshold_is_one_line() -> Result<(), Failed> {
    let report = changed_threshold();
    let text = report.text(false, 100);
    let line = "analytic rule \"Pulumi Cloud - Stack Deleted\": triggerThreshold 0 → 10";
    assert!(text.lines().any(|l| l == line), "{text}");
    assert_eq!(report.changes(), 1);
    assert!(report.unexplained.is_empty());
    let follows = |path: &str| report.following.iter().any(|file| file.path == path);
    for path in ["deploy/azuredeploy.json", "deploy/main.bicep", "manifest/content-hub.json", "docs/README.md"] {
        assert!(follows(path), "{path} follows:\n{text}");
    }
    assert!(!follows("model.json") && !follows("deploy/azuredeploy.parameters.json"));
    Ok(())
}

fn the_same_spec_gives_no_difference() -> Result<(), Failed> {
    let report = compare(&pulumi(|text| text), &pulumi(|text| text));
    assert!(report.is_empty(), "{}", report.text(false, 100));
    Ok(())
}

fn colour_adds_nothing_but_colour() -> Result<(), Failed> {
    let report = changed_threshold();
    let mut plain = report.text(true, 100);
    assert!(plain.contains('\u{1b}'));
    for code in ["[0m", "[1m", "[2m", "[31m", "[32m"] {
        plain = plain.replace(&format!("\u{1b}{code}"), "");
    }
    assert_eq!(plain, report.text(false, 100));
    Ok(())
}

/// Whatever stands in a `model.json`, the comparison ends, and finds a difference where there is one.
fn any_model_is_compared() -> Result<(), Failed> {
    let model = "{\"modelVersion\": 1, \"solution\": {\"name\": \"Acme\"}, \"tables\": {\"T\": {\"columns\": {\"a\": \
                 {\"type\": \"int\"}}, \"columnOrder\": [\"a\", \"a\"]}}, \"order\": {\"tables\": [1, [], \"T\"]}}";
    let build = |text: String| Build { files: [("model.json".to_owned(), text.into_bytes())].into() };
    let parts = ["1", "\"Acme\"", "{", "}", "[]", "\"T\"", "\"a\"", "\"int\"", "\"columns\"", "null"];
    for from in parts {
        for to in ["null", "[1]", "{}", "\"x\"", "[{\"name\": 1}]", "", "\"columns\": 3, \"T\""] {
            let changed = model.replacen(from, to, 1);
            let report = compare(&build(model.to_owned()), &build(changed.clone()));
            assert_eq!(report.is_empty(), changed == model, "{changed}");
            assert!(!report.markdown().is_empty() && report.json().is_object());
        }
    }
    Ok(())
}
