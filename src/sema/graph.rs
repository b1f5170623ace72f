//! From the resolved parts to the Azure resources, each once, in the order of deployment.

use super::{content, hunting, identity, parser, summary};
use crate::ir::graph::{Condition, Graph, Resource, ResourceKind, RoleAssignment, Switch, Symbol};
use crate::ir::{
    AnalyticRule, CarriedConnector, Column, Connector, Declared, Expr, HuntingQuery, Nested, Object, Parser, RuleKind,
    Solution, Stream, SummaryRule, Table, Value, Watchlist, Workbook,
};
use crate::source::Origin;

/// Bodies that only their resolvers can make.
#[derive(Debug, Default)]
pub struct Parts {
    pub pollers: Vec<(Symbol, Value)>,
    /// Active copies of pages that are carried.
    pub pages: Vec<(Symbol, Value)>,
    pub roles: Vec<RoleAssignment>,
    pub nested: Vec<Nested>,
    pub rules: Vec<(Symbol, Value)>,
    /// Unchecked members of tables.
    pub tables: Vec<(Symbol, Object)>,
}

pub fn build(solution: &Solution, parts: Parts) -> Graph {
    let Solution { tables, parsers, .. } = solution;
    let mut graph = Graph { roles: parts.roles, nested: parts.nested, ..Graph::default() };
    graph.resources.extend(tables.iter().map(|one| table(one, &parts.tables)));
    for connector in solution.codeless() {
        graph.resources.push(endpoint(connector));
        graph.resources.push(collection_rule(connector, tables));
        graph.resources.push(definition(connector));
    }
    let mut bodies = parts.pollers;
    graph.identities = solution.codeless().flat_map(|one| identity::of(one, &bodies, &solution.inputs)).collect();
    for connector in solution.codeless() {
        for poller in &connector.pollers {
            if let Some(at) = bodies.iter().position(|(symbol, _)| *symbol == poller.symbol) {
                let (symbol, properties) = bodies.swap_remove(at);
                let origin = Origin::derived(poller.name.span, "poller");
                let nested = graph.nested_of(&symbol).map(|nested| nested.symbol.clone());
                graph.resources.push(Resource {
                    symbol,
                    kind: connector_kind(poller.kind),
                    name: poller.name.value.clone(),
                    kind_member: Some(poller.kind.to_owned()),
                    condition: poller.condition.as_ref().map(|choice| Condition::Holds(choice.expr())),
                    properties,
                    depends_on: std::iter::once(connector.definition.clone()).chain(nested).collect(),
                    origin,
                });
            }
        }
    }
    for (connector, (_, properties)) in solution.carried().zip(parts.pages) {
        graph.resources.push(carried_page(connector, properties));
    }
    graph.resources.extend(parsers.iter().map(|one| function(one, parsers)));
    graph.resources.extend(solution.hunting_queries.iter().map(hunting_query));
    let tables: Vec<Symbol> = tables.iter().map(|table| table.symbol.clone()).collect();
    for (rule, (symbol, properties)) in solution.analytic_rules.iter().zip(parts.rules) {
        let called = called_in(&rule.query.value, parsers).cloned();
        // The service compiles the query when the rule is made, so its tables and functions have to be there.
        let needed = tables.iter().cloned().chain(called).collect();
        graph.resources.push(alert_rule(rule, symbol, properties, needed));
    }
    graph.resources.extend(solution.workbooks.iter().map(workbook));
    graph.resources.extend(solution.watchlists.iter().map(watchlist));
    for rule in &solution.summary_rules {
        let called = called_in(&rule.query.value, parsers).cloned();
        let needed = tables.iter().cloned().chain(called).collect();
        graph.resources.push(summary_rule(rule, needed));
    }
    graph
}

/// RestApiPoller is the one kind whose shape the stable versions have.
fn connector_kind(kind: &str) -> ResourceKind {
    match kind {
        "RestApiPoller" => ResourceKind::DataConnector,
        _ => ResourceKind::PreviewDataConnector,
    }
}

/// The functions that a query names.
fn called_in<'p>(query: &'p str, parsers: &'p [Parser]) -> impl Iterator<Item = &'p Symbol> {
    parsers.iter().filter(|parser| content::names(query, &parser.name.value)).map(|parser| &parser.symbol)
}

