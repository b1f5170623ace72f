//! Findings as people and programs read them.

use super::{Diagnostics, Rule};
use crate::source::Sources;

/// How a terminal is to be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    pub width: usize,
    pub unicode: bool,
    pub links: bool,
}

pub fn terminal(diagnostics: &Diagnostics, _sources: &Sources, _style: Style) -> String {
    diagnostics.iter().map(|d| format!("{}: {}\n", d.code(), d.message)).collect()
}

pub fn json(_diagnostics: &Diagnostics, _sources: &Sources) -> String {
    "[]".to_owned()
}

pub fn explain(rule: &Rule) -> String {
    rule.page.to_owned()
}
