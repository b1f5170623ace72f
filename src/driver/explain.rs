//! `explain`: the page of a finding.

use super::Verdict;
use super::arguments::Arguments;
use super::console::Console;
use crate::diag::rules::{self, Code, usage};
use crate::diag::{Diagnostic, did_you_mean, render};

/// Prints the page of `code`, which is what a user typed.
pub fn run(code: &str, console: &Console) -> Verdict {
    if let Some(rule) = Code::parse(code).and_then(rules::find).or_else(|| rules::all().find(|rule| rule.name == code))
    {
        console.out(&render::explain(rule));
        return Verdict::Clean;
    }
    let mut arguments = Arguments::new("explain");
    let span = arguments.word(code);
    let known: Vec<String> = rules::all().flat_map(|rule| [rule.code.to_string(), rule.name.to_owned()]).collect();
    let help = match did_you_mean(code, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => "write SG and four digits, such as SG0010; docs/rules lists all codes".to_owned(),
    };
    let finding = Diagnostic::new(&usage::UNKNOWN_CODE, span, format!("there is no finding `{code}`")).help(help);
    console.finding(finding, &arguments);
    Verdict::Failed
}
