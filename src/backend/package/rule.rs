//! An analytic rule in the package's template: one grouped variable, one content template.

use super::parts::{ContentItem, Group, Shown};
use super::template::Draft;
use super::{Package, parts, respelt, rule_source, words, written, written_all};
use crate::arm::{Expr, Node, Object};
use crate::backend::lower::lower;
use crate::ir::graph::ResourceKind;
use crate::ir::{AnalyticRule, RequiredConnector, Schedule};
use crate::source::Origin;

const KIND: &str = "AnalyticsRule";
const TEMPLATE_TYPE: &str = "Microsoft.SecurityInsights/AlertRuleTemplates";

/// Adds everything of the rule. `number` counts from 1.
pub fn add(package: &Package, number: usize, rule: &AnalyticRule, draft: &mut Draft) {
    let origin = Origin::derived(rule.id.span, "package: analytic rule");
    let names = Group { kind: "analyticRule", number };
    draft.variables.set(names.object(), Node::from(variables(&names, rule)).at(origin));
    if rule.required_data_connectors.is_empty() {
        // Template checks refuse an empty list that is written as one.
        draft.variables.set("TemplateEmptyArray", Expr::call("json", [Expr::text("[]")]).into());
    }
    draft.resources.push(content_template(package, &names, rule).at(origin));
    draft.criteria.push(item(&names).criterion(origin));
}

fn item(names: &Group) -> ContentItem {
    ContentItem {
        kind: KIND,
        content_id: names.member("_analyticRulecontentId"),
        version: names.member("analyticRuleVersion"),
    }
}

fn variables(names: &Group, rule: &AnalyticRule) -> Object {
    let id = || Expr::text(&rule.id.value);
    let product = parts::product_id("ar", KIND, id(), Expr::text(&rule.version.value));
    Object::new()
        .with(names.key("analyticRuleVersion"), written(&rule.version))
        .with(names.key("_analyticRulecontentId"), written(&rule.id))
        .with(names.key("analyticRuleId"), Expr::call("resourceId", [Expr::text(TEMPLATE_TYPE), id()]))
        .with(names.key("analyticRuleTemplateSpecName"), parts::template_name("ar", &rule.id.value))
        .with(names.key("_analyticRulecontentProductId"), product)
}

fn content_template(package: &Package, names: &Group, rule: &AnalyticRule) -> Node {
    let info = package.info();
    let description =
        format!("{}_AnalyticalRules Analytics Rule with template version {}", rule.file_base, info.version.value);
    let item = item(names);
    let template = item.template(vec![alert_rule_template(names, rule), metadata(package, names)]);
    let shown = Shown {
        description,
        display_name: written(&rule.name),
        product_id: names.member("_analyticRulecontentProductId"),
        version: item.version.clone().into(),
    };
    parts::content_template(names.member("analyticRuleTemplateSpecName"), item.properties(template, shown)).into()
}

fn metadata(package: &Package, names: &Group) -> Node {
    let (info, item) = (package.info(), item(names));
    let id = names.member("analyticRuleId");
    let description = format!("{} Analytics Rule {}", info.name.value, names.number);
    let properties = item.metadata_properties(info, Some(description.into()), id.clone());
    item.metadata(id, properties).into()
}

fn alert_rule_template(names: &Group, rule: &AnalyticRule) -> Node {
    Object::new()
        .with("type", TEMPLATE_TYPE)
        .with("name", item(names).content_id)
        .with("apiVersion", parts::api_version(ResourceKind::AlertRule))
        .with("kind", rule.kind.name())
        .with("location", parts::location())
        .with("properties", properties(rule))
        .into()
}

fn properties(rule: &AnalyticRule) -> Object {
    let mut properties = Object::new()
        .with("description", words::rule_description(rule))
        .with("displayName", written(&rule.name))
        .with("enabled", false)
        .with("query", written(&rule.query));
    if let Some(schedule) = &rule.schedule {
        properties.set("queryFrequency", respelt(&schedule.frequency, schedule.frequency.value.iso()));
        properties.set("queryPeriod", respelt(&schedule.period, schedule.period.value.iso()));
    }
    properties
        .set("severity", written(&rule.severity))
        .set("suppressionDuration", rule.suppression_duration.iso().into())
        .set("suppressionEnabled", rule.suppression_enabled.into());
    if let Some(Schedule { operator, threshold, .. }) = &rule.schedule {
        properties.set("triggerOperator", respelt(operator, operator.value.name()));
        properties.set("triggerThreshold", respelt(threshold, threshold.value));
    }
    properties
        .set("status", written(&rule.status))
        .set("requiredDataConnectors", required_connectors(&rule.required_data_connectors));
    add_attack(rule, &mut properties);
    if !rule.entity_mappings.is_empty() {
        properties.set("entityMappings", rule_source::entity_mappings(&rule.entity_mappings));
    }
    for name in CARRIED {
        if let Some((_, value)) = rule.carried.iter().find(|(key, _)| *key == name) {
            // Rules hold no expressions: `{{column}}` in an alert's name is Sentinel's own notation.
            properties.set(name, lower(value, &mut |_| crate::arm::Value::Null));
        }
    }
    properties
}

/// Members that go over as they are, in the packaging tool's order.
const CARRIED: [&str; 5] = [
    "eventGroupingSettings",
    "customDetails",
    "alertDetailsOverride",
    "incidentConfiguration",
    "sentinelEntitiesMappings",
];

fn add_attack(rule: &AnalyticRule, properties: &mut Object) {
    if !rule.tactics.is_empty() {
        properties.set("tactics", written_all(&rule.tactics));
    }
    let subs: Vec<Node> = rule.sub_techniques().map(written).collect();
    let techniques: Vec<Node> = rule.whole_techniques().iter().map(written).collect();
    for (key, list) in [("subTechniques", subs), ("techniques", techniques)] {
        if !list.is_empty() {
            properties.set(key, list.into());
        }
    }
}

fn required_connectors(connectors: &[RequiredConnector]) -> Node {
    if connectors.is_empty() {
        return Expr::variable("TemplateEmptyArray").into();
    }
    rule_source::required_connectors(connectors)
}
