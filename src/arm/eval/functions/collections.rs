//! Arrays, and what works on arrays and strings alike.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use super::{objects, strings, text};

/// The most that `range` gives (documented).
const MAX_RANGE: i64 = 10_000;

/// The greatest number that `range` may end before (documented: start and count must not sum up to more).
const MAX_RANGE_END: i64 = 2_147_483_647;

pub fn array(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    match Arguments::of("array", values).any(0)? {
        same @ Value::Array(_) => Ok(same.clone()),
        // It may be an array itself.
        Value::Opaque(_) => text::opaque_call("array", values, budget),
        other => Ok(Value::array(vec![other.clone()])),
    }
}

pub fn create_array(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    made(values.to_vec(), budget)
}

/// An array that is new, paid for.
fn made(items: Vec<Value>, budget: &mut Budget) -> Result<Value, Fault> {
    budget.steps(items.len())?;
    budget.spend(size_of_val(items.as_slice()))?;
    Ok(Value::array(items))
}

/// `contains`: a value in an array, a member's name in an object without case, or a text in a text with case.
pub fn contains(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("contains", values);
    match arguments.any(0)? {
        Value::Array(items) => match place(items.iter(), arguments.any(1)?, budget)? {
            Place::At(_) | Place::Within => Ok(Value::Bool(true)),
            Place::Absent => Ok(Value::Bool(false)),
            Place::Unknown => text::opaque_call("contains", values, budget),
        },
        Value::Object(object) => Ok(Value::Bool(object.get(arguments.text(1)?).is_some())),
        Value::Text(whole) => match arguments.any(1)? {
            Value::Text(part) => Ok(Value::Bool(whole.contains(&**part))),
            Value::Int(part) => Ok(Value::Bool(whole.contains(&part.to_string()))),
            other => Err(arguments.wrong(1, "a string or an integer", other)),
        },
        other => Err(arguments.wrong(0, "an array, an object or a string", other)),
    }
}

/// Where a value is in an array, as far as it can be known.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    At(usize),
    /// It is there, but one that may equal it, too, stands before it.
    Within,
    Absent,
    /// It hangs on what only a deployment knows.
    Unknown,
}

fn place<'a>(items: impl Iterator<Item = &'a Value>, wanted: &Value, budget: &mut Budget) -> Result<Place, Fault> {
    let mut known = true;
    for (at, item) in items.enumerate() {
        match item.known_same(wanted, budget)? {
            Some(true) => return Ok(if known { Place::At(at) } else { Place::Within }),
            Some(false) => {}
            None => known = false,
        }
    }
    Ok(if known { Place::Absent } else { Place::Unknown })
}

pub fn index_of(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("indexOf", values);
    match arguments.any(0)? {
        Value::Array(items) => match place(items.iter(), arguments.any(1)?, budget)? {
            Place::At(at) => Ok(index(Some(at))),
            Place::Absent => Ok(index(None)),
            Place::Within | Place::Unknown => text::opaque_call("indexOf", values, budget),
        },
        Value::Text(whole) => Ok(index(strings::place(whole, arguments.text(1)?, budget)?)),
        other => Err(arguments.wrong(0, "an array or a string", other)),
    }
}

pub fn last_index_of(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("lastIndexOf", values);
    match arguments.any(0)? {
        Value::Array(items) => match place(items.iter().rev(), arguments.any(1)?, budget)? {
            Place::At(at) => Ok(index(Some(items.len() - 1 - at))),
            Place::Absent => Ok(index(None)),
            Place::Within | Place::Unknown => text::opaque_call("lastIndexOf", values, budget),
        },
        Value::Text(whole) => match &**arguments.text(1)? {
            "" => Err(arguments.unknown("where an empty text is found last differs between the versions of .NET")),
            part => Ok(index(strings::last_place(whole, part, budget)?)),
        },
        other => Err(arguments.wrong(0, "an array or a string", other)),
    }
}

fn index(at: Option<usize>) -> Value {
    Value::Int(at.map_or(-1, |at| at as i64))
}

pub fn length(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("length", values);
    let length = match arguments.any(0)? {
        Value::Array(items) => items.len(),
        Value::Object(object) => object.len(),
        Value::Text(text) => strings::length(text),
        other => return Err(arguments.wrong(0, "an array, an object or a string", other)),
    };
    Ok(Value::Int(length as i64))
}

pub fn empty(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("empty", values);
    Ok(Value::Bool(match arguments.any(0)? {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Text(text) => text.is_empty(),
        other => return Err(arguments.wrong(0, "an array, an object or a string", other)),
    }))
}

/// `first`: null of an empty array (observed in the tests of the Bicep compiler).
pub fn first(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("first", values);
    match arguments.any(0)? {
        Value::Array(items) => Ok(items.first().cloned().unwrap_or(Value::Null)),
        Value::Text(text) => strings::part(arguments, text, 0, 1.min(strings::length(text))),
        other => Err(arguments.wrong(0, "an array or a string", other)),
    }
}

