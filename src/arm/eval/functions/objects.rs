//! Objects, and the way into values that may not be there.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::{Object, Value};
use super::arguments::Arguments;
use super::{collections, order, text};
use std::rc::Rc;

pub fn create_object(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("createObject", values);
    if !values.len().is_multiple_of(2) {
        return Err(arguments.fault(format!("takes names and values in pairs, not {} arguments", values.len())));
    }
    let mut object = Object::with_capacity(values.len() / 2);
    for at in (0..values.len()).step_by(2) {
        let name = arguments.text(at)?.clone();
        set(arguments, &mut object, name, arguments.any(at + 1)?.clone(), budget)?;
    }
    Ok(Value::object(object))
}

/// Sets a member whose name is there in the same letters or not at all.
fn set(
    arguments: Arguments,
    object: &mut Object,
    name: Rc<str>,
    value: Value,
    budget: &mut Budget,
) -> Result<(), Fault> {
    budget.step()?;
    budget.spend(name.len() + size_of::<(Rc<str>, Value)>())?;
    if object.has_in_other_case(&name) {
        return Err(arguments
            .unknown(format!("'{name}' is there twice, in different case; what becomes of that is not documented")));
    }
    object.set(name, value);
    Ok(())
}

/// `items`: a `key` and a `value` of each member, in the order of the names.
pub fn items(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("items", values);
    let mut members = in_order(arguments, budget)?;
    let item = |(name, value): (&Rc<str>, &Value)| {
        let mut object = Object::with_capacity(2);
        object.push("key", Value::Text(name.clone()));
        object.push("value", value.clone());
        Value::object(object)
    };
    Ok(Value::array(members.drain(..).map(item).collect()))
}

pub fn object_keys(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let mut members = in_order(Arguments::of("objectKeys", values), budget)?;
    Ok(Value::array(members.drain(..).map(|(name, _)| Value::Text(name.clone())).collect()))
}

fn in_order<'a>(arguments: Arguments<'a>, budget: &mut Budget) -> Result<Vec<(&'a Rc<str>, &'a Value)>, Fault> {
    let mut members: Vec<_> = arguments.object(0)?.iter().collect();
    budget.steps(members.len())?;
    budget.spend(members.len().saturating_mul(128))?;
    if order::sort_by_text(&mut members, |(name, _)| name) {
        return Ok(members);
    }
    Err(arguments.unknown("in which order Resource Manager puts names with these characters is not documented"))
}

/// `union`: of arrays or of objects. Objects are merged through and through, the later value goes first; arrays in them
/// are replaced.
pub fn union(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("union", values);
    if let Value::Array(_) = arguments.any(0)? {
        return collections::union(values, budget);
    }
    let mut all = Object::clone(arguments.object(0)?);
    for at in 1..values.len() {
        merge(arguments, &mut all, arguments.object(at)?, budget)?;
    }
    Ok(Value::object(all))
}

fn merge(arguments: Arguments, into: &mut Object, from: &Object, budget: &mut Budget) -> Result<(), Fault> {
    for (name, value) in from.iter() {
        let merged = match (into.get(name), value) {
            (Some(Value::Object(old)), Value::Object(new)) => {
                let mut both = Object::clone(old);
                budget.steps(both.len())?;
                merge(arguments, &mut both, new, budget)?;
                Value::object(both)
            }
            (Some(Value::Opaque(_)), Value::Object(_)) | (Some(Value::Object(_)), Value::Opaque(_)) => {
                return Err(
                    arguments.unknown(format!("whether '{name}' is merged hangs on what only a deployment knows"))
                );
            }
            (Some(old), Value::Null) if !matches!(old, Value::Null) => {
                return Err(arguments.unknown(format!("whether null replaces the value of '{name}' is not documented")));
            }
            _ => value.clone(),
        };
        set(arguments, into, name.clone(), merged, budget)?;
    }
    Ok(())
}

