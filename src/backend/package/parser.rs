//! A parser in the package's template: one grouped variable, one content template, and the function itself with its
//! metadata, so that it works as soon as the package is installed.

use super::parts::{self, ContentItem, Group, Shown};
use super::template::Draft;
use super::{Package, written};
use crate::arm::{Expr, Node, Object};
use crate::ir::Parser;
use crate::ir::graph::ResourceKind;
use crate::source::Origin;

const KIND: &str = "Parser";

/// Adds everything of the parser. `number` counts from 1.
pub fn add(package: &Package, number: usize, parser: &Parser, draft: &mut Draft) {
    let origin = Origin::derived(parser.name.span, "package: parser");
    let item = Item { package, parser, names: Group { kind: "parser", number } };
    draft.variables.set(item.names.object(), Node::from(item.variables()).at(origin));
    draft.resources.push(item.content_template().at(origin));
    draft.resources.push(item.saved_search().at(origin));
    draft.resources.push(Node::from(item.metadata(Copy::Active)).at(origin));
    draft.criteria.push(item.content().criterion(origin));
}

struct Item<'a> {
    package: &'a Package<'a>,
    parser: &'a Parser,
    names: Group,
}

/// Which of the two metadata resources.
#[derive(PartialEq)]
enum Copy {
    Template,
    Active,
}

impl Item<'_> {
    fn content(&self) -> ContentItem {
        ContentItem {
            kind: KIND,
            content_id: self.names.member("parserContentId"),
            version: self.names.member("parserVersion"),
        }
    }

    fn resource_id(&self) -> Expr {
        let kind = Expr::text(ResourceKind::Function.arm_type());
        Expr::call("resourceId", [kind, parts::workspace(), Expr::text(&self.parser.resource_name.value)])
    }

    fn variables(&self) -> Object {
        let name = [parts::workspace(), Expr::text("/"), Expr::text(&self.parser.resource_name.value)];
        let content_id = self.parser.content_id();
        Object::new()
            .with(self.names.key("_parserName"), parts::concat(name))
            .with(self.names.key("_parserId"), self.resource_id())
            .with(self.names.key("parserTemplateSpecName"), parts::template_name("pr", &content_id))
            .with(self.names.key("parserVersion"), written(&self.parser.version))
            .with(self.names.key("parserContentId"), content_id)
    }

    fn content_template(&self) -> Node {
        let info = self.package.info();
        let description = format!("{} Data Parser with template version {}", self.parser.file_base, info.version.value);
        let item = self.content();
        let template = item.template(vec![self.saved_search(), self.metadata(Copy::Template).into()]);
        let version = Expr::text(&self.parser.version.value);
        let shown = Shown {
            description,
            display_name: written(&self.parser.title),
            product_id: parts::product_id("pr", KIND, item.content_id.clone(), version),
            version: item.version.clone().into(),
        };
        let name = self.names.member("parserTemplateSpecName");
        parts::content_template(name, item.properties(template, shown)).into()
    }

    fn saved_search(&self) -> Node {
        let parser = self.parser;
        let description: Node = parser.description.as_ref().map_or_else(|| "".into(), written);
        let properties = Object::new()
            .with("eTag", "*")
            .with("displayName", written(&parser.title))
            .with("category", written(&parser.category))
            .with("functionAlias", written(&parser.name))
            .with("query", written(&parser.query))
            .with("functionParameters", parser.signature())
            .with("version", parser.language_version)
            // Without a description the packaging tool writes an empty one.
            .with("tags", vec![parts::tag("description", description).into()]);
        Object::new()
            .with("name", self.names.member("_parserName"))
            .with("apiVersion", parts::api_version(ResourceKind::Function))
            .with("type", ResourceKind::Function.arm_type())
            .with("location", parts::location())
            .with("properties", properties)
            .into()
    }

    fn metadata(&self, copy: Copy) -> Object {
        let item = self.content();
        let id = self.names.member("_parserId");
        let properties = item.metadata_properties(self.package.info(), None, self.resource_id());
        let mut metadata = item.metadata(id.clone(), properties).with("dependsOn", vec![id.into()]);
        if copy == Copy::Active {
            metadata.set("location", parts::location().into());
        }
        metadata
    }
}
