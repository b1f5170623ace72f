//! Hunting queries, parsers, summary rules and watchlists, in the short forms of the repository's files.

use super::rule::{EntityMapping, RequiredConnector};
use super::{notation, text, texts};
use crate::ir;
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HuntingQuery<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    version: &'a str,
    query: &'a str,
    tactics: Vec<&'a str>,
    relevant_techniques: Vec<&'a str>,
    required_data_connectors: Vec<RequiredConnector<'a>>,
    entity_mappings: Vec<EntityMapping<'a>>,
}

impl<'a> HuntingQuery<'a> {
    pub fn of(query: &'a ir::HuntingQuery) -> Self {
        HuntingQuery {
            name: &query.name.value,
            short_id: text(&query.short_id),
            description: text(&query.description),
            version: &query.version.value,
            query: &query.query.value,
            tactics: texts(&query.tactics),
            relevant_techniques: texts(&query.techniques),
            required_data_connectors: query.required_data_connectors.iter().map(RequiredConnector::of).collect(),
            entity_mappings: query.entity_mappings.iter().map(EntityMapping::of).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parser<'a> {
    title: &'a str,
    resource_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    version: &'a str,
    category: &'a str,
    /// As a call needs them.
    parameters: Vec<String>,
    query: &'a str,
    /// Schema and version.
    #[serde(skip_serializing_if = "Option::is_none")]
    asim: Option<String>,
}

impl<'a> Parser<'a> {
    pub fn of(parser: &'a ir::Parser) -> Self {
        Parser {
            title: &parser.title.value,
            resource_name: &parser.resource_name.value,
            description: text(&parser.description),
            version: &parser.version.value,
            category: &parser.category.value,
            parameters: parser.parameters.iter().map(ir::ParserParameter::declaration).collect(),
            query: &parser.query.value,
            asim: parser.asim.as_ref().map(|(schema, version)| format!("{} {}", schema.value, version.value)),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryRule<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    version: &'a str,
    query: &'a str,
    /// Minutes.
    bin_size: i64,
    destination_table: &'a str,
    required_data_connectors: Vec<RequiredConnector<'a>>,
}

impl<'a> SummaryRule<'a> {
    pub fn of(rule: &'a ir::SummaryRule) -> Self {
        SummaryRule {
            name: &rule.display_name.value,
            short_id: text(&rule.short_id),
            description: text(&rule.description),
            version: &rule.version.value,
            query: &rule.query.value,
            bin_size: rule.bin_size.value,
            destination_table: &rule.destination_table.value,
            required_data_connectors: rule.required_data_connectors.iter().map(RequiredConnector::of).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Watchlist<'a> {
    name: &'a str,
    rows: usize,
    properties: Json,
}

impl<'a> Watchlist<'a> {
    pub fn of(watchlist: &'a ir::Watchlist) -> Self {
        Watchlist {
            name: &watchlist.display_name.value,
            rows: watchlist.rows,
            properties: notation::body(&watchlist.properties),
        }
    }
}
