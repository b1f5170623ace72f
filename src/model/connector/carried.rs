//! Connectors without a poller of ours: their page lives in a JSON file of the Azure-Sentinel repository's own format.

use super::super::decode::{Decode, Decoder, Hole, decode_struct, first_place};
use super::super::schema::Schemas;
use super::super::{Kept, Loose, Raw};
use super::{Connector, Text};
use crate::diag::Diagnostic;
use crate::diag::rules::{carried as rules, shape};
use crate::source::Spanned;
use crate::syntax::Node;
use serde_json::{Value as Json, json};

/// An item of `connectors:`.
#[derive(Debug, Clone)]
pub struct ListedConnector {
    pub connector: AnyConnector,
    /// `connectors[2]`: as findings name the place of the spec that it comes from.
    pub path: String,
}

/// A connector of the spec.
#[derive(Debug, Clone)]
pub enum AnyConnector {
    Codeless(Box<Connector>),
    Carried(Box<CarriedConnector>),
}

/// A connector whose page is carried from its file.
#[derive(Debug, Clone)]
pub struct CarriedConnector {
    /// The file's path, relative to the spec's folder.
    pub file: Text,
    pub kind: CarriedKind,
    /// The file, as it is.
    pub source: Node,
    /// `connectorUiConfig`: the file itself, or a member of the resource in it.
    pub page: Kept<CarriedPage>,
    /// What the superseded poller asks, as it is.
    pub polling: Option<Node>,
}

/// What the service makes of a carried connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarriedKind {
    /// A page of Microsoft's own, of which a package carries the texts and queries alone.
    StaticUi,
    /// A page that says how something else sends its data.
    GenericUi,
    /// A page with a poller of the kind that codeless connectors supersede.
    ApiPolling,
}

impl CarriedKind {
    const ALL: [CarriedKind; 3] = [CarriedKind::StaticUi, CarriedKind::GenericUi, CarriedKind::ApiPolling];

    /// As ARM spells it.
    pub fn name(self) -> &'static str {
        match self {
            CarriedKind::StaticUi => "StaticUI",
            CarriedKind::GenericUi => "GenericUI",
            CarriedKind::ApiPolling => "APIPolling",
        }
    }
}

decode_struct! {
    /// The page of a carried connector, with the keys of the repository's files.
    pub struct CarriedPage {
        /// What rules name.
        "id" id: Text,
        /// Shown name.
        "title" title: Text,
        /// Who makes the connector.
        "publisher" publisher: Text,
        /// What it does (Markdown).
        "descriptionMarkdown" description: Text,
        /// Shown above the queries.
        "additionalRequirementBanner" banner: Option<Text>,
        /// Stands for `{{graphQueriesTableName}}` in queries.
        "graphQueriesTableName" table_name: Option<Text>,
        /// Drawn over time.
        "graphQueries" graph_queries: Hole<Vec<GraphQuery>>,
        /// To begin with.
        "sampleQueries" sample_queries: Hole<Vec<SampleQuery>>,
        /// Tables, each with the time of its newest row.
        "dataTypes" data_types: Hole<Vec<DataType>>,
        /// When the page says "connected".
        "connectivityCriterias" connectivity: Option<Vec<Criterion>>,
        /// The same, as codeless connectors spell it.
        "connectivityCriteria" connectivity_criteria: Option<Vec<Criterion>>,
        /// Whether it is offered.
        "availability" availability: CarriedAvailability,
        /// What the person who connects needs.
        "permissions" permissions: CarriedPermissions,
        /// What to do.
        "instructionSteps" steps: Hole<Vec<InstructionStep>>,
        /// The version of the connector, among others.
        "metadata" metadata: Option<Raw>,
        /// A picture of the portal's own.
        "logo" logo: Option<Raw>,
        /// Shown where the newest row is.
        "lastDataReceivedInfoBalloon" balloon: Option<Raw>,
        /// Of Microsoft's own connectors.
        "caseGenerationSteps" case_steps: Option<Raw>,
    }
}

decode_struct! {
    /// A line of the page's graph.
    pub struct GraphQuery {
        /// What is counted.
        "metricName" metric_name: Text,
        /// Name of the line.
        "legend" legend: Text,
        /// KQL.
        "baseQuery" query: Raw,
    }
}

decode_struct! {
    /// A query to begin with.
    pub struct SampleQuery {
        /// What it shows.
        "description" description: Text,
        /// KQL.
        "query" query: Raw,
    }
}

decode_struct! {
    /// A table of the connector.
    pub struct DataType {
        /// Its name; behind a blank, what of it.
        "name" name: Text,
        /// KQL; one row with a column `Time`.
        "lastDataReceivedQuery" query: Raw,
    }
}

