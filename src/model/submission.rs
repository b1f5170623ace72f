//! Files that a submission carries beside the package: sample data, and custom detections of Microsoft Defender XDR.

use super::Prose;
use super::decode::{Decode, Decoder, decode_struct, first_place};
use super::schema::Schemas;
use crate::source::{Span, Spanned};
use crate::syntax::Node;
use serde_json::{Value as Json, json};

type Text = Spanned<String>;

decode_struct! {
    /// Events for the repository's Sample Data folder.
    pub struct SampleData {
        /// A .json file with a list of events, or a .csv file with a heading.
        "file" file: Text,
        /// The table whose rows they are; default: the file's name, if a table is called so.
        "table" table: Option<Text>,
        /// The stream of this spec whose events they are, with the columns of a poller's answers.
        "stream" stream: Option<Text>,
    }
}

/// A custom detection of Microsoft Defender XDR, with the keys of the repository's YAML.
#[derive(Debug, Clone)]
pub struct CustomDetection {
    pub kind: Text,
    pub resource_type: Text,
    /// A GUID or another id of its own.
    pub id: Text,
    pub display_name: Text,
    pub query: Prose,
    /// `contentProvenance.source.id`: of the analytic rule that it replaces.
    pub replaces: Text,
    pub alert: Alert,
    /// All of it, members without checks included.
    pub node: Node,
}

/// What the alerts of a detection say.
#[derive(Debug, Clone)]
pub struct Alert {
    pub span: Span,
    /// Where each of them stands.
    pub tactics: Vec<Span>,
    pub has_entities: bool,
}

const KEYS: [&str; 7] =
    ["schemaVersion", "version", "kind", "resourceType", "apiVersion", "contentProvenance", "properties"];

impl Decode for CustomDetection {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        decoder.mapping(node, &KEYS)?;
        let kind = decoder.field(node, "kind");
        let resource_type = decoder.field(node, "resourceType");
        let version: Option<Text> = decoder.field(node, "apiVersion");
        let properties = inner(node, "properties", decoder);
        let properties = properties.as_ref();
        let (id, display_name, query, alert) = properties.map_or((None, None, None, None), |properties| {
            decoder.within(".properties".to_owned(), |decoder| {
                let query = inner(properties, "queryCondition", decoder);
                let action = inner(properties, "detectionAction", decoder);
                (
                    decoder.field(properties, "id"),
                    decoder.field(properties, "displayName"),
                    query.and_then(|query| decoder.field(&query, "queryText")),
                    action.and_then(|action| inner(&action, "alertTemplate", decoder)),
                )
            })
        });
        let alert: Option<Alert> = alert.map(|alert| Alert {
            span: alert.span,
            tactics: items(&alert, "tactics").iter().map(first_place).collect(),
            has_entities: alert.get("entityMappings").is_some(),
        });
        let source = inner(node, "contentProvenance", decoder).and_then(|found| inner(&found, "source", decoder));
        let replaces = source.and_then(|source| decoder.field(&source, "id"));
        version?;
        Some(CustomDetection {
            kind: kind?,
            resource_type: resource_type?,
            id: id?,
            display_name: display_name?,
            query: query?,
            replaces: replaces?,
            alert: alert?,
            node: node.clone(),
        })
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({
            "type": "object",
            "description": "A custom detection of Microsoft Defender XDR, with the keys of the repository's YAML.",
            "required": ["kind", "resourceType", "apiVersion", "contentProvenance", "properties"],
            "properties": {
                "schemaVersion": { "type": ["string", "number"] },
                "version": { "type": ["string", "number"] },
                "kind": { "const": "CustomDetection" },
                "resourceType": { "const": "Microsoft.Security/detectionRules" },
                "apiVersion": { "type": "string" },
                "contentProvenance": { "type": "object" },
                "properties": {
                    "type": "object",
                    "required": ["id", "displayName", "queryCondition", "detectionAction"],
                },
            },
            "additionalProperties": false,
        })
    }
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(|entry| entry.value.items()).unwrap_or_default()
}

/// A mapping below a key.
fn inner(node: &Node, key: &str, decoder: &mut Decoder<'_>) -> Option<Node> {
    let super::Raw(found) = decoder.field(node, key)?;
    if found.entries().is_none() {
        decoder.wrong_type(&found, "a mapping", None);
        return None;
    }
    Some(found)
}
