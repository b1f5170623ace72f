//! `model.json`: the resolved meaning, canonical and versioned, without places and secrets; what `diff` compares first.
//!
//! Everything that has an identity is a member under its id, never an item of a list, so that a comparison is by
//! identity; where an order is part of the meaning, a list of the names says it. Bodies that resources carry as they are
//! (pages, poller settings) have their members sorted. Must not hold anything that no change of the spec can change:
//! apiVersions, variable names and other ways of writing belong to the artifacts.

mod notation;

use super::Bundle;
use crate::ir::graph::{Graph, Symbol};
use crate::ir::{self, InputKind, Object, Solution, Stage};
use crate::source::Origin;
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The path of the meaning in every build.
pub const PATH: &str = "model.json";

/// Raised when a reader of an older `model.json` would misread a newer one.
pub const VERSION: u32 = 1;

/// Puts [`PATH`] into the bundle.
pub fn emit(solution: &Solution, graph: &Graph, bundle: &mut Bundle) {
    let model = Model::of(solution, graph);
    // Only maps with keys that are not strings could fail, and there are none.
    let mut text = serde_json::to_string_pretty(&model).unwrap_or_default();
    text.push('\n');
    bundle.text(PATH, text, Origin::derived(solution.info.span, "meaning"));
}

type Named<'a, T> = BTreeMap<&'a str, T>;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Model<'a> {
    model_version: u32,
    solution: SolutionText<'a>,
    package: Package<'a>,
    inputs: Named<'a, Input<'a>>,
    tables: Named<'a, Table<'a>>,
    connectors: Named<'a, Connector<'a>>,
    analytic_rules: Named<'a, Rule<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    resources: BTreeMap<String, RawResource>,
    order: Order<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unchecked: Vec<&'a str>,
}

/// What people read about the solution.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SolutionText<'a> {
    name: &'a str,
    version: &'a str,
    summary: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    prerequisites: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limitations: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    assumed: Vec<&'a str>,
}

/// What the catalogue needs to know.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package<'a> {
    publisher_id: &'a str,
    offer_id: &'a str,
    plan_id: &'a str,
    author: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_email: Option<&'a str>,
    support: Support<'a>,
    providers: Vec<&'a str>,
    domains: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    verticals: Vec<&'a str>,
    first_publish_date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_publish_date: Option<&'a str>,
    keywords: Vec<&'a str>,
    marketplace_categories: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    privacy_link: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Logo<'a>>,
    releases: Named<'a, Release<'a>>,
}

#[derive(Serialize)]
struct Support<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    tier: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logo<'a> {
    file_name: &'a str,
    /// Of the SVG's text, hexadecimal: a drawing is not worth a line-by-line comparison.
    sha256: String,
}

#[derive(Serialize)]
struct Release<'a> {
    date: &'a str,
    changes: Vec<&'a str>,
}

#[derive(Serialize)]
struct Input<'a> {
    kind: &'static str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<&'a str>,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<ChoiceOption<'a>>,
}

#[derive(Serialize)]
struct ChoiceOption<'a> {
    key: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Table<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retention_in_days: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_retention_in_days: Option<i64>,
    columns: Named<'a, Column<'a>>,
    column_order: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    further: Option<Json>,
}

#[derive(Serialize)]
struct Column<'a> {
    #[serde(rename = "type")]
    ty: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Connector<'a> {
    definition_name: &'a str,
    /// `connectorUiConfig`, complete: title, publisher and description are in it.
    page: Json,
    /// In page order.
    inputs: Vec<&'a str>,
    endpoint: Endpoint<'a>,
    collection_rule: CollectionRule<'a>,
    pollers: Named<'a, Poller<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    further: Option<Json>,
}

#[derive(Serialize)]
struct Endpoint<'a> {
    name: &'a str,
    properties: Json,
}

#[derive(Serialize)]
struct CollectionRule<'a> {
    name: &'a str,
    streams: Named<'a, Stream<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    further: Option<Json>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stream<'a> {
    output: &'a str,
    table: &'a str,
    transform: &'a str,
    columns: Named<'a, Column<'a>>,
    column_order: Vec<&'a str>,
}

