//! Connections of a connector: what stands at the connector is shared, what one of several says wins; then the companions
//! that the service asks for, and the body. What only one kind of connector means is in [`kind`](super::kind).

pub mod auth;
pub mod check;
pub mod paging;
pub mod request;
pub mod steps;
mod time_format;

use super::connector::Symbols;
use super::context::Context;
use super::kind::{self, Meaning};
use super::{body, graph, ids};
use crate::diag::rules::{connector as rules, shape};
use crate::ir::graph::Symbol;
use crate::ir::{Chosen, Expr, Input, InputKind, Object, Poller, Stream, Text, Value};
use crate::model::{self, Map, Nesting, ServiceObject, Template, Unchecked};
use crate::source::{Origin, Spanned};
use std::borrow::Cow;

/// One connection as the author means it: the shared parts filled in.
pub struct Effective<'a> {
    pub name: Text,
    /// From its id and the connector's, whatever its name is.
    pub symbol: Symbol,
    pub path: String,
    /// What its kind has of its own.
    pub own: ServiceObject,
    data_type: Option<&'a Text>,
    pub add_on: Vec<(&'a Text, &'a Template)>,
    is_active: Option<Spanned<bool>>,
    stream: Option<&'a Text>,
    condition: Option<&'a model::Condition>,
    pub nesting: Cow<'a, Nesting>,
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
    let meaning = kind::of(connector.kind.value);
    let mut pollers = Vec::new();
    for effective in effective(connector, path, context) {
        let Some(stream) = stream_of(&effective, connector, streams, context) else { continue };
        check(&effective, meaning, inputs, context);
        let mut properties = properties(&effective, meaning, definition, symbols, stream, inputs, context);
        let symbol = effective.symbol.clone();
        pollers.push(Poller {
            name: effective.name.clone(),
            kind: connector.kind.value.name(),
            symbol: symbol.clone(),
            stream: stream.name.clone(),
            condition: effective.condition.and_then(|condition| chosen(condition, &effective.path, inputs, context)),
            window: meaning.window(&effective),
        });
        let body = properties.as_object_mut();
        parts.nested.extend(body.and_then(|body| meaning.nested(&effective, body)));
        parts.pollers.push((symbol, properties));
    }
    pollers
}

fn effective<'a>(connector: &'a model::Connector, path: &str, context: &mut Context<'_>) -> Vec<Effective<'a>> {
    let shared_add_on = add_on(&connector.add_on_attributes);
    if connector.pollers.is_empty() {
        let base = connector.id.clone();
        return vec![Effective {
            name: name(connector.data_connector.as_ref(), &base, path, context),
            symbol: context.symbol("poller", &base.value),
            path: path.to_owned(),
            own: connector.own.clone(),
            data_type: connector.data_type.as_ref(),
            add_on: shared_add_on,
            is_active: connector.is_active,
            stream: None,
            condition: None,
            nesting: Cow::Borrowed(&connector.nesting),
            unchecked: Unchecked::default(),
        }];
    }
    if let Some(name) = &connector.data_connector {
        let message = format!("several pollers cannot all be called `{}`", name.value);
        let help = "write `dataConnector` in each poller, or leave it out";
        context.report(&shape::DUPLICATE_NAME, name.span, &format!("{path}.dataConnector"), message, help);
    }
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
        let base = poller.id.as_ref().map(|id| format!("{}{}", connector.id.value, ids::pascal_case(id)));
        list.push(Effective {
            name: name(poller.data_connector.as_ref(), &base, &path, context),
            symbol: context.symbol("poller", &base.value),
            path,
            own: poller.own.clone().over_parts(&connector.own),
            data_type: poller.data_type.as_ref().or(connector.data_type.as_ref()),
            add_on: add_on_attributes,
            is_active: poller.is_active.or(connector.is_active),
            stream: poller.stream.as_ref(),
            condition: poller.condition.as_ref(),
            nesting: Cow::Owned(nesting(&poller.nesting, &connector.nesting)),
            unchecked: poller.unchecked.clone(),
        });
    }
    list
}

