//! Templates evaluated as the platform does it: a solution package in both passes ([`package`]), and what a
//! build emits ([`build`]), templates that are carried ([`playbook`]). Also which rule a fault of
//! the evaluator is, and where it stands.

pub mod build;
pub mod package;
pub mod playbook;
mod same;
mod taint;

use crate::arm::eval::fault::{Fault, Hint, Kind};
use crate::diag::rules::template;
use crate::diag::{Diagnostic, Rule, did_you_mean};
use crate::json::ReadError;
use crate::source::Span;

/// The most names that a finding lists.
const LISTED: usize = 8;

/// The rule of each kind of fault.
fn rule(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Shape => &template::SHAPE,
        Kind::Syntax => &template::EXPRESSION,
        Kind::Name => &template::UNKNOWN_NAME,
        Kind::Argument => &template::ARGUMENT,
        Kind::Parameter => &template::PARAMETER,
        Kind::Dependency => &template::DEPENDENCY,
        Kind::Segments => &template::SEGMENTS,
        Kind::Duplicate => &template::DUPLICATE,
        Kind::Limit => &template::LIMIT,
        Kind::Bound => &template::BOUND,
        Kind::Unknown => &template::CANNOT_EVALUATE,
    }
}

/// A fault as a finding; `elsewhere` is the place of one that has none.
pub fn finding(fault: &Fault, elsewhere: Span) -> Diagnostic {
    let span = fault.origin.map_or(elsewhere, |origin| origin.span);
    let finding = Diagnostic::new(rule(fault.kind), span, fault.message.clone());
    match fault.hint.as_deref() {
        None => finding,
        Some(Hint::Do(help)) => finding.help(help.clone()),
        Some(Hint::First(origin)) => finding.also(origin.span, "the first one").help("remove or rename one of the two"),
        Some(Hint::Known { name, known }) => match did_you_mean(name, known.iter().map(String::as_str)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None if known.is_empty() || known.len() > LISTED => finding,
            None => finding.help(format!("take one that is there: {}", known.join(", "))),
        },
    }
}

/// A text that is no JSON as a finding.
pub fn unreadable(error: &ReadError) -> Diagnostic {
    Diagnostic::new(&template::NOT_JSON, error.span, format!("this is no JSON: {}", error.message))
}
