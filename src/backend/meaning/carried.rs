//! Connectors of both kinds under one name: those with pollers, and those whose page is carried from a file.

use super::data::Connector;
use super::notation;
use crate::ir;
use crate::ir::graph::Graph;
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
#[serde(untagged)]
pub enum AnyConnector<'a> {
    Codeless(Box<Connector<'a>>),
    Carried(Box<CarriedConnector<'a>>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CarriedConnector<'a> {
    kind: &'static str,
    /// As people see it.
    title: &'a str,
    version: &'a str,
    file: &'a str,
    /// Tables.
    data_types: Vec<&'a str>,
    /// `connectorUiConfig`, complete.
    page: Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    polling: Option<Json>,
}

impl<'a> AnyConnector<'a> {
    pub fn of(connector: &'a ir::AnyConnector, graph: &'a Graph) -> Self {
        match connector {
            ir::AnyConnector::Codeless(connector) => AnyConnector::Codeless(Box::new(Connector::of(connector, graph))),
            ir::AnyConnector::Carried(connector) => AnyConnector::Carried(Box::new(CarriedConnector {
                kind: connector.kind,
                title: &connector.title.value,
                version: &connector.version.value,
                file: &connector.file_name.value,
                data_types: super::texts(&connector.data_types),
                page: notation::page(&connector.page),
                polling: connector.polling.as_ref().map(notation::value),
            })),
        }
    }
}
