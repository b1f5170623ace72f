//! The one walk from bodies in the product's own terms to a printable tree: structure, order and origins stay; only
//! expressions change their notation, and each target gives its own.

use crate::{arm, ir};

/// Copies `value`; `expr` says how this target writes an expression.
pub fn lower(value: &ir::Value, expr: &mut impl FnMut(&ir::Expr) -> arm::Value) -> arm::Node {
    let lowered = match &value.kind {
        ir::ValueKind::Null => arm::Value::Null,
        ir::ValueKind::Bool(b) => arm::Value::Bool(*b),
        ir::ValueKind::Int(n) => arm::Value::Int(*n),
        ir::ValueKind::Real(n) => arm::Value::Real(*n),
        ir::ValueKind::Text(text) => arm::Value::Text(text.clone()),
        ir::ValueKind::Array(items) => arm::Value::Array(items.iter().map(|item| lower(item, expr)).collect()),
        ir::ValueKind::Object(object) => arm::Value::Object(lower_object(object, expr)),
        ir::ValueKind::Expr(e) => expr(e),
    };
    arm::Node::new(lowered, Some(value.origin))
}

/// [`lower`] for the members of an object.
pub fn lower_object(object: &ir::Object, expr: &mut impl FnMut(&ir::Expr) -> arm::Value) -> arm::Object {
    let members = object.members.iter().map(|(name, value)| (name.clone(), lower(value, expr))).collect();
    arm::Object { members }
}
