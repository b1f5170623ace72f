//! Arguments by type, with the same words for the same mistake everywhere.

use super::super::fault::Fault;
use super::super::value::{Object, Value};
use std::rc::Rc;

/// The arguments of one call, by place; a wrong type is a fault that names the function, the place and both types.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    function: &'static str,
    values: &'a [Value],
}

impl<'a> Arguments<'a> {
    pub fn of(function: &'static str, values: &'a [Value]) -> Self {
        Arguments { function, values }
    }

    pub fn get(&self, at: usize) -> Option<&'a Value> {
        self.values.get(at)
    }

    /// The argument at this place; the caller's arity makes sure that there is one.
    pub fn any(&self, at: usize) -> Result<&'a Value, Fault> {
        self.get(at).ok_or_else(|| Fault::argument(format!("`{}` lacks its argument {}", self.function, at + 1)))
    }

    pub fn text(&self, at: usize) -> Result<&'a Rc<str>, Fault> {
        match self.any(at)? {
            Value::Text(text) => Ok(text),
            other => Err(self.wrong(at, "a string", other)),
        }
    }

    pub fn int(&self, at: usize) -> Result<i64, Fault> {
        match self.any(at)? {
            Value::Int(int) => Ok(*int),
            other => Err(self.wrong(at, "an integer", other)),
        }
    }

    pub fn boolean(&self, at: usize) -> Result<bool, Fault> {
        match self.any(at)? {
            Value::Bool(boolean) => Ok(*boolean),
            other => Err(self.wrong(at, "a boolean", other)),
        }
    }

    pub fn array(&self, at: usize) -> Result<&'a Rc<Vec<Value>>, Fault> {
        match self.any(at)? {
            Value::Array(items) => Ok(items),
            other => Err(self.wrong(at, "an array", other)),
        }
    }

    pub fn object(&self, at: usize) -> Result<&'a Rc<Object>, Fault> {
        match self.any(at)? {
            Value::Object(object) => Ok(object),
            other => Err(self.wrong(at, "an object", other)),
        }
    }

    /// A fault about one argument's type.
    pub fn wrong(&self, at: usize, wanted: &str, found: &Value) -> Fault {
        Fault::argument(format!("`{}` takes {wanted} as argument {}, not {}", self.function, at + 1, found.kind()))
    }

    /// A fault about the values of the arguments.
    pub fn fault(&self, what: impl std::fmt::Display) -> Fault {
        Fault::argument(format!("`{}`: {what}", self.function))
    }

    /// What Resource Manager would answer is neither documented nor observed.
    pub fn unknown(&self, what: impl std::fmt::Display) -> Fault {
        Fault::unknown(format!("cannot evaluate `{}`: {what}", self.function))
    }
}
