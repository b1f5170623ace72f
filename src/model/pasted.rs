//! Items that may live in a file of their own, in the format that the Azure-Sentinel repository has for them.

use super::decode::{Decode, Decoder};
use super::schema::Schemas;
use crate::source::Spanned;
use crate::syntax::Node;
use serde_json::{Value as Json, json};

/// An item with its keys written in place, or `file: Rules/x.yaml` with the same keys in that file; `file: Rules/*.yaml`
/// stands for an item of each file that fits.
#[derive(Debug, Clone)]
pub struct Pasted<T> {
    pub item: T,
    /// The file's path, relative to the spec's folder.
    pub file: Option<Spanned<String>>,
    /// `analyticRules[2]`: as findings name the place of the spec that it comes from.
    pub path: String,
}

impl<T> Pasted<T> {
    /// The file's name without its folder and extension.
    pub fn file_base(&self) -> Option<Spanned<String>> {
        let file = self.file.as_ref()?;
        let name = file.value.rsplit('/').next().unwrap_or_default();
        let base = name.rsplit_once('.').map_or(name, |(base, _)| base);
        Some(Spanned::new(base.to_owned(), file.span))
    }
}

impl<T: Decode> Decode for Pasted<T> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        Self::decode_item(node, decoder).into_iter().next()
    }

    fn decode_item(node: &Node, decoder: &mut Decoder<'_>) -> Vec<Self> {
        let path = decoder.path();
        if node.get("file").is_none() {
            return T::decode(node, decoder).map(|item| Pasted { item, file: None, path }).into_iter().collect();
        }
        // With other keys beside it, nobody could say which of the two is meant.
        if decoder.mapping(node, &["file"]).is_none_or(|entries| entries.len() != 1) {
            return Vec::new();
        }
        let named =
            decoder.field::<Spanned<String>>(node, "file").map_or(Vec::new(), |name| decoder.files_named(&name));
        let read = |file: Spanned<String>| {
            T::decode_file(&file, decoder).map(|item| Pasted { item, file: Some(file), path: path.clone() })
        };
        named.into_iter().filter_map(read).collect()
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let here = T::schema(schemas);
        json!({ "oneOf": [
            here,
            {
                "type": "object",
                "properties": {
                    "file": { "type": "string", "description": "A file beside the spec with the same keys, or in another form that the Azure-Sentinel repository has; with `*` in it, every file that fits." },
                },
                "required": ["file"],
                "additionalProperties": false,
            },
        ] })
    }
}
