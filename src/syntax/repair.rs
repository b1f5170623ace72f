//! Text that the author forgot to quote, so that reading goes on behind it and all findings come in one run.
//!
//! Must not guess at structure: only a value that stands on one line and cannot be anything but text is taken as text.

use super::build::{Builder, Frame};
use crate::diag::rules::yaml;
use crate::diag::{Diagnostic, Rule};
use crate::source::Span;
use granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// The value around a syntax error that must have been meant as text, if there is one.
pub(super) fn unquoted_text(builder: &Builder<'_>, text: &str, error: &ScanError) -> Option<Range<usize>> {
    let at = error.marker().byte_offset()?;
    let line = line_of(text, at);
    let (start, in_flow) = placeholder_start(builder, &line, text, at)
        .or_else(|| text_before(builder, &line, text, at, error.kind()))
        .or_else(|| text_after(builder, &line, text, at, error.kind()))?;
    let end = start + extent(text.get(start..line.end)?, in_flow);
    let found = text.get(start..end)?;
    let is_text = !found.starts_with(['"', '\'', '#']) && (!found.starts_with("{{") || found.contains("}}"));
    (is_text && start < end && (start..=end).contains(&at)).then_some(start..end)
}

/// The finding for text that has to be quoted.
pub(super) fn unquoted(span: Span, text: &str) -> Diagnostic {
    let shown = shortened(text);
    let special = text.starts_with(SPECIAL) || text.contains(": ") || text.ends_with(':');
    let (rule, why): (&'static Rule, String) = if text.starts_with("{{") || text.contains("{{") && !special {
        (&yaml::UNQUOTED_PLACEHOLDER, "without quotes, YAML reads `{` as the start of a mapping".to_owned())
    } else if text.starts_with('$') && text.contains('[') {
        (&yaml::UNQUOTED_BRACKETS, "without quotes, `[` and `]` belong to the list or mapping around it".to_owned())
    } else {
        (&yaml::UNQUOTED_TEXT, why(text))
    };
    Diagnostic::new(rule, span, format!("`{shown}` has to stand in quotes"))
        .label(why)
        .help(format!("write `{}`", quoted(text)))
}

/// What begins something else than text.
const SPECIAL: [char; 9] = ['@', '`', '%', '*', '!', '|', '>', '[', '{'];

fn why(text: &str) -> String {
    match text.chars().next() {
        Some(first @ ('@' | '`' | '%')) => format!("no text without quotes may begin with `{first}`"),
        Some('*') => "without quotes, `*` begins an alias".to_owned(),
        Some('!') => "without quotes, `!` begins a tag".to_owned(),
        Some(first @ ('|' | '>')) => format!("without quotes, `{first}` begins a text block on the next line"),
        Some('[') => "without quotes, `[` begins a list, and this one has text behind it".to_owned(),
        Some('{') => "without quotes, `{` begins a mapping, and this one has text behind it".to_owned(),
        _ if text.contains(": ") || text.ends_with(':') => {
            "without quotes, a colon and a space make a key of what stands before".to_owned()
        }
        _ => "without quotes, the brackets in it belong to the list or mapping around it".to_owned(),
    }
}

/// Whether a flow mapping is `{{name}}` or the like.
pub(super) fn is_placeholder(source: &str) -> bool {
    source
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"))
        .is_some_and(|inner| !inner.contains(['{', '}', '\n']))
}

/// `text` as a YAML scalar in quotes, on one line; shortened if it is long.
pub(super) fn quoted(text: &str) -> String {
    let text = shortened(text);
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// What a message can hold of a text of any length.
pub(super) fn shortened(text: &str) -> String {
    const LIMIT: usize = 60;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The line around a byte, without its break.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |len| at + len);
    start..end - usize::from(end > start && text[..end].ends_with('\r'))
}

/// A flow mapping on this line that begins with `{{`, open or just closed.
fn placeholder_start(builder: &Builder<'_>, line: &Range<usize>, text: &str, at: usize) -> Option<(usize, bool)> {
    let begins = |start: usize| line.contains(&start) && text.get(start..).is_some_and(|rest| rest.starts_with("{{"));
    let open = builder.frames.iter().position(|frame| frame.flow && begins(frame.start));
    if let Some(index) = open {
        return Some((builder.frames[index].start, is_flow(builder.frames[..index].last())));
    }
    let frame = builder.frames.last()?;
    let child = frame.child.clone().filter(|child| child.end == at && begins(child.start))?;
    Some((child.start, frame.flow))
}