fn function(parser: &Parser, parsers: &[Parser]) -> Resource {
    let origin = Origin::written(parser.name.span);
    let others = called_in(&parser.query.value, parsers);
    // Only those before it: two that call each other can be made in any order.
    let earlier = parsers.iter().map(|other| &other.symbol).take_while(|symbol| **symbol != parser.symbol);
    let earlier: Vec<&Symbol> = earlier.collect();
    Resource {
        symbol: parser.symbol.clone(),
        kind: ResourceKind::Function,
        name: parser.resource_name.value.clone(),
        kind_member: None,
        condition: None,
        properties: Value::object(parser::properties(parser), origin),
        depends_on: others.filter(|symbol| earlier.contains(symbol)).cloned().collect(),
        origin,
    }
}

fn watchlist(watchlist: &Watchlist) -> Resource {
    let origin = Origin::written(watchlist.id.span);
    Resource {
        symbol: watchlist.symbol.clone(),
        kind: ResourceKind::Watchlist,
        name: watchlist.id.value.clone(),
        kind_member: None,
        condition: None,
        properties: Value::object(watchlist.properties.clone(), origin),
        depends_on: Vec::new(),
        origin,
    }
}

fn workbook(workbook: &Workbook) -> Resource {
    let origin = Origin::written(workbook.key.span);
    let text = |text: &str| Value::text(text, origin);
    let properties = Object::new()
        .with("displayName", Value::written(&workbook.title))
        .with("description", Value::written(&workbook.description))
        .with("category", text("sentinel"))
        .with("version", text("Notebook/1.0"))
        .with("sourceId", Value::expr(Expr::WorkspaceId, origin))
        .with("serializedData", Value::written(&workbook.serialized));
    Resource {
        symbol: workbook.symbol.clone(),
        kind: ResourceKind::Workbook,
        name: workbook.resource_name.clone(),
        kind_member: Some("shared".to_owned()),
        condition: None,
        properties: Value::object(properties, origin),
        depends_on: Vec::new(),
        origin,
    }
}

fn summary_rule(rule: &SummaryRule, depends_on: Vec<Symbol>) -> Resource {
    let origin = Origin::written(rule.id.span);
    Resource {
        symbol: rule.symbol.clone(),
        kind: ResourceKind::SummaryRule,
        name: rule.display_name.value.clone(),
        kind_member: None,
        condition: None,
        properties: Value::object(summary::properties(rule), origin),
        depends_on,
        origin,
    }
}

fn hunting_query(query: &HuntingQuery) -> Resource {
    let origin = Origin::written(query.id.span);
    Resource {
        symbol: query.symbol.clone(),
        kind: ResourceKind::HuntingQuery,
        name: query.id.value.clone(),
        kind_member: None,
        condition: None,
        properties: Value::object(hunting::properties(query), origin),
        depends_on: Vec::new(),
        origin,
    }
}

fn table(table: &Table, unchecked: &[(Symbol, Object)]) -> Resource {
    let origin = Origin::written(table.name.span);
    let mut schema = Object::new().with("name", Value::written(&table.name));
    if let Some(description) = &table.description {
        schema.set("description", Value::written(description));
    }
    schema.set("columns", columns(&table.columns, origin, true));
    let mut body = Object::new().with("schema", Value::object(schema, origin));
    if let Some(plan) = &table.plan {
        body.set("plan", Value::written(plan));
    }
    let days = [("retentionInDays", table.retention_in_days), ("totalRetentionInDays", table.total_retention_in_days)];
    for (key, days) in days {
        if let Some(days) = days {
            body.set(key, Value::int(days.value, Origin::written(days.span)));
        }
    }
    for (_, members) in unchecked.iter().filter(|(symbol, _)| *symbol == table.symbol) {
        body.members.extend(members.members.iter().cloned());
    }
    Resource {
        symbol: table.symbol.clone(),
        kind: ResourceKind::Table,
        name: table.name.value.clone(),
        kind_member: None,
        condition: None,
        properties: Value::object(body, origin),
        depends_on: Vec::new(),
        origin,
    }
}

fn columns(columns: &[Column], origin: Origin, described: bool) -> Value {
    let one = |column: &Column| {
        let mut body = Object::new()
            .with("name", Value::written(&column.name))
            .with("type", Value::text(column.ty.value.name(), Origin::written(column.ty.span)));
        if let Some(description) = column.description.as_ref().filter(|_| described) {
            body.set("description", Value::written(description));
        }
        Value::object(body, Origin::written(column.name.span))
    };
    Value::array(columns.iter().map(one).collect(), origin)
}

fn endpoint(connector: &Connector) -> Resource {
    let origin = Origin::derived(connector.id.span, "data collection endpoint");
    let access = Object::new().with("publicNetworkAccess", Value::text("Enabled", origin));
    Resource {
        symbol: connector.endpoint.clone(),
        kind: ResourceKind::DataCollectionEndpoint,
        name: connector.endpoint_name.value.clone(),
        kind_member: None,
        condition: None,
        properties: Value::object(Object::new().with("networkAcls", Value::object(access, origin)), origin),
        depends_on: Vec::new(),
        origin,
    }
}

