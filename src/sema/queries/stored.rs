//! Queries that people and other queries run: hunting queries, and the bodies of parsers with their parameters.

use super::super::context::Context;
use super::super::place::Places;
use super::report;
use crate::diag::rules::content as rules;
use crate::diag::{Diagnostic, Severity};
use crate::ir::{Parser, ParserParameter, Text};
use crate::kql::{Analysis, Dialect, Globals, Output, Range, analyze};
use crate::query;

/// Checks a query that stands for itself.
pub fn stored(query: &Text, places: &Places, globals: &Globals, path: &str, context: &mut Context<'_>) {
    let analysis = analyze(&query.value, globals, Dialect::Analytics);
    report(&analysis, places, path, Severity::Notice, context);
}

/// The name that a parser's body has while it is checked; no text of a parser can have it.
const STAND_IN: &str = "__parser";

/// Checks a parser's parameters and its body, as they are when someone calls it.
pub fn parser(parser: &Parser, places: &Places, globals: &Globals, path: &str, context: &mut Context<'_>) {
    let path = format!("{path}.{}", if parser.asim.is_some() { "ParserQuery" } else { "FunctionQuery" });
    let path = path.as_str();
    let (head, spots) = head(&parser.parameters);
    let arguments: Vec<String> = parser.parameters.iter().filter_map(argument).collect();
    let call = format!("{STAND_IN}({})", arguments.join(", "));
    let text = format!("{head}{}\n}};\n{call}", parser.query.value);
    let analysis = analyze(&text, globals, Dialect::Analytics);
    let end = head.len() + parser.query.value.len();
    let mut sound = true;
    let mut inside = Analysis { findings: Vec::new(), ..analysis.clone() };
    for finding in analysis.findings {
        let start = finding.range.start as usize;
        sound &= finding.severity < crate::kql::Severity::Error;
        if (head.len()..=end).contains(&start) {
            let shift = |at: u32| at.saturating_sub(u32::try_from(head.len()).unwrap_or(u32::MAX));
            let stop = shift(finding.range.end).min(u32::try_from(parser.query.value.len()).unwrap_or(u32::MAX));
            let range = Range { start: shift(finding.range.start), end: stop };
            inside.findings.push(crate::kql::Finding { range, ..finding });
        } else if let Some((_, parameter)) = spots.iter().rev().find(|(at, _)| *at <= start && start < head.len()) {
            let place = parameter.default.as_ref().unwrap_or(&parameter.ty).span;
            context.diagnostics.push(query::diagnostic(&finding, |_| place).at(path));
        } else {
            // Behind the body: what is not closed in it.
            context.diagnostics.push(query::diagnostic(&finding, |_| parser.query.span).at(path));
        }
    }
    report(&inside, places, path, Severity::Notice, context);
    if sound && !matches!(analysis.output, Output::Rows { .. }) {
        let message = format!("`{}` gives no rows", parser.name.value);
        let help = "end the function with a tabular expression: a table and operators on it";
        context.diagnostics.push(Diagnostic::new(&rules::PARSER_ROWS, parser.name.span, message).help(help).at(path));
    }
}

/// The declaration before the body, and where each parameter begins in it.
fn head(parameters: &[ParserParameter]) -> (String, Vec<(usize, &ParserParameter)>) {
    let mut text = format!("let {STAND_IN} = (");
    let mut spots = Vec::new();
    for (i, parameter) in parameters.iter().enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        spots.push((text.len(), parameter));
        text.push_str(&parameter.declaration());
    }
    text.push_str(") {\n");
    (text, spots)
}

/// A value for a parameter without a default.
fn argument(parameter: &ParserParameter) -> Option<String> {
    if parameter.default.is_some() {
        return None;
    }
    let ty = parameter.ty.value.trim();
    Some(match ty.strip_prefix("table:").unwrap_or(ty).trim() {
        "string" => "''".to_owned(),
        "(*)" => "(print 1)".to_owned(),
        columns if columns.starts_with('(') => format!("(datatable{columns}[])"),
        scalar => format!("{scalar}(null)"),
    })
}
