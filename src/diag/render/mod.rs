//! Findings as people and programs read them.
//!
//! Must not decide what is a finding, nor write anywhere: text goes to the caller.

mod excerpt;
mod explain;
mod json;
mod terminal;

pub use explain::explain;
pub use json::{Record, RecordLabel, json, records};
pub use terminal::{Style, terminal};

use super::{Diagnostics, Severity};

/// What was found, in one line, e.g. `2 errors, 1 warning`; `no findings` if nothing was.
pub fn summary(diagnostics: &Diagnostics) -> String {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Notice, "notice")];
    let parts: Vec<String> = kinds
        .into_iter()
        .filter_map(|(severity, word)| match diagnostics.count(severity) {
            0 => None,
            1 => Some(format!("1 {word}")),
            count => Some(format!("{count} {word}s")),
        })
        .collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// Whether a character would do something to a terminal, or to the reader, instead of being seen.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What is shown instead of an invisible character.
fn stand_in(c: char, unicode: bool) -> char {
    match u32::from(c) {
        _ if !unicode => '?',
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// Words of a finding, which may quote the author's file, with nothing in them that a terminal would act on. Line breaks
/// stay.
pub fn visible(text: &str, unicode: bool) -> String {
    text.chars().map(|c| if c != '\n' && is_invisible(c) { stand_in(c, unicode) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostic, rules::yaml};
    use crate::source::{FileId, Span};

    #[test]
    fn a_summary_counts_by_severity() {
        let mut diagnostics = Diagnostics::default();
        assert_eq!(summary(&diagnostics), "no findings");
        let finding = |rule| Diagnostic::new(rule, Span::start_of(FileId(0)), "");
        diagnostics.push(finding(&yaml::TAG));
        diagnostics.push(finding(&yaml::HIDDEN_DIRECTION));
        assert_eq!(summary(&diagnostics), "1 error, 1 warning");
        diagnostics.push(finding(&yaml::TAG));
        assert_eq!(summary(&diagnostics), "2 errors, 1 warning");
    }
}
