//! Objects of which one member says the type: `auth` by `type`, `paging` by `pagingType`.

use super::{ObjectSpec, ServiceObject};
use crate::diag::rules::shape;
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::decode::{Decoder, first_place};
use crate::model::schema::Schemas;
use crate::syntax::Node;
use serde_json::{Value as Json, json};

/// The types of one object.
#[derive(Debug)]
pub struct Types {
    /// The member that says the type.
    pub key: &'static str,
    /// What it is the type of, as messages name it: `auth type of a RestApiPoller`.
    pub of: &'static str,
    /// What the definitions of the editor's schema begin with.
    pub prefix: &'static str,
    /// In the service's spelling.
    pub known: &'static [(&'static str, &'static ObjectSpec)],
    /// Types that belong to another kind of connector, and that kind.
    pub elsewhere: &'static [(&'static str, &'static str)],
    /// For a type that is none of these: everything stands under `unchecked`.
    pub other: &'static ObjectSpec,
}

impl Types {
    /// Reads a mapping by the table that its discriminator names.
    pub fn decode(&'static self, node: &Node, decoder: &mut Decoder<'_>) -> Option<ServiceObject> {
        if node.entries().is_none() {
            decoder.wrong_type(node, "a mapping", None);
            return None;
        }
        let Some(entry) = node.get(self.key) else { return self.decode_other(node, decoder) };
        let Some(scalar) = entry.value.as_scalar() else {
            decoder.wrong_type(&entry.value, "a text", None);
            return None;
        };
        let name = scalar.text.as_str();
        if let Some((_, spec)) = self.known.iter().find(|(known, _)| *known == name) {
            return spec.decode(node, decoder);
        }
        let elsewhere = self.elsewhere.iter().find(|(other, _)| *other == name);
        let (message, help) = match (elsewhere, did_you_mean(name, self.known.iter().map(|(known, _)| *known))) {
            (Some((_, kind)), _) => {
                (format!("`{name}` is no {}: it belongs to connectors of kind {kind}", self.of), self.choices())
            }
            (None, Some(near)) => (format!("`{name}` is no known {}", self.of), format!("did you mean `{near}`?")),
            (None, None) => (
                format!("`{name}` is no known {}", self.of),
                format!("{}, or put the whole object under `unchecked`", self.choices()),
            ),
        };
        let finding = Diagnostic::new(&shape::UNKNOWN_VALUE, entry.value.span, message).help(help);
        decoder.within(format!(".{}", self.key), |decoder| decoder.push(finding));
        None
    }

    fn choices(&self) -> String {
        let names: Vec<&str> = self.known.iter().map(|(name, _)| *name).collect();
        format!("write one of {}", names.join(", "))
    }

    /// Without a type: one that this language lacks stands under `unchecked`.
    fn decode_other(&'static self, node: &Node, decoder: &mut Decoder<'_>) -> Option<ServiceObject> {
        let typed = node.get("unchecked").and_then(|entry| entry.value.get(self.key));
        if typed.is_some() {
            return self.other.decode(node, decoder);
        }
        let message = format!("`{}` is missing", self.key);
        let finding = Diagnostic::new(&shape::MISSING_KEY, first_place(node), message).label("in this mapping");
        decoder.push(finding.help(self.choices()));
        None
    }

    /// One closed mapping for each type, told apart by the discriminator.
    pub fn schema(&self, schemas: &mut Schemas) -> Json {
        let prefix = self.prefix;
        let mut branches: Vec<Json> = self
            .known
            .iter()
            .map(|(name, spec)| {
                let mut branch = spec.schema(&format!("{prefix}{name}"), schemas);
                branch["properties"] = json!({ self.key: { "const": name } });
                branch["required"] = json!([self.key]);
                branch
            })
            .collect();
        let mut other = self.other.schema(&format!("{prefix}Unchecked"), schemas);
        other["properties"] = json!({ "unchecked": { "required": [self.key] } });
        other["required"] = json!(["unchecked"]);
        branches.push(other);
        json!({ "anyOf": branches })
    }
}
