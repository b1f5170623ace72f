//! The connector's page (`connectorUiConfig`): what the author says, and what is derived for the rest.

use super::context::Context;
use super::poller::{auth, steps};
use super::{body, graph};
use crate::diag::did_you_mean;
use crate::diag::rules::{connector as rules, shape};
use crate::ir::{Input, InputKind, Object, Stream, Text, Value, ValueKind};
use crate::model::decode::first_place;
use crate::model::{self, Raw, ServiceObject};
use crate::source::{Origin, Span};
use crate::syntax::Node;

/// Names of the inputs that the connector's texts use, in the order in which the spec declares them.
pub fn inputs(connector: &model::Connector, inputs: &[Input]) -> Vec<String> {
    let mut used = Vec::new();
    let mut note = |template: &model::Template| used.extend(template.inputs().map(|name| name.value.clone()));
    service_objects(connector).into_iter().for_each(|object| object.for_each_template(&mut note));
    let add_on = connector.pollers.iter().map(|poller| &poller.add_on_attributes).chain([&connector.add_on_attributes]);
    add_on.flatten().flat_map(|map| &map.0).for_each(|(_, template)| note(template));
    used.extend(connector.pollers.iter().filter_map(|poller| Some(poller.condition.as_ref()?.input.value.clone())));
    inputs.iter().map(|input| input.name.value.clone()).filter(|name| used.contains(name)).collect()
}

/// The service objects of all pollers and of their steps, as they are written.
fn service_objects(connector: &model::Connector) -> Vec<&ServiceObject> {
    let own = (&connector.auth, &connector.request, &connector.response, &connector.paging);
    let of_pollers = connector.pollers.iter().map(|own| (&own.auth, &own.request, &own.response, &own.paging));
    let mut found = Vec::new();
    for (auth, request, response, paging) in of_pollers.chain([own]) {
        found.extend(auth.as_ref().and_then(|hole| hole.0.as_ref()).map(|part| &part.0));
        found.extend(request.as_ref().and_then(|hole| hole.0.as_ref()).map(|part| &part.0));
        found.extend(response.as_ref().and_then(|hole| hole.0.as_ref()).map(|part| &part.0));
        found.extend(paging.as_ref().and_then(|hole| hole.0.as_ref()).map(|part| &part.0));
    }
    let steps =
        connector.pollers.iter().map(|poller| &poller.steps).chain([&connector.steps]).flat_map(|steps| &steps.0);
    found.extend(steps.flat_map(|(_, step)| steps::objects(step)).map(|(_, object)| object));
    found
}

/// The whole configuration of the page.
#[expect(clippy::too_many_arguments, reason = "one call, all of a connector's context")]
pub fn config(
    connector: &model::Connector,
    definition: &Text,
    publisher: &Text,
    description: &Text,
    path: &str,
    used: &[String],
    inputs: &[Input],
    streams: &[Stream],
    parts: &graph::Parts,
    context: &mut Context<'_>,
) -> Value {
    let span = connector.id.span;
    let mut tables: Vec<&Text> = Vec::new();
    for stream in streams {
        if !tables.iter().any(|table| table.value == stream.table.value) {
            tables.push(&stream.table);
        }
    }
    let given = |raw: &Option<Raw>, derive: &dyn Fn() -> Value| match raw {
        Some(raw) => body::raw(&raw.0),
        None => derive(),
    };
    let mut config = Object::new();
    config.set("id", Value::text(definition.value.clone(), Origin::derived(span, "connector id")));
    config.set("title", Value::written(&connector.title));
    config.set("publisher", Value::written(publisher));
    config.set("descriptionMarkdown", Value::written(description));
    config.set("graphQueries", given(&connector.graph_queries, &|| graph_queries(&connector.title, &tables)));
    config.set("sampleQueries", given(&connector.sample_queries, &|| sample_queries(&tables, span)));
    config.set("dataTypes", given(&connector.data_types, &|| data_types(&tables, span)));
    config.set("connectivityCriteria", given(&connector.connectivity_criteria, &|| connectivity(span)));
    config.set("availability", availability(connector));
    config.set("permissions", permissions(connector));
    let form = service_objects(connector).into_iter().any(auth::needs_form);
    let page = Page { connector, used, inputs, form, span };
    config.set("instructionSteps", given(&connector.instruction_steps, &|| page.steps()));
    body::add_unchecked(&mut config, &connector.unchecked, path, context);
    if let Some(connections) = &connector.connections {
        check_columns(connections, path, parts, context);
        if form {
            let message = "the sign-in form does not stand in the pane that adds a connection";
            let help = "leave `connections` out: with `grantType: authorization_code` a page has one connection (observed: no published form stands in a pane)";
            let path = format!("{path}.connections");
            context.report(&shape::CONFLICTING_KEYS, connections.span, &path, message, help);
        }
    }
    if let Some(steps) = &connector.instruction_steps {
        check_asked(&steps.0, used, path, context);
    }
    Value::object(config, Origin::derived(span, "connector page"))
}

