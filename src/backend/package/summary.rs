//! A summary rule in the package's template: one grouped variable, one content template.
//!
//! The packaging tool's own metadata refers to names that nothing declares; here it is as that of the other kinds.

use super::parts::{self, ContentItem, Group, Shown};
use super::template::Draft;
use super::{Package, respelt, rule_source, written};
use crate::arm::{Expr, Node, Object};
use crate::ir::SummaryRule;
use crate::ir::graph::ResourceKind;
use crate::source::Origin;

const KIND: &str = "SummaryRule";

/// Adds everything of the rule. `number` counts from 1.
pub fn add(package: &Package, number: usize, rule: &SummaryRule, draft: &mut Draft) {
    let origin = Origin::derived(rule.id.span, "package: summary rule");
    let names = Group { kind: "summaryRule", number };
    let name = [parts::workspace(), Expr::text("/"), Expr::text(&rule.display_name.value)];
    let variables = Object::new()
        .with(names.key("summaryRuleName"), parts::concat(name))
        .with(names.key("summaryRuleVersion"), written(&rule.version))
        .with(names.key("_summaryRuleContentId"), written(&rule.id))
        .with(names.key("summaryRuleTemplateSpecName"), parts::template_name("sr", &rule.id.value));
    draft.variables.set(names.object(), Node::from(variables).at(origin));
    draft.resources.push(content_template(package, &names, rule).at(origin));
    draft.criteria.push(item(&names).criterion(origin));
}

fn item(names: &Group) -> ContentItem {
    ContentItem {
        kind: KIND,
        content_id: names.member("_summaryRuleContentId"),
        version: names.member("summaryRuleVersion"),
    }
}

fn content_template(package: &Package, names: &Group, rule: &SummaryRule) -> Node {
    let description = format!("Description about {} - contentTemplate properties", rule.display_name.value);
    let item = item(names);
    let template = item.template(vec![summary_log(names, rule), metadata(package, names, rule)]);
    let itself = Object::new().with("kind", KIND).with("contentId", item.content_id.clone());
    let shown = Shown {
        description,
        display_name: written(&rule.display_name),
        product_id: parts::product_id("sr", KIND, item.content_id.clone(), Expr::text(&rule.version.value)),
        version: item.version.clone().into(),
    };
    let properties = item.properties(template, shown).with("isDeprecated", false);
    let properties = parts::with_needs(properties, vec![itself.into()]);
    parts::content_template(names.member("summaryRuleTemplateSpecName"), properties).into()
}

fn summary_log(names: &Group, rule: &SummaryRule) -> Node {
    let definition = Object::new()
        .with("query", written(&rule.query))
        .with("binSize", respelt(&rule.bin_size, rule.bin_size.value))
        .with("destinationTable", written(&rule.destination_table));
    let mut properties = Object::new().with("displayName", written(&rule.display_name)).with("ruleType", "User");
    if let Some(description) = &rule.description {
        properties.set("description", written(description));
    }
    properties.set("ruleDefinition", definition.into());
    properties.set("requiredDataConnectors", rule_source::required_connectors(&rule.required_data_connectors));
    Object::new()
        .with("type", ResourceKind::SummaryRule.arm_type())
        .with("apiVersion", parts::api_version(ResourceKind::SummaryRule))
        .with("name", names.member("summaryRuleName"))
        .with("location", parts::location())
        .with("properties", properties)
        .into()
}

fn metadata(package: &Package, names: &Group, rule: &SummaryRule) -> Node {
    let item = item(names);
    let kind = Expr::text(ResourceKind::SummaryRule.arm_type());
    let id = Expr::call("resourceId", [kind, parts::workspace(), Expr::text(&rule.display_name.value)]);
    let description = format!("Description about {} - metadata", rule.display_name.value);
    let properties = item.metadata_properties(package.info(), Some(description.into()), id.clone());
    let tables = rule.required_data_connectors.iter().flat_map(|required| &required.data_types);
    let tables = tables.map(|table| Object::new().with("kind", "DataType").with("contentId", written(table)).into());
    item.metadata(id, parts::with_needs(properties, tables.collect())).into()
}

/// The rule's file in the repository.
pub fn source(rule: &SummaryRule) -> Object {
    let mut tree = Object::new().with("id", written(&rule.id)).with("displayName", written(&rule.display_name));
    if let Some(description) = &rule.description {
        tree.set("description", rule_source::description(description));
    }
    tree.set("requiredDataConnectors", rule_source::required_connectors(&rule.required_data_connectors));
    tree.set("destinationTable", written(&rule.destination_table));
    tree.set("query", written(&rule.query));
    tree.set("binSize", respelt(&rule.bin_size, rule.bin_size.value));
    tree.set("version", written(&rule.version));
    tree
}