#[derive(Serialize)]
struct Poller<'a> {
    kind: &'a str,
    stream: &'a str,
    /// `properties` of the data connector.
    settings: Json,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_id: Option<&'a str>,
    description: &'a str,
    version: &'a str,
    kind: &'static str,
    severity: &'a str,
    status: &'a str,
    enabled: bool,
    #[serde(flatten)]
    schedule: Option<Schedule>,
    query: &'a str,
    suppression_duration: &'a str,
    suppression_enabled: bool,
    tactics: Vec<&'a str>,
    relevant_techniques: Vec<&'a str>,
    required_data_connectors: Vec<RequiredConnector<'a>>,
    entity_mappings: Vec<EntityMapping<'a>>,
    #[serde(flatten)]
    carried: BTreeMap<&'static str, Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    further: Option<Json>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schedule {
    query_frequency: String,
    query_period: String,
    trigger_operator: &'static str,
    trigger_threshold: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequiredConnector<'a> {
    connector_id: &'a str,
    data_types: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntityMapping<'a> {
    entity_type: &'a str,
    fields: Named<'a, &'a str>,
}

#[derive(Serialize)]
struct RawResource {
    stage: &'static str,
    body: Json,
}

/// The order in which the solution lists its parts, which is the order of the resources in every artifact.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Order<'a> {
    inputs: Vec<&'a str>,
    tables: Vec<&'a str>,
    connectors: Vec<&'a str>,
    analytic_rules: Vec<&'a str>,
}

impl<'a> Model<'a> {
    fn of(solution: &'a Solution, graph: &'a Graph) -> Self {
        let rules = &solution.analytic_rules;
        Model {
            model_version: VERSION,
            solution: SolutionText::of(&solution.info),
            package: Package::of(&solution.info),
            inputs: solution.inputs.iter().map(|i| (&*i.name.value, Input::of(i))).collect(),
            tables: solution.tables.iter().map(|t| (&*t.name.value, Table::of(t, graph))).collect(),
            connectors: solution.connectors.iter().map(|c| (&*c.id.value, Connector::of(c, graph))).collect(),
            analytic_rules: rules.iter().map(|r| (&*r.id.value, Rule::of(r, graph))).collect(),
            resources: raw_resources(&solution.raw_resources),
            order: Order {
                inputs: solution.inputs.iter().map(|i| &*i.name.value).collect(),
                tables: solution.tables.iter().map(|t| &*t.name.value).collect(),
                connectors: solution.connectors.iter().map(|c| &*c.id.value).collect(),
                analytic_rules: rules.iter().map(|r| &*r.id.value).collect(),
            },
            unchecked: texts(&solution.unchecked),
        }
    }
}

fn texts(list: &[ir::Text]) -> Vec<&str> {
    list.iter().map(|text| &*text.value).collect()
}

fn text(option: &Option<ir::Text>) -> Option<&str> {
    option.as_ref().map(|text| &*text.value)
}

impl<'a> SolutionText<'a> {
    fn of(info: &'a ir::SolutionInfo) -> Self {
        SolutionText {
            name: &info.name.value,
            version: &info.version.value,
            summary: &info.summary.value,
            description: &info.description.value,
            prerequisites: texts(&info.prerequisites),
            limitations: texts(&info.limitations),
            assumed: texts(&info.assumed),
        }
    }
}

