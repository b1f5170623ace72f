//! The body of an alert rule.

use crate::ir::{AnalyticRule, EntityMapping, Object, RuleKind, Text, Value};
use crate::source::Origin;

/// The body of the alert rule in the deploy bundle.
pub fn properties(rule: &AnalyticRule) -> Object {
    let at = Origin::written(rule.id.span);
    let mut body = Object::new()
        .with("displayName", Value::written(&rule.name))
        .with("description", Value::written(&rule.description))
        .with("severity", Value::written(&rule.severity))
        .with("enabled", Value::bool(rule.enabled, Origin::derived(rule.id.span, "default: enabled")))
        .with("query", Value::written(&rule.query));
    if let Some(schedule) = &rule.schedule {
        let written = |text: String, span| Value::text(text, Origin::written(span));
        body.set("queryFrequency", written(schedule.frequency.value.iso(), schedule.frequency.span));
        body.set("queryPeriod", written(schedule.period.value.iso(), schedule.period.span));
        body.set("triggerOperator", written(schedule.operator.value.name().to_owned(), schedule.operator.span));
        body.set("triggerThreshold", Value::int(schedule.threshold.value, Origin::written(schedule.threshold.span)));
    }
    body.set("suppressionDuration", Value::text(rule.suppression_duration.iso(), at));
    body.set("suppressionEnabled", Value::bool(rule.suppression_enabled, at));
    if !rule.tactics.is_empty() {
        body.set("tactics", Value::array(rule.tactics.iter().map(Value::written).collect(), at));
    }
    add_techniques(rule, &mut body);
    if !rule.entity_mappings.is_empty() {
        body.set("entityMappings", Value::array(rule.entity_mappings.iter().map(entity_mapping).collect(), at));
    }
    for (key, value) in &rule.carried {
        body.set(*key, value.clone());
    }
    body
}

/// Sub-techniques stand beside the techniques where the apiVersion has a place for them: that of NRT rules, a preview; the
/// stable one of scheduled rules refuses them.
fn add_techniques(rule: &AnalyticRule, body: &mut Object) {
    let at = Origin::written(rule.id.span);
    let subs: Vec<Value> = rule.sub_techniques().filter(|_| rule.kind == RuleKind::Nrt).map(Value::written).collect();
    let techniques: Vec<Value> = rule.whole_techniques().iter().map(Value::written).collect();
    for (key, list) in [("subTechniques", subs), ("techniques", techniques)] {
        if !list.is_empty() {
            body.set(key, Value::array(list, at));
        }
    }
}

fn entity_mapping(mapping: &EntityMapping) -> Value {
    let at = Origin::written(mapping.entity_type.span);
    let field = |(identifier, column): &(Text, Text)| {
        let body =
            Object::new().with("identifier", Value::written(identifier)).with("columnName", Value::written(column));
        Value::object(body, Origin::written(identifier.span))
    };
    let body = Object::new()
        .with("entityType", Value::written(&mapping.entity_type))
        .with("fieldMappings", Value::array(mapping.fields.iter().map(field).collect(), at));
    Value::object(body, at)
}
