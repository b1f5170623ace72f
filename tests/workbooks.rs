//! Workbooks against those that Microsoft's packager made of the same files: what the service keeps, byte for byte.

use sentinel_gen::backend::Target;
use sentinel_gen::diag::Severity;
use sentinel_gen::pipeline;
use sentinel_gen::source::MemoryWorld;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A run, the folder with its workbooks, how many they are, and those that differ, with the reason.
type Run = (&'static str, &'static str, usize, &'static [(&'static str, &'static str)]);

const RUNS: [Run; 6] = [
    ("Azure Activity", "solutions/Azure-Sentinel/Azure Activity", 2, &[]),
    (
        "Microsoft Exchange Security - Exchange Online",
        "solutions/Azure-Sentinel/Microsoft Exchange Security - Exchange Online",
        4,
        &[],
    ),
    ("LastPass", "solutions/Azure-Sentinel/LastPass", 1, &[]),
    ("Dataminr Pulse", "solutions/Azure-Sentinel/Dataminr Pulse", 1, &[]),
    ("BloodHound Enterprise", "solutions/Azure-Sentinel/BloodHound Enterprise", 2, &[]),
    (
        "made-up/KindWorkbook/output",
        "packager-runs/made-up/KindWorkbook/input",
        2,
        &[("KwOne", "the packager writes dates anew and makes null of an empty list in a list")],
    ),
];

#[test]
fn the_service_keeps_what_the_packager_gives_it() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: the_service_keeps_what_the_packager_gives_it needs ../shared/corpus");
        return;
    }
    for (run, inputs, count, differing) in RUNS {
        let made = template(&corpus.join("packager-runs").join(run).join("mainTemplate.json"));
        let theirs = workbooks(&made);
        assert_eq!(theirs.len(), count, "{run}");
        let ours = ours(&corpus.join(inputs).join("Workbooks"), &theirs);
        for (name, text) in &theirs {
            let same = ours.iter().any(|(other, ours)| other == name && ours == text);
            assert_eq!(same, !differing.iter().any(|(other, _)| other == name), "{run}: {name}");
        }
    }
}

fn template(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// File and `serializedData` of every workbook of a package.
fn workbooks(package: &Value) -> Vec<(String, String)> {
    let templates = package["resources"].as_array().into_iter().flatten();
    let workbooks = templates.filter(|resource| resource["properties"]["contentKind"] == "Workbook");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |resource: &Value| {
        let description = text(&resource["properties"]["description"]);
        let (file, _) = description.split_once(" Workbook with ").unwrap_or_default();
        (file.to_owned(), text(&resource["properties"]["mainTemplate"]["resources"][0]["properties"]["serializedData"]))
    };
    workbooks.map(of).collect()
}

/// The same of our package of the same files.
fn ours(folder: &Path, wanted: &[(String, String)]) -> Vec<(String, String)> {
    let mut spec =
        include_str!("suite/SG5110/good-watchlist.yaml").split("inputs:").next().unwrap_or_default().to_owned();
    let mut world = MemoryWorld::default();
    spec.push_str("workbooks:\n");
    for (index, (name, _)) in wanted.iter().enumerate() {
        let path: PathBuf = folder.join(format!("{name}.json"));
        let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        world = world.with(&format!("{name}.json"), text);
        spec.push_str(&format!("  - {{ file: \"{name}.json\", workbookKey: K{index}, title: T, description: D }}\n"));
    }
    let world = world.with("s.yaml", spec.into_bytes());
    let outcome = pipeline::compile(&world, "s.yaml", "s.yaml", &Target::ALL);
    let errors: Vec<_> = outcome.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let bundle = outcome.bundle.expect("a build without errors");
    let path = "package/Solutions/Contoso/Package/mainTemplate.json";
    let text = &bundle.files.get(path).expect("a package").bytes;
    workbooks(&serde_json::from_slice(text).expect("JSON"))
}
