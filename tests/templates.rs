//! Templates: what each of `tests/arm/templates/*.json` evaluates to, or what is found in it.
//!
//! Beside `NAME.json` stands `NAME.expected`: the expansion as `arm --format json` prints it, or a line for each finding,
//! `line:column severity[CODE]: message` with its help below. `NAME.values` has values for its parameters. The first word
//! of a name is `good`, or the only code that the template gives; every rule of the family has such a template.
//! `SENTINEL_GEN_BLESS=1` writes the expectations anew.

use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::value::Value;
use sentinel_gen::arm::eval::{Environment, Place, expand};
use sentinel_gen::arm::read;
use sentinel_gen::diag::rules::template;
use sentinel_gen::diag::{Diagnostics, Severity};
use sentinel_gen::driver::template::file;
use sentinel_gen::proof;
use sentinel_gen::source::{Sources, Span};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const PLACE: Place<'static> = Place {
    subscription: "00000000-0000-0000-0000-0000000000a1",
    tenant: "00000000-0000-0000-0000-0000000000b2",
    resource_group: "rg",
    location: "westeurope",
    deployment: "main",
};

fn templates() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/arm/templates");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of templates is readable")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The codes of the findings, and all that is expected of a template.
fn outcome(path: &Path) -> (BTreeSet<String>, String) {
    let text = std::fs::read_to_string(path).expect("a template is UTF-8");
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let file = sources.add(name(path), text.as_str().into());
    let parsed = file::parse(&text, file, read::template, &mut diagnostics);
    let mut expansion = None;
    if let Some(parsed) = parsed {
        let values = std::fs::read_to_string(path.with_extension("values")).ok().map(|values| {
            let values = read::data(&values, file).expect("the values are JSON").tree;
            values.get("parameters").expect("the values have `parameters`").data()
        });
        let given = match &values {
            Some(Value::Object(given)) => Some(&**given),
            _ => None,
        };
        match expand(&parsed.tree, given, &Environment::new(&PLACE), &mut Budget::default()) {
            Ok(made) => expansion = Some(made.to_json()),
            Err(faults) => {
                faults.iter().for_each(|fault| diagnostics.push(proof::finding(fault, Span::start_of(file))));
            }
        }
    }
    let diagnostics = diagnostics.sorted();
    let mut expected = String::new();
    for finding in diagnostics.iter() {
        let place = sources.line_column(finding.primary.span.file, finding.primary.span.start);
        let severity = if finding.severity == Severity::Error { "error" } else { "warning" };
        let (line, column, code) = (place.line, place.column, finding.code());
        let _ = writeln!(expected, "{line}:{column} {severity}[{code}]: {}", finding.message);
        if let Some(help) = &finding.help {
            let _ = writeln!(expected, "  help: {help}");
        }
    }
    if let Some(expansion) = expansion.filter(|_| diagnostics.is_empty()) {
        let _ = writeln!(expected, "{expansion:#}");
    }
    (diagnostics.iter().map(|finding| finding.code().to_string()).collect(), expected)
}

#[test]
fn each_template_gives_what_is_expected() {
    let bless = std::env::var_os("SENTINEL_GEN_BLESS").is_some();
    let mut faults = String::new();
    for path in templates() {
        let (codes, found) = outcome(&path);
        let stored = path.with_extension("expected");
        if bless {
            std::fs::write(&stored, &found).expect("the expectation can be written");
        }
        let expected = std::fs::read_to_string(&stored).unwrap_or_default();
        if expected != found {
            let _ = writeln!(faults, "{}:\n{found}instead of\n{expected}", name(&path));
        }
        let name = name(&path);
        let first = name.split('-').next().unwrap_or_default();
        let told = if first == "good" { BTreeSet::new() } else { BTreeSet::from([first.to_owned()]) };
        if told != codes {
            let _ = writeln!(faults, "{name} gives {codes:?}");
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// One slip, one finding.
#[test]
fn a_slip_gives_one_finding() {
    for path in templates() {
        let (codes, found) = outcome(&path);
        let findings = found.lines().filter(|line| line.contains("[SG")).count();
        assert!(codes.is_empty() || findings == 1, "{}:\n{found}", name(&path));
    }
}

#[test]
fn every_rule_has_a_template_that_breaks_it() {
    let shown: BTreeSet<String> = templates().iter().map(|path| name(path).chars().take(6).collect()).collect();
    let missing: Vec<String> =
        template::ALL.iter().map(|rule| rule.code.to_string()).filter(|code| !shown.contains(code)).collect();
    assert!(missing.is_empty(), "no template shows {missing:?}");
}
