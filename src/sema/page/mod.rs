//! The connector's page (`connectorUiConfig`): what the author says, and what is derived for the rest.

mod steps;
mod written;

pub use steps::Page;

use super::context::Context;
use super::poller::{auth, steps as nested};
use super::{body, identity, kind};
use crate::diag::did_you_mean;
use crate::diag::rules::{connector as rules, shape};
use crate::ir::{Input, InputKind, Object, Stream, Text, Value, graph::Symbol};
use crate::model::{self, Raw, ServiceObject};
use crate::source::{Origin, Span};
use steps::{derived, list, object};

/// Names of the inputs that the connector's texts use, in the order in which the spec declares them.
pub fn inputs(connector: &model::Connector, inputs: &[Input]) -> Vec<String> {
    let mut used = Vec::new();
    let mut note = |template: &model::Template| used.extend(template.inputs().map(|name| name.value.clone()));
    own(connector).for_each(|object| object.for_each_template(&mut note));
    step_objects(connector).for_each(|(_, object)| object.for_each_template(&mut note));
    let add_on = connector.pollers.iter().map(|poller| &poller.add_on_attributes).chain([&connector.add_on_attributes]);
    add_on.flatten().flat_map(|map| &map.0).for_each(|(_, template)| note(template));
    used.extend(connector.pollers.iter().filter_map(|poller| Some(poller.condition.as_ref()?.input.value.clone())));
    let brought = kind::of(connector.kind.value).inputs(connector);
    // The page has no box for an application: its button makes one.
    let asked = brought.iter().filter(|input| !matches!(input.kind, InputKind::Application(_)));
    used.extend(asked.map(|input| input.name.value.clone()));
    inputs.iter().map(|input| input.name.value.clone()).filter(|name| used.contains(name)).collect()
}

/// What the connections have of their own, as it is written.
fn own(connector: &model::Connector) -> impl Iterator<Item = &ServiceObject> {
    connector.pollers.iter().map(|poller| &poller.own).chain([&connector.own])
}

/// The service objects of all steps by their keys.
fn step_objects(connector: &model::Connector) -> impl Iterator<Item = (&'static str, &ServiceObject)> {
    let nestings = connector.pollers.iter().map(|poller| &poller.nesting).chain([&connector.nesting]);
    nestings.flat_map(|nesting| &nesting.steps.0).flat_map(|(_, step)| nested::objects(step))
}

/// Whether someone signs in on the page.
fn has_form(connector: &model::Connector) -> bool {
    let of_steps = step_objects(connector).filter(|(key, _)| *key == "auth").map(|(_, object)| object);
    own(connector).filter_map(|own| own.object("auth")).chain(of_steps).any(auth::needs_form)
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
    bodies: &[(Symbol, Value)],
    context: &mut Context<'_>,
) -> Value {
    let span = connector.id.span;
    let mut tables: Vec<&Text> = Vec::new();
    for stream in streams {
        if !tables.iter().any(|table| table.value == stream.table.value) {
            tables.push(&stream.table);
        }
    }
    let meaning = kind::of(connector.kind.value);
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
    config
        .set("connectivityCriteria", given(&connector.connectivity_criteria, &|| meaning.connectivity(&tables, span)));
    config.set("availability", availability(connector));
    config.set("permissions", permissions(connector));
    let form = has_form(connector);
    let page = Page { connector, used, inputs, streams, form, span };
    config.set("instructionSteps", given(&connector.instruction_steps, &|| page.list(meaning.steps(&page))));
    body::add_unchecked(&mut config, &connector.unchecked, path, context);
    if let Some(connections) = &connector.connections {
        check_columns(connections, path, bodies, context);
        if !meaning.lists_connections() {
            let message = format!("the page of a {} connector has no list of connections", connector.kind.value.name());
            let help = "leave `connections` out: how such a connector is connected, the portal shows by itself";
            let path = format!("{path}.connections");
            context.report(&shape::CONFLICTING_KEYS, connections.span, &path, message, help);
        }
        if form {
            let message = "the sign-in form does not stand in the pane that adds a connection";
            let help = "leave `connections` out: with `grantType: authorization_code` a page has one connection (observed: no published form stands in a pane)";
            let path = format!("{path}.connections");
            context.report(&shape::CONFLICTING_KEYS, connections.span, &path, message, help);
        }
    }
    if let Some(known) = meaning.asks_only() {
        check_asks_only(connector, known, used, path, context);
    } else if let Some(steps) = &connector.instruction_steps {
        written::check(&steps.0, used, inputs, path, context);
    }
    Value::object(config, Origin::derived(span, "connector page"))
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

/// One criterion of connectivity; without queries, where its type alone says it.
pub fn criterion(ty: &str, queries: Vec<String>, span: Span) -> Value {
    const RULE: &str = "default: connectivityCriteria";
    let mut criterion = Object::new().with("type", derived(ty, span, RULE));
    if !queries.is_empty() {
        let queries = queries.into_iter().map(|query| derived(query, span, RULE)).collect();
        criterion.set("value", list(queries, span, RULE));
    }
    list(vec![object(criterion, span, RULE)], span, RULE)
}

fn availability(connector: &model::Connector) -> Value {
    const RULE: &str = "default: availability";
    let span = connector.id.span;
    let mut body = Object::new();
    match &connector.availability {
        Some(given) => {
            if let Some(status) = given.status {
                body.set("status", Value::int(status.value, Origin::written(status.span)));
            }
            if let Some(flag) = given.is_preview {
                body.set("isPreview", Value::bool(flag.value, Origin::written(flag.span)));
            }
        }
        None => {
            body.set("isPreview", Value::bool(false, Origin::derived(span, RULE)));
        }
    }
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

/// A page without boxes cannot ask for what the connector uses beside it.
fn check_asks_only(
    connector: &model::Connector,
    known: &[&str],
    used: &[String],
    path: &str,
    context: &mut Context<'_>,
) {
    for name in used.iter().filter(|name| !known.iter().any(|one| one.eq_ignore_ascii_case(name))) {
        let kind = connector.kind.value.name();
        let message =
            format!("the page of a {kind} connector has no box for the input `{name}`, which the connector uses");
        let help = match known {
            [] => "write the value itself".to_owned(),
            known => format!("write the value itself; the page gives {}", known.join(", ")),
        };
        context.report(&rules::UNASKED_INPUT, connector.kind.span, path, message, help);
    }
}

/// A grid shows what stands in the connector resource; a path that leads nowhere shows an empty column.
fn check_columns(
    connections: &model::Connections,
    connector: &str,
    bodies: &[(Symbol, Value)],
    context: &mut Context<'_>,
) {
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
        for (_, properties) in bodies {
            let paths = identity::paths(properties);
            found &= paths.iter().any(|(path, _)| path == below);
            known.extend(paths.into_iter().map(|(path, _)| path));
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
