//! What *Connect* deploys: the content template with a connector's pollers, and the parameters that the page fills.
//!
//! Strings in it are seen twice: when the package is installed, and when someone connects. What the person gives is
//! known to the second pass only.

use super::connector::{Item, closing, kind_of, spaces};
use super::notation::{AUTH, WORKSPACE_ID};
use super::{Package, parts, written};
use crate::arm::{Expr, Node, Object, Value};
use crate::backend::deploy::nested_template;
use crate::backend::lower::lower;
use crate::ir::expr::Function;
use crate::ir::graph::{Condition, Resource};
use crate::ir::{self, Connector, InputKind, Nested, Stage};
use crate::source::Origin;

const KIND: &str = "ResourcesDataConnector";

pub fn template(item: &Item) -> Node {
    let content_id = Expr::variable(&item.connections);
    let mut variables = Object::new().with(item.connections.as_str(), content_id.clone());
    if item.nested().next().is_some() {
        // Known when the package is installed; in an expression with what is known later, it has to wait as well.
        variables.set(WORKSPACE_ID, Expr::variable(WORKSPACE_ID).into());
    }
    let parameters = parameters(item.package, item.connector);
    let template = parts::nested_template(parts::connector_version(), parameters, variables, resources(item));
    let properties = Object::new()
        .with("contentId", content_id.clone())
        .with("displayName", written(&item.connector.title))
        .with("contentKind", KIND)
        .with("mainTemplate", template);
    let properties = closing(properties, "rdc", KIND, content_id);
    let tail = [Expr::variable(&item.connections_template), parts::connector_version()];
    parts::content_template(parts::content_name(tail), properties).into()
}

fn resources(item: &Item) -> Vec<Node> {
    let properties = parts::connector_properties(item.package, "dataConnectors", KIND, &item.connections);
    let mut resources = vec![Node::from(parts::connector_metadata(&item.connections, properties))];
    let pollers = item.connector.pollers.iter().filter_map(|poller| item.package.resource(&poller.symbol));
    resources.extend(item.nested().map(|nested| self::nested(item, nested)));
    resources.extend(pollers.map(|resource| self::poller(item, resource)));
    // The author's own resources name no connector; the first one's Connect deploys them.
    if item.number == 1 {
        let raw = item.package.solution.raw_resources.iter().filter(|raw| raw.stage == Stage::Connect);
        resources.extend(raw.map(|raw| lower(&raw.body, &mut |expr| item.notation.at_connect(expr))));
    }
    resources
}

impl<'a> Item<'a> {
    /// What the connections need in other resource groups.
    fn nested(&self) -> impl Iterator<Item = &'a Nested> {
        let (graph, pollers) = (self.package.graph, self.connector.pollers.iter());
        pollers.filter_map(|poller| graph.nested_of(&poller.symbol))
    }
}

/// A deployment inside that of Connect. Its template is evaluated by itself, at Connect as well.
fn nested(item: &Item, nested: &Nested) -> Node {
    let written = |expr: &ir::Expr| Node::from(item.notation.at_connect(expr));
    let mut arguments = Object::new();
    for parameter in &nested.parameters {
        arguments.set(parameter.name, Object::new().with("value", written(&parameter.value)).into());
    }
    let mut template = Node::new(Value::Inner(nested_template(nested)), Some(nested.origin));
    postpone(&mut template);
    let properties = Object::new()
        .with("mode", "Incremental")
        .with("expressionEvaluationOptions", Object::new().with("scope", "inner"))
        .with("parameters", arguments)
        .with("template", template);
    let object = Object::new()
        .with("type", Nested::ARM_TYPE)
        .with("apiVersion", Nested::API_VERSION)
        .with("name", written(&nested.name))
        .with("properties", properties)
        .with("subscriptionId", written(&nested.subscription))
        .with("resourceGroup", written(&nested.group));
    Node::from(object).at(nested.origin)
}

/// Expressions of the bundle's next pass become those of Connect.
fn postpone(node: &mut Node) {
    match &mut node.value {
        Value::Expr { delay, .. } => *delay = 1,
        Value::Array(items) => items.iter_mut().for_each(postpone),
        Value::Object(object) | Value::Inner(object) => object.members.iter_mut().for_each(|(_, m)| postpone(m)),
        _ => {}
    }
}

