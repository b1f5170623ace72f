//! Findings about KQL as findings of ours: which rule each kind is, and where it stands in a file.
//!
//! The one place that knows both [`crate::kql`] and the rules. Must not analyse anything.

use crate::diag::rules::kql as rules;
use crate::diag::{Diagnostic, Rule, Severity};
use crate::kql::{Finding, Kind, Range};
use crate::source::Span;

/// The rule of a kind of finding.
pub fn rule(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Token => &rules::TOKEN,
        Kind::Syntax => &rules::SYNTAX,
        Kind::ReservedName => &rules::RESERVED_NAME,
        Kind::Leftover => &rules::LEFTOVER,
        Kind::Operator => &rules::OPERATOR,
        Kind::Placement => &rules::PLACEMENT,
        Kind::Budget => &rules::BUDGET,
        Kind::Name => &rules::NAME,
        Kind::Table => &rules::TABLE,
        Kind::Function => &rules::FUNCTION,
        Kind::FunctionPlace => &rules::FUNCTION_PLACE,
        Kind::Parameter => &rules::PARAMETER,
        Kind::TypeName => &rules::TYPE_NAME,
        Kind::Operands => &rules::OPERANDS,
        Kind::Arguments => &rules::ARGUMENTS,
        Kind::Type => &rules::TYPE,
        Kind::Constant => &rules::CONSTANT,
        Kind::Tabular => &rules::TABULAR,
        Kind::Column => &rules::COLUMN,
        Kind::Duplicate => &rules::DUPLICATE,
        Kind::Join => &rules::JOIN,
        Kind::Pattern => &rules::PATTERN,
        Kind::Rows => &rules::ROWS,
        Kind::Fuzzy => &rules::FUZZY,
        Kind::TransformOperator => &rules::TRANSFORM_OPERATOR,
        Kind::TransformFunction => &rules::TRANSFORM_FUNCTION,
        Kind::TransformUnlisted => &rules::TRANSFORM_UNLISTED,
        Kind::TransformLimit => &rules::TRANSFORM_LIMIT,
        Kind::TransformTime => &rules::TRANSFORM_TIME,
    }
}

/// A finding at its place; `place` maps ranges of the query to spans of the file that it stands in.
pub fn diagnostic(finding: &Finding, place: impl Fn(Range) -> Span) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(rule(finding.kind), place(finding.range), finding.message.clone());
    diagnostic.severity = match finding.severity {
        crate::kql::Severity::Notice => Severity::Notice,
        crate::kql::Severity::Warning => Severity::Warning,
        crate::kql::Severity::Error => Severity::Error,
    };
    diagnostic.help = finding.help.clone();
    match &finding.also {
        Some((range, text)) => diagnostic.also(place(*range), text.clone()),
        None => diagnostic,
    }
}
