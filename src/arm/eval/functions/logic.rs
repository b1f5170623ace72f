//! Numbers, comparisons and truth.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use super::{order, text};
use std::cmp::Ordering;

pub fn add(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    arithmetic("add", values, i64::checked_add)
}

pub fn sub(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    arithmetic("sub", values, i64::checked_sub)
}

pub fn mul(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    arithmetic("mul", values, i64::checked_mul)
}

/// `div`: towards zero.
pub fn div(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    arithmetic("div", values, i64::checked_div)
}

/// `mod`: what the integer division leaves, with the sign of the dividend.
pub fn r#mod(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    arithmetic("mod", values, i64::checked_rem)
}

fn arithmetic(name: &'static str, values: &[Value], run: fn(i64, i64) -> Option<i64>) -> Result<Value, Fault> {
    let arguments = Arguments::of(name, values);
    let (left, right) = (arguments.int(0)?, arguments.int(1)?);
    let fault = || match (name, right) {
        ("div" | "mod", 0) => arguments.fault("division by zero"),
        _ => arguments.fault("the result has more than 64 bits"),
    };
    run(left, right).map(Value::Int).ok_or_else(fault)
}

pub fn min(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    extreme("min", values, i64::min, budget)
}

pub fn max(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    extreme("max", values, i64::max, budget)
}

/// The arguments are integers, or the one argument is an array of integers.
fn extreme(
    name: &'static str,
    values: &[Value],
    pick: fn(i64, i64) -> i64,
    budget: &mut Budget,
) -> Result<Value, Fault> {
    let list = match values {
        [Value::Array(items)] => items,
        _ => values,
    };
    budget.steps(list.len())?;
    let arguments = Arguments::of(name, list);
    if list.is_empty() {
        return Err(arguments.fault("the array is empty"));
    }
    let mut best = arguments.int(0)?;
    for at in 1..list.len() {
        best = pick(best, arguments.int(at)?);
    }
    Ok(Value::Int(best))
}

pub fn int(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("int", values);
    match arguments.any(0)? {
        Value::Int(int) => Ok(Value::Int(*int)),
        Value::Text(text) => match text.parse() {
            Ok(int) => Ok(Value::Int(int)),
            Err(_) => Err(arguments.fault(format!("'{text}' is no whole number of 64 bits"))),
        },
        Value::Real(_) => Err(arguments.unknown("how a fraction is rounded is not documented")),
        other => Err(arguments.wrong(0, "a string or an integer", other)),
    }
}

pub fn float(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("float", values);
    match arguments.any(0)? {
        Value::Int(int) => Ok(Value::Real(*int as f64)),
        Value::Real(real) => Ok(Value::Real(*real)),
        Value::Text(text) => match text.parse::<f64>() {
            Ok(real) if real.is_finite() => Ok(Value::Real(real)),
            _ => Err(arguments.fault(format!("'{text}' is no number"))),
        },
        other => Err(arguments.wrong(0, "a string or an integer", other)),
    }
}

/// `bool`: of a string or an integer.
pub fn bool(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("bool", values);
    match arguments.any(0)? {
        Value::Bool(boolean) => Ok(Value::Bool(*boolean)),
        Value::Int(int @ (0 | 1)) => Ok(Value::Bool(*int == 1)),
        Value::Int(_) => Err(arguments.unknown("only 0 and 1 are documented")),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Ok(Value::Bool(true)),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Ok(Value::Bool(false)),
        Value::Text(text) if matches!(&**text, "1" | "0") => {
            Err(arguments.unknown("only 'true' and 'false' are documented"))
        }
        Value::Text(text) => Err(arguments.fault(format!("'{text}' is neither 'true' nor 'false'"))),
        other => Err(arguments.wrong(0, "a string or an integer", other)),
    }
}

pub fn not(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    Ok(Value::Bool(!Arguments::of("not", values).boolean(0)?))
}

pub fn r#true(_: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    Ok(Value::Bool(true))
}

pub fn r#false(_: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    Ok(Value::Bool(false))
}

pub fn null(_: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    Ok(Value::Null)
}

/// `fail`: stops the deployment with the author's own message.
pub fn fail(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("fail", values);
    let message = arguments.text(0)?;
    Err(arguments.fault(format!("the template gives up: {message}")))
}

/// `equals`: values of different types are not equal. Where it hangs on what only a deployment knows, so does the result.
pub fn equals(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("equals", values);
    match arguments.any(0)?.known_same(arguments.any(1)?, budget)? {
        Some(same) => Ok(Value::Bool(same)),
        None => text::opaque_call("equals", values, budget),
    }
}

pub fn less(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    compare("less", values).map(|order| Value::Bool(order.is_lt()))
}

pub fn less_or_equals(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    compare("lessOrEquals", values).map(|order| Value::Bool(order.is_le()))
}

pub fn greater(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    compare("greater", values).map(|order| Value::Bool(order.is_gt()))
}

pub fn greater_or_equals(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    compare("greaterOrEquals", values).map(|order| Value::Bool(order.is_ge()))
}

fn compare(name: &'static str, values: &[Value]) -> Result<Ordering, Fault> {
    let arguments = Arguments::of(name, values);
    match arguments.any(0)? {
        Value::Int(left) => Ok(left.cmp(&arguments.int(1)?)),
        Value::Text(left) => order::of_texts(left, arguments.text(1)?).ok_or_else(|| {
            arguments.unknown("which of these characters Resource Manager puts first is not documented")
        }),
        other => Err(arguments.wrong(0, "an integer or a string", other)),
    }
}
