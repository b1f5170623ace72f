//! A connector in the package's template: the content template with its page, collection rule and tables, and the
//! active copies of page and metadata that an installation makes at once. The connections follow in [`connections`].

use super::notation::Notation;
use super::template::Draft;
use super::{Package, connections, parts, written};
use crate::arm::{Expr, Node, Object, Value};
use crate::backend::lower::lower;
use crate::ir::graph::{Resource, Symbol};
use crate::ir::{Connector, Table};
use crate::source::Origin;

/// The names of connector `number`'s variables.
pub struct Names {
    pub definition: String,
    pub definition_template: String,
    pub connections: String,
    pub connections_template: String,
    endpoint: String,
}

impl Names {
    fn of(number: usize) -> Self {
        Names {
            definition: format!("_dataConnectorContentIdConnectorDefinition{number}"),
            definition_template: format!("dataConnectorTemplateNameConnectorDefinition{number}"),
            connections: format!("_dataConnectorContentIdConnections{number}"),
            connections_template: format!("dataConnectorTemplateNameConnections{number}"),
            endpoint: format!("dataCollectionEndpointId{number}"),
        }
    }
}

/// Adds everything of the connector. `number` counts from 1.
pub fn add(package: &Package, number: usize, connector: &Connector, draft: &mut Draft) {
    let names = Names::of(number);
    add_parameters(&mut draft.parameters);
    add_variables(package, connector, &names, &mut draft.variables);
    let origin = Origin::derived(connector.id.span, "package: connector");
    let template = definition_template(package, number, connector, &names, &mut draft.variables);
    draft.resources.push(template.at(origin));
    draft.resources.extend(definition(package, connector, &names));
    draft.resources.push(definition_metadata(package, &names).at(origin));
    draft.resources.push(connections::template(package, number, connector, &names).at(origin));
    draft.criteria.push(
        Node::from(
            Object::new()
                .with("kind", "DataConnector")
                .with("contentId", Expr::variable(&names.connections))
                .with("version", parts::connector_version()),
        )
        .at(origin),
    );
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

fn add_variables(package: &Package, connector: &Connector, names: &Names, variables: &mut Object) {
    let origin = Origin::derived(connector.id.span, "package: connector");
    let template_name = |id: &str| {
        let unique = Expr::call("uniquestring", [Expr::variable(id)]);
        Node::from(parts::concat([parts::workspace(), Expr::text("-dc-"), unique])).at(origin)
    };
    let workspace_id =
        Expr::call("resourceId", [Expr::text("microsoft.OperationalInsights/Workspaces"), parts::workspace()]);
    variables
        .set("workspaceResourceId", workspace_id.into())
        .set("dataConnectorCCPVersion", written(&package.info().version))
        .set(&names.definition, written(&connector.definition_name))
        .set(&names.definition_template, template_name(&names.definition))
        .set(&names.connections, Node::from(format!("{}Connections", connector.definition_name.value)).at(origin))
        .set(&names.connections_template, template_name(&names.connections))
        .set(&names.endpoint, Node::from(endpoint_id()).at(origin));
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

fn definition_template(
    package: &Package,
    number: usize,
    connector: &Connector,
    names: &Names,
    variables: &mut Object,
) -> Node {
    let notation = Notation::new(package, number);
    let mut resources: Vec<Node> = definition(package, connector, names).into_iter().collect();
    resources.push(definition_metadata(package, names));
    resources.extend(collection_rule(package, &notation, &connector.collection_rule, variables));
    resources
        .extend(package.tables_of(connector).into_iter().filter_map(|table| self::table(package, &notation, table)));
    let template = parts::nested_template(parts::connector_version(), Object::new(), Object::new(), resources);
    let content_id = Expr::variable(&names.definition);
    let properties = Object::new()
        .with("contentId", content_id.clone())
        .with("displayName", written(&connector.title))
        .with("contentKind", "DataConnector")
        .with("mainTemplate", template);
    let properties = closing(properties, "dc", "DataConnector", content_id);
    let tail = [Expr::variable(&names.definition_template), parts::connector_version()];
    parts::content_template(parts::content_name(tail), properties).into()
}

/// The members after `mainTemplate` of both templates of a connector.
pub fn closing(properties: Object, tag: &str, kind: &str, content_id: Expr) -> Object {
    parts::with_package(properties)
        .with("contentProductId", parts::product_id(tag, kind, content_id, parts::connector_version()))
        .with("packageId", parts::solution_id())
        .with("contentSchemaVersion", parts::CONTENT_SCHEMA)
        .with("version", parts::connector_version())
}

/// The page; the same in the template and as active copy.
fn definition(package: &Package, connector: &Connector, names: &Names) -> Option<Node> {
    let resource = package.resource(&connector.definition)?;
    let properties = lower(&resource.properties, &mut |expr| Notation::new(package, 0).template(expr));
    let object = Object::new()
        .with("name", parts::content_name([Expr::variable(&names.definition)]))
        .with("apiVersion", parts::api_version(resource.kind))
        .with("type", parts::provider_type("dataConnectorDefinitions"))
        .with("location", parts::location())
        .with("kind", kind_of(resource))
        .with("properties", properties);
    Some(Node::from(object).at(resource.origin))
}

fn definition_metadata(package: &Package, names: &Names) -> Node {
    // The only link from the page to its connections: the portal follows it when someone presses Connect.
    let connections = Object::new()
        .with("version", parts::connector_version())
        .with("contentId", Expr::variable(&names.connections))
        .with("kind", "ResourcesDataConnector");
    let dependencies = Object::new().with("criteria", vec![connections.into()]);
    let mut metadata =
        parts::connector_metadata(package, "dataConnectorDefinitions", "DataConnector", &names.definition);
    if let Some((_, Node { value: Value::Object(properties), .. })) = metadata.members.last_mut() {
        properties.set("dependencies", dependencies.into());
    }
    metadata.into()
}

fn collection_rule(package: &Package, notation: &Notation, symbol: &Symbol, variables: &mut Object) -> Option<Node> {
    let resource = package.resource(symbol)?;
    let mut properties = lower(&resource.properties, &mut |expr| notation.template(expr));
    variables.set("blanks", Expr::call("replace", [Expr::text("b"), Expr::text("b"), Expr::text("")]).into());
    fill_blanks(&mut properties, variables);
    let object = Object::new()
        .with("name", Node::from(resource.name.clone()).at(resource.origin))
        .with("apiVersion", parts::api_version(resource.kind))
        .with("type", resource.kind.arm_type())
        .with("location", parts::location())
        .with("kind", Expr::variable("blanks"))
        .with("properties", properties);
    Some(Node::from(object).at(resource.origin))
}

/// What the packaging tool does to collection rules, and to nothing else: variables stand for `null` and `[]`, so that
/// template checks find no empty value; empty objects go, but for `dataSources`.
fn fill_blanks(node: &mut Node, variables: &mut Object) {
    let json = |text: &str| Expr::call("json", [Expr::text(text)]);
    let value = match &mut node.value {
        Value::Null => Expr::variable("blanks"),
        Value::Array(items) if items.is_empty() => {
            variables.set("TemplateEmptyArray", json("[]").into());
            Expr::variable("TemplateEmptyArray")
        }
        Value::Array(items) => return items.iter_mut().for_each(|item| fill_blanks(item, variables)),
        Value::Object(object) => {
            let is_empty = |node: &Node| matches!(&node.value, Value::Object(object) if object.members.is_empty());
            object.members.retain(|(name, node)| name == "dataSources" || !is_empty(node));
            for (name, member) in &mut object.members {
                if name == "dataSources" && is_empty(member) {
                    variables.set("TemplateEmptyObject", json("{}").into());
                    member.value = Expr::variable("TemplateEmptyObject").into();
                } else {
                    fill_blanks(member, variables);
                }
            }
            return;
        }
        _ => return,
    };
    node.value = value.into();
}

/// A table is named without its workspace: the portal puts it there.
fn table(package: &Package, notation: &Notation, table: &Table) -> Option<Node> {
    let resource = package.resource(&table.symbol)?;
    let object = Object::new()
        .with("name", Node::from(resource.name.clone()).at(resource.origin))
        .with("apiVersion", parts::api_version(resource.kind))
        .with("type", resource.kind.arm_type())
        .with("location", parts::location())
        .with("kind", Value::Null)
        .with("properties", lower(&resource.properties, &mut |expr| notation.template(expr)));
    Some(Node::from(object).at(resource.origin))
}

/// The resource's own `kind` member.
pub fn kind_of(resource: &Resource) -> Node {
    resource.kind_member.clone().map_or_else(|| Value::Null.into(), |kind| Node::from(kind).at(resource.origin))
}
