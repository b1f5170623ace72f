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
    diagnostic.help = finding.help.clone().or_else(|| fix(finding.kind).map(str::to_owned));
    match &finding.also {
        Some((range, text)) => diagnostic.also(place(*range), text.clone()),
        None => diagnostic,
    }
}

/// What mends a finding of a kind, where the finding itself has nothing closer.
fn fix(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Syntax => "write what is missing; the slip is often just before",
        Kind::Placement => "take it to the front, or take away what stands before it",
        Kind::Name => "correct the name, or declare it; upper and lower case count",
        Kind::Table => "correct the name, or leave it if it comes with another solution",
        Kind::Function => "correct the name, or leave it if it comes with another solution",
        Kind::FunctionPlace => "aggregates stand in summarize and make-series, plug-ins behind evaluate",
        Kind::Parameter => "write a setting that the operator has, or take it out",
        Kind::Operands => "convert one side, as in tolong(…) or todatetime(…)",
        Kind::Arguments => "give the arguments that the function takes",
        Kind::Type => "convert it, as in tostring(…), tolong(…) or todatetime(…)",
        Kind::Constant => "write the value itself",
        Kind::Tabular => "take one value of a table with toscalar(…), its columns with lookup or join",
        Kind::Column => "write `new = old`, or the name of a column",
        Kind::Duplicate => "give one of them another name",
        Kind::Join => "name a column of both sides, or write $left.a == $right.b with equal types",
        Kind::Pattern => "put a text before each column and behind each `*`",
        Kind::Rows => "give as many values as columns, for every row",
        Kind::Fuzzy => "correct the name, or leave it if the table comes with another solution",
        Kind::TransformOperator => "use extend, project, project-away, project-rename, where or parse",
        Kind::TransformFunction => "use a listed function, or do it in the queries that read the table",
        Kind::TransformLimit => "shorten the transformation",
        _ => return None,
    })
}
