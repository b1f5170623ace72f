//! YAML text into a tree of nodes with exact places, and JSON into the same. Parsing never fails: it returns what it could
//! read, and findings.
//!
//! Must not know the spec language: no key names, no types but YAML's own.

mod budget;
mod build;
mod characters;
pub mod json;
mod leaf;
mod parse;
mod place;
mod repair;
mod trouble;
mod typing;

pub use budget::{MAX_DEPTH, MAX_NODES, MAX_TEXT};
pub use parse::{MAX_FILE, parse, parse_named};
pub use place::TextMap;

use crate::source::{FileId, Span};
use std::ops::Range;

/// A parsed file. `root` is `None` for an empty file or one that cannot be read as YAML at all.
#[derive(Debug, Clone)]
pub struct Document {
    pub file: FileId,
    pub root: Option<Node>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub span: Span,
    pub kind: NodeKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Nothing after the colon, `~` or `null`.
    Null,
    Scalar(Scalar),
    Sequence(Vec<Node>),
    /// In the order of the file; a key that stands twice is here once (its first value), with a finding.
    Mapping(Vec<Entry>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// The value after YAML's own folding and unescaping.
    pub text: String,
    pub style: Style,
    /// From a byte of `text` to a byte of the file.
    pub map: TextMap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: the only style that can be a boolean or a number.
    Plain,
    Quoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// What a plain scalar means under YAML 1.2's core schema, narrowed: `no`, `on`, `017`, `1_000`, dates stay text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plain {
    Bool(bool),
    Int(i64),
    Real(f64),
    Text,
}

impl Scalar {
    /// How this scalar is typed; anything but a plain one is text.
    pub fn plain(&self) -> Plain {
        if self.style == Style::Plain { typing::plain(&self.text) } else { Plain::Text }
    }

    /// Where bytes of [`Scalar::text`] stand in the file; `node_span` is the span of the scalar's node, and what comes back
    /// where the place of the parts is not known. Exact for all styles: a line break that YAML folds into a space and an
    /// escape have their places as a whole. Only a text whose YAML and value do not match piece by piece has no parts.
    pub fn span_of(&self, range: Range<usize>, node_span: Span) -> Span {
        match self.map.range(range) {
            Some(range) => Span { file: node_span.file, start: range.start, end: range.end },
            None => node_span,
        }
    }
}

impl Node {
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    pub fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    /// What kind of thing stands here, for messages: `a mapping`, `a list`, `text`, `true or false`, `a number`, `nothing`.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Sequence(_) => "a list",
            NodeKind::Mapping(_) => "a mapping",
            NodeKind::Scalar(scalar) => match scalar.plain() {
                Plain::Bool(_) => "true or false",
                Plain::Int(_) | Plain::Real(_) => "a number",
                Plain::Text => "text",
            },
        }
    }
}