fn poller(item: &Item, resource: &Resource) -> Node {
    // A fresh value in the name: each Connect makes another instance.
    let name = parts::concat([
        Expr::parameter("innerWorkspace"),
        Expr::text("/Microsoft.SecurityInsights/"),
        Expr::text(&resource.name),
        Expr::parameter("guidValue"),
    ]);
    let mut object = Object::new();
    if let Some(Condition::Holds(condition)) = &resource.condition {
        object.set("condition", Node::from(item.notation.template(condition)).at(resource.origin));
    }
    let mut body = item.body(resource);
    spaces(&mut body);
    let object = object
        .with("name", Value::Expr { delay: 1, expr: name })
        .with("apiVersion", parts::api_version(resource.kind))
        .with("type", parts::provider_type("dataConnectors"))
        .with("location", parts::location())
        .with("kind", kind_of(resource))
        .with("properties", body);
    let object = match item.package.graph.nested_of(&resource.symbol) {
        Some(nested) => object.with("dependsOn", vec![Node::from(item.notation.at_connect(&deployment_id(nested)))]),
        None => object,
    };
    Node::from(object).at(resource.origin)
}

/// The id of a deployment in another resource group.
fn deployment_id(nested: &Nested) -> ir::Expr {
    let ty = ir::Expr::Text(Nested::ARM_TYPE.to_owned());
    let place = [nested.subscription.clone(), nested.group.clone(), ty, nested.name.clone()];
    ir::Expr::Call(Function::ResourceId, place.into())
}

/// The parameters in the packaging tool's order: its own, inputs that the page does not ask for, its own again, and the
/// fields of the page. All texts are secure strings, as the repository's checks want it.
fn parameters(package: &Package, connector: &Connector) -> Object {
    let secure = |default: Node| Object::new().with("defaultValue", default).with("type", "securestring");
    let new_guid = Value::Expr { delay: 1, expr: Expr::call("newGuid", []) };
    let fields = Field::all(&connector.ui);
    let mut parameters = Object::new()
        .with("guidValue", secure(new_guid.into()))
        .with("innerWorkspace", secure(parts::workspace().into()));
    if connector.pollers.iter().any(|poller| poller.kind == "Push") {
        parameters.set(AUTH, application(package).into());
    }
    for name in connector.inputs.iter().filter(|name| !fields.iter().any(|field| field.name == **name)) {
        parameters.set(name, unasked(package, connector, name));
    }
    let empty_rule = Object::new()
        .with("dataCollectionEndpoint", "data collection Endpoint")
        .with("dataCollectionRuleImmutableId", "data collection rule immutableId");
    parameters
        .set("connectorDefinitionName", secure(written(&connector.title)).with("minLength", 1).into())
        .set("workspace", secure(parts::workspace().into()).into())
        .set("dcrConfig", Object::new().with("defaultValue", empty_rule).with("type", "object").into());
    for field in fields {
        parameters.set(field.name, Node::from(field.parameter()).at(field.origin));
    }
    parameters
}

/// What the portal gives a Push connector. The defaults say what is meant, as those of the other parameters do: an
/// expression, which the packaging tool has there, would have to name the parameter itself.
fn application(package: &Package) -> Object {
    let mut default = Object::new();
    for input in &package.solution.inputs {
        if let InputKind::Application(member) = input.kind {
            default.set(member, Node::from(member).at(Origin::derived(input.name.span, "package: Push connector")));
        }
    }
    Object::new().with("defaultValue", default).with("type", "object")
}

/// An input without a field on the page.
fn unasked(package: &Package, connector: &Connector, name: &str) -> Node {
    let mut pollers = connector.pollers.iter().filter_map(|poller| package.resource(&poller.symbol));
    // The packaging tool wants as many characters as its stand-in has, where the input is a whole value.
    let least = if pollers.any(|poller| is_whole_value(&poller.properties, name)) { 4 } else { 1 };
    let object = Object::new().with("defaultValue", "-NA-").with("type", "securestring").with("minLength", least);
    let input = package.solution.inputs.iter().find(|input| input.name.value == name);
    match input {
        Some(input) => Node::from(object).at(Origin::derived(input.name.span, "package: input without a field")),
        None => object.into(),
    }
}

