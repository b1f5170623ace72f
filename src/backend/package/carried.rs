//! A carried connector in the package's template: the content template with its page, and the active copies of metadata and
//! page that an installation makes at once.

use super::parts::{ContentItem, Shown};
use super::template::Draft;
use super::{Package, parts, written};
use crate::arm::{Expr, Node, Object, Value};
use crate::backend::lower::{lower, lower_object};
use crate::ir::graph::ResourceKind;
use crate::ir::{self, CarriedConnector};
use crate::source::Origin;

const KIND: &str = "DataConnector";
/// Lists of a page that template checks do not want empty; the packaging tool names a variable instead.
const LISTS: [&str; 3] = ["graphQueries", "sampleQueries", "dataTypes"];
const EMPTY_LIST: &str = "TemplateEmptyArray";

/// The connector and the names of its variables.
struct Item<'a> {
    package: &'a Package<'a>,
    connector: &'a CarriedConnector,
    /// From 1, among all connectors.
    number: usize,
}

/// Adds everything of the connector. `number` counts all connectors, from 1.
pub fn add(package: &Package, number: usize, connector: &CarriedConnector, draft: &mut Draft) {
    let item = Item { package, connector, number };
    let origin = Origin::derived(connector.id.span, "package: carried connector");
    item.add_variables(origin, &mut draft.variables);
    draft.resources.push(item.template().at(origin));
    let active = item
        .metadata()
        .with("dependsOn", vec![item.variable("_dataConnectorId").into()])
        .with("location", parts::location());
    draft.resources.push(Node::from(active).at(origin));
    let active = package.resource(&connector.symbol).map(|resource| &resource.properties);
    if let Some(page) = active.and_then(|active| active.get("connectorUiConfig")) {
        draft.resources.push(item.page(page, active.and_then(|active| active.get("pollingConfig"))));
    }
    draft.criteria.push(item.content().criterion(origin));
}

impl Item<'_> {
    fn name(&self, of: &str) -> String {
        format!("{of}{}", self.number)
    }

    fn variable(&self, of: &str) -> Expr {
        Expr::variable(self.name(of))
    }

    fn content(&self) -> ContentItem {
        ContentItem { kind: KIND, content_id: self.content_id(), version: self.variable("dataConnectorVersion") }
    }

    fn content_id(&self) -> Expr {
        self.variable("_dataConnectorContentId")
    }

    fn add_variables(&self, origin: Origin, variables: &mut Object) {
        let id = &self.connector.id;
        let unique = Expr::call("uniquestring", [self.content_id()]);
        let template = [parts::concat([parts::workspace(), Expr::text("-dc-"), unique])];
        let product_id = parts::product_id("dc", KIND, self.content_id(), self.variable("dataConnectorVersion"));
        let mut set = |name: &str, node: Node| {
            let origin = node.origin.unwrap_or(origin);
            variables.set(self.name(name), node.at(origin));
        };
        set("uiConfigId", written(id));
        set("_uiConfigId", self.variable("uiConfigId").into());
        set("dataConnectorContentId", written(id));
        set("_dataConnectorContentId", self.variable("dataConnectorContentId").into());
        set("dataConnectorId", self.resource_id().into());
        set("_dataConnectorId", self.variable("dataConnectorId").into());
        set("dataConnectorTemplateSpecName", parts::content_name(template).into());
        set("dataConnectorVersion", written(&self.connector.version));
        set("_dataConnectorcontentProductId", product_id.into());
        if LISTS.iter().any(|list| is_empty_list(self.connector.page.get(list))) {
            let empty = Expr::call("json", [Expr::text("[]")]);
            variables.set(EMPTY_LIST, Node::from(empty).at(origin));
        }
    }

    fn resource_id(&self) -> Expr {
        parts::extension_id("dataConnectors", self.content_id())
    }

    fn template(&self) -> Node {
        let connector = self.connector;
        let resources = vec![self.page(&connector.page, connector.polling.as_ref()), self.metadata().into()];
        let (info, item) = (self.package.info(), self.content());
        let template = item.template(resources);
        let shown = Shown {
            description: format!("{} data connector with template version {}", info.name.value, info.version.value),
            display_name: written(&connector.title),
            product_id: self.variable("_dataConnectorcontentProductId"),
            version: item.version.clone().into(),
        };
        let name = self.variable("dataConnectorTemplateSpecName");
        parts::content_template(name, item.properties(template, shown)).into()
    }

    /// The connector with a copy of its page.
    fn page(&self, page: &ir::Value, polling: Option<&ir::Value>) -> Node {
        // A carried page holds values alone.
        let copy = |value: &ir::Value| lower(value, &mut |_| Value::Null);
        let mut config = page.as_object().map_or_else(Object::new, |page| lower_object(page, &mut |_| Value::Null));
        for list in LISTS.into_iter().filter(|list| is_empty_list(page.get(list))) {
            config.set(list, Expr::variable(EMPTY_LIST).into());
        }
        config.set("id", self.variable("_uiConfigId").into());
        let mut properties = Object::new().with("connectorUiConfig", Node::from(config).at(page.origin));
        if let Some(polling) = polling {
            properties.set("pollingConfig", copy(polling));
        }
        let object = Object::new()
            .with("name", parts::content_name([self.content_id()]))
            .with("apiVersion", parts::api_version(ResourceKind::ConnectorPage))
            .with("type", parts::provider_type("dataConnectors"))
            .with("location", parts::location())
            .with("kind", self.connector.kind)
            .with("properties", properties);
        Node::from(object).at(Origin::written(self.connector.id.span))
    }

    fn metadata(&self) -> Object {
        let item = self.content();
        let properties = item.metadata_properties(self.package.info(), None, self.resource_id());
        // The one kind of content whose metadata has the newer apiVersion.
        item.metadata(self.variable("_dataConnectorId"), properties).with("apiVersion", parts::CONTENT_API)
    }
}

fn is_empty_list(value: Option<&ir::Value>) -> bool {
    value.is_some_and(|value| matches!(&value.kind, ir::ValueKind::Array(items) if items.is_empty()))
}

/// The connector's file in the repository: the author's own.
pub fn source(connector: &CarriedConnector) -> Node {
    lower(&connector.source, &mut |_| Value::Null)
}