fn derived(text: impl Into<String>, span: Span, rule: &'static str) -> Value {
    Value::text(text, Origin::derived(span, rule))
}

fn list(items: Vec<Value>, span: Span, rule: &'static str) -> Value {
    Value::array(items, Origin::derived(span, rule))
}

fn object(object: Object, span: Span, rule: &'static str) -> Value {
    Value::object(object, Origin::derived(span, rule))
}

fn graph_queries(title: &Text, tables: &[&Text]) -> Value {
    const RULE: &str = "default: graphQueries";
    let one = |table: &&Text| {
        let query = Object::new()
            .with("metricName", derived(format!("Rows of {}", table.value), table.span, RULE))
            .with("legend", Value::written(title))
            .with("baseQuery", derived(table.value.clone(), table.span, RULE));
        object(query, table.span, RULE)
    };
    list(tables.iter().map(one).collect(), title.span, RULE)
}

fn sample_queries(tables: &[&Text], span: Span) -> Value {
    const RULE: &str = "default: sampleQueries";
    let one = |table: &&Text| {
        let text = format!("{}\n| sort by TimeGenerated desc\n| take 10", table.value);
        let query = Object::new()
            .with("description", derived(format!("The ten newest rows of {}", table.value), table.span, RULE))
            .with("query", derived(text, table.span, RULE));
        object(query, table.span, RULE)
    };
    list(tables.iter().map(one).collect(), span, RULE)
}

fn data_types(tables: &[&Text], span: Span) -> Value {
    const RULE: &str = "default: dataTypes";
    let one = |table: &&Text| {
        let text = format!("{}\n| summarize Time = max(TimeGenerated)\n| where isnotempty(Time)", table.value);
        let ty = Object::new()
            .with("name", derived(table.value.clone(), table.span, RULE))
            .with("lastDataReceivedQuery", derived(text, table.span, RULE));
        object(ty, table.span, RULE)
    };
    list(tables.iter().map(one).collect(), span, RULE)
}

fn connectivity(span: Span) -> Value {
    const RULE: &str = "default: connectivityCriteria";
    let criterion = Object::new().with("type", derived("HasDataConnectors", span, RULE));
    list(vec![object(criterion, span, RULE)], span, RULE)
}

fn availability(connector: &model::Connector) -> Value {
    const RULE: &str = "default: availability";
    let span = connector.id.span;
    let availability = connector.availability.as_ref();
    let preview = availability.and_then(|given| given.is_preview);
    let mut body = Object::new();
    if let Some(status) = availability.and_then(|given| given.status) {
        body.set("status", Value::int(status.value, Origin::written(status.span)));
    }
    body.set(
        "isPreview",
        preview.map_or(Value::bool(false, Origin::derived(span, RULE)), |flag| {
            Value::bool(flag.value, Origin::written(flag.span))
        }),
    );
    object(body, span, RULE)
}

fn permissions(connector: &model::Connector) -> Value {
    const RULE: &str = "default: permissions";
    let span = connector.id.span;
    let given = connector.permissions.as_ref();
    let providers = match given.and_then(|given| given.resource_provider.as_ref()) {
        Some(raw) => body::raw(&raw.0),
        None => {
            let yes = || Value::bool(true, Origin::derived(span, RULE));
            let required = Object::new().with("write", yes()).with("read", yes()).with("delete", yes());
            let text = "Read, write and delete permissions on the workspace are needed.";
            let provider = Object::new()
                .with("provider", derived("Microsoft.OperationalInsights/workspaces", span, RULE))
                .with("permissionsDisplayText", derived(text, span, RULE))
                .with("providerDisplayName", derived("Workspace", span, RULE))
                .with("scope", derived("Workspace", span, RULE))
                .with("requiredPermissions", object(required, span, RULE));
            list(vec![object(provider, span, RULE)], span, RULE)
        }
    };
    let mut body = Object::new().with("resourceProvider", providers);
    let customs = given.map_or(&[][..], |given| &given.customs);
    if !customs.is_empty() {
        let one = |custom: &model::Custom| {
            let body = Object::new()
                .with("name", Value::written(&custom.name))
                .with("description", Value::written(&custom.description));
            Value::object(body, Origin::written(custom.span))
        };
        body.set("customs", list(customs.iter().map(one).collect(), span, RULE));
    }
    object(body, span, RULE)
}

