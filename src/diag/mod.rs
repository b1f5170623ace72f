//! Findings: what they are, in which order they come, and the table of their codes. Rendering is in [`render`].
//!
//! Must not know where a finding comes from: no YAML, no spec, no files.

use crate::source::Span;
use serde::Serialize;

pub mod render;
pub mod rules;
mod unreadable;

pub use rules::{Code, Rule};
pub use unreadable::unreadable;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Notice,
    /// Probably wrong; fails a run with `--deny warnings`.
    Warning,
    /// Nothing is written.
    Error,
}

/// A place with words on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    /// Short; shown under the place. May be empty.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    pub primary: Label,
    /// Other places that belong to it, e.g. the first definition.
    pub secondary: Vec<Label>,
    /// What to do or write instead, told in the imperative: a small letter first, no full stop.
    pub help: Option<String>,
    /// Where in the spec, e.g. `analyticRules[2].query`; empty for the whole file.
    pub path: String,
}

impl Diagnostic {
    /// A finding with the rule's own severity.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            rule,
            severity: rule.severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            help: None,
            path: String::new(),
        }
    }

    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    pub fn code(&self) -> Code {
        self.rule.code
    }
}

/// The findings of a run, in the order of the text once [`Diagnostics::sorted`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// File, start, code: the order in which findings are shown. The same finding at the same place is shown once, also
    /// where an alias brings that place to several paths.
    pub fn sorted(mut self) -> Self {
        self.0.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.primary.span.file, d.primary.span.start, d.rule.code);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        self.0.dedup_by(|b, a| (a.rule.code, a.primary.span, &a.message) == (b.rule.code, b.primary.span, &b.message));
        self
    }
}

/// A value, as far as it could be made, and what was found on the way.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    pub value: Option<T>,
    pub diagnostics: Diagnostics,
}

/// The known name that is nearest to `word`, if it is near enough to be meant.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(word, known, (word.chars().count() / 3).max(1))
}

/// The known name that is at most so many slips away from `word`, case apart: a long list has something like any word in it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, slips: usize) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|name| (edit_distance(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, name)| (*distance, name.len()))
        .map(|(_, name)| name)
}

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut rows = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_helps_with_a_slip_and_not_with_another_word() {
        let known = ["AzureActiveDirectory", "XbowSecurityConnector"];
        assert_eq!(nearest("AzureActiveDirectry", known, 2), Some("AzureActiveDirectory"));
        assert_eq!(did_you_mean("AbstractSecurityConnector", known), Some("XbowSecurityConnector"));
        assert_eq!(nearest("AbstractSecurityConnector", known, 2), None);
    }
}
