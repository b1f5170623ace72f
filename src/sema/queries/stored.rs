//! Queries that people and other queries run: hunting queries, summary rules, and the bodies of parsers with their parameters.

use super::super::context::Context;
use super::super::place::Places;
use super::rule::{Named, columns};
use super::{Query, Reader, Reads};
use crate::diag::Diagnostic;
use crate::diag::rules::content as rules;
use crate::ir::{Parser, ParserParameter, Text};
use crate::kql::{Globals, Output};
use crate::source::{Span, Spanned};

/// Checks a query that stands for itself.
pub fn stored(query: &Text, places: &Places, globals: &Globals, path: &str, context: &mut Context<'_>) -> Reads {
    let examined = Query { text: query, places, path: path.to_owned() }.examine(globals, Reader::Stored, context);
    examined.into()
}

/// Checks a hunting query, and the columns that it maps to entities against those of its result. The portal shows such an
/// entity empty, so they are advice.
pub fn hunting(
    text: &Text,
    places: &Places,
    globals: &Globals,
    named: &[Named],
    path: &str,
    context: &mut Context<'_>,
) -> Reads {
    let query = Query { text, places, path: format!("{path}.query") };
    let examined = query.examine(globals, Reader::Stored, context);
    if let Some(made) = examined.columns() {
        context.advise(|context| columns(named, made, path, context));
    }
    examined.into()
}

/// The name that a parser's body has while it is checked; no text of a parser can have it.
const STAND_IN: &str = "__parser";

/// Types that have a null.
const SCALARS: [&str; 9] = ["bool", "int", "long", "real", "decimal", "datetime", "timespan", "guid", "dynamic"];

/// Checks a parser's parameters and its body, as they are when someone calls it. `path` is that of the query.
pub fn parser(parser: &Parser, places: &Places, globals: &Globals, path: &str, context: &mut Context<'_>) {
    let (head, before) = head(&parser.parameters);
    let arguments: Vec<String> = parser.parameters.iter().filter_map(argument).collect();
    let text = format!("{head}{}\n}};\n{STAND_IN}({})", parser.query.value, arguments.join(", "));
    let places = Places::Part {
        start: head.len(),
        len: parser.query.value.len(),
        places: Box::new(places.clone()),
        before,
        whole: parser.query.span,
    };
    let text = Spanned::new(text, parser.query.span);
    let query = Query { text: &text, places: &places, path: path.to_owned() };
    let examined = query.examine(globals, Reader::Stored, context);
    if examined.sound && !matches!(examined.analysis.output, Output::Rows { .. }) {
        let message = format!("`{}` gives no rows", parser.name.value);
        let help = "end the function with a tabular expression: a table and operators on it";
        context.diagnostics.push(Diagnostic::new(&rules::PARSER_ROWS, parser.name.span, message).help(help).at(path));
    }
}

/// The declaration before the body, and where each parameter begins in it.
fn head(parameters: &[ParserParameter]) -> (String, Vec<(usize, Span)>) {
    let mut text = format!("let {STAND_IN} = (");
    let mut before = Vec::new();
    for (i, parameter) in parameters.iter().enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        before.push((text.len(), parameter.default.as_ref().unwrap_or(&parameter.ty).span));
        text.push_str(&parameter.declaration());
    }
    text.push_str(") {\n");
    (text, before)
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
        scalar if SCALARS.contains(&scalar) => format!("{scalar}(null)"),
        // A type that does not exist is a finding already.
        _ => "dynamic(null)".to_owned(),
    })
}
