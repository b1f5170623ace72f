//! Pollers of a connector: what stands at the connector is shared, what a poller says wins; then the companions that the
//! service asks for, and the body.

pub mod auth;
mod check;
mod paging;
mod request;
pub mod steps;
mod time_format;

use super::connector::Symbols;
use super::context::Context;
use super::{body, graph, ids};
use crate::diag::rules::{connector as rules, shape};
use crate::ir::{Chosen, Expr, Input, InputKind, Object, Poller, Stream, Text, Value};
use crate::model::{self, Hole, Map, ServiceObject, Template, Unchecked};
use crate::source::{Origin, Spanned};

/// Minutes of a window when none is said (documented).
const DEFAULT_WINDOW: i64 = 5;

/// One poller as the author means it: the shared parts filled in.
struct Effective<'a> {
    name: Text,
    path: String,
    auth: Option<ServiceObject>,
    request: Option<ServiceObject>,
    response: Option<ServiceObject>,
    paging: Option<ServiceObject>,
    data_type: Option<&'a Text>,
    add_on: Vec<(&'a Text, &'a Template)>,
    is_active: Option<Spanned<bool>>,
    stream: Option<&'a Text>,
    condition: Option<&'a model::Condition>,
    nesting: steps::Nesting<'a>,
    unchecked: Unchecked,
}

impl Effective<'_> {
    /// The path of the connector: the poller's own, or the one around it.
    fn connector(&self) -> &str {
        self.path.split('.').next().unwrap_or_default()
    }
}

#[expect(clippy::too_many_arguments, reason = "one call, all of a connector's context")]
pub fn resolve_all(
    connector: &model::Connector,
    path: &str,
    definition: &Text,
    symbols: &Symbols,
    streams: &[Stream],
    inputs: &[Input],
    parts: &mut graph::Parts,
    context: &mut Context<'_>,
) -> Vec<Poller> {
    context.unique("pollers", path, connector.pollers.iter().map(|poller| &poller.id));
    let mut pollers = Vec::new();
    for effective in effective(connector, path, context) {
        let Some(stream) = stream_of(&effective, connector, streams, context) else { continue };
        check(&effective, inputs, context);
        let properties = properties(&effective, definition, symbols, stream, inputs, context);
        let symbol = ids::symbol("poller", effective.name.value.trim_end_matches("Poller"));
        let minutes = |key: &str| {
            let request = effective.request.as_ref()?;
            request.int(key).zip(request.get(key)).map(|(value, member)| Spanned::new(value, member.value.span()))
        };
        let window = minutes("queryWindowInMin");
        pollers.push(Poller {
            name: effective.name.clone(),
            symbol: symbol.clone(),
            stream: stream.name.clone(),
            condition: effective.condition.and_then(|condition| chosen(condition, &effective.path, inputs, context)),
            query_window_in_min: window.unwrap_or(Spanned::new(DEFAULT_WINDOW, effective.name.span)),
            query_window_delay_in_min: minutes("queryWindowDelayInMin").map_or(0, |delay| delay.value),
        });
        parts.pollers.push((symbol, properties));
    }
    pollers
}