/// What the derived steps are made from.
struct Page<'a> {
    connector: &'a model::Connector,
    used: &'a [String],
    inputs: &'a [Input],
    /// Whether the person signs in on the page.
    form: bool,
    span: Span,
}

const STEPS: &str = "default: instructionSteps";

impl Page<'_> {
    fn steps(&self) -> Value {
        let instructions = match &self.connector.connections {
            Some(connections) => vec![self.grid(connections), self.pane(connections)],
            None => {
                let mut instructions = self.boxes();
                instructions.push(if self.form { self.oauth_form() } else { self.toggle() });
                instructions
            }
        };
        let title = format!("Connect {} to Microsoft Sentinel", self.connector.title.value);
        let text = match &self.connector.connections {
            Some(_) => "Each row is a connection. Add one with the button below the list.",
            None => "Fill in what is asked for, then press Connect.",
        };
        let step = Object::new()
            .with("title", self.text(title))
            .with("description", self.text(text))
            .with("instructions", list(instructions, self.span, STEPS));
        list(vec![object(step, self.span, STEPS)], self.span, STEPS)
    }

    fn text(&self, text: impl Into<String>) -> Value {
        derived(text, self.span, STEPS)
    }

    fn flag(&self, value: bool) -> Value {
        Value::bool(value, Origin::derived(self.span, STEPS))
    }

    fn instruction(&self, ty: &str, parameters: Object) -> Value {
        let body = Object::new().with("type", self.text(ty)).with("parameters", object(parameters, self.span, STEPS));
        object(body, self.span, STEPS)
    }

    fn toggle(&self) -> Value {
        self.instruction(
            "ConnectionToggleButton",
            Object::new()
                .with("name", self.text("connect"))
                .with("connectLabel", self.text("Connect"))
                .with("disconnectLabel", self.text("Disconnect")),
        )
    }

    /// The form with its own boxes for id and secret; the person signs in when it is sent (shown and sent addresses:
    /// observed in every published page of this kind).
    fn oauth_form(&self) -> Value {
        let mut parameters = Object::new();
        for (key, name) in [("clientId", "ClientId"), ("clientSecret", "ClientSecret")] {
            if let Some(input) = self.inputs.iter().find(|input| input.name.value == name) {
                parameters.set(format!("{key}Label"), Value::written(&input.label));
                if let Some(placeholder) = &input.placeholder {
                    parameters.set(format!("{key}Placeholder"), Value::written(placeholder));
                }
            }
        }
        let parameters = parameters
            .with("connectButtonLabel", self.text("Connect"))
            .with("disconnectButtonLabel", self.text("Disconnect"))
            .with("showRedirectUri", self.flag(true))
            .with("sendRedirectUri", self.flag(true));
        self.instruction("OAuthForm", parameters)
    }

    fn grid(&self, connections: &model::Connections) -> Value {
        let mapping = connections.columns.0.iter().map(|(title, path)| {
            let column =
                Object::new().with("columnName", Value::written(title)).with("columnValue", Value::written(path));
            Value::object(column, Origin::written(title.span))
        });
        let mapping = list(mapping.collect(), connections.span, STEPS);
        let menu = list(vec![self.text("DeleteConnector")], self.span, STEPS);
        self.instruction("DataConnectorsGrid", Object::new().with("mapping", mapping).with("menuItems", menu))
    }

    fn pane(&self, connections: &model::Connections) -> Value {
        let label = || match &connections.add_label {
            Some(label) => Value::written(label),
            None => self.text("Add connection"),
        };
        let inner = Object::new().with("instructions", list(self.boxes(), self.span, STEPS));
        let steps = list(vec![object(inner, self.span, STEPS)], self.span, STEPS);
        self.instruction(
            "ContextPane",
            Object::new()
                .with("isPrimary", self.flag(true))
                .with("label", label())
                .with("title", label())
                .with("subtitle", Value::written(&self.connector.title))
                .with("contextPaneType", self.text("DataConnectorsContextPane"))
                .with("instructionSteps", steps),
        )
    }

    fn boxes(&self) -> Vec<Value> {
        let in_form = |input: &Input| self.form && auth::FORM.iter().any(|(_, name)| *name == input.name.value);
        let inputs = self.inputs.iter().filter(|input| self.used.contains(&input.name.value) && !in_form(input));
        inputs.map(|input| self.input_box(input)).collect()
    }

    fn input_box(&self, input: &Input) -> Value {
        let origin = Origin::derived(input.name.span, STEPS);
        let text = |text: &str| Value::text(text, origin);
        let required = Value::bool(input.required, origin);
        let placeholder = match (&input.placeholder, &input.default) {
            (Some(text), _) | (None, Some(text)) => Value::written(text),
            (None, None) => Value::written(&input.label),
        };
        let mut parameters = Object::new().with("label", Value::written(&input.label)).with("placeholder", placeholder);
        let ty = if let InputKind::Choice(options) = &input.kind {
            let option = |(key, shown): &(Text, Text)| {
                let body = Object::new().with("key", Value::written(key)).with("text", Value::written(shown));
                Value::object(body, origin)
            };
            parameters.set("name", text(&input.name.value));
            parameters.set("options", Value::array(options.iter().map(option).collect(), origin));
            parameters.set("isMultiSelect", Value::bool(false, origin));
            parameters.set("required", required);
            "Dropdown"
        } else {
            parameters.set("type", text(if input.is_secret() { "password" } else { "text" }));
            parameters.set("name", text(&input.name.value));
            parameters.set("validations", Value::object(Object::new().with("required", required), origin));
            "Textbox"
        };
        if let Some(description) = &input.description {
            parameters.set("description", Value::written(description));
        }
        let body = Object::new().with("type", text(ty)).with("parameters", Value::object(parameters, origin));
        Value::object(body, origin)
    }
}

