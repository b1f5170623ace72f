//! Scalars: their values, styles and places, and the tags that they should not have.

use super::build::Builder;
use super::place::{self, TextMap};
use super::repair::{quoted, shortened};
use super::{Node, NodeKind, Scalar, Style, typing};
use crate::diag::rules::yaml;
use granit_parser::{ScalarStyle, Span, Tag};
use std::ops::Range;

const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// A scalar as the parser read it.
pub(super) struct Read<'a> {
    pub value: &'a str,
    pub style: ScalarStyle,
    pub range: Range<usize>,
    /// Of its first character, from 0; for a block scalar that is its indentation.
    pub column: usize,
}

/// Where the tag of a node stands.
pub(super) fn tag_place(span: &Span) -> Option<Range<usize>> {
    span.tag_span()?.byte_range()
}

impl Builder<'_> {
    /// A scalar with a tag. Nothing in a spec needs one: what a value is, its place says.
    pub(super) fn tagged(&mut self, tag: &Tag, place: Range<usize>, read: &Read<'_>) -> Node {
        let whole = place.start..read.range.end;
        if tag.is_yaml_core_schema() {
            self.tag(&place, "remove the tag; quote a value that is to be text whatever it looks like");
        } else if read.style == ScalarStyle::Plain && !self.slice(&whole).contains('\n') {
            self.tag(
                &place,
                format!("quote it if text is meant: `{}`; else remove the tag", quoted(self.slice(&whole))),
            );
            return self.verbatim(whole);
        } else {
            self.tag(&place, "remove the tag");
        }
        self.scalar(read)
    }

    pub(super) fn collection_tag(&mut self, tag: Option<&Tag>, span: &granit_parser::Span) {
        if let (Some(_), Some(place)) = (tag, tag_place(span)) {
            self.tag(&place, "remove the tag");
        }
    }

    fn tag(&mut self, place: &Range<usize>, help: impl Into<String>) {
        let message = format!("`{}` is a YAML tag, and tags are not supported", shortened(self.slice(place)));
        self.report(&yaml::TAG, self.span(place), message, help);
    }

    pub(super) fn scalar(&self, read: &Read<'_>) -> Node {
        let &Read { value, style, ref range, column } = read;
        if self.patches.iter().any(|patch| patch.start < range.end && range.start < patch.end) {
            return self.verbatim(range.clone());
        }
        if style == ScalarStyle::Plain && typing::is_null(value) {
            let range = if range.is_empty() { self.gap(range.start) } else { range.clone() };
            return Node { span: self.span(&range), kind: NodeKind::Null };
        }
        let (text, whole) = (self.original, range.clone());
        let (style, map) = match style {
            ScalarStyle::Plain => (Style::Plain, place::plain(text, whole, value)),
            ScalarStyle::SingleQuoted => (Style::Quoted, place::single_quoted(text, whole, value)),
            ScalarStyle::DoubleQuoted => (Style::Quoted, place::double_quoted(text, whole, value)),
            ScalarStyle::Literal => (Style::Literal, place::literal(text, range.start, column, value)),
            ScalarStyle::Folded => (Style::Folded, place::folded(text, range.start, column, value)),
        };
        let range = if matches!(style, Style::Literal | Style::Folded) { self.trimmed(range) } else { range.clone() };
        let scalar = Scalar { text: value.to_owned(), style, map: map.unwrap_or_default() };
        Node { span: self.span(&range), kind: NodeKind::Scalar(scalar) }
    }

    /// The text at `range` as the author wrote it, as text.
    pub(super) fn verbatim(&self, range: Range<usize>) -> Node {
        let text = self.slice(&range).to_owned();
        let map = TextMap::verbatim(range.start, text.len());
        Node { span: self.span(&range), kind: NodeKind::Scalar(Scalar { text, style: Style::Quoted, map }) }
    }

    /// The place of a value that is not there: behind the colon or dash that it belongs to.
    fn gap(&self, at: usize) -> Range<usize> {
        if self.slice(&(at..self.original.len())).starts_with(':') {
            return at + 1..at + 1;
        }
        let at = self.slice(&(0..at)).trim_end_matches(BLANK).len();
        at..at
    }

    /// A block scalar without the line breaks and the indentation after it; an empty one ends at its header.
    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let end = self.slice(&(0..range.end)).trim_end_matches(BLANK).len();
        range.start.min(end)..end
    }
}
