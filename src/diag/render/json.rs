//! Findings for programs: a stable JSON shape, documented at [`Record`].

use crate::diag::{Code, Diagnostic, Diagnostics, Label, Severity};
use crate::source::{Sources, Span};
use serde::Serialize;

/// One finding. Lines and columns count from 1, columns in characters; an end is the place behind the last character. Fields
/// are added, but never renamed, removed or given another meaning.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    /// `SG1003`
    pub code: Code,
    /// The rule's name in kebab case.
    pub name: &'static str,
    /// `error`, `warning` or `notice`.
    pub severity: Severity,
    pub message: &'a str,
    /// What to write instead; `null` if there is nothing to say.
    pub help: Option<&'a str>,
    /// As it was named on the command line, `/` between the parts.
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    /// Where in the spec, e.g. `analyticRules[2].query`; empty for the whole file.
    pub path: &'a str,
    /// The places that belong to the finding: first its own, then others, also of other files.
    pub labels: Vec<RecordLabel<'a>>,
}

/// A place with words on it, which may be empty.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordLabel<'a> {
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub text: &'a str,
}

/// Findings as one JSON array, pretty-printed, with a line feed at the end.
pub fn json(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut text = serde_json::to_string_pretty(&records(diagnostics, sources)).unwrap_or_else(|_| "[]".to_owned());
    text.push('\n');
    text
}

/// Findings as [`Record`]s, for a caller that prints those of several specs as one array.
pub fn records<'a>(diagnostics: &'a Diagnostics, sources: &'a Sources) -> Vec<Record<'a>> {
    diagnostics.iter().map(|diagnostic| record(diagnostic, sources)).collect()
}

fn record<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Record<'a> {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let [line, column, end_line, end_column] = place(sources, diagnostic.primary.span);
    Record {
        code: diagnostic.rule.code,
        name: diagnostic.rule.name,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file: sources.path(diagnostic.primary.span.file),
        line,
        column,
        end_line,
        end_column,
        path: &diagnostic.path,
        labels: labels.map(|label| record_label(label, sources)).collect(),
    }
}

fn record_label<'a>(label: &'a Label, sources: &'a Sources) -> RecordLabel<'a> {
    let [line, column, end_line, end_column] = place(sources, label.span);
    RecordLabel { file: sources.path(label.span.file), line, column, end_line, end_column, text: &label.text }
}

fn place(sources: &Sources, span: Span) -> [usize; 4] {
    let start = sources.line_column(span.file, span.start);
    let end = sources.line_column(span.file, span.end);
    [start.line, start.column, end.line, end.column]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::rules::yaml;
    use crate::source::FileId;

    #[test]
    fn the_shape_stays_what_it_is() {
        let mut sources = Sources::default();
        sources.add("spec/a.yaml", "ä: 1\nä: 2\n".into());
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(
            Diagnostic::new(&yaml::DUPLICATE_KEY, Span::new(FileId(0), 6, 8), "twice")
                .also(Span::new(FileId(0), 0, 2), "first")
                .help("keep one")
                .at("ä"),
        );
        let label = |line, text| {
            serde_json::json!({
                "file": "spec/a.yaml", "line": line, "column": 1, "endLine": line, "endColumn": 2, "text": text
            })
        };
        let expected = serde_json::json!([{
            "code": "SG1001", "name": "duplicate-key", "severity": "error", "message": "twice", "help": "keep one",
            "file": "spec/a.yaml", "line": 2, "column": 1, "endLine": 2, "endColumn": 2, "path": "ä",
            "labels": [label(2, ""), label(1, "first")]
        }]);
        let text = json(&diagnostics, &sources);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(expected));
        assert!(text.ends_with("]\n"));
    }

    #[test]
    fn no_findings_are_an_empty_array() {
        assert_eq!(json(&Diagnostics::default(), &Sources::default()), "[]\n");
    }
}
