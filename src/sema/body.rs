//! Bodies of resources from what the author wrote: service objects, unchecked members, whole resources.

use super::context::Context;
use crate::arm::{self, parse::Written};
use crate::diag::rules::{shape, solution as rules};
use crate::ir::{Expr, Input, Object, RawResource, Stage, Value, ValueKind};
use crate::model::{self, Part, ServiceObject, Template, Tree, Unchecked};
use crate::source::{Origin, Span, Spanned, UNCHECKED};
use crate::syntax::{Node, NodeKind, Plain};

/// A service object as JSON, inputs as expressions.
pub fn service_object(object: &ServiceObject, path: &str, inputs: &[Input], context: &mut Context<'_>) -> Value {
    let mut body = Object::new();
    members(object, &mut body, path, inputs, context);
    for (key, value) in &object.unchecked {
        report_unchecked(key, path, context);
        let mut value = tree(value, path, inputs, context);
        mark(&mut value);
        body.set(key.value.clone(), value);
    }
    Value::object(body, Origin::written(object.span))
}

/// Adds the members of a service object, but for the unchecked ones.
pub fn members(object: &ServiceObject, body: &mut Object, path: &str, inputs: &[Input], context: &mut Context<'_>) {
    for member in &object.members {
        let path = format!("{path}.{}", member.field.name);
        body.set(member.field.emitted, tree(&member.value, &path, inputs, context));
    }
}

fn tree(value: &Tree, path: &str, inputs: &[Input], context: &mut Context<'_>) -> Value {
    match value {
        Tree::Null(span) => Value::new(ValueKind::Null, Origin::written(*span)),
        Tree::Bool(flag) => Value::bool(flag.value, Origin::written(flag.span)),
        Tree::Int(number) => Value::int(number.value, Origin::written(number.span)),
        Tree::Real(number) => Value::new(ValueKind::Real(number.value), Origin::written(number.span)),
        Tree::Text(text) => template(text, inputs, context),
        Tree::Object(object) => service_object(object, path, inputs, context),
        Tree::List(items, span) => {
            let items = items.iter().map(|item| tree(item, path, inputs, context)).collect();
            Value::array(items, Origin::written(*span))
        }
        Tree::Map(items, span) => {
            let mut body = Object::new();
            for (key, item) in items {
                body.set(key.value.clone(), tree(item, path, inputs, context));
            }
            Value::object(body, Origin::written(*span))
        }
    }
}

/// A text with inputs: literal if it has none, else an expression.
pub fn template(text: &Template, inputs: &[Input], context: &mut Context<'_>) -> Value {
    let origin = Origin::written(text.span);
    if let Some(literal) = text.literal() {
        return Value::text(literal, origin);
    }
    let known: Vec<&str> = inputs.iter().map(|input| input.name.value.as_str()).collect();
    let mut parts = Vec::with_capacity(text.parts.len());
    for part in &text.parts {
        match part {
            Part::Text(text) => parts.push(Expr::Text(text.clone())),
            Part::Input(name) if known.contains(&name.value.as_str()) => {
                context.used_inputs.insert(name.value.clone());
                parts.push(Expr::Input(name.value.clone()));
            }
            Part::Input(name) => {
                context.unknown_name("input", "inputs", name, "", &known);
            }
        }
    }
    match <[Expr; 1]>::try_from(parts) {
        Ok([single]) => Value::expr(single, origin),
        Err(parts) => Value::expr(Expr::Concat(parts), origin),
    }
}

/// Adds what stands under `unchecked:` to an object, and reports it.
pub fn add_unchecked(body: &mut Object, unchecked: &Unchecked, path: &str, context: &mut Context<'_>) {
    for (key, node) in &unchecked.0 {
        report_unchecked(key, path, context);
        let mut value = raw(node);
        mark(&mut value);
        body.set(key.value.clone(), value);
    }
}

fn report_unchecked(key: &Spanned<String>, path: &str, context: &mut Context<'_>) {
    let path = format!("{path}.unchecked.{}", key.value);
    let message = format!("`{}` is passed on without a check", key.value);
    context.report(&shape::UNCHECKED, key.span, &path, message, "leave it, if it is meant");
    context.unchecked.push(Spanned::new(path, key.span));
}

