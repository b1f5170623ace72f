//! `format`: composite format strings of .NET in its invariant culture.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use super::{strings, text};
use std::fmt::Write as _;

/// The widest field that is made here: a template has 4 MB at most.
const MAX_WIDTH: usize = 4 * 1024 * 1024;

pub fn format(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("format", values);
    let format = match arguments.any(0)? {
        Value::Opaque(_) => return text::opaque_call("format", values, budget),
        _ => arguments.text(0)?,
    };
    let (mut out, mut opaque) = (String::new(), false);
    let mut rest = &**format;
    while let Some(at) = rest.find(['{', '}']) {
        let (plain, sign) = rest.split_at(at);
        out.push_str(plain);
        rest = match sign.get(..2) {
            Some("{{") | Some("}}") => {
                out.push_str(&sign[..1]);
                &sign[2..]
            }
            _ => {
                let (item, behind) =
                    sign.strip_prefix('{').and_then(|inner| inner.split_once('}')).ok_or_else(|| {
                        arguments.fault("a single { or } in the format; write {{ or }} for the sign itself")
                    })?;
                opaque |= put(arguments, item, &mut out, budget)?;
                behind
            }
        };
    }
    out.push_str(rest);
    budget.spend(out.len())?;
    Ok(if opaque { Value::Opaque(out.into()) } else { Value::text(out) })
}

/// Writes one item, `index[,width][:format]`; whether its value is opaque.
fn put(arguments: Arguments, item: &str, out: &mut String, budget: &mut Budget) -> Result<bool, Fault> {
    let (place, format) = item.split_once(':').map_or((item, None), |(place, format)| (place, Some(format)));
    let (index, width) = place.split_once(',').map_or((place, None), |(index, width)| (index, Some(width)));
    let bad = || arguments.fault(format!("'{{{item}}}' is no format item: {{index[,width][:format]}}"));
    let index: usize = index.trim_end().parse().map_err(|_| bad())?;
    let width: i64 = width.map_or(Ok(0), |width| width.trim().parse()).map_err(|_| bad())?;
    let value = index.checked_add(1).and_then(|at| arguments.get(at));
    let value = value.ok_or_else(|| arguments.fault(format!("'{{{item}}}' names an argument that is not there")))?;
    let shown = item_text(arguments, value, format.unwrap_or_default(), budget)?;
    let wide = width.unsigned_abs() as usize;
    if wide > MAX_WIDTH {
        return Err(bad());
    }
    let filler = " ".repeat(wide.saturating_sub(strings::length(&shown)));
    budget.spend(shown.len() + filler.len())?;
    let (before, after) = if width < 0 { ("", &*filler) } else { (&*filler, "") };
    _ = write!(out, "{before}{shown}{after}");
    Ok(value.has_opaque())
}

fn item_text(arguments: Arguments, value: &Value, format: &str, budget: &mut Budget) -> Result<String, Fault> {
    match value {
        Value::Int(int) => number(*int, format)
            .ok_or_else(|| arguments.unknown(format!("the number format '{format}' is none of D, F, N, X, zeros"))),
        Value::Array(_) | Value::Object(_) => {
            let mut json = String::new();
            text::json(value, text::Quotes::Single, &mut json, budget)?;
            Ok(json)
        }
        Value::Real(_) if !format.is_empty() => {
            Err(arguments.unknown("how a number with a fraction is formatted is not documented"))
        }
        // Strings and booleans take no format in .NET.
        value => text::simple(value).map(|text| text.into_owned()).ok_or_else(|| text::no_text(arguments, value)),
    }
}

/// An integer in one of the number formats: `D4`, `N0`, `F2`, `X8`, `000`.
fn number(int: i64, format: &str) -> Option<String> {
    if format.is_empty() {
        return Some(int.to_string());
    }
    let sign = if int < 0 { "-" } else { "" };
    let digits = int.unsigned_abs().to_string();
    if format.bytes().all(|byte| byte == b'0') {
        return Some(format!("{sign}{digits:0>width$}", width = format.len()));
    }
    let (letter, precision) = format.split_at_checked(1)?;
    let precision: Option<usize> = match precision {
        "" => None,
        digits => Some(digits.parse().ok().filter(|precision| *precision <= 99 && !digits.starts_with('+'))?),
    };
    // Two digits behind the point, if the format says nothing else.
    let fraction = match precision.unwrap_or(2) {
        0 => String::new(),
        count => format!(".{}", "0".repeat(count)),
    };
    match letter {
        "D" | "d" => Some(format!("{sign}{digits:0>width$}", width = precision.unwrap_or(0))),
        "F" | "f" => Some(format!("{sign}{digits}{fraction}")),
        "N" | "n" => Some(format!("{sign}{}{fraction}", grouped(&digits))),
        "X" if int >= 0 => Some(format!("{int:0>width$X}", width = precision.unwrap_or(0))),
        "x" if int >= 0 => Some(format!("{int:0>width$x}", width = precision.unwrap_or(0))),
        "G" | "g" if precision.is_none() => Some(int.to_string()),
        _ => None,
    }
}

/// Digits with a comma before each three.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
