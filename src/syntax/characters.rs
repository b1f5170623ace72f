//! Characters that have no business in a spec: what cannot be seen, and what shows text other than it is.

use crate::diag::rules::yaml;
use crate::diag::{Diagnostic, Rule};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// One finding for each such character, at its first place. `false`: the text cannot be parsed.
pub(super) fn check(file: FileId, text: &str) -> (Vec<Diagnostic>, bool) {
    let mut found: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    for (at, c) in text.char_indices().filter(|&(_, c)| !is_plain(c)) {
        let allowed = match c {
            '\r' => text[at..].starts_with("\r\n"),
            '\u{feff}' => at == 0,
            _ => !is_control(c) && !is_direction(c),
        };
        if !allowed {
            found.entry(c).or_insert((at, 0)).1 += 1;
        }
    }
    let readable = !found.keys().any(|&c| !is_direction(c));
    (found.into_iter().map(|(c, (at, count))| diagnose(file, c, at, count)).collect(), readable)
}

/// The fast way out for almost every character.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\t')
}

fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Embeddings, overrides and isolates of the direction of writing.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn diagnose(file: FileId, c: char, at: usize, count: usize) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    let more = match count {
        1 => String::new(),
        2 => ", and once more below".to_owned(),
        _ => format!(", and {} times more below", count - 1),
    };
    let (rule, message, help): (&'static Rule, _, _) = match c {
        '\r' => (
            &yaml::CONTROL_CHARACTER,
            format!("a carriage return ({code}) without a line feed{more}"),
            "save the file with line ends of one kind, LF or CRLF".to_owned(),
        ),
        '\u{feff}' => (
            &yaml::CONTROL_CHARACTER,
            format!("a byte order mark ({code}) inside of the text{more}"),
            "remove it; it may stand only at the very start of the file".to_owned(),
        ),
        _ if is_direction(c) => (
            &yaml::HIDDEN_DIRECTION,
            format!("an invisible character ({code}) turns the direction of writing{more}"),
            "remove it, or write it as an escape in double quotes, where a reader sees it".to_owned(),
        ),
        _ => (
            &yaml::CONTROL_CHARACTER,
            format!("a control character ({code}){more}"),
            format!("remove it; where a text needs it, write it in double quotes as `\\u{:04X}`", u32::from(c)),
        ),
    };
    Diagnostic::new(rule, Span::new(file, at, at + c.len_utf8()), message).help(help)
}