/// Steps of the author's own have a box for every input that is used.
fn check_asked(steps: &Node, used: &[String], path: &str, context: &mut Context<'_>) {
    let mut asked = Vec::new();
    names(steps, &mut asked);
    for name in used.iter().filter(|name| !asked.contains(&name.as_str())) {
        let message = format!("the steps have no box for the input `{name}`, which the connector uses");
        let help = format!("add a Textbox with `name: {name}`, or leave `instructionSteps` out");
        context.report(&rules::UNASKED_INPUT, first_place(steps), &format!("{path}.instructionSteps"), message, help);
    }
}

/// The `name` of every instruction, however deep.
fn names<'n>(node: &'n Node, found: &mut Vec<&'n str>) {
    let is_form = node.get("type").and_then(|entry| entry.value.as_scalar()).is_some_and(|ty| ty.text == "OAuthForm");
    if is_form {
        found.extend(auth::FORM.map(|(_, name)| name));
    }
    for entry in node.entries().unwrap_or_default() {
        match entry.value.as_scalar() {
            Some(scalar) if entry.key == "name" => found.push(&scalar.text),
            _ => names(&entry.value, found),
        }
    }
    node.items().unwrap_or_default().iter().for_each(|item| names(item, found));
}

/// A grid shows what stands in the connector resource; a path that leads nowhere shows an empty column.
fn check_columns(connections: &model::Connections, connector: &str, parts: &graph::Parts, context: &mut Context<'_>) {
    for (title, column) in &connections.columns.0 {
        let path = format!("{connector}.connections.columns.{}", title.value);
        let Some(below) = column.value.strip_prefix("properties.") else {
            let message = format!("`{}` does not begin with `properties.`", column.value);
            let help = "write the path in the connector resource, as in properties.request.queryParameters.orgName";
            context.report(&rules::GRID_COLUMN, column.span, &path, message, help);
            continue;
        };
        let mut found = true;
        let mut known = Vec::new();
        for (_, properties) in &parts.pollers {
            found &= lookup(properties, below, &mut known);
        }
        if !found && !context.is_broken(connector) {
            let help = match did_you_mean(below, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `properties.{near}`?"),
                None => {
                    "send the value along, as a query parameter or in addOnAttributes, and name that path".to_owned()
                }
            };
            let message = format!("the connector resource has nothing at `{}`", column.value);
            context.report(&rules::GRID_COLUMN, column.span, &path, message, help);
        }
    }
}

fn lookup(value: &Value, path: &str, known: &mut Vec<String>) -> bool {
    collect("", value, known);
    known.iter().any(|one| one == path)
}

fn collect(prefix: &str, value: &Value, known: &mut Vec<String>) {
    if let ValueKind::Object(object) = &value.kind {
        for (name, member) in &object.members {
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            known.push(path.clone());
            collect(&path, member, known);
        }
    }
}