/// Whether an input by itself is a value of the poller's auth, paging, attributes or query parameters.
fn is_whole_value(properties: &ir::Value, input: &str) -> bool {
    let request = properties.get("request").and_then(|request| request.get("queryParameters"));
    let parts = ["auth", "paging", "addOnAttributes"].map(|part| properties.get(part));
    let holds = |part: &ir::Value| {
        let members = part.as_object().map_or(&[][..], |part| &part.members);
        members
            .iter()
            .any(|(_, value)| matches!(&value.kind, ir::ValueKind::Expr(ir::Expr::Input(name)) if name == input))
    };
    parts.into_iter().flatten().chain(request).any(holds)
}

/// The inputs that a page asks for with a drop-down.
pub fn chosen(ui: &ir::Value) -> Vec<&str> {
    let fields = Field::all(ui).into_iter();
    fields.filter(|field| matches!(field.kind, FieldKind::Choice)).map(|field| field.name).collect()
}

/// A field of the connector page, as far as Connect is concerned.
struct Field<'a> {
    name: &'a str,
    kind: FieldKind,
    origin: Origin,
}

#[derive(Clone, Copy)]
enum FieldKind {
    Text {
        required: bool,
    },
    Choice,
    /// One of the three that an OAuth form has.
    OAuth,
}

impl<'a> Field<'a> {
    /// All fields in page order, those inside panes and groups included.
    fn all(ui: &'a ir::Value) -> Vec<Field<'a>> {
        let mut fields = Vec::new();
        collect(ui, &mut fields);
        fields
    }

    fn parameter(&self) -> Object {
        let of_type = |default: &str, kind: &str| Object::new().with("defaultValue", default).with("type", kind);
        match self.kind {
            FieldKind::Text { required: true } => of_type(self.name, "securestring").with("minLength", 1),
            FieldKind::Text { required: false } => of_type("", "securestring"),
            // The portal gives the stream at Connect; any default would be no list.
            FieldKind::Choice if self.name == "streamName" => Object::new().with("type", "array"),
            FieldKind::Choice => of_type(self.name, "array"),
            FieldKind::OAuth => of_type("-NA-", "securestring").with("minLength", 1),
        }
    }
}

/// Walks `instructionSteps` → `instructions` → `parameters`, and the steps nested there.
fn collect<'a>(holder: &'a ir::Value, fields: &mut Vec<Field<'a>>) {
    for step in items(holder.get("instructionSteps")) {
        for instruction in items(step.get("instructions")) {
            let Some(parameters) = instruction.get("parameters") else { continue };
            let name = parameters.get("name").and_then(ir::Value::as_text);
            let mut add = |name, kind| fields.push(Field { name, kind, origin: instruction.origin });
            match (instruction.get("type").and_then(ir::Value::as_text), name) {
                (Some("ServicePrincipalIDTextBox_test"), Some(name)) => add(name, FieldKind::Text { required: true }),
                (Some("Textbox"), Some(name)) => add(name, FieldKind::Text { required: !is_optional(parameters) }),
                (Some("Dropdown"), Some(name)) => add(name, FieldKind::Choice),
                (Some("OAuthForm"), _) => {
                    for name in ["ClientId", "ClientSecret", "AuthorizationCode"] {
                        add(name, FieldKind::OAuth);
                    }
                }
                _ => collect(parameters, fields),
            }
        }
    }
}

fn items(list: Option<&ir::Value>) -> &[ir::Value] {
    match list.map(|list| &list.kind) {
        Some(ir::ValueKind::Array(items)) => items,
        _ => &[],
    }
}

fn is_optional(parameters: &ir::Value) -> bool {
    let required = parameters.get("validations").and_then(|validations| validations.get("required"));
    matches!(required.map(|value| &value.kind), Some(ir::ValueKind::Bool(false)))
}
