//! Queries that the author wrote for a connector's page: bound like those of rules, each at its place.
//!
//! What is derived for a page is made from the tables themselves and needs no check.

use super::super::context::Context;
use super::super::place::Places;
use super::{Query, Reader};
use crate::ir::Text;
use crate::kql::Globals;
use crate::model::{Connector, Raw};
use crate::source::Spanned;
use crate::syntax::Node;

/// Checks the queries of a connector's page.
pub fn page(connector: &Connector, globals: &Globals, path: &str, context: &mut Context<'_>) {
    let lists: [(&str, &Option<Raw>, &str); 3] = [
        ("sampleQueries", &connector.sample_queries, "query"),
        ("graphQueries", &connector.graph_queries, "baseQuery"),
        ("dataTypes", &connector.data_types, "lastDataReceivedQuery"),
    ];
    for (key, list, member) in lists {
        for (i, item) in items(list).iter().enumerate() {
            if let Some(entry) = item.get(member) {
                one(&entry.value, globals, format!("{path}.{key}[{i}].{member}"), context);
            }
        }
    }
    for (i, criterion) in items(&connector.connectivity_criteria).iter().enumerate() {
        let ty = criterion.get("type").and_then(|entry| entry.value.as_scalar());
        if ty.is_some_and(|ty| ty.text.eq_ignore_ascii_case("IsConnectedQuery")) {
            let queries = criterion.get("value").and_then(|entry| entry.value.items()).unwrap_or_default();
            for (n, query) in queries.iter().enumerate() {
                one(query, globals, format!("{path}.connectivityCriteria[{i}].value[{n}]"), context);
            }
        }
    }
}

fn items(list: &Option<Raw>) -> &[Node] {
    list.as_ref().and_then(|raw| raw.0.items()).unwrap_or_default()
}

fn one(node: &Node, globals: &Globals, path: String, context: &mut Context<'_>) {
    // `{{graphQueriesTableName}}` is replaced by the service.
    let Some(scalar) = node.as_scalar().filter(|scalar| !scalar.text.contains("{{")) else { return };
    let text = Spanned::new(scalar.text.clone(), node.span);
    let places = Places::Scalar { scalar: scalar.clone(), span: node.span };
    on_page(&text, &places, globals, path, context);
}

/// Checks one query of a page.
pub fn on_page(text: &Text, places: &Places, globals: &Globals, path: String, context: &mut Context<'_>) {
    Query { text, places, path }.examine(globals, Reader::Page, context);
}
