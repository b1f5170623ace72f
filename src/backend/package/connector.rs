//! A connector in the package's template: the content template with its page, collection rule and tables, and the
//! active copies of page and metadata that an installation makes at once. The connections follow in [`connections`].

use super::notation::{Notation, WORKSPACE_ID, endpoint_variable};
use super::template::Draft;
use super::{Package, connections, parts, written};
use crate::arm::{Expr, Node, Object, Value};
use crate::backend::lower::lower;
use crate::ir::graph::Resource;
use crate::ir::{self, Connector, Table};
use crate::source::Origin;

/// One connector and the names of its variables.
pub struct Item<'a> {
    pub package: &'a Package<'a>,
    pub connector: &'a Connector,
    /// From 1.
    pub number: usize,
    pub notation: Notation<'a>,
    definition: String,
    definition_template: String,
    pub connections: String,
    pub connections_template: String,
}

/// Adds everything of the connector. `number` counts from 1.
pub fn add(package: &Package, number: usize, connector: &Connector, draft: &mut Draft) {
    let item = Item::new(package, number, connector);
    let origin = Origin::derived(connector.id.span, "package: connector");
    add_parameters(&mut draft.parameters);
    item.add_variables(origin, &mut draft.variables);
    draft.resources.push(item.template().at(origin));
    draft.resources.extend(item.definition());
    draft.resources.push(item.definition_metadata().at(origin));
    draft.resources.push(connections::template(&item).at(origin));
    let content_id = Expr::variable(&item.connections);
    draft.criteria.push(parts::criterion("DataConnector", content_id, parts::connector_version(), origin));
}

impl<'a> Item<'a> {
    fn new(package: &'a Package<'a>, number: usize, connector: &'a Connector) -> Self {
        Item {
            package,
            connector,
            number,
            notation: Notation::new(package, number, connector),
            definition: format!("_dataConnectorContentIdConnectorDefinition{number}"),
            definition_template: format!("dataConnectorTemplateNameConnectorDefinition{number}"),
            connections: format!("_dataConnectorContentIdConnections{number}"),
            connections_template: format!("dataConnectorTemplateNameConnections{number}"),
        }
    }

    fn add_variables(&self, origin: Origin, variables: &mut Object) {
        let template_name = |id: &str| {
            let unique = Expr::call("uniquestring", [Expr::variable(id)]);
            Node::from(parts::concat([parts::workspace(), Expr::text("-dc-"), unique])).at(origin)
        };
        let id = &self.connector.definition_name;
        // An empty text that template checks do not take for one: the kind of the collection rule.
        let blanks = Expr::call("replace", [Expr::text("b"), Expr::text("b"), Expr::text("")]);
        variables
            .set(WORKSPACE_ID, parts::workspace_id().into())
            .set("dataConnectorCCPVersion", written(&self.package.info().version))
            .set(&self.definition, written(id))
            .set(&self.definition_template, template_name(&self.definition))
            .set(&self.connections, Node::from(format!("{}Connections", id.value)).at(origin))
            .set(&self.connections_template, template_name(&self.connections))
            .set(endpoint_variable(self.number), Node::from(endpoint_id()).at(origin));
        if self.has_space() {
            variables.set(SPACE, " ".into());
        }
        variables.set("blanks", blanks.into());
    }

    /// Whether a connection says a single blank, as the delimiter of its files.
    fn has_space(&self) -> bool {
        let connections = self.connector.pollers.iter().filter_map(|poller| self.package.resource(&poller.symbol));
        connections.into_iter().any(|resource| says_space(&resource.properties))
    }

    /// The content template of the page.
    fn template(&self) -> Node {
        let tables = self.package.tables_of(self.connector).into_iter();
        let mut resources: Vec<Node> = self.definition().into_iter().collect();
        resources.push(self.definition_metadata());
        resources.extend(self.collection_rule());
        resources.extend(tables.filter_map(|table| self.table(table)));
        let template = parts::nested_template(parts::connector_version(), Object::new(), Object::new(), resources);
        let content_id = Expr::variable(&self.definition);
        let properties = Object::new()
            .with("contentId", content_id.clone())
            .with("displayName", written(&self.connector.title))
            .with("contentKind", "DataConnector")
            .with("mainTemplate", template);
        let properties = closing(properties, "dc", "DataConnector", content_id);
        let tail = [Expr::variable(&self.definition_template), parts::connector_version()];
        parts::content_template(parts::content_name(tail), properties).into()
    }

