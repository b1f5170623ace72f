//! Long texts: written in place, or in a file beside the spec.

use super::decode::{Decode, Decoder, first_place, text_scalar};
use super::schema::Schemas;
use crate::diag::Diagnostic;
use crate::diag::rules::shape;
use crate::source::{Span, Spanned};
use crate::syntax::{Node, NodeKind, Scalar};
use serde_json::{Value as Json, json};

/// A text that may live beside the spec: `query: |` or `query: { file: query.kql }`.
#[derive(Debug, Clone)]
pub enum Prose {
    Here {
        scalar: Scalar,
        span: Span,
    },
    /// The file's path, relative to the spec's folder.
    File(Spanned<String>),
}

impl Prose {
    /// Where the author wrote it or named its file.
    pub fn span(&self) -> Span {
        match self {
            Prose::Here { span, .. } => *span,
            Prose::File(path) => path.span,
        }
    }
}

impl Decode for Prose {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if let NodeKind::Mapping(_) = node.kind {
            decoder.mapping(node, &["file"])?;
            return decoder.field::<Spanned<String>>(node, "file").map(Prose::File);
        }
        let scalar = text_scalar(node, decoder)?;
        if scalar.text.trim().is_empty() {
            decoder.push(Diagnostic::new(&shape::TEXT_LENGTH, first_place(node), "a text is expected here"));
            return None;
        }
        Some(Prose::Here { scalar: scalar.clone(), span: node.span })
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "oneOf": [
            { "type": "string" },
            {
                "type": "object",
                "properties": { "file": { "type": "string", "description": "A file beside the spec." } },
                "required": ["file"],
                "additionalProperties": false,
            },
        ] })
    }
}
