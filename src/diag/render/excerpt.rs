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
    /// The byte of the file at which it ends.
    end: usize,
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
        let line_of = |label: &Label| sources.line_column(file, label.span.start).line;
        let home = line_of(first);
        let is_near = |label: &&Label| label.span.file == file && line_of(label).abs_diff(home) <= NEAR;
        let (near, mut far): (Vec<&Label>, Vec<&Label>) = labels.iter().copied().partition(is_near);

        let from = near.iter().map(|label| line_of(label)).min().unwrap_or(home).saturating_sub(1).max(1);
        let to = near.iter().map(|label| line_of(label)).max().unwrap_or(home) + TALL;
        excerpt.name = super::visible(sources.path(file), room.unicode).replace('\n', " ");
        excerpt.first_line = from - 1;
        for line in from..=to {
            let here: Vec<&Label> = near.iter().copied().filter(|label| line_of(label) == line).collect();
            let Some(range) = sources.line(file, line) else { break };
            // What is behind the last line break is no line to show.
            if here.is_empty() && range.start == sources.text(file).len() {
                break;
            }
            far.extend(excerpt.add_line(range, &here, first, sources, room));
        }
        (excerpt, far)
    }

    /// Adds a line and the labels that begin in it; those outside of what is shown of it come back.
    fn add_line<'a>(
        &mut self,
        range: Range<usize>,
        labels: &[&'a Label],
        primary: &Label,
        sources: &Sources,
        room: &Room,
    ) -> Vec<&'a Label> {
        let in_line = |at: usize| at.clamp(range.start, range.end) - range.start;
        let start_of = |label: &Label| in_line(label.span.start as usize);
        let text = sources.text(primary.span.file).get(range.clone()).unwrap_or("");
        let window = window(text, labels.first().map_or(0, |label| start_of(label)), room);
        let shown = ShownLine::new(text, window, room);
        let base = self.text.len();
        let (inside, outside): (Vec<&Label>, Vec<&Label>) =
            labels.iter().partition(|label| shown.holds(start_of(label)));
        for label in inside {
            let place = sources.line_column(label.span.file, label.span.start);
            let is_tall = sources.line_column(label.span.file, label.span.end).line >= place.line + TALL;
            let start = base + shown.position(start_of(label));
            self.labels.push(Shown {
                primary: std::ptr::eq(label, primary),
                range: start..start,
                end: if is_tall { range.end } else { label.span.end as usize },
                place,
                words: super::visible(&label.text, room.unicode),
            });
        }
        for label in self.labels.iter_mut().filter(|label| label.end >= range.start) {
            label.range.end = (base + shown.position(in_line(label.end))).max(label.range.start);
        }
        self.text.push_str(&shown.text);
        self.text.push('\n');
        outside
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
