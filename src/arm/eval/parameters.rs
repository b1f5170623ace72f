//! Parameters of a template: their types and constraints, and the values that they get.

use super::fault::{Fault, Kind};
use super::scope::{Scope, State, missing};
use super::tree::{Form, Members, Tree};
use super::value::{Object, Value};

pub(super) struct Parameter<'t> {
    pub name: &'t str,
    declared: &'t Tree,
    given: Option<Value>,
    state: State,
}

/// What a parameter's `type` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    SecureText,
    Int,
    Bool,
    Object,
    SecureObject,
    Array,
}

impl Type {
    /// Reads the name of a type, whatever its case.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "string" => Type::Text,
            "securestring" => Type::SecureText,
            "int" => Type::Int,
            "bool" => Type::Bool,
            "object" => Type::Object,
            "secureobject" => Type::SecureObject,
            "array" => Type::Array,
            _ => return None,
        })
    }

    /// Whether nobody may see the value.
    pub fn is_secure(self) -> bool {
        matches!(self, Type::SecureText | Type::SecureObject)
    }

    fn takes(self, value: &Value) -> bool {
        match self {
            Type::Text | Type::SecureText => matches!(value, Value::Text(_)),
            Type::Int => matches!(value, Value::Int(_)),
            Type::Bool => matches!(value, Value::Bool(_)),
            Type::Object | Type::SecureObject => matches!(value, Value::Object(_)),
            Type::Array => matches!(value, Value::Array(_)),
        }
    }

    fn wanted(self) -> &'static str {
        match self {
            Type::Text | Type::SecureText => "a string",
            Type::Int => "an integer",
            Type::Bool => "a boolean",
            Type::Object | Type::SecureObject => "an object",
            Type::Array => "an array",
        }
    }
}

/// The parameters of a template with the values given for them: `{name: {value}}` or, for a secret of a key vault,
/// `{name: {reference}}`.
pub(super) fn declared<'t>(
    section: Option<&'t Members>,
    given: Option<&Object>,
    faults: &mut Vec<Fault>,
) -> Vec<Parameter<'t>> {
    let parameters = section.into_iter().flat_map(Members::iter).map(|member| Parameter {
        name: &member.name,
        declared: &member.tree,
        given: given.and_then(|given| given.get(&member.name)).and_then(|given| value_given(&member.name, given)),
        state: State::Waiting,
    });
    let parameters: Vec<Parameter<'t>> = parameters.collect();
    for (name, _) in given.into_iter().flat_map(Object::iter) {
        if !parameters.iter().any(|parameter| parameter.name.eq_ignore_ascii_case(name)) {
            let message = format!("a value is given for `{name}`, but the template has no such parameter");
            faults.push(Fault::new(Kind::Parameter, message));
        }
    }
    parameters
}

fn value_given(name: &str, given: &Value) -> Option<Value> {
    let Value::Object(given) = given else { return None };
    match given.get("reference") {
        Some(_) => Some(Value::Opaque(format!("keyVaultSecret({name})").into())),
        None => given.get("value").cloned(),
    }
}

