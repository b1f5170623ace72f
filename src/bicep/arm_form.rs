//! What the Bicep compiler writes into the ARM template for an expression (compilers from 0.40 on, templates without
//! symbolic names).

use super::{Expr, Operator, Piece};
use crate::arm;
use std::collections::BTreeMap;

/// What a declared name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Parameter,
    Variable,
    Resource {
        ty: String,
        api_version: String,
        /// The resource id, as an ARM expression.
        id: arm::Expr,
        /// The last segment of the name.
        name: Expr,
    },
}

/// All declared names of a file. A name that is not in here is printed as a variable.
pub type Meanings = BTreeMap<String, Meaning>;

/// The JSON value for an expression: literals, arrays and objects are JSON, all else is `[…]`.
pub fn value(expr: &Expr, names: &Meanings) -> arm::Value {
    match expr {
        Expr::Null => arm::Value::Null,
        Expr::Bool(b) => arm::Value::Bool(*b),
        Expr::Int(n) => arm::Value::Int(*n),
        Expr::Array(items) => arm::Value::Array(items.iter().map(|item| value(item, names).into()).collect()),
        Expr::Object(members) if members.iter().all(|(key, _)| matches!(key, Expr::Text(_))) => {
            let mut object = arm::Object::new();
            for (key, member) in members {
                if let Expr::Text(key) = key {
                    object.set(key, value(member, names).into());
                }
            }
            arm::Value::Object(object)
        }
        other => match expression(other, names) {
            arm::Expr::Text(text) => arm::Value::Text(text),
            arm::Expr::Int(n) => arm::Value::Int(n),
            expr => expr.into(),
        },
    }
}

/// The ARM expression for an expression.
pub fn expression(expr: &Expr, names: &Meanings) -> arm::Expr {
    let call = |name: &str, arguments: &[&Expr]| arm::Expr::call(name, arguments.iter().map(|a| expression(a, names)));
    match expr {
        Expr::Null => call("null", &[]),
        Expr::Bool(true) => call("true", &[]),
        Expr::Bool(false) => call("false", &[]),
        // Numbers in expressions have 32 bits.
        Expr::Int(n) if i32::try_from(*n).is_err() => arm::Expr::call("json", [arm::Expr::text(n.to_string())]),
        Expr::Int(n) => arm::Expr::Int(*n),
        Expr::Text(text) => arm::Expr::text(text),
        Expr::Interpolation(pieces) => format(pieces, names),
        Expr::Array(items) => call("createArray", &items.iter().collect::<Vec<_>>()),
        Expr::Object(members) => call("createObject", &members.iter().flat_map(|(k, v)| [k, v]).collect::<Vec<_>>()),
        Expr::Name(name) => match names.get(name) {
            Some(Meaning::Parameter) => arm::Expr::parameter(name),
            Some(Meaning::Resource { id, api_version, .. }) => reference(id, api_version, true),
            Some(Meaning::Variable) | None => arm::Expr::variable(name),
        },
        Expr::Call(name, arguments) => call(name, &arguments.iter().collect::<Vec<_>>()),
        Expr::Member(target, name) => member(target, name, names),
        Expr::Index(target, index) => match (expression(target, names), expression(index, names)) {
            (target, arm::Expr::Text(name)) => accessible(target).member(name),
            (target, index) => accessible(target).index(index),
        },
        Expr::Not(inner) => call("not", &[inner]),
        Expr::Binary(Operator::NotEqual, left, right) => arm::Expr::call("not", [call("equals", &[left, right])]),
        Expr::Binary(operator, left, right) => call(operator.names().1, &[left, right]),
        Expr::Ternary(condition, yes, no) => call("if", &[condition, yes, no]),
    }
}

fn format(pieces: &[Piece], names: &Meanings) -> arm::Expr {
    let mut text = String::new();
    let mut arguments = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push_str(&part.replace('{', "{{").replace('}', "}}")),
            Piece::Expr(expr) => {
                text.push_str(&format!("{{{}}}", arguments.len()));
                arguments.push(expression(expr, names));
            }
        }
    }
    arm::Expr::call("format", std::iter::once(arm::Expr::Text(text)).chain(arguments))
}

fn member(target: &Expr, name: &str, names: &Meanings) -> arm::Expr {
    if let Expr::Name(symbol) = target
        && let Some(Meaning::Resource { ty, api_version, id, name: own_name }) = names.get(symbol)
    {
        return match name {
            "id" => id.clone(),
            "name" => expression(own_name, names),
            "type" => arm::Expr::text(ty),
            "apiVersion" => arm::Expr::text(api_version),
            "properties" => reference(id, api_version, false),
            other => reference(id, api_version, true).member(other),
        };
    }
    accessible(expression(target, names)).member(name)
}

/// ARM can only look into what a function returns.
fn accessible(target: arm::Expr) -> arm::Expr {
    match target {
        text @ arm::Expr::Text(_) => arm::Expr::call("string", [text]),
        number @ arm::Expr::Int(_) => arm::Expr::call("int", [number]),
        other => other,
    }
}

fn reference(id: &arm::Expr, api_version: &str, full: bool) -> arm::Expr {
    let full = full.then(|| arm::Expr::text("full"));
    arm::Expr::call("reference", [id.clone(), arm::Expr::text(api_version)].into_iter().chain(full))
}
