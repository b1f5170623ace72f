//! `auth` of a REST poller: one table for each type. Types beyond these are handed over under `unchecked`.

use crate::diag::Diagnostic;
use crate::diag::rules::shape;
use crate::model::decode::{Decode, Decoder, first_place};
use crate::model::schema::Schemas;
use crate::model::service::{Field, Kind, Mark, ObjectSpec, ServiceObject, one_of};
use crate::source::Spanned;
use crate::syntax::Node;
use serde_json::{Value as Json, json};

const fn field(name: &'static str, kind: Kind, required: bool, doc: &'static str) -> Field {
    Field { name, kind, required, mark: Mark::Documented, doc }
}

static BASIC: ObjectSpec = ObjectSpec {
    title: "Basic auth",
    doc: "User name and password in the Authorization header.",
    fields: &[
        field("type", Kind::Text, true, "Basic"),
        field("userName", Kind::Secret, true, "User name."),
        field("password", Kind::Secret, true, "Password; a secret input."),
    ],
};

static API_KEY: ObjectSpec = ObjectSpec {
    title: "APIKey auth",
    doc: "A key in a header, or in the body of a POST request.",
    fields: &[
        field("type", Kind::Text, true, "APIKey"),
        field("apiKeyName", Kind::Text, false, "Name of the header; default: Authorization."),
        field("apiKeyIdentifier", Kind::Text, false, "Word before the key; default: token."),
        field("apiKey", Kind::Secret, true, "The key; a secret input."),
        field("isApiKeyInPostPayload", Kind::Bool, false, "In the body instead of a header; default: false."),
    ],
};

/// Types with a table, in the service's spelling.
pub static AUTH_TYPES: [(&str, &ObjectSpec); 2] = [("APIKey", &API_KEY), ("Basic", &BASIC)];

/// `auth`
#[derive(Debug, Clone)]
pub struct Auth(pub ServiceObject);

impl Decode for Auth {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        decode_by_type(node, "type", &AUTH_TYPES, decoder).map(Auth)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        any_of("Auth", "type", &AUTH_TYPES, schemas)
    }
}

/// Reads a mapping by the table that its discriminator names.
pub(super) fn decode_by_type(
    node: &Node,
    key: &str,
    types: &'static [(&'static str, &'static ObjectSpec)],
    decoder: &mut Decoder<'_>,
) -> Option<ServiceObject> {
    if node.entries().is_none() {
        decoder.wrong_type(node, "a mapping", None);
        return None;
    }
    let Some(entry) = node.get(key) else {
        let message = format!("`{key}` is missing");
        let names: Vec<&str> = types.iter().map(|(name, _)| *name).collect();
        let help = format!("write one of {}", names.join(", "));
        decoder
            .push(Diagnostic::new(&shape::MISSING_KEY, first_place(node), message).label("in this mapping").help(help));
        return None;
    };
    let names: Vec<&str> = types.iter().map(|(name, _)| *name).collect();
    let name: Spanned<String> = decoder.within(format!(".{key}"), |d| one_of(&entry.value, &names, d))?;
    let (_, spec) = types.iter().find(|(known, _)| *known == name.value)?;
    spec.decode(node, decoder)
}

/// One closed mapping for each type, told apart by the discriminator.
pub(super) fn any_of(
    prefix: &str,
    key: &str,
    types: &'static [(&'static str, &'static ObjectSpec)],
    schemas: &mut Schemas,
) -> Json {
    let branches: Vec<Json> = types
        .iter()
        .map(|(name, spec)| {
            let mut branch = spec.schema(&format!("{prefix}{name}"), schemas);
            branch["properties"] = json!({ key: { "const": name } });
            branch["required"] = json!([key]);
            branch
        })
        .collect();
    json!({ "anyOf": branches })
}
