//! `checks.allow`: warnings that are meant, and queries that work although the vendor's binder refuses them.

use super::context::is_within;
use crate::diag::rules::{self, shape};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Allowance, Checks};

/// Takes allowed findings out; reports allowances that allow nothing.
pub fn apply(checks: Option<&Checks>, diagnostics: &mut Diagnostics) {
    let Some(checks) = checks else { return };
    let mut findings = Vec::new();
    for (i, allowance) in checks.allow.iter().enumerate() {
        findings.extend(one(allowance, &format!("checks.allow[{i}]"), diagnostics));
    }
    findings.into_iter().for_each(|finding| diagnostics.push(finding));
}

fn one(allowance: &Allowance, path: &str, diagnostics: &mut Diagnostics) -> Option<Diagnostic> {
    let bad = |message: String, help: &str| {
        Some(Diagnostic::new(&shape::BAD_ALLOWANCE, allowance.code.span, message).help(help).at(path))
    };
    let Some(rule) = Code::parse(&allowance.code.value).and_then(rules::find) else {
        return bad(
            format!("there is no code `{}`", allowance.code.value),
            "take the code from a finding: SG and four digits",
        );
    };
    if !rule.can_be_allowed() {
        return bad(format!("{} is an error that cannot be allowed", rule.code), "correct what it names");
    }
    if allowance.reason.value.trim().is_empty() {
        return bad("the reason is empty".to_owned(), "say why the warning is meant");
    }
    let at = allowance.at.as_ref().map(|at| at.value.as_str());
    let before = diagnostics.len();
    diagnostics.retain(|finding| finding.code() != rule.code || !at.is_none_or(|at| is_within(&finding.path, at)));
    // With errors about, or something else to mend at the same place, what it allows may only not have been reached.
    let hidden = |finding: &Diagnostic| {
        let here = at.is_none_or(|at| is_within(&finding.path, at));
        finding.severity == Severity::Error || (finding.severity == Severity::Warning && here)
    };
    (diagnostics.len() == before && !diagnostics.iter().any(hidden)).then(|| {
        let place = at.map_or("anywhere".to_owned(), |at| format!("at `{at}`"));
        let message = format!("this allows nothing: there is no {} {place}", rule.code);
        Diagnostic::new(&shape::UNUSED_ALLOWANCE, allowance.code.span, message).help("remove the entry").at(path)
    })
}
