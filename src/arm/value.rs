//! The JSON tree of a template, each node with its origin.

use super::Expr;
use crate::source::Origin;

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub value: Value,
    /// `None` only for what every template has, whatever the spec says (`$schema`, `contentVersion`).
    pub origin: Option<Origin>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    /// Literal text, to arrive as it is: the printer adds the brackets that the passes ahead will take away.
    Text(String),
    Array(Vec<Node>),
    Object(Object),
    /// An expression. `delay` 0: evaluated by the first pass that sees the printed file; 1: by the second one, and so on.
    /// A delay greater than the number of templates around it is a mistake of the caller, and is printed as that number.
    Expr {
        delay: u8,
        expr: Expr,
    },
    /// A template inside this one (`mainTemplate` of a content template): one more pass for everything in it.
    Template(Object),
    /// The template of a deployment inside this one, which evaluates it by itself (`scope: inner`): no further pass, and only
    /// its own names.
    Inner(Object),
    /// An object in which some names are expressions.
    Computed(Vec<(Name, Node)>),
}

/// The name of a member of [`Value::Computed`].
#[derive(Debug, Clone, PartialEq)]
pub enum Name {
    /// To arrive as it is.
    Text(String),
    /// An expression with a delay as that of [`Value::Expr`].
    Expr { delay: u8, expr: Expr },
}

/// Members in the order in which they are printed. All are data: copy loops cannot be said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object {
    pub members: Vec<(String, Node)>,
}

impl Node {
    pub fn new(value: Value, origin: Option<Origin>) -> Self {
        Node { value, origin }
    }

    pub fn fixed(value: impl Into<Value>) -> Self {
        Node { value: value.into(), origin: None }
    }

    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }
}

impl Object {
    pub fn new() -> Self {
        Object::default()
    }

    /// Appends a member. A name that is there already is replaced in its place.
    pub fn set(&mut self, name: impl Into<String>, node: Node) -> &mut Self {
        let name = name.into();
        match self.members.iter_mut().find(|(n, _)| *n == name) {
            Some((_, old)) => *old = node,
            None => self.members.push((name, node)),
        }
        self
    }

    /// [`Object::set`] for building in one expression.
    pub fn with(mut self, name: impl Into<String>, node: impl Into<Node>) -> Self {
        self.set(name, node.into());
        self
    }

    pub fn get(&self, name: &str) -> Option<&Node> {
        self.members.iter().find(|(n, _)| n == name).map(|(_, node)| node)
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Node { value, origin: None }
    }
}

macro_rules! into_node {
    ($($from:ty => $make:expr),* $(,)?) => { $(
        impl From<$from> for Value { fn from(v: $from) -> Self { $make(v) } }
        impl From<$from> for Node { fn from(v: $from) -> Self { Node::fixed(v) } }
    )* };
}

into_node! {
    bool => Value::Bool,
    i64 => Value::Int,
    &str => |v: &str| Value::Text(v.to_owned()),
    String => Value::Text,
    Vec<Node> => Value::Array,
    Object => Value::Object,
    Expr => |expr| Value::Expr { delay: 0, expr },
}
