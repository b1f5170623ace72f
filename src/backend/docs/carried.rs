//! What the page says of connectors that are carried from a file.

use super::markdown::code;
use crate::ir::CarriedConnector;
use serde::Serialize;

#[derive(Serialize)]
pub struct Carried<'a> {
    title: &'a str,
    /// Markdown: the names of the tables.
    tables: String,
    /// Markdown: a sentence on what sends the data.
    sends: String,
    /// Queries.
    newest: Vec<String>,
}

impl<'a> Carried<'a> {
    pub fn of(connector: &'a CarriedConnector) -> Self {
        let tables = connector.tables();
        let title = code(&connector.title.value);
        let sends = match connector.kind {
            "StaticUI" => format!("{title} is a connector of Microsoft Sentinel's own: its page switches it on."),
            "APIPolling" => format!(
                "{title} is polled by Microsoft Sentinel in the older way that codeless connectors supersede: its page asks \
                 for what it needs."
            ),
            _ => format!(
                "What sends the data of {title} is set up by the steps of its page: an agent, a function app or a setting of \
                 the source. Neither the package nor the deploy bundle brings it."
            ),
        };
        Carried {
            title: &connector.title.value,
            tables: tables.iter().map(|table| code(table)).collect::<Vec<_>>().join(", "),
            sends,
            newest: tables.iter().map(|table| super::page::newest(table)).collect(),
        }
    }
}
