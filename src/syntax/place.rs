//! From a byte of a scalar's value to a byte of the file.
//!
//! Must not parse: it compares the parser's value with the text that it came from. Where the two do not fit together the
//! map is empty, and places fall back to the whole scalar.

mod edits;
mod flow;
mod lines;

use std::ops::Range;

pub(super) use flow::{double_quoted, plain, single_quoted};
pub(super) use lines::{folded, literal};

/// Pieces of a value that stand unbroken in the file. Most scalars are one piece, which takes no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextMap(Pieces);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Pieces {
    #[default]
    Unknown,
    /// The value stands in the file as it is.
    One { file: u32, len: u32 },
    /// In the order of the value, without gaps in it.
    Many(Box<[Piece]>),
}

/// Bytes of the value and the bytes of the file that they come from. With equal lengths they are the same bytes; else the
/// piece is an escape or a line break, and only whole pieces have a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    value: u32,
    value_len: u32,
    file: u32,
    file_len: u32,
}

impl TextMap {
    /// A value that stands unbroken in the file, from byte `file` on: also a whole file of its own, from byte 0.
    pub fn verbatim(file: usize, len: usize) -> Self {
        match (u32::try_from(file), u32::try_from(len)) {
            (Ok(file), Ok(len)) => TextMap(Pieces::One { file, len }),
            _ => TextMap::default(),
        }
    }

    /// The map of a text in double quotes that stands, quotes included, at `range`: in YAML, and in JSON, whose escapes YAML has.
    pub fn double_quoted(text: &str, range: Range<usize>, value: &str) -> Self {
        double_quoted(text, range, value).unwrap_or_default()
    }

    /// Where bytes of the value stand in the file. `None` if that is not known; a range beyond the value is cut.
    pub fn range(&self, range: Range<usize>) -> Option<Range<u32>> {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let end = u32::try_from(range.end).unwrap_or(u32::MAX).max(start);
        match &self.0 {
            Pieces::Unknown => None,
            Pieces::One { file, len } => Some(file + start.min(*len)..file + end.min(*len)),
            Pieces::Many(pieces) => {
                let last = pieces.last()?;
                let value_end = last.value + last.value_len;
                let (start, end) = (start.min(value_end), end.min(value_end));
                let from = holding(pieces, start).map_or(last.file + last.file_len, |piece| piece.start_of(start));
                let to = if end > start { holding(pieces, end - 1)?.end_of(end - 1) } else { from };
                Some(from..to)
            }
        }
    }
}

fn holding(pieces: &[Piece], byte: u32) -> Option<&Piece> {
    pieces.get(pieces.partition_point(|piece| piece.value + piece.value_len <= byte))
}

impl Piece {
    fn is_verbatim(&self) -> bool {
        self.value_len == self.file_len
    }

    fn start_of(&self, byte: u32) -> u32 {
        if self.is_verbatim() { self.file + (byte - self.value) } else { self.file }
    }

    fn end_of(&self, byte: u32) -> u32 {
        if self.is_verbatim() { self.file + (byte - self.value) + 1 } else { self.file + self.file_len }
    }
}

/// Pieces in the making, in the order of the value.
#[derive(Default)]
struct Row(Vec<Piece>);

impl Row {
    /// The value goes on with bytes that stand at byte `file` as `file_len` bytes.
    fn push(&mut self, value_len: usize, file: usize, file_len: usize) -> Option<()> {
        let narrow = |n: usize| u32::try_from(n).ok();
        let value = self.0.last().map_or(0, |last| last.value + last.value_len);
        let piece = Piece { value, value_len: narrow(value_len)?, file: narrow(file)?, file_len: narrow(file_len)? };
        match self.0.last_mut() {
            _ if value_len == 0 => {}
            Some(last) if last.is_verbatim() && piece.is_verbatim() && last.file + last.file_len == piece.file => {
                last.value_len += piece.value_len;
                last.file_len += piece.file_len;
            }
            _ => self.0.push(piece),
        }
        Some(())
    }

