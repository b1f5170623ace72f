//! The lines around a finding as the terminal can show them: long lines cut around their labels, invisible characters made
//! visible. What is cut and replaced keeps its line and column in the heading.

use super::{is_invisible, stand_in};
use crate::diag::Label;
use crate::source::{LineColumn, Sources};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;

/// How many lines apart two labels of one excerpt may stand: with a line of context each, they are one piece.
const NEAR: usize = 3;
/// How many lines a label may cover; a longer one is shown by its first line.
const TALL: usize = 4;

/// A few lines of one file, with labels in them.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// The number of the first line, from 0.
    first_line: usize,
    labels: Vec<Shown>,
}

/// A label: where it stands in the excerpt's text, and where in the file.
#[derive(Debug)]
struct Shown {
    primary: bool,
    range: Range<usize>,
    place: LineColumn,
    words: String,
}

/// What a line of the file becomes.
pub(super) struct Room {
    /// Characters of a line that fit.
    pub width: usize,
    pub unicode: bool,
}

impl Excerpt {
    /// The lines around the first label, with those of the others that stand near it; the rest comes back.
    pub fn new<'a>(labels: &[&'a Label], sources: &Sources, room: &Room) -> (Self, Vec<&'a Label>) {
        let mut excerpt = Excerpt { name: String::new(), text: String::new(), first_line: 0, labels: Vec::new() };
        let Some(first) = labels.first() else { return (excerpt, Vec::new()) };
        let file = first.span.file;
        let place = |label: &Label| sources.line_column(file, label.span.start);
        let home = place(first).line;
        let is_near = |label: &&Label| label.span.file == file && place(label).line.abs_diff(home) <= NEAR;
        let (mut near, mut far): (Vec<&Label>, Vec<&Label>) = labels.iter().copied().partition(is_near);

        let lines = near.iter().map(|label| place(label).line);
        let from = lines.clone().min().unwrap_or(home).saturating_sub(1).max(1);
        let to = lines.max().unwrap_or(home) + TALL;
        excerpt.name = super::visible(sources.path(file), room.unicode).replace('\n', " ");
        excerpt.first_line = from - 1;
        let mut open: Vec<(Shown, usize)> = Vec::new();
        for line in from..=to {
            let Some(range) = sources.line(file, line) else { break };
            let text = sources.text(file).get(range.clone()).unwrap_or("");
            let here: Vec<&Label> = near.iter().copied().filter(|label| place(label).line == line).collect();
            // What is behind the last line break is no line to show.
            if here.is_empty() && range.start == sources.text(file).len() {
                break;
            }
            let window = window(text, here.first().map_or(0, |label| label.span.start as usize - range.start), room);
            let mut shown = ShownLine::new(text, window, room);
            let base = excerpt.text.len();
            for label in here {
                let start = (label.span.start as usize - range.start).min(text.len());
                if !shown.holds(start) {
                    near.retain(|other| !std::ptr::eq(*other, label));
                    far.push(label);
                    continue;
                }
                let tall = sources.line_column(file, label.span.end).line >= line + TALL;
                let end = if tall { range.end } else { label.span.end as usize };
                let start = base + shown.position(start);
                let words = super::visible(&label.text, room.unicode);
                open.push((
                    Shown { primary: std::ptr::eq(label, *first), range: start..start, place: place(label), words },
                    end.max(label.span.start as usize),
                ));
            }
            for (label, end) in &mut open {
                if *end >= range.start {
                    label.range.end =
                        (base + shown.position((*end - range.start).min(text.len()))).max(label.range.start);
                }
            }
            shown.text.push('\n');
            excerpt.text.push_str(&shown.text);
        }
        excerpt.labels = open.into_iter().map(|(label, _)| label).collect();
        (excerpt, far)
    }

    /// The same without the words of the first label, which stand elsewhere.
    pub fn without_primary_words(mut self) -> Self {
        self.labels.iter_mut().filter(|label| label.primary).for_each(|label| label.words.clear());
        self
    }

    pub fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels.iter().map(|label| {
            let words = (!label.words.is_empty()).then(|| label.words.clone());
            let span = SourceSpan::from((label.range.start, label.range.len()));
            if label.primary {
                LabeledSpan::new_primary_with_span(words, span)
            } else {
                LabeledSpan::new_with_span(words, span)
            }
        })
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.as_str().read_span(span, before, after)?;
        // The heading asks for a label alone: it gets the place in the file, which the cut text no longer tells.
        let heading = (before, after) == (0, 0);
        let label = self.labels.iter().find(|label| heading && label.range.start == span.offset());
        let column = label.map_or(read.column(), |label| label.place.column - 1);
        let line = read.line() + self.first_line;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            *read.span(),
            line,
            column,
            read.line_count(),
        )))
    }
}

/// The bytes of a line that are shown: all of it, or what stands around `at`.
fn window(line: &str, at: usize, room: &Room) -> Range<usize> {
    let at = (0..=at.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    let before = room.width / 3;
    let start = line[..at].char_indices().rev().nth(before).map_or(0, |(start, _)| start);
    // What the start does not need is for the end.
    let used = if start == 0 { 0 } else { line[start..at].chars().count() };
    let end = if start == 0 { 0 } else { at };
    let end = line[end..].char_indices().nth(room.width.saturating_sub(used)).map_or(line.len(), |(len, _)| end + len);
    start..end
}

/// A line in the making.
struct ShownLine {
    text: String,
    window: Range<usize>,
    /// Pairs of a byte of the line and a byte of `text`, where the two begin to run apart.
    steps: Vec<(usize, usize)>,
}

impl ShownLine {
    fn new(line: &str, window: Range<usize>, room: &Room) -> Self {
        let dots = if room.unicode { "…" } else { "..." };
        let mut shown = ShownLine { text: String::new(), window: window.clone(), steps: Vec::new() };
        if window.start > 0 {
            shown.text.push_str(dots);
        }
        shown.steps.push((window.start, shown.text.len()));
        for (at, c) in line.get(window.clone()).unwrap_or("").char_indices() {
            if c == '\t' || !is_invisible(c) {
                shown.text.push(c);
                continue;
            }
            // A byte order mark at the very start is nothing to look at.
            if c != '\u{feff}' || window.start + at > 0 {
                shown.text.push(stand_in(c, room.unicode));
            }
            shown.steps.push((window.start + at + c.len_utf8(), shown.text.len()));
        }
        if window.end < line.len() {
            shown.text.push_str(dots);
        }
        shown
    }

    fn holds(&self, at: usize) -> bool {
        (self.window.start..=self.window.end).contains(&at)
    }

    /// Where a byte of the line is in the shown text; beyond the window, its edge.
    fn position(&self, at: usize) -> usize {
        let at = at.clamp(self.window.start, self.window.end);
        let step = self.steps.partition_point(|&(line, _)| line <= at);
        let (line, shown) = step.checked_sub(1).and_then(|step| self.steps.get(step)).copied().unwrap_or((0, 0));
        shown + (at - line)
    }
}
