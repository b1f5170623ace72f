//! The report as Markdown, to be posted on a pull request: short tables, long texts folded away. Whatever comes from a
//! build stands in code, so that it can neither format nor mention nor link anything.

use super::super::{Change, FileChange, Group, Line, LineDiff, Report, Side, What};
use super::{count, extent, fate_word, following, headline, shown, small, value};

/// Texts with more lines than this are folded.
const UNFOLDED: usize = 20;

/// A comment may have 65,536 characters, and several reports may share one.
const LIMIT: usize = 60_000;

pub fn report(report: &Report) -> String {
    let mut out = format!("### {}\n", escape(&headline(report)));
    if let Some(note) = &report.note {
        out.push_str(&format!("\n{}\n", escape(note)));
    }
    let mut parts: Vec<String> = report.groups.iter().map(group).collect();
    if !report.following.is_empty() {
        let list: String = report.following.iter().map(item).collect();
        parts.push(format!("\n{}\n", folded(&following(report), &list)));
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
    let mut out = format!("\n#### {}{name}\n", capital(subject.kind));
    let is_text = |change: &&Change| matches!(change.what, What::Text(_));
    let (texts, values): (Vec<&Change>, Vec<&Change>) = group.changes.iter().partition(is_text);
    out.push_str(&table(values.into_iter()));
    for change in texts {
        if let What::Text(diff) = &change.what {
            let what = super::lines(diff.added, diff.removed);
            out.push_str(&text(&format!("{}: {what}", code(&change.property)), diff));
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
    let property = if change.property.is_empty() { "*all of it*".to_owned() } else { cell(&change.property) };
    format!("| {property} | {before} | {after} |\n")
}

fn item(file: &FileChange) -> String {
    let fate = match file.fate {
        super::Fate::Changed => extent(&file.extent),
        other => format!("{}, {}", fate_word(other), extent(&file.extent)),
    };
    format!("- {}: {}\n", code(&file.path), escape(&fate))
}

/// A file that no change of meaning explains.
fn file(file: &FileChange) -> String {
    let mut out = format!("\n{}", item(file));
    out.push_str(&table(file.values.iter()));
    if let Some(diff) = &file.lines {
        out.push_str(&text(&code(&file.path), diff));
    }
    out
}

/// A changed text under a heading of its own, folded if it is long.
fn text(heading: &str, diff: &LineDiff) -> String {
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
        body.push_str(&format!("  … {} more\n", count(diff.omitted, "line")));
    }
    let fence = "`".repeat(longest_run(&body).max(2) + 1);
    let block = format!("{fence}diff\n{body}{fence}\n");
    if diff.lines.len() > UNFOLDED {
        // Markdown is not read inside `<summary>`, so what the heading quotes is quoted the HTML way there.
        return format!("\n{}\n", folded(heading, &block));
    }
    format!("\n{heading}\n\n{block}")
}

fn folded(summary: &str, body: &str) -> String {
    format!("<details><summary>{}</summary>\n\n{body}\n</details>", html(summary))
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Text as a code span, whatever backticks are in it.
fn code(text: &str) -> String {
    let text = shown(text).replace('\n', " ");
    let ticks = "`".repeat(longest_run(&text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A code span inside a table, where a bar would end the cell even in code.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Text that is no code and formats nothing.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|@!~&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text inside an HTML element.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
