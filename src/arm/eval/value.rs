//! What an expression evaluates to. Cheap to clone: whatever may be large is shared, never copied.
//!
//! Knows no scope and evaluates nothing.

use super::budget::Budget;
use super::fault::Fault;
use serde_json::Number;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A value of the template language.
///
/// There is no `PartialEq`: what Resource Manager calls equal is [`Value::same`].
#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(Rc<str>),
    Array(Rc<Vec<Value>>),
    Object(Rc<Object>),
    /// What only a deployment knows, by the call that asks for it: `reference(id,2022-06-01).member`. Equal calls give equal
    /// values; whether two different ones are equal nobody can say.
    Opaque(Rc<str>),
}

/// The members of an object in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Object {
    members: Vec<(Rc<str>, Value)>,
    /// Made at the first look-up in an object with many members.
    index: OnceCell<Index>,
}

/// Up to so many members are looked through one by one.
const FEW: usize = 16;

/// Where names stand, in lower case.
#[derive(Debug, Clone)]
struct Index {
    places: HashMap<Box<str>, usize>,
    /// Some names differ in case alone: which of them is meant only a look at all of them tells.
    twins: bool,
}

impl Object {
    pub fn with_capacity(members: usize) -> Self {
        Object { members: Vec::with_capacity(members), index: OnceCell::new() }
    }

    /// The member of this name; as in Resource Manager, case does not matter, and the exact name goes first.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.place(name).and_then(|at| self.members.get(at)).map(|(_, value)| value)
    }

    /// Sets a member. One whose name differs in case alone is replaced in its place and keeps its name.
    pub fn set(&mut self, name: impl Into<Rc<str>>, value: Value) {
        let name = name.into();
        match self.place(&name).and_then(|at| self.members.get_mut(at)) {
            Some((_, old)) => *old = value,
            None => self.push(name, value),
        }
    }

    /// Appends a member whose name is known to be new, without the search that [`Object::set`] makes.
    pub fn push(&mut self, name: impl Into<Rc<str>>, value: Value) {
        let name = name.into();
        if let Some(index) = self.index.get_mut() {
            index.add(&name, self.members.len());
        }
        self.members.push((name, value));
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Rc<str>, &Value)> {
        self.members.iter().map(|(name, value)| (name, value))
    }

    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether the name is there, but in other letters alone.
    pub fn has_in_other_case(&self, name: &str) -> bool {
        self.place(name).and_then(|at| self.members.get(at)).is_some_and(|(found, _)| **found != *name)
    }

    /// The member of exactly this name.
    fn exact(&self, name: &str) -> Option<&Value> {
        self.place(name)
            .and_then(|at| self.members.get(at))
            .filter(|(found, _)| **found == *name)
            .map(|(_, value)| value)
    }

    fn place(&self, name: &str) -> Option<usize> {
        if self.members.len() > FEW {
            let index = self.index.get_or_init(|| Index::of(&self.members));
            if !index.twins {
                return index.places.get(name.to_ascii_lowercase().as_str()).copied();
            }
        }
        let exact = self.members.iter().position(|(found, _)| **found == *name);
        exact.or_else(|| self.members.iter().position(|(found, _)| found.eq_ignore_ascii_case(name)))
    }
}

impl Index {
    fn of(members: &[(Rc<str>, Value)]) -> Self {
        let mut index = Index { places: HashMap::with_capacity(members.len()), twins: false };
        members.iter().enumerate().for_each(|(at, (name, _))| index.add(name, at));
        index
    }

    fn add(&mut self, name: &str, at: usize) {
        self.twins |= self.places.insert(name.to_ascii_lowercase().into(), at).is_some();
    }
}

impl FromIterator<(Rc<str>, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (Rc<str>, Value)>>(members: I) -> Self {
        Object { members: members.into_iter().collect(), index: OnceCell::new() }
    }
}

impl Value {
    pub fn text(text: impl Into<Rc<str>>) -> Self {
        Value::Text(text.into())
    }

    pub fn array(items: Vec<Value>) -> Self {
        Value::Array(Rc::new(items))
    }

