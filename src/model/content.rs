//! Content beside analytic rules, with the keys of the Azure-Sentinel repository: hunting queries and parsers.

use super::decode::{Decode, Decoder, decode_struct};
use super::schema::Schemas;
use super::{EntityMapping, Prose, Raw, RequiredConnector};
use crate::source::{Span, Spanned};
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

/// A function of the workspace, in one of the two forms that the repository has.
#[derive(Debug, Clone)]
pub enum Parser {
    Function(Box<FunctionParser>),
    Asim(Box<AsimParser>),
}

decode_struct! {
    /// A parser with the keys of a solution's parser YAML.
    pub struct FunctionParser {
        /// A GUID.
        "id" id: Option<Loose>,
        /// Title, version and date.
        "Function" function: ParserAbout,
        /// Microsoft Sentinel Parser (default).
        "Category" category: Option<Text>,
        /// What queries call: letters, digits and underscores.
        "FunctionName" name: Text,
        /// The same name; another one has no effect.
        "FunctionAlias" alias: Option<Text>,
        /// In the order of a call.
        "FunctionParams" parameters: Vec<ParserParameter>,
        /// KQL.
        "FunctionQuery" query: Prose,
        /// What the rows are.
        "Description" description: Option<Prose>,
        /// The resource's name, where an older version of the package used another one than the function's; an update would
        /// leave a second function behind.
        "savedSearchName" saved_search_name: Option<Text>,
    }
}

decode_struct! {
    /// A parser with the keys of the ASIM parsers' YAML.
    pub struct AsimParser {
        /// A GUID.
        "Id" id: Option<Loose>,
        /// Title, version and date.
        "Parser" parser: ParserAbout,
        /// What it reads.
        "Product" product: Option<Raw>,
        /// The ASIM schema that its rows have.
        "Normalization" normalization: Normalization,
        /// Kept by the repository's files, without effect here.
        "References" references: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "Parsers" parsers: Option<Raw>,
        /// ASim<Schema>… without, vim<Schema>… with filtering parameters.
        "ParserName" name: Text,
        /// The workspace's own parser that does the same, _ASim_<Schema>_… or _Im_<Schema>_….
        "EquivalentBuiltInParser" built_in: Option<Text>,
        /// In the order of a call.
        "ParserParams" parameters: Vec<ParserParameter>,
        /// KQL.
        "ParserQuery" query: Prose,
        /// What the rows are.
        "Description" description: Option<Prose>,
    }
}

decode_struct! {
    /// A parser's title, version and date.
    pub struct ParserAbout {
        /// Shown name.
        "Title" title: Text,
        /// x.y.z; default: 1.0.0.
        "Version" version: Option<Loose>,
        /// When it was changed last.
        "LastUpdated" last_updated: Option<Loose>,
    }
}

decode_struct! {
    /// The ASIM schema of a parser.
    pub struct Normalization {
        /// Dns, NetworkSession, Authentication, …
        "Schema" schema: Text,
        /// Of the schema.
        "Version" version: Loose,
    }
}

decode_struct! {
    /// A parameter of a function.
    pub struct ParserParameter {
        /// Letters, digits and underscores.
        "Name" name: Text,
        /// A KQL type, or table:(column:type, …).
        "Type" ty: Text,
        /// A string without quotes; KQL for other types. Without one a call must give a value.
        "Default" default: Option<Loose>,
        /// What it means.
        "Description" description: Option<Text>,
    }
}

impl Decode for Parser {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if ["Parser", "ParserName", "ParserQuery", "Normalization"].iter().any(|key| node.get(key).is_some()) {
            return AsimParser::decode(node, decoder).map(|parser| Parser::Asim(Box::new(parser)));
        }
        FunctionParser::decode(node, decoder).map(|parser| Parser::Function(Box::new(parser)))
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let function = FunctionParser::schema(schemas);
        let asim = AsimParser::schema(schemas);
        json!({ "anyOf": [function, asim] })
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

impl Parser {
    /// What queries call it.
    pub fn name(&self) -> &Text {
        match self {
            Parser::Function(parser) => &parser.name,
            Parser::Asim(parser) => &parser.name,
        }
    }

    pub fn span(&self) -> Span {
        match self {
            Parser::Function(parser) => parser.span,
            Parser::Asim(parser) => parser.span,
        }
    }
}
