//! The report as Markdown, to be posted on a pull request: short tables, long texts folded away. Whatever comes from a
//! build stands in code, so that it can neither format nor mention nor link anything.

use super::super::{Change, FileChange, Group, Line, LineDiff, Report, Side, What};
use super::{count, extent, fate_word, following, headline, shown, small, value};
use crate::backend::markdown;

/// Texts with more lines than this are folded.
const UNFOLDED: usize = 20;

/// A comment may have 65,536 characters, and several reports may share one.
const LIMIT: usize = 60_000;

pub fn report(report: &Report) -> String {
    let (name, what) = headline(report);
    let mut out = format!("### {}: {what}\n", code(&name));
    if let Some(note) = &report.note {
        out.push_str(&format!("\n{}\n", markdown::text(&shown(note))));
    }
    let mut parts: Vec<String> = report.groups.iter().map(group).collect();
    if !report.following.is_empty() {
        let list: String = report.following.iter().map(item).collect();
        parts.push(format!("\n{}\n", folded(&capital(&following(report)), list.trim_end())));
    }
    parts.extend(report.unexplained.iter().map(file));
    for (n, part) in parts.iter().enumerate() {
        if out.len() + part.len() > LIMIT {
            let left = count(parts.len() - n, "more part");
            out.push_str(&format!("\n*… {left} left out here: run `sentinel-gen diff` to see all.*\n"));
            break;
        }
        out.push_str(part);
    }
    out
}

fn group(group: &Group) -> String {
    let subject = &group.subject;
    let name = if subject.name.is_empty() { String::new() } else { format!(" {}", code(&subject.name)) };
    let title = format!("{}{name}", capital(subject.kind));
    match &group.changes[..] {
        [Change { property, what: What::Added(_) }] if property.is_empty() => {
            return format!("\n#### {title}: added\n");
        }
        [Change { property, what: What::Removed(_) }] if property.is_empty() => {
            return format!("\n#### {title}: removed\n");
        }
        _ => {}
    }
    let mut out = format!("\n#### {title}\n");
    let is_text = |change: &&Change| matches!(change.what, What::Text(_));
    let (texts, values): (Vec<&Change>, Vec<&Change>) = group.changes.iter().partition(is_text);
    out.push_str(&table(values.into_iter()));
    for change in texts {
        if let What::Text(diff) = &change.what {
            let (name, what) = (&change.property, super::lines(diff.added, diff.removed));
            if diff.lines.len() <= UNFOLDED {
                out.push_str(&format!("\n{}: {what}\n", code(name)));
            }
            out.push_str(&text(&format!("<code>{}</code>: {what}", html(&shown(name))), diff));
        }
    }
    out
}

/// Property, before, after; nothing for no rows.
fn table<'a>(changes: impl Iterator<Item = &'a Change>) -> String {
    let rows: String = changes.map(row).collect();
    if rows.is_empty() {
        return rows;
    }
    format!("\n| Property | Before | After |\n| --- | --- | --- |\n{rows}")
}

fn row(change: &Change) -> String {
    let one_side = |json, word: &str| small(json).map_or_else(|| word.to_owned(), |value| cell(&value));
    let (before, after) = match &change.what {
        What::Added(json) => ("–".to_owned(), one_side(json, "added")),
        What::Removed(json) => (one_side(json, "removed"), "–".to_owned()),
        What::Value { before, after } => (cell(&value(before)), cell(&value(after))),
        What::Text(_) => (String::new(), super::what(&change.what)),
        What::Moved(_) => (String::new(), cell(&super::what(&change.what))),
    };
    format!("| {} | {before} | {after} |\n", cell(&change.property))
}

fn item(file: &FileChange) -> String {
    let fate = match file.fate {
        super::Fate::Changed => extent(&file.extent),
        other => format!("{}, {}", fate_word(other), extent(&file.extent)),
    };
    format!("- {}: {}\n", code(&file.path), markdown::text(&fate))
}

/// A file that no change of meaning explains.
fn file(file: &FileChange) -> String {
    let mut out = format!("\n{}", item(file));
    out.push_str(&table(file.values.iter()));
    if let Some(diff) = &file.lines {
        out.push_str(&text(&super::lines(diff.added, diff.removed), diff));
    }
    out
}

/// A changed text; folded under `summary`, which is HTML, if it is long.
fn text(summary: &str, diff: &LineDiff) -> String {
    let mut body = String::new();
    for Line { side, text } in &diff.lines {
        let mark = match side {
            Side::Both => "  ",
            Side::Before => "- ",
            Side::After => "+ ",
            Side::Gap => "  ⋮",
        };
        body.push_str(format!("{mark}{}", shown(text)).trim_end());
        body.push('\n');
    }
    if diff.omitted > 0 {
        body.push_str(&format!("  … {}\n", count(diff.omitted, "more line")));
    }
    let block = markdown::fence(&body, "diff");
    if diff.lines.len() > UNFOLDED { format!("\n{}\n", folded(summary, &block)) } else { format!("\n{block}\n") }
}

/// `summary` is HTML, `body` Markdown.
fn folded(summary: &str, body: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{body}\n\n</details>")
}

fn code(text: &str) -> String {
    markdown::code(&shown(text))
}

fn cell(text: &str) -> String {
    markdown::code_cell(&shown(text))
}

/// Text inside an HTML element.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
