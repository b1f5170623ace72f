//! A rule's query against the tables, and the columns that the rule names against what its query returns.

use super::super::context::Context;
use super::super::place::Places;
use super::report;
use crate::diag::rules::contract as rules;
use crate::diag::{Severity, did_you_mean};
use crate::ir::{EntityMapping, Text};
use crate::kql::{Dialect, Globals, analyze};
use crate::source::Spanned;

/// Checks a rule's query, and the columns that the rule names.
pub fn rule(
    query: &Text,
    places: &Places,
    globals: &Globals,
    named: &[(&'static str, &Text)],
    path: &str,
    context: &mut Context<'_>,
) {
    let analysis = analyze(&query.value, globals, Dialect::Analytics);
    report(&analysis, places, &format!("{path}.query"), Severity::Notice, context);
    let Some(made) = analysis.columns() else { return };
    if analysis.has_errors() || analysis.is_open() {
        return;
    }
    for (what, column) in named {
        let sound = column.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !sound || made.iter().any(|made| made.name == column.value) {
            continue;
        }
        let names: Vec<&str> = made.iter().map(|made| made.name.as_str()).collect();
        let help = match did_you_mean(&column.value, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the query returns {}", names.join(", ")),
        };
        let message = format!("the query returns no column `{}` for this {what}", column.value);
        context.report(&rules::MISSING_RESULT, column.span, path, message, help);
    }
}

/// The columns that a rule's mappings and details name.
pub fn named<'r>(
    mappings: &'r [EntityMapping],
    details: Option<&'r crate::model::Map<Spanned<String>>>,
) -> Vec<(&'static str, &'r Text)> {
    let entities = mappings.iter().flat_map(|mapping| &mapping.fields).map(|(_, column)| ("identifier", column));
    let details = details.into_iter().flat_map(|details| &details.0).map(|(_, column)| ("custom detail", column));
    entities.chain(details).collect()
}