decode_struct! {
    /// When the page says "connected".
    pub struct Criterion {
        /// IsConnectedQuery, or a word of a connector of Microsoft's own.
        "type" ty: Text,
        /// Queries, or what the type needs.
        "value" value: Option<Raw>,
    }
}

decode_struct! {
    /// Whether the connector is offered.
    pub struct CarriedAvailability {
        /// 1 means available.
        "status" status: Spanned<i64>,
        /// A package shows no carried connector as preview.
        "isPreview" is_preview: Option<Spanned<bool>>,
        /// Of Microsoft's own connectors.
        "featureFlag" feature_flag: Option<Raw>,
    }
}

decode_struct! {
    /// What the person who connects needs.
    pub struct CarriedPermissions {
        /// Rights on the workspace and its keys.
        "resourceProvider" resource_provider: Option<Raw>,
        /// Prerequisites in words.
        "customs" customs: Option<Raw>,
        /// Licences, of Microsoft's own connectors.
        "licenses" licenses: Option<Raw>,
        /// Roles in the tenant, of Microsoft's own connectors.
        "tenant" tenant: Option<Raw>,
    }
}

decode_struct! {
    /// A step of a page.
    pub struct InstructionStep {
        /// Above it.
        "title" title: Option<Loose>,
        /// What to do (Markdown).
        "description" description: Option<Loose>,
        /// The same, as some connectors of Microsoft's own spell it.
        "descriptionMarkdown" markdown: Option<Raw>,
        /// Controls.
        "instructions" instructions: Vec<Instruction>,
        /// Steps inside.
        "innerSteps" inner: Vec<InstructionStep>,
        "icon" icon: Option<Raw>,
        "estimatedTime" time: Option<Raw>,
    }
}

decode_struct! {
    /// A control of a step.
    pub struct Instruction {
        /// CopyableLabel, InfoMessage, InstallAgent, …
        "type" ty: Text,
        /// What the type needs.
        "parameters" parameters: Option<Parameters>,
    }
}

/// Of a control: any JSON, and the steps that it holds.
#[derive(Debug, Clone)]
pub struct Parameters {
    pub steps: Vec<InstructionStep>,
}

impl Decode for Parameters {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let steps = match node.get("instructionSteps") {
            Some(_) => decoder.field(node, "instructionSteps")?,
            None => Vec::new(),
        };
        Some(Parameters { steps })
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({})
    }
}

/// What else a file of JSON can be, and what to do with it.
const OTHERS: [(&str, &str, &str); 5] = [
    ("dataconnectordefinitions", "the page of a codeless connector", CODELESS),
    ("dataconnectors", "the poller of a codeless connector", CODELESS),
    ("datacollectionrules", "the collection rule of a codeless connector", CODELESS),
    ("tables", "the table of a codeless connector", "write its columns under `tables`, and the connector's keys here"),
    ("sites", "the template that deploys a function app", PAGE),
];
const CODELESS: &str =
    "write the connector's keys here instead of `file`: id, title, kind, auth, request, response, stream";
const PAGE: &str = "name a file with the page of a connector: id, title, graphQueries, dataTypes, instructionSteps";

impl AnyConnector {
    pub fn codeless(&self) -> Option<&Connector> {
        match self {
            AnyConnector::Codeless(connector) => Some(connector),
            AnyConnector::Carried(_) => None,
        }
    }

    /// What the connector is known by in its solution.
    pub fn id(&self) -> &Text {
        match self {
            AnyConnector::Codeless(connector) => &connector.id,
            AnyConnector::Carried(connector) => &connector.page.value.id,
        }
    }
}

impl Decode for ListedConnector {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        Self::decode_item(node, decoder).into_iter().next()
    }

    fn decode_item(node: &Node, decoder: &mut Decoder<'_>) -> Vec<Self> {
        let path = decoder.path();
        let connectors = if node.get("file").is_some() {
            CarriedConnector::all(node, decoder).into_iter().map(|one| AnyConnector::Carried(Box::new(one))).collect()
        } else {
            let connector = Connector::decode(node, decoder);
            connector.map(|connector| AnyConnector::Codeless(Box::new(connector))).into_iter().collect::<Vec<_>>()
        };
        connectors.into_iter().map(|connector| ListedConnector { connector, path: path.clone() }).collect()
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let codeless = Connector::schema(schemas);
        let mut kind = Spanned::<CarriedKind>::schema(schemas);
        kind["description"] =
            json!("Default: what the file is, GenericUI for a page. Only connectors of Microsoft's own are StaticUI.");
        json!({ "oneOf": [
            codeless,
            {
                "type": "object",
                "properties": {
                    "file": { "type": "string", "description": "A JSON file beside the spec with the page of a connector that is no codeless one, as the Azure-Sentinel repository has it; with `*` in it, every file that fits." },
                    "kind": kind,
                },
                "required": ["file"],
                "additionalProperties": false,
            },
        ] })
    }
}