    fn map(self) -> TextMap {
        match self.0.as_slice() {
            [] => TextMap::default(),
            [piece] if piece.is_verbatim() => TextMap(Pieces::One { file: piece.file, len: piece.value_len }),
            _ => TextMap(Pieces::Many(self.0.into_boxed_slice())),
        }
    }
}

/// A map in the making: walks along the value while its caller walks along the file.
struct Walk<'a> {
    /// What of the value has no place yet.
    rest: &'a str,
    row: Row,
}

impl<'a> Walk<'a> {
    fn new(value: &'a str) -> Self {
        Walk { rest: value, row: Row::default() }
    }

    /// The value goes on with `text`, which stands at byte `file`.
    fn verbatim(&mut self, text: &str, file: usize) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        self.row.push(text.len(), file, text.len())
    }

    /// The value goes on with `c`, for which the file has `file_len` bytes.
    fn replaced(&mut self, c: char, file: usize, file_len: usize) -> Option<()> {
        self.rest = self.rest.strip_prefix(c)?;
        self.row.push(c.len_utf8(), file, file_len)
    }

    /// The value goes on with a line feed, for which the file has a line break; or none, where both end.
    fn replaced_break(&mut self, file: usize, file_len: usize) -> Option<()> {
        if file_len == 0 && self.rest != "\n" { None } else { self.replaced('\n', file, file_len) }
    }

    /// The map, if the whole value has found its place.
    fn finish(self) -> Option<TextMap> {
        (self.rest.is_empty() && !self.row.0.is_empty()).then(|| self.row.map())
    }
}

/// The length of the line break at the start of `text`: 0 if there is none.
fn break_len(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verbatim_map_shifts_and_cuts() {
        let map = TextMap::verbatim(10, 5);
        assert_eq!(map.range(1..3), Some(11..13));
        assert_eq!(map.range(0..99), Some(10..15));
        assert_eq!(map.range(5..5), Some(15..15));
    }

    #[test]
    fn an_escape_has_its_place_as_a_whole() {
        let text = r#""a\u00e4b""#;
        let map = double_quoted(text, 0..text.len(), "aäb").unwrap_or_default();
        assert_eq!(map.range(0..1), Some(1..2));
        assert_eq!(map.range(1..3), Some(2..8));
        assert_eq!(map.range(3..4), Some(8..9));
        assert_eq!(map.range(0..4), Some(1..9));
        assert_eq!(map.range(4..4), Some(9..9));
    }

    #[test]
    fn a_value_that_does_not_fit_its_text_has_no_places() {
        assert_eq!(plain("abc", 0..3, "abd"), None);
        assert_eq!(TextMap::default().range(0..1), None);
    }

    #[test]
    fn of_several_line_breaks_each_has_its_own_place() {
        let text = "a: >+\n  x\n\n  y\n\n\n";
        let map = folded(text, 8, 2, "x\ny\n\n\n").unwrap_or_default();
        assert_eq!(map.range(1..2), Some(10..11), "the first break folds away");
        assert_eq!(map.range(3..4), Some(14..15), "at the end the first break stays");
        assert_eq!(map.range(4..6), Some(15..17));
        let clipped = folded(text, 8, 2, "x\ny\n").unwrap_or_default();
        assert_eq!(clipped.range(3..4), Some(14..15));
        let literal = literal("a: |\r\n  x\r\n\r\n  y\r\n", 8, 2, "x\n\ny\n").unwrap_or_default();
        assert_eq!(literal.range(1..2), Some(9..11));
        assert_eq!(literal.range(2..3), Some(11..13));
        assert_eq!(literal.range(0..5), Some(8..18));
    }

    #[test]
    fn a_file_may_end_without_the_line_break_of_its_last_value() {
        let found = literal("a: |\n  x\n  y", 7, 2, "x\ny\n").unwrap_or_default();
        assert_eq!(found.range(2..3), Some(11..12));
        assert_eq!(found.range(3..4), Some(12..12));
        let found = folded("a: >\n  x\n  y", 7, 2, "x y\n").unwrap_or_default();
        assert_eq!(found.range(2..3), Some(11..12));
    }
}