/// The name of a connection's resource. Microsoft's packager puts a value behind it that is made at each connection.
fn name(given: Option<&Text>, base: &Text, path: &str, context: &mut Context<'_>) -> Text {
    let Some(given) = given else { return base.as_ref().map(|base| format!("{base}Poller")) };
    let sound = given.value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && given.value.ends_with(|c: char| c.is_ascii_alphanumeric())
        && given.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_. ".contains(&b));
    if !sound {
        let message = format!("`{}` cannot be the name of a connection", given.value);
        let help = "use letters, digits, hyphens, underscores, dots and blanks, a letter or digit first and last";
        context.report(&rules::CONNECTOR_ID, given.span, &format!("{path}.dataConnector"), message, help);
    }
    given.clone()
}

/// What a poller says of its steps, and what the connector says for the rest.
fn nesting(own: &Nesting, shared: &Nesting) -> Nesting {
    Nesting {
        span: own.span,
        info: own.info.clone().or_else(|| shared.info.clone()),
        steps: if own.steps.0.is_empty() { shared.steps.clone() } else { own.steps.clone() },
        should_join: own.should_join.or(shared.should_join),
        joined_name: own.joined_name.clone().or_else(|| shared.joined_name.clone()),
        extra: own.extra.clone().or_else(|| shared.extra.clone()),
    }
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
            let found = streams.iter().find(|stream| stream.name.value == full || stream.name.value == name.value);
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

fn check(poller: &Effective<'_>, meaning: &dyn Meaning, inputs: &[Input], context: &mut Context<'_>) {
    let own = &poller.own;
    if !context.is_broken(poller.connector()) {
        check::demands(own, &poller.path, context);
    }
    for field in own.spec.fields.iter().filter(|field| field.required && own.get(field.name).is_none()) {
        if !context.is_broken(poller.connector()) {
            let (key, kind) = (field.name, own.spec.title);
            let message = format!("`{}` has no `{key}`, which a connection of kind {kind} needs", poller.name.value);
            let help = format!("add `{key}` to the connector, or to each poller: {}", field.doc.trim_end_matches('.'));
            context.report(&shape::MISSING_KEY, poller.name.span, &poller.path, message, help);
        }
    }
    check::members(own, &poller.path, false, inputs, context);
    meaning.check(poller, inputs, context);
    for (_, template) in &poller.add_on {
        check::refuse_secret(template, inputs, &poller.path, context);
    }
}

fn properties(
    poller: &Effective<'_>,
    meaning: &dyn Meaning,
    definition: &Text,
    symbols: &Symbols,
    stream: &Stream,
    inputs: &[Input],
    context: &mut Context<'_>,
) -> Value {
    let name = Origin::derived(poller.name.span, "poller");
    let mut body = Object::new();
    body.set("connectorDefinitionName", Value::text(definition.value.clone(), name));
    let table = meaning.says_data_type().then(|| Value::written(&stream.table));
    if let Some(data_type) = poller.data_type.map(Value::written).or(table) {
        body.set("dataType", data_type);
    }
    let dcr = Object::new()
        .with("streamName", Value::written(&stream.name))
        .with("dataCollectionEndpoint", Value::expr(Expr::IngestionEndpoint(symbols.endpoint.clone()), name))
        .with("dataCollectionRuleImmutableId", Value::expr(Expr::ImmutableId(symbols.rule.clone()), name));
    body.set("dcrConfig", Value::object(dcr, name));
    body::members(&poller.own, &mut body, &poller.path, inputs, context);
    if !poller.add_on.is_empty() {
        let mut attributes = Object::new();
        for (key, template) in &poller.add_on {
            attributes.set(key.value.clone(), body::template(template, inputs, context));
        }
        body.set("addOnAttributes", Value::object(attributes, name));
    }
    meaning.complete(poller, stream, &mut body, inputs, context);
    if let Some(flag) = poller.is_active {
        body.set("isActive", Value::bool(flag.value, Origin::written(flag.span)));
    }
    body::add_unchecked(&mut body, &poller.unchecked, &poller.path, context);
    Value::object(body, name)
}
