//! Content beside analytic rules, with the keys of the Azure-Sentinel repository: hunting queries and summary rules.

use super::decode::{Decode, Decoder, decode_struct};
use super::schema::Schemas;
use super::{EntityMapping, Prose, Raw, RequiredConnector};
use crate::source::Spanned;
use crate::syntax::Node;
use serde_json::{Value as Json, json};

type Text = Spanned<String>;

decode_struct! {
    /// A hunting query with the keys of the repository's YAML.
    pub struct HuntingQuery {
        /// A GUID, kept; or a short name, from which one is derived together with the offer id.
        "id" id: Text,
        /// Shown name.
        "name" name: Text,
        /// What the query looks for.
        "description" description: Option<Prose>,
        /// x.y.z; default: 1.0.0.
        "version" version: Option<Loose>,
        /// KQL, 10,000 characters at most.
        "query" query: Prose,
        /// MITRE ATT&CK tactics.
        "tactics" tactics: Vec<Text>,
        /// MITRE ATT&CK techniques, T1098 or T1098.001.
        "relevantTechniques" relevant_techniques: Vec<Text>,
        /// Connectors and tables that it needs; default: those of the tables that its query reads.
        "requiredDataConnectors" required_data_connectors: Option<Vec<RequiredConnector>>,
        /// Entities that its rows name.
        "entityMappings" entity_mappings: Vec<EntityMapping>,
        /// Kept by the repository's files, without effect here.
        "severity" severity: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "kind" kind: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "status" status: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "description_detailed" description_detailed: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "tags" tags: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "metadata" metadata: Option<Raw>,
    }
}

decode_struct! {
    /// A summary rule with the keys of the repository's YAML.
    pub struct SummaryRule {
        /// A GUID, kept; or a short name, from which one is derived together with the offer id.
        "id" id: Text,
        /// Shown name, and the name of the resource.
        "displayName" display_name: Text,
        /// What is summarized.
        "description" description: Option<Prose>,
        /// x.y.z; default: 1.0.0.
        "version" version: Option<Loose>,
        /// KQL.
        "query" query: Prose,
        /// Minutes between two runs, each over the time since the last: 20, 30, 60, 120, 180, 360, 720 or 1440.
        "binSize" bin_size: Spanned<i64>,
        /// The custom table with the results, ending in _CL.
        "destinationTable" destination_table: Text,
        /// Connectors and tables that it needs; default: those of the tables that its query reads.
        "requiredDataConnectors" required_data_connectors: Option<Vec<RequiredConnector>>,
        /// Kept by the repository's files, without effect here.
        "tactics" tactics: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "relevantTechniques" relevant_techniques: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "tags" tags: Option<Raw>,
    }
}

/// A text that published files also write as a number, a date or a truth value without quotes; as it is spelled.
#[derive(Debug, Clone)]
pub struct Loose(pub Text);

impl Decode for Loose {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let Some(scalar) = node.as_scalar() else {
            decoder.wrong_type(node, "text", None);
            return None;
        };
        Some(Loose(Spanned::new(scalar.text.clone(), node.span)))
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": ["string", "number", "boolean"] })
    }
}