fn effective<'a>(connector: &'a model::Connector, path: &str, context: &mut Context<'_>) -> Vec<Effective<'a>> {
    let flat = |hole: &Option<ServiceObject>| hole.clone();
    let auth = hole(&connector.auth, |auth: &model::Auth| auth.0.clone());
    let request = hole(&connector.request, |request: &model::Request| request.0.clone());
    let response = hole(&connector.response, |response: &model::Response| response.0.clone());
    let paging = hole(&connector.paging, |paging: &model::Paging| paging.0.clone());
    let shared_add_on = add_on(&connector.add_on_attributes);
    if connector.pollers.is_empty() {
        return vec![Effective {
            name: connector.id.as_ref().map(|id| format!("{id}Poller")),
            path: path.to_owned(),
            auth,
            request,
            response,
            paging,
            data_type: connector.data_type.as_ref(),
            add_on: shared_add_on,
            is_active: connector.is_active,
            stream: None,
            condition: None,
            nesting: steps::Nesting {
                info: connector.step_info.as_ref(),
                configs: &connector.steps,
                should_join: connector.should_join,
                joined_name: connector.joined_name.as_ref(),
                extra: connector.extra.as_ref(),
            },
            unchecked: Unchecked::default(),
        }];
    }
    let merge = |own: Option<ServiceObject>, base: &Option<ServiceObject>| match (own, base) {
        (Some(own), Some(base)) => Some(own.over(base)),
        (own, base) => own.or_else(|| base.clone()),
    };
    let mut list = Vec::new();
    for (i, poller) in connector.pollers.iter().enumerate() {
        let path = format!("{path}.pollers[{i}]");
        if !poller.id.value.bytes().all(|b| b.is_ascii_alphanumeric()) || poller.id.value.is_empty() {
            let message = format!("`{}` cannot be the id of a poller", poller.id.value);
            context.report(&rules::CONNECTOR_ID, poller.id.span, &path, message, "use letters and digits");
        }
        let mut add_on_attributes = add_on(&poller.add_on_attributes);
        for shared in &shared_add_on {
            if !add_on_attributes.iter().any(|(name, _)| name.value == shared.0.value) {
                add_on_attributes.push(*shared);
            }
        }
        list.push(Effective {
            name: poller.id.as_ref().map(|id| format!("{}{}Poller", connector.id.value, ids::pascal_case(id))),
            path,
            auth: hole(&poller.auth, |auth: &model::Auth| auth.0.clone()).or_else(|| flat(&auth)),
            request: merge(hole(&poller.request, |request: &model::Request| request.0.clone()), &request),
            response: merge(hole(&poller.response, |response: &model::Response| response.0.clone()), &response),
            paging: hole(&poller.paging, |paging: &model::Paging| paging.0.clone()).or_else(|| flat(&paging)),
            data_type: poller.data_type.as_ref().or(connector.data_type.as_ref()),
            add_on: add_on_attributes,
            is_active: poller.is_active.or(connector.is_active),
            stream: poller.stream.as_ref(),
            condition: poller.condition.as_ref(),
            nesting: steps::Nesting {
                info: poller.step_info.as_ref().or(connector.step_info.as_ref()),
                configs: if poller.steps.0.is_empty() { &connector.steps } else { &poller.steps },
                should_join: poller.should_join.or(connector.should_join),
                joined_name: poller.joined_name.as_ref().or(connector.joined_name.as_ref()),
                extra: poller.extra.as_ref().or(connector.extra.as_ref()),
            },
            unchecked: poller.unchecked.clone(),
        });
    }
    list
}

fn hole<T>(hole: &Option<Hole<T>>, f: impl FnOnce(&T) -> ServiceObject) -> Option<ServiceObject> {
    hole.as_ref().and_then(|hole| hole.0.as_ref()).map(f)
}

fn add_on(map: &Option<Map<Template>>) -> Vec<(&Text, &Template)> {
    map.as_ref().map_or(Vec::new(), |map| map.0.iter().map(|(name, value)| (name, value)).collect())
}

fn stream_of<'s>(
    poller: &Effective<'_>,
    connector: &model::Connector,
    streams: &'s [Stream],
    context: &mut Context<'_>,
) -> Option<&'s Stream> {
    match (poller.stream, streams) {
        (Some(name), _) => {
            let full = format!("Custom-{}", name.value.trim_start_matches("Custom-"));
            let found = streams.iter().find(|stream| stream.name.value == full);
            if found.is_none() {
                let known: Vec<&str> = streams.iter().map(|s| s.name.value.trim_start_matches("Custom-")).collect();
                context.unknown_name("stream", poller.connector(), name, &format!("{}.stream", poller.path), &known);
            }
            found
        }
        (None, [only]) => Some(only),
        (None, []) => None,
        (None, _) => {
            let message = format!("`{}` does not say which of the streams its events go to", poller.name.value);
            let help = "add `stream:` with the name of one to each poller";
            context.report(&shape::MISSING_KEY, connector.id.span, &poller.path, message, help);
            None
        }
    }
}

