//! The report as lines for a terminal.

use super::super::{Change, Extent, FileChange, Line, LineDiff, Report, Side, What};
use super::{extent, fate_word, following, headline, shown, title, what};

struct Page {
    out: String,
    color: bool,
    width: usize,
}

#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Dim,
    Red,
    Green,
}

pub fn report(report: &Report, color: bool, width: usize) -> String {
    let mut page = Page { out: String::new(), color, width };
    let (name, what) = headline(report);
    page.line(&page.ink(Ink::Bold, &format!("{}: {what}", shown(&name))));
    if let Some(note) = &report.note {
        page.line(&page.ink(Ink::Dim, &shown(note)));
    }
    for group in &report.groups {
        page.line("");
        let subject = page.ink(Ink::Bold, &title(&group.subject));
        match &group.changes[..] {
            [only] => page.change(&format!("{subject}: "), only, ""),
            changes => {
                page.line(&subject);
                changes.iter().for_each(|change| page.change("  ", change, "  "));
            }
        }
    }
    if !report.following.is_empty() {
        page.line("");
        page.line(&format!("{}:", following(report)));
        report.following.iter().for_each(|file| page.file(file));
    }
    if !report.unexplained.is_empty() {
        page.line("");
        report.unexplained.iter().for_each(|file| page.file(file));
    }
    page.out
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn ink(&self, ink: Ink, text: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Bold => 1,
            Ink::Dim => 2,
            Ink::Red => 31,
            Ink::Green => 32,
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// `lead` is what stands before the property, `indent` what stands before lines of its own.
    fn change(&mut self, lead: &str, change: &Change, indent: &str) {
        let property = shown(&change.property);
        let space = if property.is_empty() { "" } else { " " };
        let line = format!("{lead}{property}{space}{}", what(&change.what));
        match &change.what {
            What::Value { before, after } if line.chars().count() > self.width => {
                self.line(&format!("{lead}{property}"));
                self.line(&self.ink(Ink::Red, &format!("{indent}- {}", super::value(before))));
                self.line(&self.ink(Ink::Green, &format!("{indent}+ {}", super::value(after))));
            }
            What::Text(diff) => {
                self.line(&line);
                self.diff(diff, indent);
            }
            _ => self.line(&line),
        }
    }

    fn diff(&mut self, diff: &LineDiff, indent: &str) {
        for Line { side, text } in &diff.lines {
            let text = shown(text);
            let line = match side {
                Side::Both => format!("{indent}    {text}"),
                Side::Before => self.ink(Ink::Red, &format!("{indent}  - {text}")),
                Side::After => self.ink(Ink::Green, &format!("{indent}  + {text}")),
                Side::Gap => self.ink(Ink::Dim, &format!("{indent}    ⋮")),
            };
            self.line(&line);
        }
        if diff.omitted > 0 {
            self.line(&self.ink(Ink::Dim, &format!("{indent}    … {}", super::count(diff.omitted, "more line"))));
        }
    }

    fn file(&mut self, file: &FileChange) {
        let path = shown(&file.path);
        let fate = match &file.extent {
            Extent::Whole(_) => format!("{}, {}", fate_word(file.fate), extent(&file.extent)),
            other => extent(other),
        };
        self.line(&format!("  {path} {}", self.ink(Ink::Dim, &format!("({fate})"))));
        file.values.iter().for_each(|change| self.change("    ", change, "    "));
        if let Extent::Values(n) = file.extent
            && n > file.values.len()
            && !file.values.is_empty()
        {
            self.line(&self.ink(Ink::Dim, &format!("    … {}", super::count(n - file.values.len(), "more value"))));
        }
        if let Some(diff) = &file.lines {
            self.diff(diff, "  ");
        }
    }
}