/// The customary name of the one destination (observed in every published connector).
const DESTINATION: &str = "clv2ws1";

fn collection_rule(connector: &Connector, tables: &[Table]) -> Resource {
    let origin = Origin::derived(connector.id.span, "data collection rule");
    let text = |text: &str| Value::text(text, origin);
    let mut streams = Object::new();
    for (stream, declared) in connector.streams.iter().filter_map(|stream| Some((stream, stream.declared.as_ref()?))) {
        let at = Origin::written(stream.name.span);
        let body = Object::new().with("columns", columns(&declared.columns, at, false));
        streams.set(stream.name.value.clone(), Value::object(body, at));
    }
    let flow = |stream: &Stream| {
        let Some(Declared { transform, .. }) = &stream.declared else {
            return standard_flow(stream, text(DESTINATION));
        };
        let at = Origin::written(transform.span);
        let body = Object::new()
            .with("streams", Value::array(vec![Value::written(&stream.name)], at))
            .with("destinations", Value::array(vec![text(DESTINATION)], origin))
            .with("transformKql", Value::written(transform))
            .with("outputStream", Value::written(&stream.output));
        Value::object(body, at)
    };
    let destination = Object::new()
        .with("workspaceResourceId", Value::expr(Expr::WorkspaceId, origin))
        .with("name", text(DESTINATION));
    let destinations =
        Object::new().with("logAnalytics", Value::array(vec![Value::object(destination, origin)], origin));
    let body = Object::new()
        .with("dataCollectionEndpointId", Value::expr(Expr::Id(connector.endpoint.clone()), origin))
        .with_some("streamDeclarations", (!streams.members.is_empty()).then(|| Value::object(streams, origin)))
        .with("destinations", Value::object(destinations, origin))
        .with("dataFlows", Value::array(connector.streams.iter().map(flow).collect(), origin));
    let mut depends_on: Vec<Symbol> = Vec::new();
    for stream in &connector.streams {
        let table = tables.iter().find(|table| table.name.value == stream.table.value);
        depends_on.extend(table.map(|table| table.symbol.clone()).filter(|symbol| !depends_on.contains(symbol)));
    }
    Resource {
        symbol: connector.collection_rule.clone(),
        kind: ResourceKind::DataCollectionRule,
        name: connector.collection_rule_name.value.clone(),
        kind_member: None,
        condition: None,
        properties: Value::object(body, origin),
        depends_on,
        origin,
    }
}

/// The flow of a standard stream: the table's own stream, as it is (observed in published connectors).
fn standard_flow(stream: &Stream, destination: Value) -> Value {
    let at = Origin::written(stream.name.span);
    let body = Object::new()
        .with("streams", Value::array(vec![Value::written(&stream.output)], at))
        .with("destinations", Value::array(vec![destination], at));
    Value::object(body, at)
}

fn definition(connector: &Connector) -> Resource {
    let origin = Origin::derived(connector.id.span, "connector definition");
    Resource {
        symbol: connector.definition.clone(),
        kind: ResourceKind::ConnectorDefinition,
        name: connector.definition_name.value.clone(),
        kind_member: Some("Customizable".to_owned()),
        condition: None,
        properties: Value::object(Object::new().with("connectorUiConfig", connector.ui.clone()), origin),
        depends_on: Vec::new(),
        origin,
    }
}

fn carried_page(connector: &CarriedConnector, properties: Value) -> Resource {
    Resource {
        symbol: connector.symbol.clone(),
        kind: ResourceKind::ConnectorPage,
        name: connector.id.value.clone(),
        kind_member: Some(connector.kind.to_owned()),
        condition: None,
        properties,
        depends_on: Vec::new(),
        origin: Origin::written(connector.id.span),
    }
}

fn alert_rule(rule: &AnalyticRule, symbol: Symbol, properties: Value, depends_on: Vec<Symbol>) -> Resource {
    Resource {
        symbol,
        kind: match rule.kind {
            RuleKind::Scheduled => ResourceKind::AlertRule,
            RuleKind::Nrt => ResourceKind::NrtAlertRule,
        },
        name: rule.id.value.clone(),
        kind_member: Some(rule.kind.name().to_owned()),
        condition: Some(Condition::Switch(Switch::EnableAnalyticRules)),
        properties,
        depends_on,
        origin: Origin::written(rule.id.span),
    }
}
