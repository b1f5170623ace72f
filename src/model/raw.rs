//! YAML that the language passes on as it is written.

use super::decode::{Decode, Decoder};
use super::schema::Schemas;
use crate::source::Spanned;
use crate::syntax::{Entry, Node};
use serde_json::{Value as Json, json};

/// Any YAML.
#[derive(Debug, Clone)]
pub struct Raw(pub Node);

impl Decode for Raw {
    fn decode(node: &Node, _: &mut Decoder<'_>) -> Option<Self> {
        Some(Raw(node.clone()))
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({})
    }
}

/// YAML that the language knows, and passes on as it is written.
#[derive(Debug, Clone)]
pub struct Kept<T> {
    pub node: Node,
    pub value: T,
}

impl<T: Decode> Decode for Kept<T> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, decoder).map(|value| Kept { node: node.clone(), value })
    }

    fn schema(schemas: &mut Schemas) -> Json {
        T::schema(schemas)
    }
}

/// `unchecked:` of a mapping: members for the object that it becomes.
#[derive(Debug, Clone, Default)]
pub struct Unchecked(pub Vec<(Spanned<String>, Node)>);

impl Decode for Unchecked {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let Some(entries) = node.entries() else {
            decoder.wrong_type(node, "a mapping", None);
            return None;
        };
        let member = |entry: &Entry| (Spanned::new(entry.key.clone(), entry.key_span), entry.value.clone());
        Some(Unchecked(entries.iter().map(member).collect()))
    }

    fn absent() -> Option<Self> {
        Some(Unchecked::default())
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "object" })
    }
}
