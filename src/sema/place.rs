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
        }
    }
}
