//! An analytic rule as the repository keeps it: its keys, their order, its spellings (`15m`, `gt`).

use super::{respelt, written, written_all};
use crate::arm::{Node, Object, Value};
use crate::backend::lower::lower;
use crate::ir::{AnalyticRule, EntityMapping, RequiredConnector, Text};

/// The rule's file as a tree.
pub fn tree(rule: &AnalyticRule) -> Object {
    let mut tree = Object::new()
        .with("id", written(&rule.id))
        .with("name", written(&rule.name))
        .with("description", description(&rule.description))
        .with("severity", written(&rule.severity))
        .with("status", written(&rule.status))
        .with("requiredDataConnectors", required_connectors(&rule.required_data_connectors));
    if let Some(schedule) = &rule.schedule {
        tree.set("queryFrequency", respelt(&schedule.frequency, schedule.frequency.value.short()));
        tree.set("queryPeriod", respelt(&schedule.period, schedule.period.value.short()));
        tree.set("triggerOperator", respelt(&schedule.operator, schedule.operator.value.short()));
        tree.set("triggerThreshold", respelt(&schedule.threshold, schedule.threshold.value));
    }
    if !rule.tactics.is_empty() {
        tree.set("tactics", written_all(&rule.tactics));
    }
    if !rule.techniques.is_empty() {
        tree.set("relevantTechniques", written_all(&rule.techniques));
    }
    tree.set("query", written(&rule.query));
    if !rule.entity_mappings.is_empty() {
        tree.set("entityMappings", entity_mappings(&rule.entity_mappings));
    }
    if rule.suppression_enabled || rule.suppression_duration != AnalyticRule::SUPPRESSION {
        tree.set("suppressionDuration", rule.suppression_duration.short().into());
        tree.set("suppressionEnabled", rule.suppression_enabled.into());
    }
    for (key, value) in &rule.carried {
        tree.set(*key, lower(value, &mut |_| Value::Null));
    }
    tree.set("version", written(&rule.version));
    tree.set("kind", rule.kind.name().into());
    tree
}

/// The packaging tool takes the first and the last character away from a description that begins with a quotation mark:
/// such a one gets a pair of its own to lose.
pub fn description(description: &Text) -> Node {
    let text = description.value.trim_end();
    let kept = if text.starts_with(['\'', '"']) { format!("'{text}'") } else { text.to_owned() };
    respelt(description, kept)
}

pub fn required_connectors(connectors: &[RequiredConnector]) -> Node {
    let connectors = connectors.iter().map(|connector| {
        Object::new()
            .with("connectorId", written(&connector.connector_id))
            .with("dataTypes", written_all(&connector.data_types))
            .into()
    });
    connectors.collect::<Vec<Node>>().into()
}

pub fn entity_mappings(mappings: &[EntityMapping]) -> Node {
    let mappings = mappings.iter().map(|mapping| {
        let fields = mapping.fields.iter().map(|(identifier, column)| {
            Object::new().with("identifier", written(identifier)).with("columnName", written(column)).into()
        });
        Object::new()
            .with("entityType", written(&mapping.entity_type))
            .with("fieldMappings", fields.collect::<Vec<Node>>())
            .into()
    });
    mappings.collect::<Vec<Node>>().into()
}
