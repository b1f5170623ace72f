//! What analytic rules look for, in the short forms of the repository's rule files.

use super::{Named, further, notation, text, texts};
use crate::ir;
use crate::ir::graph::Graph;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_id: Option<&'a str>,
    description: &'a str,
    version: &'a str,
    kind: &'static str,
    severity: &'a str,
    status: &'a str,
    enabled: bool,
    #[serde(flatten)]
    schedule: Option<Schedule>,
    query: &'a str,
    suppression_duration: String,
    suppression_enabled: bool,
    tactics: Vec<&'a str>,
    relevant_techniques: Vec<&'a str>,
    required_data_connectors: Vec<RequiredConnector<'a>>,
    entity_mappings: Vec<EntityMapping<'a>>,
    #[serde(flatten)]
    carried: BTreeMap<&'static str, Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    further: Option<Json>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schedule {
    query_frequency: String,
    query_period: String,
    trigger_operator: &'static str,
    trigger_threshold: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredConnector<'a> {
    connector_id: &'a str,
    data_types: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityMapping<'a> {
    entity_type: &'a str,
    fields: Named<'a, &'a str>,
}

impl<'a> Rule<'a> {
    pub fn of(rule: &'a ir::AnalyticRule, graph: &Graph) -> Self {
        let mut known = vec![
            "displayName",
            "description",
            "severity",
            "enabled",
            "query",
            "queryFrequency",
            "queryPeriod",
            "triggerOperator",
            "triggerThreshold",
            "suppressionDuration",
            "suppressionEnabled",
            "tactics",
            "techniques",
            "subTechniques",
            "entityMappings",
            "alertRuleTemplateName",
            "templateVersion",
        ];
        known.extend(rule.carried.iter().map(|(name, _)| *name));
        let schedule = |s: &ir::Schedule| Schedule {
            query_frequency: s.frequency.value.short(),
            query_period: s.period.value.short(),
            trigger_operator: s.operator.value.short(),
            trigger_threshold: s.threshold.value,
        };
        Rule {
            name: &rule.name.value,
            short_id: text(&rule.short_id),
            description: &rule.description.value,
            version: &rule.version.value,
            kind: rule.kind.name(),
            severity: &rule.severity.value,
            status: &rule.status.value,
            enabled: rule.enabled,
            schedule: rule.schedule.as_ref().map(schedule),
            query: &rule.query.value,
            suppression_duration: rule.suppression_duration.iso(),
            suppression_enabled: rule.suppression_enabled,
            tactics: texts(&rule.tactics),
            relevant_techniques: texts(&rule.techniques),
            required_data_connectors: rule.required_data_connectors.iter().map(RequiredConnector::of).collect(),
            entity_mappings: rule.entity_mappings.iter().map(EntityMapping::of).collect(),
            carried: rule.carried.iter().map(|(name, value)| (*name, notation::value(value))).collect(),
            further: further(graph, &rule.symbol, &known),
        }
    }
}

impl<'a> RequiredConnector<'a> {
    pub fn of(required: &'a ir::RequiredConnector) -> Self {
        RequiredConnector { connector_id: &required.connector_id.value, data_types: texts(&required.data_types) }
    }
}

impl<'a> EntityMapping<'a> {
    pub fn of(mapping: &'a ir::EntityMapping) -> Self {
        let fields = mapping.fields.iter().map(|(identifier, column)| (&*identifier.value, &*column.value)).collect();
        EntityMapping { entity_type: &mapping.entity_type.value, fields }
    }
}