fn mark(value: &mut Value) {
    value.origin.rule = Some(UNCHECKED);
    match &mut value.kind {
        ValueKind::Array(items) => items.iter_mut().for_each(mark),
        ValueKind::Object(object) => object.members.iter_mut().for_each(|(_, value)| mark(value)),
        _ => {}
    }
}

/// Any YAML as a value.
pub fn raw(node: &Node) -> Value {
    let kind = match &node.kind {
        NodeKind::Null => ValueKind::Null,
        NodeKind::Scalar(scalar) => match scalar.plain() {
            Plain::Bool(value) => ValueKind::Bool(value),
            Plain::Int(value) => ValueKind::Int(value),
            Plain::Real(value) => ValueKind::Real(value),
            Plain::Text => ValueKind::Text(scalar.text.clone()),
        },
        NodeKind::Sequence(items) => ValueKind::Array(items.iter().map(raw).collect()),
        NodeKind::Mapping(entries) => {
            let members = entries.iter().map(|entry| (entry.key.clone(), raw(&entry.value))).collect();
            ValueKind::Object(Object { members })
        }
    };
    Value::new(kind, Origin::written(node.span))
}

/// `resources:`, each parsed and reported.
pub fn resources(resources: &[model::Resource], has_connectors: bool, context: &mut Context<'_>) -> Vec<RawResource> {
    let mut resolved = Vec::new();
    for (i, resource) in resources.iter().enumerate() {
        let path = format!("resources[{i}]");
        let stage = match resource.stage.value.as_str() {
            "deploy" => Some(Stage::Deploy),
            "install" => Some(Stage::Install),
            "connect" => Some(Stage::Connect),
            other => {
                let message = format!("`{other}` is not a stage");
                let help = "write deploy, install or connect";
                context.report(&shape::UNKNOWN_VALUE, resource.stage.span, &format!("{path}.stage"), message, help);
                None
            }
        };
        if stage == Some(Stage::Connect) && !has_connectors {
            let message = "nothing is connected in a solution without a connector";
            let help = "write `stage: install` or `stage: deploy`";
            context.report(&rules::NOTHING_TO_CONNECT, resource.stage.span, &path, message, help);
        }
        let mut body = raw(&resource.resource.0);
        parse_expressions(&mut body, &path, context);
        mark(&mut body);
        check_resource(&body, resource.stage.span, &path, context);
        let message = "this resource is passed on without a check";
        context.report(&shape::UNCHECKED, resource.stage.span, &path, message, "leave it, if it is meant");
        context.unchecked.push(Spanned::new(path, resource.stage.span));
        resolved.extend(stage.map(|stage| RawResource { stage, body }));
    }
    resolved
}

fn check_resource(body: &Value, span: Span, path: &str, context: &mut Context<'_>) {
    for key in ["type", "apiVersion", "name"] {
        if body.get(key).is_none() {
            let message = format!("the resource has no `{key}`");
            context.report(&shape::MISSING_KEY, span, path, message, format!("add `{key}`"));
        }
    }
}

/// Texts in brackets are ARM expressions.
fn parse_expressions(value: &mut Value, path: &str, context: &mut Context<'_>) {
    match &mut value.kind {
        ValueKind::Text(text) => match arm::parse::string(text) {
            Ok(Written::Expr(expr)) => value.kind = ValueKind::Expr(Expr::Raw(expr)),
            Ok(Written::Literal(literal)) => *text = literal,
            Err(error) => {
                let message = format!("this ARM expression cannot be read: {error}");
                let help = "correct it; a text in brackets that is no expression begins with `[[`";
                context.report(&rules::BAD_EXPRESSION, value.origin.span, path, message, help);
            }
        },
        ValueKind::Array(items) => items.iter_mut().for_each(|item| parse_expressions(item, path, context)),
        ValueKind::Object(object) => {
            object.members.iter_mut().for_each(|(_, item)| parse_expressions(item, path, context));
        }
        _ => {}
    }
}
