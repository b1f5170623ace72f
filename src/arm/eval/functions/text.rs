//! Values as text: `concat`, `string`, and how a call is shown whose result only a deployment knows.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use std::fmt::Write as _;

/// `concat`: arrays to an array; strings, integers and booleans to a string.
pub fn concat(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("concat", values);
    if values.iter().all(|value| matches!(value, Value::Array(_))) {
        let mut items = Vec::new();
        for at in 0..values.len() {
            let more = arguments.array(at)?;
            budget.spend(size_of_val(more.as_slice()))?;
            items.extend(more.iter().cloned());
        }
        return Ok(Value::array(items));
    }
    if let Some(at) = values.iter().position(|value| matches!(value, Value::Array(_) | Value::Object(_))) {
        let wanted = "only arrays, or only strings, integers and booleans;";
        return Err(arguments.fault(format!("takes {wanted} argument {} is {}", at + 1, values[at].kind())));
    }
    joined(arguments, values, "", budget)
}

/// The texts of simple values one after the other; opaque as soon as one of them is.
pub fn joined(arguments: Arguments, values: &[Value], between: &str, budget: &mut Budget) -> Result<Value, Fault> {
    let mut text = String::new();
    for (at, value) in values.iter().enumerate() {
        let part = simple(value).ok_or_else(|| no_text(arguments, value))?;
        budget.spend(part.len() + between.len())?;
        if at > 0 {
            text.push_str(between);
        }
        text.push_str(&part);
    }
    let opaque = values.iter().any(|value| matches!(value, Value::Opaque(_)));
    Ok(if opaque { Value::Opaque(text.into()) } else { Value::text(text) })
}

/// The text of a value that is neither array nor object: booleans as .NET writes them, null as nothing.
pub fn simple(value: &Value) -> Option<std::borrow::Cow<'_, str>> {
    Some(match value {
        Value::Null => "".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Int(int) => int.to_string().into(),
        Value::Real(real) => real_text(*real)?.into(),
        Value::Text(text) | Value::Opaque(text) => (&**text).into(),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// A fault for a value of which [`simple`] has no text.
pub fn no_text(arguments: Arguments, value: &Value) -> Fault {
    match value {
        Value::Real(_) => arguments.unknown("how this number with a fraction is written is not documented"),
        other => arguments.fault(format!("{} has no text here", other.kind())),
    }
}

/// A number with a fraction as every writer writes it. How whole, very large and very small ones come out (`1`, `1.0`,
/// `1E+16`) differs between the writers of .NET, and which one Resource Manager uses is not documented.
fn real_text(real: f64) -> Option<String> {
    let size = real.abs();
    (real.fract() != 0.0 && (1e-4..1e15).contains(&size)).then(|| real.to_string())
}

/// `string`: any value; arrays and objects as JSON without spaces.
pub fn string(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("string", values);
    match arguments.any(0)? {
        same @ (Value::Text(_) | Value::Opaque(_)) => Ok(same.clone()),
        value @ (Value::Array(_) | Value::Object(_)) => {
            let mut text = String::new();
            json(value, Quotes::Double, &mut text, budget)?;
            Ok(if value.has_opaque() { Value::Opaque(text.into()) } else { Value::text(text) })
        }
        value => simple(value).map(|text| Value::from(&*text)).ok_or_else(|| no_text(arguments, value)),
    }
}

/// Which quotes JSON text is written with: `string` writes double ones, `format` single ones (observed in the tests of the
/// Bicep compiler, which run Resource Manager's own expression engine).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    Single,
    Double,
}

/// JSON without spaces.
///
/// # Errors
/// If it is larger than the budget, or holds a text whose escapes are not known.
pub fn json(value: &Value, quotes: Quotes, out: &mut String, budget: &mut Budget) -> Result<(), Fault> {
    let before = out.len();
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(boolean) => out.push_str(if *boolean { "true" } else { "false" }),
        Value::Int(int) => _ = write!(out, "{int}"),
        Value::Real(real) => out.push_str(&real_text(*real).ok_or_else(|| {
            Fault::unknown("cannot evaluate: how this number with a fraction is written is not documented")
        })?),
        Value::Text(text) | Value::Opaque(text) => quoted(text, quotes, out)?,
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                out.push(if at == 0 { '[' } else { ',' });
                json(item, quotes, out, budget)?;
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
            return budget.step();
        }
        Value::Object(object) => {
            for (at, (name, member)) in object.iter().enumerate() {
                out.push(if at == 0 { '{' } else { ',' });
                quoted(name, quotes, out)?;
                out.push(':');
                json(member, quotes, out, budget)?;
            }
            out.push_str(if object.is_empty() { "{}" } else { "}" });
            return budget.step();
        }
    }
    budget.spend(out.len() - before)
}

fn quoted(text: &str, quotes: Quotes, out: &mut String) -> Result<(), Fault> {
    let quote = if quotes == Quotes::Double { '"' } else { '\'' };
    if quotes == Quotes::Single && text.contains(['\'', '"', '\\']) {
        return Err(Fault::unknown(
            "cannot evaluate: how a quote or backslash inside an object is formatted is not documented",
        ));
    }
    out.push(quote);
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            // The JSON writer of .NET escapes these three line breaks of Unicode, too.
            '\0'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}' => _ = write!(out, "\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out.push(quote);
    Ok(())
}

/// A call whose result only a deployment knows, by name and evaluated arguments: `listKeys(/subscriptions/…,2023-01-01)`.
///
/// # Errors
/// If the text is larger than the budget.
pub fn opaque_call(name: &str, arguments: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let mut text = format!("{name}(");
    for (at, argument) in arguments.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        match simple(argument) {
            Some(simple) => text.push_str(&simple),
            None => json(argument, Quotes::Double, &mut text, budget)?,
        }
        budget.spend(text.len())?;
    }
    text.push(')');
    Ok(Value::Opaque(text.into()))
}