    pub fn object(object: Object) -> Self {
        Value::Object(Rc::new(object))
    }

    /// What kind of value it is, as messages call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "an integer",
            Value::Real(_) => "a number with a fraction",
            Value::Text(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
            Value::Opaque(_) => "a value that only a deployment knows",
        }
    }

    /// Equality as the template function `equals` has it: of the same type and the same through and through. Strings and the
    /// names of members are compared with case; the order of members does not matter.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Real(a), Value::Real(b)) => a == b,
            (Value::Text(a), Value::Text(b)) | (Value::Opaque(a), Value::Opaque(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => {
                Rc::ptr_eq(a, b) || a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.same(b))
            }
            (Value::Object(a), Value::Object(b)) => {
                Rc::ptr_eq(a, b)
                    || a.len() == b.len() && a.iter().all(|(name, value)| b.exact(name).is_some_and(|o| value.same(o)))
            }
            _ => false,
        }
    }

    /// [`Value::same`] as far as it can be known: `None` if it hangs on what only a deployment knows.
    ///
    /// # Errors
    /// If the values are larger than the budget allows to compare.
    pub fn known_same(&self, other: &Value, budget: &mut Budget) -> Result<Option<bool>, Fault> {
        budget.step()?;
        match (self, other) {
            (Value::Opaque(a), Value::Opaque(b)) => Ok((a == b).then_some(true)),
            (Value::Opaque(_), _) | (_, Value::Opaque(_)) => Ok(None),
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() && !Rc::ptr_eq(a, b) => {
                all_known(a.iter().zip(b.iter()).map(|(a, b)| a.known_same(b, budget)))
            }
            (Value::Object(a), Value::Object(b)) if a.len() == b.len() && !Rc::ptr_eq(a, b) => {
                all_known(a.iter().map(|(name, value)| {
                    b.exact(name).map_or(Ok(Some(false)), |other| value.known_same(other, budget))
                }))
            }
            _ => Ok(Some(self.same(other))),
        }
    }

    /// Whether an opaque value stands in it somewhere.
    pub fn has_opaque(&self) -> bool {
        match self {
            Value::Opaque(_) => true,
            Value::Array(items) => items.iter().any(Value::has_opaque),
            Value::Object(object) => object.iter().any(|(_, value)| value.has_opaque()),
            _ => false,
        }
    }

    /// The value as JSON; an opaque one is the string that names its call.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => serde_json::Value::Bool(*b),
            Value::Int(n) => serde_json::Value::Number((*n).into()),
            Value::Real(n) => Number::from_f64(*n).map_or(serde_json::Value::Null, serde_json::Value::Number),
            Value::Text(text) | Value::Opaque(text) => serde_json::Value::String(text.to_string()),
            Value::Array(items) => serde_json::Value::Array(items.iter().map(Value::to_json).collect()),
            Value::Object(object) => serde_json::Value::Object(
                object.iter().map(|(name, value)| (name.to_string(), value.to_json())).collect(),
            ),
        }
    }
}

/// Whether all are true; one that is false decides, whatever the others are.
fn all_known(parts: impl Iterator<Item = Result<Option<bool>, Fault>>) -> Result<Option<bool>, Fault> {
    let mut known = Some(true);
    for part in parts {
        match part? {
            Some(true) => {}
            Some(false) => return Ok(Some(false)),
            None => known = None,
        }
    }
    Ok(known)
}

impl From<&serde_json::Value> for Value {
    /// A number beyond 64 bits becomes the nearest one with a fraction, as it does in Resource Manager's own reader.
    fn from(json: &serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(b) => Value::Bool(*b),
            serde_json::Value::Number(n) => {
                n.as_i64().map_or_else(|| Value::Real(n.as_f64().unwrap_or_default()), Value::Int)
            }
            serde_json::Value::String(text) => Value::text(text.as_str()),
            serde_json::Value::Array(items) => Value::array(items.iter().map(Value::from).collect()),
            serde_json::Value::Object(members) => Value::object(
                members.iter().map(|(name, value)| (Rc::from(name.as_str()), Value::from(value))).collect(),
            ),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::text(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::text(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Value::array(items)
    }
}