impl<'t> Scope<'t, '_> {
    /// Binds every parameter; what is wrong with each.
    pub fn bind_all(&mut self, faults: &mut Vec<Fault>) {
        for at in 0..self.parameters.len() {
            faults.extend(self.bind(at).err());
        }
    }

    /// The value of a parameter. A default may ask for another parameter.
    pub fn bind(&mut self, at: usize) -> Result<Value, Fault> {
        let Some(parameter) = self.parameters.get_mut(at) else {
            return Err(Fault::new(Kind::Name, "there is no such parameter"));
        };
        let (name, declared) = (parameter.name, parameter.declared);
        match &parameter.state {
            State::Done(value) => return value.clone(),
            State::Busy => {
                let message = format!("the default of the parameter `{name}` asks for the parameter itself");
                return Err(Fault::new(Kind::Name, message).at(declared.origin));
            }
            State::Waiting => parameter.state = State::Busy,
        }
        let given = parameter.given.take();
        let value = self.value_of(name, declared, given).map_err(|fault| fault.at(declared.origin));
        if let Some(parameter) = self.parameters.get_mut(at) {
            parameter.state = State::Done(value.clone());
        }
        value
    }

    fn value_of(&mut self, name: &str, declared: &'t Tree, given: Option<Value>) -> Result<Value, Fault> {
        let constraints = self.defined(name, declared)?;
        let ty = type_of(name, constraints)?;
        let default = declared.get("defaultValue").filter(|_| given.is_none());
        let value = match (given, default) {
            (Some(given), _) => given,
            (None, Some(default)) => {
                let outer = std::mem::replace(&mut self.in_default, true);
                let value = self.alone(|scope| scope.walk(default));
                self.in_default = outer;
                value?
            }
            (None, None) if [declared, constraints].into_iter().any(is_nullable) => return Ok(Value::Null),
            (None, None) => {
                let message = format!("the parameter `{name}` has neither a value nor a default");
                return Err(Fault::new(Kind::Parameter, message));
            }
        };
        if !matches!(value, Value::Null | Value::Opaque(_)) {
            let place = default.and_then(|default| default.origin);
            self.constrained(name, ty, constraints, &value).map_err(|fault| fault.at(place))?;
        }
        Ok(value)
    }

    /// Where the type and the constraints of a parameter stand: with it, or in the definition that it refers to.
    fn defined(&self, name: &str, declared: &'t Tree) -> Result<&'t Tree, Fault> {
        /// How many definitions may refer to each other.
        const MAX_REFERENCES: usize = 16;
        let mut found = declared;
        for _ in 0..MAX_REFERENCES {
            if found.members().is_none() {
                let message = format!("the parameter `{name}` is {}, not an object", found.kind());
                return Err(Fault::new(Kind::Shape, message).at(found.origin));
            }
            let Some(reference) = found.get("$ref").filter(|_| found.get("type").is_none()) else { return Ok(found) };
            let definition = reference.text().and_then(|text| text.strip_prefix("#/definitions/")).unwrap_or_default();
            let known = self.definitions.into_iter().flat_map(Members::iter).map(|member| &*member.name);
            found = self
                .definitions
                .and_then(|members| members.get(definition))
                .ok_or_else(|| missing("definition", definition, known).at(reference.origin))?;
        }
        Err(Fault::new(Kind::Name, format!("the type of the parameter `{name}` is defined by means of itself")))
    }

    /// Holds a value against the type and the constraints of its parameter. The value of a secure one is in no message.
    fn constrained(&mut self, name: &str, ty: Type, declared: &'t Tree, value: &Value) -> Result<(), Fault> {
        let refused = |message: String| Err(Fault::new(Kind::Parameter, message));
        if !ty.takes(value) {
            return refused(format!("the parameter `{name}` takes {}, but its value is {}", ty.wanted(), value.kind()));
        }
        if let Some(allowed) = declared.get("allowedValues") {
            let Value::Array(allowed) = self.walk(allowed)? else {
                return refused(format!("`allowedValues` of the parameter `{name}` is no array"));
            };
            if !allowed.iter().any(|allowed| allowed.same(value)) {
                return refused(match value {
                    Value::Text(text) if !ty.is_secure() => {
                        format!("the parameter `{name}` does not take `{text}`; it takes {}", listed(&allowed))
                    }
                    _ => format!("the value of the parameter `{name}` is none of its allowed values"),
                });
            }
        }
        within(name, ty, declared, value)
    }
}

/// Holds the length of a value, or the value of a number, against the bounds of its parameter.
fn within(name: &str, ty: Type, declared: &Tree, value: &Value) -> Result<(), Fault> {
    let (what, size) = match value {
        Value::Text(text) => ("length", text.chars().count() as i64),
        Value::Array(items) => ("length", items.len() as i64),
        Value::Object(object) => ("length", object.len() as i64),
        Value::Int(n) => ("value", *n),
        _ => return Ok(()),
    };
    let (least, most) = if what == "value" { ("minValue", "maxValue") } else { ("minLength", "maxLength") };
    let (least, most) = (bound(declared, least)?, bound(declared, most)?);
    if least.is_some_and(|least| size < least) || most.is_some_and(|most| size > most) {
        let least = least.map(|least| format!(" at least {least}")).unwrap_or_default();
        let most = most.map(|most| format!(" at most {most}")).unwrap_or_default();
        let and = if least.is_empty() || most.is_empty() { "" } else { "," };
        let found = if ty.is_secure() { String::new() } else { format!(", but here it is {size}") };
        let message = format!("the {what} of the parameter `{name}` has to be{least}{and}{most}{found}");
        return Err(Fault::new(Kind::Parameter, message));
    }
    Ok(())
}

fn type_of(name: &str, declared: &Tree) -> Result<Type, Fault> {
    let Some(ty) = declared.get("type") else {
        return Err(Fault::new(Kind::Shape, format!("the parameter `{name}` has no type")));
    };
    ty.text().and_then(Type::parse).ok_or_else(|| {
        let message = format!("the type of the parameter `{name}` is none that there is");
        let help = "write string, securestring, int, bool, object, secureObject or array";
        Fault::new(Kind::Shape, message).help(help).at(ty.origin)
    })
}

fn is_nullable(declared: &Tree) -> bool {
    matches!(declared.get("nullable").map(|tree| &tree.form), Some(Form::Bool(true)))
}

fn bound(declared: &Tree, name: &str) -> Result<Option<i64>, Fault> {
    match declared.get(name) {
        None => Ok(None),
        Some(Tree { form: Form::Int(n), .. }) => Ok(Some(*n)),
        Some(other) => {
            Err(Fault::new(Kind::Shape, format!("`{name}` is an integer, not {}", other.kind())).at(other.origin))
        }
    }
}

fn listed(values: &[Value]) -> String {
    /// How many allowed values a message names.
    const SHOWN: usize = 12;
    let texts = values.iter().filter_map(|value| match value {
        Value::Text(text) => Some(format!("`{text}`")),
        _ => None,
    });
    let mut listed: Vec<String> = texts.take(SHOWN + 1).collect();
    if listed.len() > SHOWN {
        listed.truncate(SHOWN);
        listed.push("…".to_owned());
    }
    listed.join(", ")
}
