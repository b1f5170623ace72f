//! Hunting queries and parsers as the repository keeps them: their keys and their order.

use super::{rule_source, written, written_all};
use crate::arm::{Node, Object};
use crate::ir::{HuntingQuery, Parser, ParserParameter};

/// A hunting query's file as a tree.
pub fn hunting_query(query: &HuntingQuery) -> Object {
    let mut tree = Object::new().with("id", written(&query.id)).with("name", written(&query.name));
    if let Some(description) = &query.description {
        tree.set("description", rule_source::description(description));
    }
    tree.set("requiredDataConnectors", rule_source::required_connectors(&query.required_data_connectors));
    if !query.tactics.is_empty() {
        tree.set("tactics", written_all(&query.tactics));
    }
    if !query.techniques.is_empty() {
        tree.set("relevantTechniques", written_all(&query.techniques));
    }
    tree.set("query", written(&query.query));
    if !query.entity_mappings.is_empty() {
        tree.set("entityMappings", rule_source::entity_mappings(&query.entity_mappings));
    }
    tree.set("version", written(&query.version));
    tree
}

/// A parser's file as a tree, in the form that the packaging tool reads.
pub fn parser(parser: &Parser) -> Object {
    let mut about = Object::new().with("Title", written(&parser.title)).with("Version", written(&parser.version));
    if let Some(date) = &parser.last_updated {
        about.set("LastUpdated", written(date));
    }
    let mut tree = Object::new();
    if let Some(id) = &parser.id {
        tree.set("id", written(id));
    }
    tree.set("Function", about.into());
    tree.set("Category", written(&parser.category));
    tree.set("FunctionName", written(&parser.name));
    tree.set("FunctionAlias", written(&parser.name));
    if let Some(description) = &parser.description {
        tree.set("Description", written(description));
    }
    if !parser.parameters.is_empty() {
        tree.set("FunctionParams", parser.parameters.iter().map(parameter).collect::<Vec<_>>().into());
    }
    tree.set("FunctionQuery", written(&parser.query));
    tree
}

fn parameter(parameter: &ParserParameter) -> Node {
    let mut tree = Object::new().with("Name", written(&parameter.name)).with("Type", written(&parameter.ty));
    if let Some(description) = &parameter.description {
        tree.set("Description", written(description));
    }
    if let Some(default) = &parameter.default {
        tree.set("Default", written(default));
    }
    tree.into()
}
