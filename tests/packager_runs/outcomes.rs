//! Inputs of which the tool makes nothing that anyone could want: it leaves content out in silence, writes what cannot be
//! installed, or nothing at all. `refused.yaml` says of each what the tool did, and which finding of ours there is instead.
//!
//! Published content that we refuse is in the same list: with the code, the file and what is wrong with it.

use crate::GROUPS;
use crate::input::{self, Folder};
use libtest_mimic::{Failed, Trial};
use sentinel_gen::diag::{Diagnostic, Severity};
use sentinel_gen::pipeline::Compilation;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// An input that we refuse, or content of one.
struct Refusal {
    /// `group/name`
    input: String,
    /// What the tool did, or what is wrong with published content.
    because: String,
    /// Code of each error and the file that it stands in.
    findings: BTreeSet<(String, String)>,
}

pub fn trials(corpus: &Path) -> Vec<Trial> {
    let mut trials = Vec::new();
    for refusal in refusals() {
        let (group, name) = refusal.input.split_once('/').expect("a group and a name");
        let group = GROUPS.iter().find(|known| known.name == group).expect("a group");
        let folder = corpus.join(group.input.replace('*', name));
        trials.push(Trial::test(format!("refused/{}", refusal.input), move || {
            judge(&crate::compile(&Folder::read(&folder), None), &refusal)
        }));
    }
    trials
}

fn refusals() -> Vec<Refusal> {
    let listed = input::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packager_runs/refused.yaml"));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let one = |entry: &Value| Refusal {
        input: text(&entry["input"]),
        because: text(&entry["because"]),
        findings: entry["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|finding| (text(&finding[0]), text(&finding[1])))
            .collect(),
    };
    let refusals: Vec<Refusal> = listed.as_array().expect("a list").iter().map(one).collect();
    for refusal in &refusals {
        assert!(!refusal.because.is_empty() && !refusal.findings.is_empty(), "{} says nothing", refusal.input);
    }
    refusals
}

/// The errors are exactly the listed ones, each code once a file.
fn judge(compiled: &Compilation, refusal: &Refusal) -> Result<(), Failed> {
    let place = |finding: &Diagnostic| {
        (finding.code().to_string(), compiled.sources.path(finding.primary.span.file).to_owned())
    };
    let errors = compiled.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let found: BTreeSet<(String, String)> = errors.map(place).collect();
    if found == refusal.findings {
        return Ok(());
    }
    let missing: Vec<_> = refusal.findings.difference(&found).collect();
    let (because, all) = (&refusal.because, crate::findings(compiled, Severity::Error));
    Err(format!("{because}; expected and not found: {missing:?}; found:\n{all}").into())
}