impl CarriedConnector {
    /// A connector of each file that `file` names.
    fn all(node: &Node, decoder: &mut Decoder<'_>) -> Vec<Self> {
        if decoder.mapping(node, &["file", "kind"]).is_none() {
            return Vec::new();
        }
        let word = decoder.field::<Option<Spanned<CarriedKind>>>(node, "kind");
        let name = decoder.field::<Text>(node, "file");
        let files = name.map_or(Vec::new(), |name| decoder.files_named(&name));
        files.into_iter().filter_map(|file| Self::of(file, word, decoder)).collect()
    }

    /// `word` is what the spec says of its kind; `None` if that could not be read.
    fn of(file: Text, word: Option<Option<Spanned<CarriedKind>>>, decoder: &mut Decoder<'_>) -> Option<Self> {
        let source = decoder.file(&file)?;
        let (page, polling) = parts(&source, decoder)?;
        let kind = kind(word?, polling.is_some(), decoder)?;
        let page = decoder.foreign(|decoder| Kept::decode(&page, decoder))?;
        Some(CarriedConnector { file, kind, source, page, polling })
    }
}

impl Decode for Spanned<CarriedKind> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let word = Text::decode(node, decoder)?;
        let found = CarriedKind::ALL.into_iter().find(|kind| kind.name() == word.value);
        if found.is_none() {
            let message = format!("`{}` is not a kind of connector that a file carries", word.value);
            let help =
                "write StaticUI, GenericUI or APIPolling; for a codeless connector write its keys instead of `file`";
            decoder.push(Diagnostic::new(&shape::UNKNOWN_VALUE, word.span, message).help(help));
        }
        found.map(|kind| Spanned::new(kind, word.span))
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "enum": CarriedKind::ALL.map(CarriedKind::name) })
    }
}

/// The page in a file, and the superseded poller beside it.
fn parts(source: &Node, decoder: &mut Decoder<'_>) -> Option<(Node, Option<Node>)> {
    let first = |node: &Node| node.items().and_then(|items| items.first()).cloned();
    let resource = source.get("resources").and_then(|entry| first(&entry.value)).or_else(|| first(source));
    let resource = resource.as_ref().unwrap_or(source);
    if let (Some(properties), true) = (resource.get("properties"), is_kind(resource, CarriedKind::ApiPolling)) {
        let page: Raw = decoder.field(&properties.value, "connectorUiConfig")?;
        let polling: Raw = decoder.field(&properties.value, "pollingConfig")?;
        return Some((page.0, Some(polling.0)));
    }
    if source.get("id").is_some() || source.get("instructionSteps").is_some() {
        return Some((source.clone(), None));
    }
    let (what, help) = other(source);
    let finding = Diagnostic::new(&rules::CARRIED_KIND, first_place(source), format!("this file is {what}"));
    decoder.push(finding.label("in this file").help(help));
    None
}

/// What a file without a page holds, and what to do with it.
fn other(source: &Node) -> (String, &'static str) {
    let listed = source.get("resources").map_or(source, |entry| &entry.value);
    let resources = listed.items().unwrap_or(std::slice::from_ref(listed));
    let ty = |resource: &Node| Some(resource.get("type")?.value.as_scalar()?.text.clone());
    let types: Vec<String> = resources.iter().filter_map(ty).collect();
    let is = |ty: &String, word: &str| ty.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(word));
    let known = OTHERS.iter().find(|(word, ..)| types.iter().any(|ty| is(ty, word)));
    match (known, types.first()) {
        (Some((_, what, help)), _) => ((*what).to_owned(), *help),
        (None, None) => ("no page of a connector".to_owned(), PAGE),
        (None, Some(ty)) => (format!("a `{ty}`, and no page of a connector"), PAGE),
    }
}

fn is_kind(resource: &Node, kind: CarriedKind) -> bool {
    let found = resource.get("kind").and_then(|entry| entry.value.as_scalar());
    found.is_some_and(|found| found.text == kind.name())
}

/// What the author's word and the file say together.
fn kind(word: Option<Spanned<CarriedKind>>, polls: bool, decoder: &mut Decoder<'_>) -> Option<CarriedKind> {
    let by_file = if polls { CarriedKind::ApiPolling } else { CarriedKind::GenericUi };
    let Some(word) = word else { return Some(by_file) };
    if polls == (word.value == CarriedKind::ApiPolling) {
        return Some(word.value);
    }
    let (message, help) = if polls {
        (
            format!("the file has a poller, and `{}` has none", word.value.name()),
            "write APIPolling, or leave `kind` out",
        )
    } else {
        let message = "the file has no `pollingConfig`, which APIPolling needs".to_owned();
        (message, "write StaticUI or GenericUI, or leave `kind` out")
    };
    decoder.push(Diagnostic::new(&rules::CARRIED_KIND, word.span, message).help(help));
    None
}
