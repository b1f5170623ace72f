//! A hunting query in the package's template: one grouped variable, one content template.

use super::parts::{self, ContentItem, Group, Shown};
use super::template::Draft;
use super::{Package, written};
use crate::arm::{Expr, Node, Object};
use crate::ir::HuntingQuery;
use crate::ir::graph::ResourceKind;
use crate::source::Origin;

const KIND: &str = "HuntingQuery";
/// Without the workspace: so the packaging tool writes it.
const RESOURCE_TYPE: &str = "Microsoft.OperationalInsights/savedSearches";

/// Adds everything of the query. `number` counts from 1.
pub fn add(package: &Package, number: usize, query: &HuntingQuery, draft: &mut Draft) {
    let origin = Origin::derived(query.id.span, "package: hunting query");
    let names = Group { kind: "huntingQuery", number };
    let variables = Object::new()
        .with(names.key("huntingQueryVersion"), written(&query.version))
        .with(names.key("_huntingQuerycontentId"), written(&query.id))
        .with(names.key("huntingQueryTemplateSpecName"), parts::template_name("hq", &query.id.value));
    draft.variables.set(names.object(), Node::from(variables).at(origin));
    draft.resources.push(content_template(package, &names, query).at(origin));
    draft.criteria.push(item(&names).criterion(origin));
}

fn item(names: &Group) -> ContentItem {
    ContentItem {
        kind: KIND,
        content_id: names.member("_huntingQuerycontentId"),
        version: names.member("huntingQueryVersion"),
    }
}

fn content_template(package: &Package, names: &Group, query: &HuntingQuery) -> Node {
    let info = package.info();
    let description =
        format!("{}_HuntingQueries Hunting Query with template version {}", query.file_base, info.version.value);
    let item = item(names);
    let template = item.template(vec![saved_search(package, names, query), metadata(package, names)]);
    let shown = Shown {
        description,
        display_name: written(&query.name),
        product_id: parts::product_id("hq", KIND, item.content_id.clone(), Expr::text(&query.version.value)),
        version: written(&query.version),
    };
    parts::content_template(names.member("huntingQueryTemplateSpecName"), item.properties(template, shown)).into()
}

fn saved_search(package: &Package, names: &Group, query: &HuntingQuery) -> Node {
    let name = format!("{}_Hunting_Query_{}", package.info().name.value.replace(' ', "_"), names.number);
    let at = Origin::derived(query.id.span, "package: tags of a hunting query");
    let tag = |(name, value): (&'static str, String)| Node::from(parts::tag(name, value)).at(at);
    let tags: Vec<Node> = query.tags().into_iter().map(tag).collect();
    let mut properties = Object::new()
        .with("eTag", "*")
        .with("displayName", written(&query.name))
        .with("category", "Hunting Queries")
        .with("query", written(&query.query))
        .with("version", 2);
    if !tags.is_empty() {
        properties.set("tags", tags.into());
    }
    Object::new()
        .with("type", RESOURCE_TYPE)
        .with("apiVersion", parts::api_version(ResourceKind::HuntingQuery))
        .with("name", name)
        .with("location", parts::location())
        .with("properties", properties)
        .into()
}

fn metadata(package: &Package, names: &Group) -> Node {
    let (info, item) = (package.info(), item(names));
    let id = Expr::call("resourceId", [Expr::text(RESOURCE_TYPE), item.content_id.clone()]);
    let description = format!("{} Hunting Query {}", info.name.value, names.number);
    let properties = item.metadata_properties(info, Some(description.into()), id.clone());
    item.metadata(id, properties).into()
}
