//! Maps of texts that are no YAML: the content of a JSON string, and a text in which pieces were replaced.

use super::{Pieces, Row, TextMap};
use std::ops::Range;

impl TextMap {
    /// The map of a JSON string, from its literal with the quotation marks, which begins at byte `file`. The literal has
    /// been read before; one that is none has no places.
    pub fn of_json(literal: &str, file: usize) -> Self {
        let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inner.and_then(|inner| json_pieces(inner, file + 1)).map_or_else(TextMap::default, Row::map)
    }

    /// The map of the value after each of `edits` was replaced by a text of that many bytes. The edits stand in order and
    /// apart; what replaces a range has the place of that range.
    pub fn replaced(&self, edits: &[(Range<usize>, usize)], value_len: usize) -> Self {
        self.replaced_pieces(edits, value_len).map_or_else(TextMap::default, Row::map)
    }

    fn replaced_pieces(&self, edits: &[(Range<usize>, usize)], value_len: usize) -> Option<Row> {
        let mut row = Row::default();
        let mut at = 0;
        for (range, len) in edits {
            self.copy(at..range.start, &mut row)?;
            let place = self.range(range.clone())?;
            row.push(*len, place.start as usize, (place.end - place.start) as usize)?;
            at = range.end;
        }
        self.copy(at..value_len, &mut row)?;
        Some(row)
    }

    /// Appends the pieces of a range of the value to others.
    fn copy(&self, range: Range<usize>, row: &mut Row) -> Option<()> {
        match &self.0 {
            Pieces::Unknown => None,
            Pieces::One { file, .. } => row.push(range.len(), *file as usize + range.start, range.len()),
            Pieces::Many(many) => many.iter().try_for_each(|piece| {
                let (start, end) = (piece.value as usize, (piece.value + piece.value_len) as usize);
                let (from, to) = (start.max(range.start), end.min(range.end));
                match from < to {
                    false => Some(()),
                    true if piece.is_verbatim() => row.push(to - from, piece.file as usize + from - start, to - from),
                    true => row.push(to - from, piece.file as usize, piece.file_len as usize),
                }
            }),
        }
    }
}

/// The pieces of what stands between the quotation marks.
fn json_pieces(inner: &str, file: usize) -> Option<Row> {
    let mut row = Row::default();
    let mut at = 0;
    while let Some(rest) = inner.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        row.push(plain, file + at, plain)?;
        at += plain;
        let Some(escape) = rest.get(plain..).filter(|escape| !escape.is_empty()) else { break };
        let (len, bytes) = escaped(escape)?;
        row.push(bytes, file + at, len)?;
        at += len;
    }
    Some(row)
}

/// The length of the escape at the start of a text, and how many bytes its character has.
fn escaped(text: &str) -> Option<(usize, usize)> {
    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 4)?, 16).ok();
    if text.as_bytes().get(1) != Some(&b'u') {
        return Some((2, 1));
    }
    let first = unit(2)?;
    if !(0xD800..0xDC00).contains(&first) {
        return Some((6, char::from_u32(first)?.len_utf8()));
    }
    // Both halves of a pair: a character beyond the first plane.
    unit(8).map(|_| (12, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_string_has_the_places_of_its_literal() {
        let literal = r#""ab\n\"c\u00e4\ud83d\ude00d""#;
        let map = TextMap::of_json(literal, 100);
        let value: String = serde_json::from_str(literal).unwrap_or_default();
        let place = |part: &str| {
            let start = value.find(part).unwrap_or_default();
            let range = map.range(start..start + part.len()).unwrap_or_default();
            &literal[range.start as usize - 100..range.end as usize - 100]
        };
        assert_eq!(place("ab"), "ab");
        assert_eq!(place("\n"), "\\n");
        assert_eq!(place("\"c"), "\\\"c");
        assert_eq!(place("ä"), "\\u00e4");
        assert_eq!(place("😀d"), "\\ud83d\\ude00d");
        assert_eq!(TextMap::of_json("\"\\u00zz\"", 0).range(0..1), None);
    }

    #[test]
    fn what_replaces_a_range_has_its_place() {
        let literal = r#""a\n{x} b{y}""#;
        let map = TextMap::of_json(literal, 0);
        // `a\n{x} b{y}` becomes `a\n12345 b`.
        let map = map.replaced(&[(2..5, 5), (7..10, 0)], 10);
        let place = |range| map.range(range).map(|range| &literal[range.start as usize..range.end as usize]);
        assert_eq!(place(0..1), Some("a"));
        assert_eq!(place(1..2), Some("\\n"));
        assert_eq!(place(3..4), Some("{x}"));
        assert_eq!(place(7..9), Some(" b"));
    }
}
