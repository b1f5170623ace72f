//! What a deployment tells when it is done: the endpoint's URL and the ids of what it made.

use super::names::Names;
use super::plan::Output;
use crate::bicep::{Expr as Bicep, Type};
use crate::ir::Expr;
use crate::ir::graph::{Graph, Resource, ResourceKind, Symbol};
use crate::source::Origin;

/// One output for all resources of a kind: a text if there is one of them, else an object from names to texts. So their
/// number stays far below the 64 that a template may have.
struct Row {
    is: fn(ResourceKind) -> bool,
    one: &'static str,
    several: &'static str,
    description: &'static str,
    value: fn(Symbol) -> Expr,
}

const ROWS: [Row; 5] = [
    Row {
        is: |kind| kind == ResourceKind::DataCollectionEndpoint,
        one: "dataCollectionEndpointUrl",
        several: "dataCollectionEndpointUrls",
        description: "Where events are sent to: the logs-ingestion URL of the data collection endpoint",
        value: Expr::IngestionEndpoint,
    },
    Row {
        is: |kind| kind == ResourceKind::DataCollectionRule,
        one: "dataCollectionRuleId",
        several: "dataCollectionRuleIds",
        description: "Resource id of the data collection rule",
        value: Expr::Id,
    },
    Row {
        is: |kind| kind == ResourceKind::Table,
        one: "tableId",
        several: "tableIds",
        description: "Resource id of the table that holds the events",
        value: Expr::Id,
    },
    Row {
        is: |kind| kind == ResourceKind::ConnectorDefinition,
        one: "connectorDefinitionId",
        several: "connectorDefinitionIds",
        description: "Resource id of the connector's page",
        value: Expr::Id,
    },
    Row {
        is: ResourceKind::is_data_connector,
        one: "dataConnectorId",
        several: "dataConnectorIds",
        description: "Resource id of the connection to the source",
        value: Expr::Id,
    },
];

pub(super) fn of(graph: &Graph, names: &Names) -> Vec<Output> {
    ROWS.iter().filter_map(|row| output(row, graph, names)).collect()
}

fn output(row: &Row, graph: &Graph, names: &Names) -> Option<Output> {
    let resources: Vec<_> = graph.resources.iter().filter(|resource| (row.is)(resource.kind)).collect();
    let value = |resource: &Resource| names.write(&(row.value)(resource.symbol.clone()));
    let first = resources.first()?;
    let origin = Origin { rule: Some("outputs of every bundle"), ..first.origin };
    let (name, ty, value) = match resources.as_slice() {
        [only] => (row.one, Type::String, value(only)),
        several => {
            let members = several.iter().map(|resource| (resource.name.clone(), value(resource)));
            (row.several, Type::Object, Bicep::object(members))
        }
    };
    Some(Output { name, ty, description: row.description, value, origin })
}