/// A finished value on this line, with the error behind it.
fn text_before(
    builder: &Builder<'_>,
    line: &Range<usize>,
    text: &str,
    at: usize,
    kind: &ErrorKind,
) -> Option<(usize, bool)> {
    let trailing = matches!(
        kind,
        ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::MappingValueNotAllowed
    );
    let frame = builder.frames.last().filter(|_| trailing)?;
    let child = frame
        .child
        .clone()
        .filter(|child| line.contains(&child.start) && child.start < child.end && child.end <= at)?;
    let only_blanks = text.get(child.end..at)?.trim_matches(' ').is_empty();
    only_blanks.then_some((child.start, frame.flow))
}

/// A value on this line that the parser could not begin to read.
fn text_after(
    builder: &Builder<'_>,
    line: &Range<usize>,
    text: &str,
    at: usize,
    kind: &ErrorKind,
) -> Option<(usize, bool)> {
    let in_flow = is_flow(builder.frames.last());
    let (start, opened) = item_start(text, value_start(builder, text), at, in_flow);
    let rest = text.get(start..)?;
    let unreadable = match kind {
        ErrorKind::MissingAnchorOrAliasName => !rest.starts_with('&'),
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::InvalidBlockScalarHeader => true,
        _ => rest.starts_with('!') || rest.starts_with("{{"),
    };
    (unreadable && line.contains(&start) && start <= at).then_some((start, in_flow || opened))
}

/// The start of the last value before `at`, and whether a bracket is opened on the way to it: the parser tells of a list or
/// mapping in brackets only once it knows that it is no key.
fn item_start(text: &str, from: usize, at: usize, in_flow: bool) -> (usize, bool) {
    let mut opened = false;
    let mut start = from;
    let mut pos = from;
    while pos < at {
        let Some(rest) = text.get(pos..at) else { break };
        let Some(c) = rest.chars().next() else { break };
        let next = pos + c.len_utf8();
        let separates = c == ',' && (in_flow || opened) || c == ':' && rest[1..].starts_with([' ', '\t', '\n']);
        match c {
            '{' if pos == start && text[pos..].starts_with("{{") => break,
            '[' | '{' if pos == start => {
                opened = true;
                start = next;
            }
            '"' | '\'' if pos == start => {
                pos = rest[1..].find(c).map_or(at, |len| next + len + 1);
                continue;
            }
            ' ' | '\t' | '\r' | '\n' if pos == start => start = next,
            _ if separates => start = next,
            _ => {}
        }
        pos = next;
    }
    (start, opened)
}

/// The first character behind the last event that is not a separator.
pub(super) fn value_start(builder: &Builder<'_>, text: &str) -> usize {
    let mut at = builder.last_end;
    while let Some(rest) = text.get(at..) {
        let dash = ["- ", "? ", ": ", ":\n", ":\r\n", "-\n", "-\r\n"].iter().any(|mark| rest.starts_with(mark));
        let comment = rest.starts_with('#') && (at == 0 || text[..at].ends_with([' ', '\n', '\t']));
        match rest.chars().next() {
            _ if comment => at += rest.find('\n').unwrap_or(rest.len()),
            Some(' ' | '\t' | '\r' | '\n' | ',') => at += 1,
            _ if dash => at += 1,
            _ => break,
        }
    }
    at
}

fn is_flow(frame: Option<&Frame>) -> bool {
    frame.is_some_and(|frame| frame.flow)
}

/// How far the text goes: to the end of the line or a comment; in a flow collection, to what separates or closes.
fn extent(rest: &str, in_flow: bool) -> usize {
    let mut depth = 0usize;
    let mut before = ' ';
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        let closes = match c {
            '#' => matches!(before, ' ' | '\t'),
            '[' | '{' | '(' => {
                depth += 1;
                false
            }
            ']' | '}' | ')' if depth > 0 => {
                depth -= 1;
                false
            }
            ',' | ']' | '}' => in_flow && depth == 0,
            _ => false,
        };
        if closes {
            end = at;
            break;
        }
        before = c;
    }
    rest[..end].trim_end().len()
}
