//! Connectors whose page is carried from a file, and the list of a solution's connectors of every kind.

use super::{Connector, Solution, Table, Text, Value, graph::Symbol};

/// A connector of a solution.
#[derive(Debug, Clone)]
pub enum AnyConnector {
    Codeless(Box<Connector>),
    Carried(Box<CarriedConnector>),
}

/// A connector whose page is carried from a file. Something else sends its data, or a poller of the superseded kind.
#[derive(Debug, Clone)]
pub struct CarriedConnector {
    /// What rules name, and the name of the resource.
    pub id: Text,
    /// `StaticUI`, `GenericUI` or `APIPolling`
    pub kind: &'static str,
    /// As people see it: of a connector that a function app feeds it says so.
    pub title: Text,
    /// Three numbers, as the file says them.
    pub version: Text,
    /// Names of the tables, as the file writes them: `Syslog (Contoso)`.
    pub data_types: Vec<Text>,
    /// The page as a content template carries it. The active one is in the graph.
    pub page: Value,
    /// The superseded poller, if there is one.
    pub polling: Option<Value>,
    /// The file as it is.
    pub source: Value,
    /// The file's name, without its folders.
    pub file_name: Text,
    /// In the graph.
    pub symbol: Symbol,
}

/// The table of a data type: published pages say behind a blank which of its rows they mean.
fn table(data_type: &str) -> &str {
    data_type.split_whitespace().next().unwrap_or_default()
}

impl CarriedConnector {
    /// The tables that it fills, each once.
    pub fn tables(&self) -> Vec<&str> {
        let mut tables: Vec<&str> = Vec::new();
        for name in self.data_types.iter().map(|name| table(&name.value)) {
            if !tables.contains(&name) {
                tables.push(name);
            }
        }
        tables
    }
}

impl AnyConnector {
    /// What rules name as `connectorId`.
    pub fn page_id(&self) -> &Text {
        match self {
            AnyConnector::Codeless(connector) => &connector.definition_name,
            AnyConnector::Carried(connector) => &connector.id,
        }
    }

    pub fn title(&self) -> &Text {
        match self {
            AnyConnector::Codeless(connector) => &connector.title,
            AnyConnector::Carried(connector) => &connector.title,
        }
    }

    /// `connectorUiConfig`
    pub fn page(&self) -> &Value {
        match self {
            AnyConnector::Codeless(connector) => &connector.ui,
            AnyConnector::Carried(connector) => &connector.page,
        }
    }

    /// What lineage and the model name it by.
    pub fn id(&self) -> &Text {
        match self {
            AnyConnector::Codeless(connector) => &connector.id,
            AnyConnector::Carried(connector) => &connector.id,
        }
    }

    /// The tables that it fills, each once, with the place of the name.
    pub fn tables(&self) -> Vec<Text> {
        let written: Vec<Text> = match self {
            AnyConnector::Codeless(connector) => connector.streams.iter().map(|stream| stream.table.clone()).collect(),
            AnyConnector::Carried(connector) => {
                connector.data_types.iter().map(|name| name.as_ref().map(|name| table(name).to_owned())).collect()
            }
        };
        let mut tables: Vec<Text> = Vec::new();
        for table in written {
            if !tables.iter().any(|known| known.value == table.value) {
                tables.push(table);
            }
        }
        tables
    }

    pub fn codeless(&self) -> Option<&Connector> {
        match self {
            AnyConnector::Codeless(connector) => Some(connector),
            AnyConnector::Carried(_) => None,
        }
    }

    pub fn carried(&self) -> Option<&CarriedConnector> {
        match self {
            AnyConnector::Codeless(_) => None,
            AnyConnector::Carried(connector) => Some(connector),
        }
    }
}

impl Solution {
    /// The connectors with a poller of ours.
    pub fn codeless(&self) -> impl Iterator<Item = &Connector> {
        self.connectors.iter().filter_map(AnyConnector::codeless)
    }

    /// The tables that a package has no place for: it makes tables only together with a connector that fetches, and a
    /// summary rule's table is made by the rule.
    pub fn unpackaged_tables(&self) -> impl Iterator<Item = &Table> {
        let has_place = self.codeless().next().is_some();
        let results: Vec<&str> = self.summary_rules.iter().map(|rule| rule.destination_table.value.as_str()).collect();
        self.tables.iter().filter(move |table| !has_place && !results.contains(&table.name.value.as_str()))
    }

    /// The connectors whose page is carried from a file.
    pub fn carried(&self) -> impl Iterator<Item = &CarriedConnector> {
        self.connectors.iter().filter_map(AnyConnector::carried)
    }
}
