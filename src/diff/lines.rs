//! Two texts, line by line, as far as a reader wants it.

use similar::{ChangeTag, TextDiff};

/// Lines around a change that are shown with it.
const CONTEXT: usize = 2;

/// A longer line is cut: what is compared may be one line of a megabyte.
const LINE_LIMIT: usize = 400;

/// Texts with more lines than this are not compared line by line: nobody reads it, and the time grows with the square.
const LINE_COUNT_LIMIT: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Both,
    Before,
    After,
    /// Unchanged lines were left out here.
    Gap,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub side: Side,
    /// Without its line break; empty for a gap.
    pub text: String,
}

/// The difference of two texts: the changed lines with what stands around them. Without lines, if the texts differ in
/// their line breaks alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDiff {
    pub lines: Vec<Line>,
    pub added: usize,
    pub removed: usize,
    /// Lines beyond the limit that are not in `lines`.
    pub omitted: usize,
}

impl LineDiff {
    /// `limit`: how many lines to keep.
    pub fn of(before: &str, after: &str, limit: usize) -> Self {
        let mut diff = LineDiff { lines: Vec::new(), added: 0, removed: 0, omitted: 0 };
        if before.lines().count().max(after.lines().count()) > LINE_COUNT_LIMIT {
            diff.removed = before.lines().count();
            diff.added = after.lines().count();
            diff.omitted = diff.removed + diff.added;
            return diff;
        }
        // Without their breaks: a line is not another one because it is the last, or ends in CRLF.
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let texts = TextDiff::from_slices(&old, &new);
        for (n, group) in texts.grouped_ops(CONTEXT).iter().enumerate() {
            if n > 0 {
                diff.push(Side::Gap, "", limit);
            }
            for change in group.iter().flat_map(|op| texts.iter_changes(op)) {
                let side = match change.tag() {
                    ChangeTag::Equal => Side::Both,
                    ChangeTag::Delete => Side::Before,
                    ChangeTag::Insert => Side::After,
                };
                diff.added += usize::from(side == Side::After);
                diff.removed += usize::from(side == Side::Before);
                diff.push(side, change.value(), limit);
            }
        }
        diff
    }

    fn push(&mut self, side: Side, text: &str, limit: usize) {
        // What was removed must not take the room of what was added.
        let run = self.lines.iter().rev().take_while(|line| line.side == side).count();
        if self.lines.len() >= limit || run >= limit / 2 {
            self.omitted += 1;
            return;
        }
        let cut: String = text.chars().take(LINE_LIMIT).collect();
        let text = if cut.len() < text.len() { format!("{cut}…") } else { cut };
        self.lines.push(Line { side, text });
    }
}
