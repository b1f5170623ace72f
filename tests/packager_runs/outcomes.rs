//! Inputs of which the tool makes nothing that anyone could want: it leaves content out in silence, writes what cannot be
//! installed, or nothing at all. `outcomes.yaml` says of each what the tool did, and which findings of ours there are instead.
//!
//! Where the files of an input are no items of a spec, `outcomes/<name>.yaml` holds our part of it.

use crate::input::{self, Folder};
use crate::{GROUPS, Group};
use libtest_mimic::{Failed, Trial};
use sentinel_gen::diag::{Diagnostic, Severity};
use sentinel_gen::pipeline::Compilation;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What comes of an input that is no case.
struct Outcome {
    /// `group/name`
    input: String,
    /// What the tool did.
    because: String,
    /// Code of each error and the file that it stands in; none if we make a package of it.
    findings: BTreeSet<(String, String)>,
}

pub fn trials(corpus: &Path) -> Vec<Trial> {
    let outcomes = outcomes();
    let inputs = GROUPS.iter().flat_map(|group| inputs(corpus, group).into_iter().map(move |name| (group, name)));
    for (group, name) in inputs.filter(|(group, name)| !crate::cases(group).join(name).is_dir()) {
        let input = format!("{}/{name}", group.name);
        assert!(outcomes.iter().any(|outcome| outcome.input == input), "{input} is neither a case nor an outcome");
    }
    let trial = |outcome: Outcome| {
        let (group, name) = outcome.input.split_once('/').expect("a group and a name");
        let group = GROUPS.iter().find(|known| known.name == group).expect("a group");
        let folder = corpus.join(group.input.replace('*', name));
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/packager_runs/outcomes/{name}.yaml"));
        Trial::test(format!("outcome/{}", outcome.input), move || {
            let own = fs::read_to_string(own).ok();
            judge(&crate::compile(&Folder::read(&folder), own.as_deref(), Vec::new()), &outcome)
        })
    };
    outcomes.into_iter().map(trial).collect()
}

/// The names of a group's inputs.
fn inputs(corpus: &Path, group: &Group) -> Vec<String> {
    let root = group.input.split('*').next().unwrap_or_default();
    let names = crate::names(&corpus.join(root));
    names.into_iter().filter(|name| corpus.join(group.input.replace('*', name)).join("Data").is_dir()).collect()
}

fn outcomes() -> Vec<Outcome> {
    let listed = input::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packager_runs/outcomes.yaml"));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let one = |entry: &Value| Outcome {
        input: text(&entry["input"]),
        because: text(&entry["because"]),
        findings: entry["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|finding| (text(&finding[0]), text(&finding[1])))
            .collect(),
    };
    let outcomes: Vec<Outcome> = listed.as_array().expect("a list").iter().map(one).collect();
    for outcome in &outcomes {
        assert!(!outcome.because.is_empty(), "{} says nothing", outcome.input);
    }
    outcomes
}

/// The errors are exactly the listed ones, each code once a file.
fn judge(compiled: &Compilation, outcome: &Outcome) -> Result<(), Failed> {
    let place = |finding: &Diagnostic| {
        (finding.code().to_string(), compiled.sources.path(finding.primary.span.file).to_owned())
    };
    let errors = compiled.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let found: BTreeSet<(String, String)> = errors.map(place).collect();
    if found == outcome.findings {
        return Ok(());
    }
    let missing: Vec<_> = outcome.findings.difference(&found).collect();
    let (because, all) = (&outcome.because, crate::findings(compiled, Severity::Error));
    Err(format!("{because}; expected and not found: {missing:?}; found:\n{all}").into())
}
