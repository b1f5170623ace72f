//! `kql --batch`: JSON lines in, JSON lines out, in the referee's shapes, so that the two can be compared.

use super::request;
use crate::driver::Verdict;
use crate::driver::console::Console;
use crate::kql::{self, Analysis, Output, Severity};
use crate::query;
use serde::Serialize;
use serde_json::Value;
use std::io::BufRead as _;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    id: Value,
    diagnostics: Vec<Entry>,
    result_kind: &'static str,
    result_columns: Option<Vec<Column>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    result_open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_type: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Entry {
    code: String,
    severity: &'static str,
    message: String,
    /// UTF-16 code units.
    start: usize,
    length: usize,
    /// Beyond the referee's shape: another place that has to do with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<Related>,
}

#[derive(Debug, Serialize)]
struct Related {
    message: String,
    start: usize,
    length: usize,
}

#[derive(Debug, Serialize)]
struct Column {
    name: String,
    #[serde(rename = "type")]
    ty: &'static str,
}

/// The answer to one line, and whether the line was a request.
pub fn answer(line: &str) -> (String, bool) {
    let (answer, understood) = match request::read(line) {
        Ok(request) => {
            let analysis = kql::analyze(&request.query, &request.globals, request.dialect);
            (of(request.id, &request.query, analysis), true)
        }
        Err(reason) => {
            let entry = Entry {
                code: "SG0001".to_owned(),
                severity: "Error",
                message: reason,
                start: 0,
                length: 0,
                related: None,
            };
            let answer = Answer {
                id: Value::Null,
                diagnostics: vec![entry],
                result_kind: "none",
                result_columns: None,
                result_open: false,
                result_type: None,
            };
            (answer, false)
        }
    };
    (serde_json::to_string(&answer).unwrap_or_default(), understood)
}

fn of(id: Value, query: &str, analysis: Analysis) -> Answer {
    let units = Units::of(query);
    let entry = |finding: &kql::Finding| {
        let (start, end) = (units.at(query, finding.range.start), units.at(query, finding.range.end));
        let message = match &finding.help {
            Some(help) => format!("{}; {help}", finding.message),
            None => finding.message.clone(),
        };
        let related = finding.also.as_ref().map(|(range, message)| {
            let (start, end) = (units.at(query, range.start), units.at(query, range.end));
            Related { message: message.clone(), start, length: end - start }
        });
        Entry {
            code: query::rule(finding.kind).code.to_string(),
            severity: severity(finding.severity),
            message,
            start,
            length: end - start,
            related,
        }
    };
    let diagnostics = analysis.findings.iter().map(entry).collect();
    let open = analysis.is_open();
    let (result_kind, columns, ty) = match analysis.output {
        Output::None => ("none", None, None),
        Output::Error => ("error", None, None),
        Output::Scalar(ty) => ("scalar", None, Some(ty.name())),
        Output::Rows { columns, .. } => ("table", Some(columns), None),
    };
    let columns =
        columns.map(|columns| columns.into_iter().map(|c| Column { name: c.name, ty: c.ty.name() }).collect());
    Answer { id, diagnostics, result_kind, result_columns: columns, result_open: open, result_type: ty }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Notice => "Suggestion",
    }
}

/// Bytes into UTF-16 code units; a plain text needs no counting.
struct Units {
    plain: bool,
}

impl Units {
    fn of(text: &str) -> Self {
        Units { plain: text.is_ascii() }
    }

    fn at(&self, text: &str, byte: u32) -> usize {
        let byte = byte as usize;
        if self.plain {
            return byte;
        }
        text.get(..byte).map_or(byte, |before| before.encode_utf16().count())
    }
}

/// Answers every line of standard input; 2, if one was no request.
pub fn run(console: &Console) -> Verdict {
    let mut verdict = Verdict::Clean;
    for line in std::io::stdin().lock().split(b'\n') {
        let Ok(bytes) = line else { return Verdict::Failed };
        let line = String::from_utf8_lossy(&bytes);
        if line.trim().is_empty() {
            continue;
        }
        let (text, understood) = answer(&line);
        console.out(&format!("{text}\n"));
        if !understood {
            verdict = Verdict::Failed;
        }
    }
    verdict
}