impl<'a> Package<'a> {
    fn of(info: &'a ir::SolutionInfo) -> Self {
        let release = |r: &'a ir::Release| Release { date: &r.date.value, changes: texts(&r.changes) };
        Package {
            publisher_id: &info.publisher_id.value,
            offer_id: &info.offer_id.value,
            plan_id: &info.plan_id.value,
            author: &info.author.value,
            author_email: text(&info.author_email),
            support: Support {
                name: &info.support.name.value,
                email: text(&info.support.email),
                tier: &info.support.tier.value,
                link: text(&info.support.link),
            },
            providers: texts(&info.providers),
            domains: texts(&info.domains),
            verticals: texts(&info.verticals),
            first_publish_date: &info.first_publish_date.value,
            last_publish_date: text(&info.last_publish_date),
            keywords: texts(&info.keywords),
            marketplace_categories: texts(&info.marketplace_categories),
            privacy_link: text(&info.privacy_link),
            logo: info.logo.as_ref().map(|logo| Logo { file_name: &logo.file_name, sha256: sha256(&logo.svg.value) }),
            releases: info.releases.iter().map(|r| (&*r.version.value, release(r))).collect(),
        }
    }
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<'a> Input<'a> {
    fn of(input: &'a ir::Input) -> Self {
        let (kind, options) = match &input.kind {
            InputKind::Text => ("text", &[][..]),
            InputKind::Url => ("url", &[][..]),
            InputKind::Secret => ("secret", &[][..]),
            InputKind::Choice(options) => ("choice", &options[..]),
        };
        Input {
            kind,
            label: &input.label.value,
            description: text(&input.description),
            placeholder: text(&input.placeholder),
            required: input.required,
            default: if input.is_secret() { None } else { text(&input.default) },
            options: options.iter().map(|(key, text)| ChoiceOption { key: &key.value, text: &text.value }).collect(),
        }
    }
}

fn columns(columns: &[ir::Column]) -> (Named<'_, Column<'_>>, Vec<&str>) {
    let named = columns.iter().map(|c| (&*c.name.value, Column::of(c))).collect();
    (named, columns.iter().map(|c| &*c.name.value).collect())
}

impl<'a> Column<'a> {
    fn of(column: &'a ir::Column) -> Self {
        Column { ty: column.ty.value.name(), description: text(&column.description) }
    }
}

/// What a resource's properties hold beyond `known`, which is said elsewhere: parts handed over without checks.
fn further(graph: &Graph, symbol: &Symbol, known: &[&str]) -> Option<Json> {
    let properties = graph.find(symbol)?.properties.as_object()?;
    let rest = properties.members.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let rest = Object { members: rest.cloned().collect() };
    (!rest.members.is_empty()).then(|| notation::body(&rest))
}

fn properties(graph: &Graph, symbol: &Symbol) -> Json {
    let object = graph.find(symbol).and_then(|resource| resource.properties.as_object());
    object.map_or(Json::Null, notation::body)
}

impl<'a> Table<'a> {
    fn of(table: &'a ir::Table, graph: &Graph) -> Self {
        let (columns, column_order) = columns(&table.columns);
        Table {
            description: text(&table.description),
            plan: text(&table.plan),
            retention_in_days: table.retention_in_days.as_ref().map(|days| days.value),
            total_retention_in_days: table.total_retention_in_days.as_ref().map(|days| days.value),
            columns,
            column_order,
            further: further(graph, &table.symbol, &["schema", "plan", "retentionInDays", "totalRetentionInDays"]),
        }
    }
}

impl<'a> Connector<'a> {
    fn of(connector: &'a ir::Connector, graph: &'a Graph) -> Self {
        const RULE: [&str; 5] =
            ["description", "dataCollectionEndpointId", "streamDeclarations", "destinations", "dataFlows"];
        Connector {
            definition_name: &connector.definition_name.value,
            page: notation::page(&connector.ui),
            inputs: connector.inputs.iter().map(String::as_str).collect(),
            endpoint: Endpoint {
                name: &connector.endpoint_name.value,
                properties: properties(graph, &connector.endpoint),
            },
            collection_rule: CollectionRule {
                name: &connector.collection_rule_name.value,
                streams: connector.streams.iter().map(|s| (&*s.name.value, Stream::of(s))).collect(),
                further: further(graph, &connector.collection_rule, &RULE),
            },
            pollers: connector.pollers.iter().map(|p| (&*p.name.value, Poller::of(p, graph))).collect(),
            further: further(graph, &connector.definition, &["connectorUiConfig"]),
        }
    }
}

impl<'a> Stream<'a> {
    fn of(stream: &'a ir::Stream) -> Self {
        let (columns, column_order) = columns(&stream.columns);
        Stream {
            output: &stream.output.value,
            table: &stream.table.value,
            transform: &stream.transform.value,
            columns,
            column_order,
        }
    }
}

impl<'a> Poller<'a> {
    fn of(poller: &'a ir::Poller, graph: &'a Graph) -> Self {
        let kind = graph.find(&poller.symbol).and_then(|resource| resource.kind_member.as_deref());
        Poller {
            kind: kind.unwrap_or_default(),
            stream: &poller.stream.value,
            settings: properties(graph, &poller.symbol),
        }
    }
}

impl<'a> Rule<'a> {
    fn of(rule: &'a ir::AnalyticRule, graph: &Graph) -> Self {
        let mut known = vec![
            "displayName",
            "description",
            "severity",
            "enabled",
            "query",
            "queryFrequency",
            "queryPeriod",
            "triggerOperator",
            "triggerThreshold",
            "suppressionDuration",
            "suppressionEnabled",
            "tactics",
            "techniques",
            "subTechniques",
            "entityMappings",
            "alertRuleTemplateName",
            "templateVersion",
        ];
        known.extend(rule.carried.iter().map(|(name, _)| *name));
        let schedule = |s: &ir::Schedule| Schedule {
            query_frequency: s.frequency.value.short(),
            query_period: s.period.value.short(),
            trigger_operator: s.operator.value.short(),
            trigger_threshold: s.threshold.value,
        };
        Rule {
            name: &rule.name.value,
            short_id: text(&rule.short_id),
            description: &rule.description.value,
            version: &rule.version.value,
            kind: rule.kind.name(),
            severity: &rule.severity.value,
            status: &rule.status.value,
            enabled: rule.enabled,
            schedule: rule.schedule.as_ref().map(schedule),
            query: &rule.query.value,
            suppression_duration: &rule.suppression_duration,
            suppression_enabled: rule.suppression_enabled,
            tactics: texts(&rule.tactics),
            relevant_techniques: texts(&rule.techniques),
            required_data_connectors: rule.required_data_connectors.iter().map(RequiredConnector::of).collect(),
            entity_mappings: rule.entity_mappings.iter().map(EntityMapping::of).collect(),
            carried: rule.carried.iter().map(|(name, value)| (*name, notation::value(value))).collect(),
            further: further(graph, &rule.symbol, &known),
        }
    }
}

impl<'a> RequiredConnector<'a> {
    fn of(required: &'a ir::RequiredConnector) -> Self {
        RequiredConnector { connector_id: &required.connector_id.value, data_types: texts(&required.data_types) }
    }
}

impl<'a> EntityMapping<'a> {
    fn of(mapping: &'a ir::EntityMapping) -> Self {
        let fields = mapping.fields.iter().map(|(identifier, column)| (&*identifier.value, &*column.value)).collect();
        EntityMapping { entity_type: &mapping.entity_type.value, fields }
    }
}

/// By type and name, the only identity that a resource of the author's own has; a second one of both gets a number.
fn raw_resources(list: &[ir::RawResource]) -> BTreeMap<String, RawResource> {
    let mut named = BTreeMap::new();
    for resource in list {
        let member = |name| resource.body.get(name).map(notation::value);
        let word = |name| member(name).and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let identity = format!("{} {}", word("type"), word("name"));
        let taken = |n: &usize| named.contains_key(&numbered(&identity, *n));
        let number = (1..).take_while(taken).count() + 1;
        let stage = match resource.stage {
            Stage::Deploy => "deploy",
            Stage::Install => "install",
            Stage::Connect => "connect",
        };
        named.insert(numbered(&identity, number), RawResource { stage, body: notation::value(&resource.body) });
    }
    named
}

fn numbered(identity: &str, number: usize) -> String {
    if number == 1 { identity.to_owned() } else { format!("{identity} ({number})") }
}
