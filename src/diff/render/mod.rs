//! A report for a terminal, for a pull request and for programs. Prose only; what is compared and how is decided before.

pub mod json;
pub mod markdown;
pub mod text;

use super::values::{self, What};
use super::{Extent, Fate, Subject};
use serde_json::Value as Json;

/// A value of one line is cut after this many characters.
const VALUE_LIMIT: usize = 120;

/// A list or object with more characters than this is not shown where it is added or removed.
const SMALL_LIMIT: usize = 80;

/// `table PulumiAuditLogs_CL`; names with spaces in quotes.
fn title(subject: &Subject) -> String {
    match subject.name.as_str() {
        "" => subject.kind.to_owned(),
        name if name.contains(' ') => format!("{} \"{}\"", subject.kind, shown(name)),
        name => format!("{} {}", subject.kind, shown(name)),
    }
}

/// `1 value`, `2 lines added, 1 removed`, …
fn extent(extent: &Extent) -> String {
    match extent {
        Extent::Whole(bytes) => count(*bytes, "byte"),
        Extent::Values(n) => count(*n, "value"),
        Extent::Lines { added, removed } => lines(*added, *removed),
        Extent::Entries(entries) => {
            let word = |(name, fate): &(String, Fate)| format!("{} {}", shown(name), fate_word(*fate));
            entries.iter().map(word).collect::<Vec<_>>().join(", ")
        }
        Extent::LineBreaks => lines(0, 0),
        Extent::Bytes { before, after } => format!("{} → {}", count(*before, "byte"), count(*after, "byte")),
    }
}

fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Changed => "changed",
    }
}

fn lines(added: usize, removed: usize) -> String {
    match (added, removed) {
        (0, 0) => "line breaks only".to_owned(),
        (0, removed) => format!("{} removed", count(removed, "line")),
        (added, 0) => format!("{} added", count(added, "line")),
        (added, removed) => format!("{} added, {removed} removed", count(added, "line")),
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A value on one line: texts bare, anything else as compact JSON.
fn value(value: &Json) -> String {
    let text = match value {
        Json::String(text) if text.trim() != text || text.is_empty() => value.to_string(),
        other => values::plain(other),
    };
    shorten(&shown(&text))
}

fn shorten(text: &str) -> String {
    let cut: String = text.chars().take(VALUE_LIMIT).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

/// What stands behind `added` and `removed`: the value, if it is a small one.
fn small(json: &Json) -> Option<String> {
    let value = value(json);
    let fits = !json.is_object() && !json.is_array() || value.chars().count() <= SMALL_LIMIT;
    (fits && !json.is_null()).then_some(value)
}

/// Text without characters that a terminal or a reader's eye would take for something else: control characters and
/// those that turn the direction of writing.
fn shown(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if (c.is_control() && c != '\t') || turns(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// `added`, `removed`, `5 → 10`, …: what happened, without the property. For a text: how many lines.
fn what(what: &What) -> String {
    let with = |word: &str, json: &Json| match small(json) {
        Some(value) => format!("{word}: {value}"),
        None => word.to_owned(),
    };
    match what {
        What::Added(json) => with("added", json),
        What::Removed(json) => with("removed", json),
        What::Value { before, after } => format!("{} → {}", value(before), value(after)),
        What::Text(diff) => lines(diff.added, diff.removed),
        What::Moved(names) => format!("moved: {}", shorten(&shown(&names.join(", ")))),
    }
}

/// The solution's name, and `2 changes of meaning`, `3 files differ without a change of meaning` and the like.
fn headline(report: &super::Report) -> (String, String) {
    let name = if report.solution.is_empty() { "solution".to_owned() } else { report.solution.clone() };
    let files = report.unexplained.len();
    let differ = format!("{} differ{}", count(files, "file"), s(files));
    let what = match (&report.note, report.groups.is_empty()) {
        _ if report.is_empty() => "no differences".to_owned(),
        (_, false) => format!("{} of meaning", count(report.changes(), "change")),
        (None, true) => format!("{differ} without a change of meaning"),
        (Some(_), true) => differ,
    };
    (name, what)
}

/// The ending of a verb after one or several things.
fn s(n: usize) -> &'static str {
    if n == 1 { "s" } else { "" }
}

/// `and in 7 files that follow from it`
fn following(report: &super::Report) -> String {
    let them = if report.changes() == 1 { "it" } else { "them" };
    let n = report.following.len();
    format!("and in {} that follow{} from {them}", count(n, "file"), s(n))
}