/// `last`: null of an empty array (observed in the tests of the Bicep compiler).
pub fn last(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("last", values);
    match arguments.any(0)? {
        Value::Array(items) => Ok(items.last().cloned().unwrap_or(Value::Null)),
        Value::Text(text) => {
            let length = strings::length(text);
            strings::part(arguments, text, length.saturating_sub(1), length)
        }
        other => Err(arguments.wrong(0, "an array or a string", other)),
    }
}

pub fn take(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    cut("take", values, budget, |length, count| (0, count.min(length)))
}

pub fn skip(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    cut("skip", values, budget, |length, count| (count.min(length), length))
}

fn cut(
    name: &'static str,
    values: &[Value],
    budget: &mut Budget,
    range: fn(usize, usize) -> (usize, usize),
) -> Result<Value, Fault> {
    let arguments = Arguments::of(name, values);
    let count = usize::try_from(arguments.int(1)?.max(0)).unwrap_or(usize::MAX);
    match arguments.any(0)? {
        Value::Array(items) => {
            let (from, to) = range(items.len(), count);
            made(items.get(from..to).unwrap_or_default().to_vec(), budget)
        }
        Value::Text(text) => {
            budget.spend(text.len())?;
            let (from, to) = range(strings::length(text), count);
            strings::part(arguments, text, from, to)
        }
        other => Err(arguments.wrong(0, "an array or a string", other)),
    }
}

pub fn range(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("range", values);
    let (start, count) = (arguments.int(0)?, arguments.int(1)?);
    if !(0..=MAX_RANGE).contains(&count) {
        return Err(arguments.fault(format!("the count is 0 to {MAX_RANGE}, not {count}")));
    }
    match start.checked_add(count) {
        Some(end) if end <= MAX_RANGE_END => made((start..end).map(Value::Int).collect(), budget),
        _ => Err(arguments.fault(format!("start and count are {MAX_RANGE_END} at most together"))),
    }
}

pub fn flatten(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("flatten", values);
    let mut flat = Vec::new();
    for item in arguments.array(0)?.iter() {
        match item {
            Value::Array(items) => {
                budget.steps(items.len())?;
                flat.extend(items.iter().cloned());
            }
            Value::Opaque(_) => return text::opaque_call("flatten", values, budget),
            other => return Err(arguments.wrong(0, "an array of arrays", other)),
        }
    }
    made(flat, budget)
}

/// `distinct`: each value once, at its first place.
pub fn distinct(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("distinct", values);
    match added(Vec::new(), arguments.array(0)?, budget)? {
        Some(items) => made(items, budget),
        None => text::opaque_call("distinct", values, budget),
    }
}

/// The items of both, each once; `None` if that hangs on what only a deployment knows.
fn added(mut items: Vec<Value>, more: &[Value], budget: &mut Budget) -> Result<Option<Vec<Value>>, Fault> {
    for item in more {
        match place(items.iter(), item, budget)? {
            Place::At(_) | Place::Within => {}
            Place::Absent => items.push(item.clone()),
            Place::Unknown => return Ok(None),
        }
    }
    Ok(Some(items))
}

/// `union` of arrays: each value once, at its first place. Nested arrays and objects are compared, not merged.
pub fn union(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("union", values);
    let mut all = Vec::new();
    for at in 0..values.len() {
        match added(all, arguments.array(at)?, budget)? {
            Some(items) => all = items,
            None => return text::opaque_call("union", values, budget),
        }
    }
    made(all, budget)
}

/// `intersection`: of arrays or of objects.
pub fn intersection(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("intersection", values);
    if let Value::Object(_) = arguments.any(0)? {
        return objects::intersection(arguments, values, budget);
    }
    let mut common: Vec<Value> = Vec::new();
    'items: for item in arguments.array(0)?.iter() {
        for at in 1..values.len() {
            match place(arguments.array(at)?.iter(), item, budget)? {
                Place::At(_) | Place::Within => {}
                Place::Absent => continue 'items,
                Place::Unknown => return text::opaque_call("intersection", values, budget),
            }
        }
        if place(common.iter(), item, budget)? != Place::Absent {
            return Err(
                arguments.unknown("whether a value that is common and there twice comes twice is not documented")
            );
        }
        common.push(item.clone());
    }
    made(common, budget)
}

/// `indexFromEnd`: the last item has the number 1.
pub fn index_from_end(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("indexFromEnd", values);
    let (items, number) = (arguments.array(0)?, arguments.int(1)?);
    from_end(items, number).cloned().ok_or_else(|| {
        arguments.fault(format!("the array has {} items, and none with number {number} from the end", items.len()))
    })
}

/// The item with this number, counted from the end and from 1.
pub fn from_end(items: &[Value], number: i64) -> Option<&Value> {
    let number = usize::try_from(number).ok().filter(|number| *number > 0)?;
    items.get(items.len().checked_sub(number)?)
}