    /// The page; the same in the template and as active copy.
    fn definition(&self) -> Option<Node> {
        let resource = self.package.resource(&self.connector.definition)?;
        let object = Object::new()
            .with("name", parts::content_name([Expr::variable(&self.definition)]))
            .with("apiVersion", parts::api_version(resource.kind))
            .with("type", parts::provider_type("dataConnectorDefinitions"))
            .with("location", parts::location())
            .with("kind", kind_of(resource))
            .with("properties", self.body(resource));
        Some(Node::from(object).at(resource.origin))
    }

    fn definition_metadata(&self) -> Node {
        // The only link from the page to its connections: the portal follows it when someone presses Connect.
        let connections = Object::new()
            .with("version", parts::connector_version())
            .with("contentId", Expr::variable(&self.connections))
            .with("kind", "ResourcesDataConnector");
        let properties =
            parts::connector_properties(self.package, "dataConnectorDefinitions", "DataConnector", &self.definition)
                .with("dependencies", Object::new().with("criteria", vec![connections.into()]));
        parts::connector_metadata(&self.definition, properties).into()
    }

    fn collection_rule(&self) -> Option<Node> {
        let resource = self.package.resource(&self.connector.collection_rule)?;
        Some(self.plain(resource, Expr::variable("blanks")))
    }

    /// A table is named without its workspace: the portal puts it there.
    fn table(&self, table: &Table) -> Option<Node> {
        let resource = self.package.resource(&table.symbol)?;
        Some(self.plain(resource, Value::Null))
    }

    /// A resource that Connect deploys as it is.
    fn plain(&self, resource: &Resource, kind: impl Into<Node>) -> Node {
        let object = Object::new()
            .with("name", Node::from(resource.name.clone()).at(resource.origin))
            .with("apiVersion", parts::api_version(resource.kind))
            .with("type", resource.kind.arm_type())
            .with("location", parts::location())
            .with("kind", kind)
            .with("properties", self.body(resource));
        Node::from(object).at(resource.origin)
    }

    pub fn body(&self, resource: &Resource) -> Node {
        lower(&resource.properties, &mut |expr| self.notation.template(expr))
    }
}

/// The variable for a text that is a blank: template checks take it for an empty one.
const SPACE: &str = "TemplateEmptySpaceString";

fn says_space(value: &ir::Value) -> bool {
    match &value.kind {
        ir::ValueKind::Text(text) => text == " ",
        ir::ValueKind::Array(items) => items.iter().any(says_space),
        ir::ValueKind::Object(object) => object.members.iter().any(|(_, member)| says_space(member)),
        _ => false,
    }
}

/// Puts the variable in the place of each text that is a blank.
pub fn spaces(node: &mut Node) {
    match &mut node.value {
        Value::Text(text) if text == " " => node.value = Expr::variable(SPACE).into(),
        Value::Array(items) => items.iter_mut().for_each(spaces),
        Value::Object(object) => object.members.iter_mut().for_each(|(_, member)| spaces(member)),
        _ => {}
    }
}

/// What the endpoint's id is made of.
fn add_parameters(parameters: &mut Object) {
    let text = |default: Expr, description: &str| {
        Object::new()
            .with("type", "string")
            .with("defaultValue", default)
            .with("metadata", Object::new().with("description", description))
    };
    let group = Expr::call("resourceGroup", []).member("name");
    parameters.set("resourceGroupName", text(group, "Resource group of the Microsoft Sentinel workspace").into());
    let id = Expr::call("subscription", []).member("id");
    let subscription = Expr::call("last", [Expr::call("split", [id, Expr::text("/")])]);
    parameters
        .set("subscription", text(subscription, "Id of the subscription of the Microsoft Sentinel workspace").into());
}

/// The endpoint that the portal makes: it has the name of the workspace.
fn endpoint_id() -> Expr {
    parts::concat([
        Expr::text("/subscriptions/"),
        Expr::parameter("subscription"),
        Expr::text("/resourceGroups/"),
        Expr::parameter("resourceGroupName"),
        Expr::text("/providers/Microsoft.Insights/dataCollectionEndpoints/"),
        parts::workspace(),
    ])
}

/// The members after `mainTemplate` of both templates of a connector.
pub fn closing(properties: Object, tag: &str, kind: &str, content_id: Expr) -> Object {
    parts::with_package(properties)
        .with("contentProductId", parts::product_id(tag, kind, content_id, parts::connector_version()))
        .with("packageId", parts::solution_id())
        .with("contentSchemaVersion", parts::CONTENT_SCHEMA)
        .with("version", parts::connector_version())
}

/// The resource's own `kind` member.
pub fn kind_of(resource: &Resource) -> Node {
    resource.kind_member.clone().map_or_else(|| Value::Null.into(), |kind| Node::from(kind).at(resource.origin))
}
