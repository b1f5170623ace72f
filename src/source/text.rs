//! The texts of one compilation and the arithmetic between byte offsets and lines.

use super::{FileId, Span};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// One-based line and column; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

#[derive(Debug, Clone)]
struct SourceFile {
    /// As shown in messages: relative to where the command runs, `/` between the parts.
    path: String,
    text: Arc<str>,
    /// Made when the first finding asks for a place.
    index: OnceLock<Index>,
}

/// Every text that a compilation has read, in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    pub fn add(&mut self, path: impl Into<String>, text: Arc<str>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text, index: OnceLock::new() });
        id
    }

    pub fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |f| &f.path)
    }

    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |f| &f.text)
    }

    /// The text under a span, cut to what exists.
    pub fn slice(&self, span: Span) -> &str {
        let text = self.text(span.file);
        text.get(span.start as usize..(span.end as usize).min(text.len())).unwrap_or("")
    }

    /// Where a byte offset lies. The first place in a file costs a walk over its text, each further one next to nothing.
    pub fn line_column(&self, file: FileId, offset: u32) -> LineColumn {
        match self.files.get(file.0 as usize) {
            Some(file) => file.index().line_column(&file.text, offset as usize),
            None => LineColumn { line: 1, column: 1 },
        }
    }

    /// The bytes of a line (counted from 1), without its line break. `None` beyond the last line.
    pub fn line(&self, file: FileId, line: usize) -> Option<Range<usize>> {
        let file = self.files.get(file.0 as usize)?;
        let starts = &file.index().line_starts;
        let start = *starts.get(line.checked_sub(1)?)? as usize;
        let end = starts.get(line).map_or(file.text.len(), |&next| next as usize - 1);
        let carriage_return = line < starts.len() && file.text.get(start..end)?.ends_with('\r');
        Some(start..end - usize::from(carriage_return))
    }
}

impl SourceFile {
    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }
}

#[derive(Debug, Clone)]
struct Index {
    line_starts: Vec<u32>,
    /// How many characters begin before each multiple of [`BLOCK`] bytes: a column in a long line is a difference of two.
    chars_before: Vec<u32>,
}

const BLOCK: usize = 1024;

impl Index {
    fn new(text: &str) -> Self {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| narrow(at + 1));
        let mut chars = 0;
        let chars_before = text.as_bytes().chunks(BLOCK).map(|block| {
            let before = narrow(chars);
            chars += char_count(block);
            before
        });
        Index { chars_before: chars_before.collect(), line_starts: std::iter::once(0).chain(breaks).collect() }
    }

    fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|&start| start as usize <= offset);
        let start = line.checked_sub(1).and_then(|line| self.line_starts.get(line)).map_or(0, |&start| start as usize);
        // A byte order mark is no column of the first line.
        let mark = usize::from(start == 0 && offset > 0 && text.starts_with('\u{feff}'));
        LineColumn { line, column: self.chars_until(text, offset) - self.chars_until(text, start) - mark + 1 }
    }

    fn chars_until(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        match self.chars_before.get(block) {
            Some(&before) => before as usize + char_count(&text.as_bytes()[block * BLOCK..offset]),
            None => self.chars_before.last().map_or(0, |&before| {
                before as usize + char_count(&text.as_bytes()[(self.chars_before.len() - 1) * BLOCK..offset])
            }),
        }
    }
}

/// Characters that begin in these bytes of UTF-8.
fn char_count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> (Sources, FileId) {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text.into());
        (sources, file)
    }

    #[test]
    fn places_count_characters_from_one() {
        let (sources, file) = sources("ab\r\nä€x\n");
        let place = |offset| {
            let place = sources.line_column(file, offset);
            (place.line, place.column)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(3), (1, 4));
        assert_eq!(place(4), (2, 1));
        assert_eq!(place(5), (2, 1), "inside of a character: its start");
        assert_eq!(place(6), (2, 2));
        assert_eq!(place(9), (2, 3));
        assert_eq!(place(11), (3, 1));
        assert_eq!(place(99), (3, 1), "beyond the end: the end");
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let (sources, file) = sources("\u{feff}ab");
        assert_eq!(sources.line_column(file, 0).column, 1);
        assert_eq!(sources.line_column(file, 3).column, 1);
        assert_eq!(sources.line_column(file, 4).column, 2);
    }

    #[test]
    fn columns_of_long_lines_are_those_of_a_plain_count() {
        let text = format!("first\n{}", "aä€😀".repeat(1000));
        let (sources, file) = sources(&text);
        for (index, (at, _)) in text[6..].char_indices().enumerate() {
            let place = sources.line_column(file, (at + 6) as u32);
            assert_eq!((place.line, place.column), (2, index + 1));
        }
    }

    #[test]
    fn a_text_whose_length_is_a_multiple_of_the_block_has_an_end() {
        let (sources, file) = sources(&"a".repeat(2 * BLOCK));
        assert_eq!(sources.line_column(file, 2 * BLOCK as u32).column, 2 * BLOCK + 1);
    }

    #[test]
    fn lines_come_without_their_breaks() {
        let (sources, file) = sources("ab\r\n\nc\r");
        assert_eq!(sources.line(file, 0), None);
        assert_eq!(sources.line(file, 1), Some(0..2));
        assert_eq!(sources.line(file, 2), Some(4..4));
        assert_eq!(sources.line(file, 3), Some(5..7));
        assert_eq!(sources.line(file, 4), None);
    }
}
