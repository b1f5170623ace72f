//! Plain and quoted scalars: line breaks fold, and quotes have escapes.

use super::{TextMap, Walk, break_len};
use std::ops::Range;

/// The map of a plain scalar that stands at `range`.
pub fn plain(text: &str, range: Range<usize>, value: &str) -> Option<TextMap> {
    walk(text, range, value, |_| None)
}

/// The map of a single-quoted scalar that stands, quotes included, at `range`.
pub fn single_quoted(text: &str, range: Range<usize>, value: &str) -> Option<TextMap> {
    walk(text, inside(range), value, |rest| {
        rest.starts_with("''").then_some(Escape { len: 2, stands_for: StandsFor::Char })
    })
}

/// The map of a double-quoted scalar that stands, quotes included, at `range`.
pub fn double_quoted(text: &str, range: Range<usize>, value: &str) -> Option<TextMap> {
    walk(text, inside(range), value, escape)
}

fn inside(range: Range<usize>) -> Range<usize> {
    range.start + 1..range.end.saturating_sub(1).max(range.start + 1)
}

struct Escape {
    len: usize,
    stands_for: StandsFor,
}

enum StandsFor {
    /// The next character of the value.
    Char,
    /// Nothing: a backslash before a line break takes the break away.
    Break,
}

fn escape(rest: &str) -> Option<Escape> {
    let after = rest.strip_prefix('\\')?;
    let char = |len| Some(Escape { len, stands_for: StandsFor::Char });
    match after.as_bytes().first()? {
        b'\r' | b'\n' => Some(Escape { len: 1, stands_for: StandsFor::Break }),
        b'x' => char(4),
        // The first half of a character beyond U+FFFF is followed by the other half.
        b'u' if after.get(1..3).is_some_and(is_high_surrogate) => char(12),
        b'u' => char(6),
        b'U' => char(10),
        _ => char(2),
    }
}

fn is_high_surrogate(first_digits: &str) -> bool {
    u8::from_str_radix(first_digits, 16).is_ok_and(|byte| (0xd8..0xdc).contains(&byte))
}

fn walk(text: &str, range: Range<usize>, value: &str, escape: impl Fn(&str) -> Option<Escape>) -> Option<TextMap> {
    let source = text.get(range.clone())?;
    if source == value {
        return Some(TextMap::verbatim(range.start, value.len()));
    }
    let mut walk = Walk::new(value);
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let blanks = blank_len(rest);
        let file = range.start + at;
        if break_len(&rest[blanks..]) > 0 {
            at += blanks;
            at += fold(&mut walk, &rest[blanks..], range.start + at, false)?;
        } else if blanks > 0 {
            walk.verbatim(&rest[..blanks], file)?;
            at += blanks;
        } else if let Some(escape) = escape(rest) {
            at += escape.len;
            match escape.stands_for {
                StandsFor::Char => {
                    let c = walk.rest.chars().next()?;
                    walk.replaced(c, file, escape.len)?;
                }
                StandsFor::Break => at += fold(&mut walk, source.get(at..)?, range.start + at, true)?,
            }
        } else {
            let len = rest.find(['\\', '\'', ' ', '\t', '\r', '\n']).filter(|&len| len > 0);
            let len = len.unwrap_or_else(|| if rest.starts_with(['\\', '\'', '\r']) { 1 } else { rest.len() });
            walk.verbatim(&rest[..len], file)?;
            at += len;
        }
    }
    walk.finish()
}

fn blank_len(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Steps over line breaks and the blanks around them; one break is a space, each further one stands for itself. `escaped`:
/// the first break stands for nothing.
fn fold(walk: &mut Walk, text: &str, file: usize, escaped: bool) -> Option<usize> {
    let first = break_len(text);
    let mut at = first + blank_len(text.get(first..)?);
    let mut further = 0;
    while let len @ 1.. = break_len(&text[at..]) {
        walk.replaced_break(file + at, len)?;
        further += 1;
        at += len;
        at += blank_len(&text[at..]);
    }
    if further == 0 && !escaped {
        walk.replaced(' ', file, first)?;
    }
    Some(at)
}
