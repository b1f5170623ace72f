//! Where a piece of a text stands in its file: texts in the spec through YAML's folding, texts in files of their own.

use crate::source::{FileId, Span};
use crate::syntax::Scalar;
use std::ops::Range;

/// From a byte of a resolved text to the file.
#[derive(Debug, Clone)]
pub enum Places {
    Scalar {
        scalar: Scalar,
        span: Span,
    },
    /// A file of its own: bytes before the text, and the places of line ends that had a carriage return.
    File {
        file: FileId,
        skipped: usize,
        returns: Vec<usize>,
    },
    /// Lines of a longer text, one after the other, each behind a line end: where each begins here, and there.
    Lines {
        lines: Vec<(usize, usize)>,
        places: Box<Places>,
    },
    /// A part of a longer text that was made for an analysis.
    Part {
        /// Where the part begins in the longer text, and its length.
        start: usize,
        len: usize,
        places: Box<Places>,
        /// What stands before the part: from which byte on, and where it comes from.
        before: Vec<(usize, Span)>,
        /// The place of everything else.
        whole: Span,
    },
}

impl Places {
    /// The map of a file's text, from which a byte order mark and carriage returns were taken out.
    pub fn of_file(file: FileId, original: &str) -> Self {
        let skipped = original.len() - original.trim_start_matches('\u{feff}').len();
        let text = &original[skipped..];
        let ends = text.match_indices("\r\n").enumerate();
        Places::File { file, skipped, returns: ends.map(|(before, (at, _))| at - before).collect() }
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        match self {
            Places::Scalar { scalar, span } => scalar.span_of(range, *span),
            Places::File { file, skipped, returns } => {
                let at = |offset: usize| offset + skipped + returns.partition_point(|end| *end < offset);
                Span::new(*file, at(range.start), at(range.end))
            }
            Places::Lines { lines, places } => {
                let at = |offset: usize| {
                    let before = lines.partition_point(|(here, _)| *here <= offset);
                    let line = before.checked_sub(1).and_then(|index| lines.get(index)).or(lines.first());
                    line.map_or(offset, |(here, there)| there + offset.saturating_sub(*here))
                };
                places.span(at(range.start)..at(range.end))
            }
            Places::Part { start, len, places, before, whole } => match range.start.checked_sub(*start) {
                Some(from) if from <= *len => places.span(from..range.end.saturating_sub(*start).min(*len)),
                Some(_) => *whole,
                None => before.iter().rev().find(|(at, _)| *at <= range.start).map_or(*whole, |(_, span)| *span),
            },
        }
    }
}
