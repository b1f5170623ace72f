//! Where data goes: tables, and the connectors that fill them.

use super::{Named, further, notation, properties, text};
use crate::ir;
use crate::ir::graph::Graph;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Table<'a> {
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
pub struct Connector<'a> {
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
    /// `None`: a standard stream of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    transform: Option<&'a str>,
    columns: Named<'a, Column<'a>>,
    column_order: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Poller<'a> {
    kind: &'a str,
    stream: &'a str,
    /// The input and the option of it that has to be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<(&'a str, &'a str)>,
    /// The inputs that tell one connection from another, if there can be several.
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<&'a [String]>,
    /// `properties` of the data connector.
    settings: Json,
    /// What the connection needs elsewhere: the properties of each resource that is made there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    made_beside: Named<'a, Option<Json>>,
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

impl<'a> Table<'a> {
    pub fn of(table: &'a ir::Table, graph: &Graph) -> Self {
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
    pub fn of(connector: &'a ir::Connector, graph: &'a Graph) -> Self {
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
        let (columns, column_order) = columns(stream.columns());
        Stream {
            output: &stream.output.value,
            table: &stream.table.value,
            transform: stream.declared.as_ref().map(|declared| &*declared.transform.value),
            columns,
            column_order,
        }
    }
}

fn made(nested: &ir::Nested) -> Named<'_, Option<Json>> {
    let made = nested.resources.iter().filter(|resource| !resource.kind.is_existing());
    made.map(|resource| (&*resource.symbol.0, resource.properties.as_ref().map(notation::value))).collect()
}

impl<'a> Poller<'a> {
    fn of(poller: &'a ir::Poller, graph: &'a Graph) -> Self {
        let kind = graph.find(&poller.symbol).and_then(|resource| resource.kind_member.as_deref());
        Poller {
            kind: kind.unwrap_or_default(),
            stream: &poller.stream.value,
            condition: poller.condition.as_ref().map(|chosen| (&*chosen.input.value, &*chosen.option.value)),
            identity: graph.identity(&poller.symbol).map(|identity| identity.inputs.as_slice()),
            settings: properties(graph, &poller.symbol),
            made_beside: graph.nested_of(&poller.symbol).map_or_else(Named::new, made),
        }
    }
}
