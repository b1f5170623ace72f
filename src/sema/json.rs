//! JSON files that a solution carries: read strictly, each text with the place of every piece of it.
//!
//! Must not know what a file is about.

use super::context::Context;
use super::place::Places;
use crate::arm::eval::tree::{Form, Tree};
use crate::arm::read;
use crate::diag::rules::shape;
use crate::ir::Text;
use crate::source::{FileId, Span, Spanned};
use crate::syntax::{Scalar, Style, TextMap, json};
use std::sync::Arc;

/// A file that was read.
pub struct JsonFile {
    pub tree: Tree,
    file: FileId,
    /// As it is on the disk.
    pub source: Arc<str>,
}

impl JsonFile {
    /// `None` after a finding, which stands where the file stops being JSON.
    pub fn read(name: &Text, path: &str, context: &mut Context<'_>) -> Option<Self> {
        let (file, source) = context.read(name, path)?;
        let read = match read::data(&source, file) {
            Ok(read) => read,
            Err(error) => {
                context.diagnostics.push(json::no_json(&error, &shape::NOT_JSON).at(path));
                return None;
            }
        };
        for finding in json::slips(&read.slack, &shape::NOT_JSON, &shape::NOT_JSON) {
            context.diagnostics.push(finding.at(path));
        }
        Some(JsonFile { tree: read.tree, file, source })
    }

    /// Where a value stands.
    pub fn span(&self, tree: &Tree) -> Span {
        tree.origin.map_or(Span::start_of(self.file), |origin| origin.span)
    }

    /// The text of a node, and where each piece of it stands.
    pub fn text(&self, tree: &Tree) -> Option<(Text, Places)> {
        let text = tree.text()?;
        let span = self.span(tree);
        let map = TextMap::of_json(self.written(tree), span.start as usize);
        let scalar = Scalar { text: text.to_owned(), style: Style::Quoted, map };
        Some((Spanned::new(text.to_owned(), span), Places::Scalar { scalar, span }))
    }

    /// A value as the file spells it.
    pub fn written(&self, tree: &Tree) -> &str {
        let span = self.span(tree);
        self.source.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// What stands for nothing: null, an empty list, an object of nothing but such members.
pub fn is_nothing(tree: &Tree) -> bool {
    match &tree.form {
        Form::Null => true,
        Form::Array(items) => items.is_empty(),
        Form::Object(members) => members.iter().all(|member| is_nothing(&member.tree)),
        _ => false,
    }
}