/// The option that a poller is made for, if there is such a one.
fn chosen(condition: &model::Condition, path: &str, inputs: &[Input], context: &mut Context<'_>) -> Option<Chosen> {
    let known = |input: &&Input| matches!(input.kind, InputKind::Choice(_));
    let Some(input) = inputs.iter().find(|input| input.name.value == condition.input.value) else {
        let names: Vec<&str> = inputs.iter().filter(known).map(|input| input.name.value.as_str()).collect();
        context.unknown_name("input", "inputs", &condition.input, &format!("{path}.condition.input"), &names);
        return None;
    };
    context.used_inputs.insert(input.name.value.clone());
    let InputKind::Choice(options) = &input.kind else {
        let message = format!("`{}` is no choice: it has no `options`", input.name.value);
        let help = format!("give the input `{}` options, or name one that has some", input.name.value);
        let path = format!("{path}.condition.input");
        context.report(&rules::MISSING_COMPANION, condition.input.span, &path, message, help);
        return None;
    };
    if !options.iter().any(|(key, _)| key.value == condition.equals.value) {
        let keys: Vec<&str> = options.iter().map(|(key, _)| key.value.as_str()).collect();
        let place = format!("inputs.{}", input.name.value);
        context.unknown_name("option", &place, &condition.equals, &format!("{path}.condition.equals"), &keys);
    }
    Some(Chosen { input: condition.input.clone(), option: condition.equals.clone() })
}

fn check(poller: &Effective<'_>, inputs: &[Input], context: &mut Context<'_>) {
    let at = |key: &str| format!("{}.{key}", poller.path);
    let parts = [
        ("auth", &poller.auth),
        ("request", &poller.request),
        ("response", &poller.response),
        ("paging", &poller.paging),
    ];
    for (key, part) in parts {
        match part {
            Some(object) => check::object(object, &at(key), false, inputs, context),
            None if key == "paging" || context.is_broken(poller.connector()) => {}
            None => {
                let message = format!("`{}` has no `{key}`", poller.name.value);
                let help = format!("add `{key}` to the connector, or to each poller");
                context.report(&shape::MISSING_KEY, poller.name.span, &poller.path, message, help);
            }
        }
    }
    if let Some(auth) = &poller.auth {
        auth::check(auth, poller.request.as_ref(), false, inputs, &at("auth"), context);
    }
    if let Some(request) = &poller.request {
        request::check(request, &at("request"), context);
    }
    if let Some(paging) = &poller.paging {
        paging::check(paging, poller.request.as_ref(), &at("paging"), context);
    }
    for (_, template) in &poller.add_on {
        check::refuse_secret(template, inputs, &poller.path, context);
    }
    steps::check(&poller.nesting, &poller.add_on, &poller.path, inputs, context);
}

fn properties(
    poller: &Effective<'_>,
    definition: &Text,
    symbols: &Symbols,
    stream: &Stream,
    inputs: &[Input],
    context: &mut Context<'_>,
) -> Value {
    let name = Origin::derived(poller.name.span, "poller");
    let at = |key: &str| format!("{}.{key}", poller.path);
    let mut body = Object::new();
    body.set("connectorDefinitionName", Value::text(definition.value.clone(), name));
    body.set("dataType", poller.data_type.map_or_else(|| Value::written(&stream.table), Value::written));
    let dcr = Object::new()
        .with("streamName", Value::written(&stream.name))
        .with("dataCollectionEndpoint", Value::expr(Expr::IngestionEndpoint(symbols.endpoint.clone()), name))
        .with("dataCollectionRuleImmutableId", Value::expr(Expr::ImmutableId(symbols.rule.clone()), name));
    body.set("dcrConfig", Value::object(dcr, name));
    for (key, part) in [
        ("auth", &poller.auth),
        ("request", &poller.request),
        ("response", &poller.response),
        ("paging", &poller.paging),
    ] {
        if let Some(object) = part {
            let mut value = body::service_object(object, &at(key), inputs, context);
            if key == "auth" {
                auth::complete(object, &mut value);
            }
            body.set(key, value);
        }
    }
    if !poller.add_on.is_empty() {
        let mut attributes = Object::new();
        for (key, template) in &poller.add_on {
            attributes.set(key.value.clone(), body::template(template, inputs, context));
        }
        body.set("addOnAttributes", Value::object(attributes, name));
    }
    steps::complete(&poller.nesting, &mut body, &poller.path, inputs, context);
    let active =
        poller.is_active.map_or(Value::bool(true, Origin::derived(poller.name.span, "default: isActive")), |flag| {
            Value::bool(flag.value, Origin::written(flag.span))
        });
    body.set("isActive", active);
    body::add_unchecked(&mut body, &poller.unchecked, &poller.path, context);
    Value::object(body, name)
}