/// `shallowMerge`: the members of all objects of an array; of those with the same name the last.
pub fn shallow_merge(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("shallowMerge", values);
    let mut all = Object::default();
    for item in arguments.array(0)?.iter() {
        match item {
            Value::Object(object) => {
                for (name, value) in object.iter() {
                    set(arguments, &mut all, name.clone(), value.clone(), budget)?;
                }
            }
            Value::Opaque(_) => return text::opaque_call("shallowMerge", values, budget),
            other => return Err(arguments.wrong(0, "an array of objects", other)),
        }
    }
    Ok(Value::object(all))
}

/// `intersection` of objects: the members of the first that all others have with an equal value.
pub fn intersection(arguments: Arguments, values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let mut common = Object::default();
    'members: for (name, value) in arguments.object(0)?.iter() {
        for at in 1..values.len() {
            let Some(other) = arguments.object(at)?.get(name) else { continue 'members };
            let both = [value, other].iter().all(|value| matches!(value, Value::Object(_) | Value::Array(_)));
            match value.known_same(other, budget)? {
                Some(true) => {}
                Some(false) if both => {
                    return Err(
                        arguments.unknown(format!("what is common to the two values of '{name}' is not documented"))
                    );
                }
                Some(false) => continue 'members,
                None => return text::opaque_call("intersection", values, budget),
            }
        }
        set(arguments, &mut common, name.clone(), value.clone(), budget)?;
    }
    Ok(Value::object(common))
}

/// `tryGet`: the way into a value by names and indexes; null if its first step leads nowhere. What follows has to be there
/// (`tryGet(a, 'b', 'c')` is what Bicep compiles `a.?b.c` to).
pub fn try_get(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("tryGet", values);
    let first = match (arguments.any(0)?, arguments.any(1)?) {
        (Value::Null, _) => None,
        (Value::Object(object), Value::Text(name)) => object.get(name),
        (Value::Array(items), Value::Int(at)) => usize::try_from(*at).ok().and_then(|at| items.get(at)),
        (Value::Array(_), other) => return Err(arguments.wrong(1, "an integer", other)),
        (Value::Object(_), other) => return Err(arguments.wrong(1, "a string", other)),
        (other, _) => return Err(arguments.wrong(0, "an array or an object", other)),
    };
    way(arguments, first, values)
}

/// `tryIndexFromEnd`: as `tryGet`, the first step being a number counted from the end and from 1.
pub fn try_index_from_end(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("tryIndexFromEnd", values);
    let number = arguments.int(1)?;
    let first = match arguments.any(0)? {
        Value::Null => None,
        Value::Array(items) => collections::from_end(items, number),
        other => return Err(arguments.wrong(0, "an array", other)),
    };
    way(arguments, first, values)
}

/// The rest of the way from where the first step led.
fn way(arguments: Arguments, first: Option<&Value>, values: &[Value]) -> Result<Value, Fault> {
    let mut value = match first {
        None | Some(Value::Null) => return Ok(Value::Null),
        Some(value) => value.clone(),
    };
    for at in 2..values.len() {
        value = step(&value, arguments.any(at)?).ok_or_else(|| {
            let shown = text::simple(arguments.any(at).unwrap_or(&Value::Null)).unwrap_or_default().into_owned();
            arguments.fault(format!("{} has no member '{shown}'", value.kind()))
        })?;
    }
    Ok(value)
}

fn step(value: &Value, key: &Value) -> Option<Value> {
    match (value, key) {
        (Value::Opaque(call), _) => Some(Value::Opaque(format!("{call}.{}", text::simple(key)?).into())),
        (Value::Object(object), Value::Text(name)) => object.get(name).cloned(),
        (Value::Array(items), Value::Int(at)) => items.get(usize::try_from(*at).ok()?).cloned(),
        // How Bicep writes a later index that counts from the end.
        (Value::Array(items), Value::Object(index)) => match (index.get("value"), index.get("fromEnd")) {
            (Some(Value::Int(number)), Some(Value::Bool(true))) => collections::from_end(items, *number).cloned(),
            (Some(at @ Value::Int(_)), None | Some(Value::Bool(false))) => step(value, at),
            _ => None,
        },
        _ => None,
    }
}
