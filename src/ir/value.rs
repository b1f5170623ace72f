//! Bodies of resources: a JSON tree whose leaves may be expressions, each node with its origin. No target's notation.

use super::Expr;
use crate::source::{Origin, Spanned};

#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub kind: ValueKind,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(String),
    Array(Vec<Value>),
    Object(Object),
    Expr(Expr),
}

/// Members in the order in which every target prints them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object {
    pub members: Vec<(String, Value)>,
}

impl Value {
    pub fn new(kind: ValueKind, origin: Origin) -> Self {
        Value { kind, origin }
    }

    pub fn text(text: impl Into<String>, origin: Origin) -> Self {
        Value::new(ValueKind::Text(text.into()), origin)
    }

    pub fn written(text: &Spanned<String>) -> Self {
        Value::text(text.value.clone(), Origin::written(text.span))
    }

    pub fn bool(value: bool, origin: Origin) -> Self {
        Value::new(ValueKind::Bool(value), origin)
    }

    pub fn int(value: i64, origin: Origin) -> Self {
        Value::new(ValueKind::Int(value), origin)
    }

    pub fn array(items: Vec<Value>, origin: Origin) -> Self {
        Value::new(ValueKind::Array(items), origin)
    }

    pub fn object(object: Object, origin: Origin) -> Self {
        Value::new(ValueKind::Object(object), origin)
    }

    pub fn expr(expr: Expr, origin: Origin) -> Self {
        Value::new(ValueKind::Expr(expr), origin)
    }

    pub fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            ValueKind::Object(object) => Some(object),
            _ => None,
        }
    }

    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.kind {
            ValueKind::Object(object) => Some(object),
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The member of an object by name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }
}

impl Object {
    pub fn new() -> Self {
        Object::default()
    }

    pub fn set(&mut self, name: impl Into<String>, value: Value) -> &mut Self {
        let name = name.into();
        match self.members.iter_mut().find(|(n, _)| *n == name) {
            Some((_, old)) => *old = value,
            None => self.members.push((name, value)),
        }
        self
    }

    pub fn with(mut self, name: impl Into<String>, value: Value) -> Self {
        self.set(name, value);
        self
    }

    /// [`Object::with`], if there is a value.
    pub fn with_some(self, name: impl Into<String>, value: Option<Value>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.members.iter().position(|(n, _)| n == name)?;
        Some(self.members.remove(at).1)
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }
}
