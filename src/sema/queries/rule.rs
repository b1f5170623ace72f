//! A rule's query: what rules may not read, the columns that the rule names, and what its alerts lose.

use super::super::context::Context;
use super::super::place::Places;
use super::{Query, Reader, Reads, timing};
use crate::diag::rules::{contract as rules, rule as rule_rules};
use crate::diag::{Diagnostic, did_you_mean};
use crate::ir::{AnyConnector, RuleKind, Schedule, Text};
use crate::kql::usage::BinnedCount;
use crate::kql::{Column, Globals, Type, Usage};

/// What is checked of a rule beside its text.
pub struct Rule<'r> {
    pub kind: RuleKind,
    /// The rule's id, for what has no better place.
    pub id: &'r Text,
    pub schedule: Option<&'r Schedule>,
    /// The columns that it names.
    pub named: Vec<Named>,
    /// The solution's connectors, which fill its tables.
    pub connectors: &'r [AnyConnector],
    pub path: &'r str,
}

/// A column that a rule names.
pub struct Named {
    pub used: Use,
    pub column: Text,
}

/// What a rule uses a column for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Identifier,
    CustomDetail,
    AlertDetail,
    Entities,
}

impl Use {
    /// As findings and lineage say it.
    pub fn name(self) -> &'static str {
        match self {
            Use::Identifier => "identifier",
            Use::CustomDetail => "custom detail",
            Use::AlertDetail => "alert detail",
            Use::Entities => "entity mapping",
        }
    }
}

/// Checks a rule's query, its schedule against what the query reads, and the columns that the rule names.
pub fn rule(text: &Text, places: &Places, globals: &Globals, rule: &Rule<'_>, context: &mut Context<'_>) -> Reads {
    let query = Query { text, places, path: format!("{}.query", rule.path) };
    let examined = query.examine(globals, Reader::Rule(rule.kind), context);
    for (words, range) in &examined.usage.everything {
        let message = format!("the query of a rule cannot contain `{words}`");
        context.report(&rule_rules::RESTRICTION, query.span(*range), &query.path, message, "name the tables");
    }
    timing::check(&query, &examined, rule, context);
    if examined.sound {
        examined.usage.binned_counts.iter().for_each(|count| binned(&query, count, context));
    }
    if let Some(made) = examined.columns() {
        time_kept(&query, &examined.usage, made, context);
        columns(&rule.named, made, rule.path, context);
    }
    examined.into()
}

/// Whether the rows of an alert still have a time.
fn time_kept(query: &Query<'_>, usage: &Usage, made: &[Column], context: &mut Context<'_>) {
    // Rows with another time, as in `StartTime = min(TimeGenerated)`, can be found again.
    let timeless = !made.iter().any(|column| column.ty == Type::DateTime);
    if let Some(lost) = usage.time_lost.filter(|_| timeless) {
        let message = "behind this operator the rows have no `TimeGenerated`, nor any other time";
        let help = "keep it, as in `TimeGenerated = max(TimeGenerated)`";
        context.report(&rule_rules::TIME_LOST, query.span(lost), &query.path, message, help);
    }
}

/// The columns that a rule or a hunting query names, against those of its result.
pub fn columns(named: &[Named], made: &[Column], path: &str, context: &mut Context<'_>) {
    for named in named {
        column(named, made, path, context);
    }
}

fn binned(query: &Query<'_>, count: &BinnedCount, context: &mut Context<'_>) {
    let BinnedCount { column, bin, range, threshold } = count;
    let message = format!("`{column}` counts in fixed bins of {bin}: a burst over the edge of two is split");
    let finding = Diagnostic::new(&rule_rules::BINNED_COUNT, query.span(*range), message)
        .also(query.span(*threshold), "the threshold")
        .help("count over the whole look-back, without the bin")
        .at(&query.path);
    context.diagnostics.push(finding);
}

fn column(named: &Named, made: &[Column], path: &str, context: &mut Context<'_>) {
    let name = named.column.value.as_str();
    let sound = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !sound {
        return;
    }
    match made.iter().find(|made| made.name == name) {
        Some(found) if named.used == Use::Identifier && found.ty.is_collection() => {
            let message = format!("`{name}` is a list or a bag, and an identifier is one value");
            let help = "return a row for each value with mv-expand, or take one of them: tostring(…[0])";
            context.report(&rules::COLLECTION_ENTITY, named.column.span, path, message, help);
        }
        Some(_) => {}
        None => {
            let names: Vec<&str> = made.iter().map(|made| made.name.as_str()).collect();
            let help = match did_you_mean(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the query returns {}", names.join(", ")),
            };
            let message = format!("the query returns no column `{name}` for this {}", named.used.name());
            context.report(&rules::MISSING_RESULT, named.column.span, path, message, help);
        }
    }
}
