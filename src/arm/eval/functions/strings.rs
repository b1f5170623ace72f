//! Strings. Lengths and places count as .NET does: in units of UTF-16.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use super::text;

/// The longest text that `padLeft` makes here: a template has 4 MB at most.
const MAX_PADDED: i64 = 4 * 1024 * 1024;

pub fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The byte at which a unit of UTF-16 begins; `None` in the middle of a character.
fn byte(text: &str, unit: usize) -> Option<usize> {
    if text.is_ascii() {
        return Some(unit);
    }
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= unit {
            return (units == unit).then_some(at);
        }
        units += c.len_utf16();
    }
    (units == unit).then_some(text.len())
}

/// The part of a text between two units that are within it.
pub fn part(arguments: Arguments, text: &str, from: usize, to: usize) -> Result<Value, Fault> {
    let cut = byte(text, from).zip(byte(text, to)).and_then(|(from, to)| text.get(from..to));
    cut.map(Value::from).ok_or_else(|| arguments.unknown("the cut goes through a character of two UTF-16 units"))
}

/// One character in the case in which .NET compares without case. Its invariant culture maps characters one by one, and
/// leaves the Turkish dotless i alone.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) if c != 'ı' => single,
        _ => c,
    }
}

fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

fn folded(text: &str, budget: &mut Budget) -> Result<String, Fault> {
    budget.spend(text.len())?;
    Ok(text.chars().map(upper).collect())
}

/// The unit at which a part begins in a whole, without case.
pub fn place(whole: &str, part: &str, budget: &mut Budget) -> Result<Option<usize>, Fault> {
    let (whole, part) = (folded(whole, budget)?, folded(part, budget)?);
    Ok(whole.find(&part).and_then(|at| whole.get(..at)).map(length))
}

/// The unit at which a part begins for the last time.
pub fn last_place(whole: &str, part: &str, budget: &mut Budget) -> Result<Option<usize>, Fault> {
    let (whole, part) = (folded(whole, budget)?, folded(part, budget)?);
    Ok(whole.rfind(&part).and_then(|at| whole.get(..at)).map(length))
}

pub fn starts_with(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("startsWith", values);
    let (whole, part) = (folded(arguments.text(0)?, budget)?, folded(arguments.text(1)?, budget)?);
    Ok(Value::Bool(whole.starts_with(&part)))
}

pub fn ends_with(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("endsWith", values);
    let (whole, part) = (folded(arguments.text(0)?, budget)?, folded(arguments.text(1)?, budget)?);
    Ok(Value::Bool(whole.ends_with(&part)))
}

/// `like`: `*` stands for any text, case does not matter.
pub fn like(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("like", values);
    let (whole, pattern) = (folded(arguments.text(0)?, budget)?, folded(arguments.text(1)?, budget)?);
    let mut pieces = pattern.split('*');
    let Some(mut rest) = whole.strip_prefix(pieces.next().unwrap_or_default()) else { return Ok(Value::Bool(false)) };
    let Some(last) = pieces.next_back() else { return Ok(Value::Bool(rest.is_empty())) };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, behind)) => rest = behind,
            None => return Ok(Value::Bool(false)),
        }
    }
    Ok(Value::Bool(rest.ends_with(last)))
}

pub fn to_lower(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let text = Arguments::of("toLower", values).text(0)?;
    budget.spend(text.len())?;
    Ok(text.chars().map(lower).collect::<String>().into())
}

pub fn to_upper(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    Ok(folded(Arguments::of("toUpper", values).text(0)?, budget)?.into())
}

pub fn trim(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let text = Arguments::of("trim", values).text(0)?;
    budget.spend(text.len())?;
    Ok(text.trim().into())
}

/// `replace`: all places, with case.
pub fn replace(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("replace", values);
    let (whole, old, new) = (arguments.text(0)?, arguments.text(1)?, arguments.text(2)?);
    if old.is_empty() {
        return Err(arguments.fault("the text to be replaced is empty"));
    }
    let count = whole.matches(&**old).count();
    budget.spend(whole.len().saturating_add(count.saturating_mul(new.len())))?;
    Ok(whole.replace(&**old, new).into())
}

/// `padLeft`: of a string or an integer.
pub fn pad_left(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("padLeft", values);
    let text = match arguments.any(0)? {
        Value::Text(text) => text.to_string(),
        Value::Int(int) => int.to_string(),
        other => return Err(arguments.wrong(0, "a string or an integer", other)),
    };
    let total = arguments.int(1)?;
    if !(0..=MAX_PADDED).contains(&total) {
        return Err(arguments.fault(format!("the length is 0 to {MAX_PADDED}, not {total}")));
    }
    let filler = if values.len() > 2 { &**arguments.text(2)? } else { " " };
    if length(filler) != 1 {
        return Err(arguments.fault(format!("the padding is one character, not '{filler}'")));
    }
    let missing = (total as usize).saturating_sub(length(&text));
    budget.spend(text.len() + missing * filler.len())?;
    Ok(format!("{}{text}", filler.repeat(missing)).into())
}

/// `join`: strings, integers and booleans with a text between them.
pub fn join(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("join", values);
    text::joined(arguments, arguments.array(0)?, arguments.text(1)?, budget)
}

/// `split`: by one text or by several; where two begin at the same place, the first of the list.
pub fn split(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("split", values);
    let delimiters = match arguments.any(1)? {
        delimiter @ Value::Text(_) => std::slice::from_ref(delimiter),
        Value::Array(items) => items.as_slice(),
        other => return Err(arguments.wrong(1, "a string or an array of strings", other)),
    };
    let mut texts = Vec::with_capacity(delimiters.len());
    for delimiter in delimiters {
        match delimiter {
            Value::Text(text) if !text.is_empty() => texts.push(&**text),
            Value::Text(_) => return Err(arguments.unknown("what an empty delimiter does is not documented")),
            other => return Err(arguments.wrong(1, "a string or an array of strings", other)),
        }
    }
    if texts.is_empty() {
        return Err(arguments.unknown("what no delimiter does is not documented"));
    }
    pieces(arguments.text(0)?, &texts, budget).map(Value::array)
}

fn pieces(mut rest: &str, delimiters: &[&str], budget: &mut Budget) -> Result<Vec<Value>, Fault> {
    let mut pieces = Vec::new();
    let mut start = rest;
    loop {
        budget.spend(delimiters.len())?;
        let found = delimiters.iter().find_map(|delimiter| rest.strip_prefix(delimiter));
        let mut behind = rest.chars();
        match (found, behind.next()) {
            (Some(next), _) => {
                pieces.push(start[..start.len() - rest.len()].into());
                budget.spend(size_of::<Value>() + 16)?;
                start = next;
                rest = next;
            }
            (None, Some(_)) => rest = behind.as_str(),
            (None, None) => {
                pieces.push(start.into());
                return Ok(pieces);
            }
        }
    }
}

pub fn substring(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("substring", values);
    let text = arguments.text(0)?;
    let (whole, start) = (length(text) as i64, arguments.int(1)?);
    let count = if values.len() > 2 { arguments.int(2)? } else { whole.saturating_sub(start) };
    budget.spend(text.len())?;
    let end = start.checked_add(count).filter(|end| start >= 0 && count >= 0 && *end <= whole);
    let outside =
        || arguments.fault(format!("start {start} and length {count} lead out of a text with {whole} characters"));
    part(arguments, text, start as usize, end.ok_or_else(outside)? as usize)
}
