//! Base64, data URIs and JSON text.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use crate::arm::read;
use crate::source::FileId;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn base64(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let text = Arguments::of("base64", values).text(0)?;
    budget.spend(text.len() / 3 * 4 + 4)?;
    Ok(encode(text.as_bytes()).into())
}

pub fn base64_to_string(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("base64ToString", values);
    decoded(arguments, arguments.text(0)?, budget).map(Value::from)
}

pub fn base64_to_json(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("base64ToJson", values);
    let text = decoded(arguments, arguments.text(0)?, budget)?;
    parsed(arguments, &text, budget)
}

/// `json`: the value that a JSON text says.
pub fn json(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("json", values);
    parsed(arguments, arguments.text(0)?, budget)
}

/// `dataUri`: the reference shows `charset=utf8`; Resource Manager's own engine writes `utf-8` (observed in the tests of
/// the Bicep compiler, which run it).
pub fn data_uri(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let text = Arguments::of("dataUri", values).text(0)?;
    budget.spend(text.len() / 3 * 4 + 48)?;
    Ok(format!("data:text/plain;charset=utf-8;base64,{}", encode(text.as_bytes())).into())
}

pub fn data_uri_to_string(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("dataUriToString", values);
    let no_uri = || arguments.fault("the text is no data URI: data:[<media type>][;base64],<data>");
    let (head, data) =
        arguments.text(0)?.strip_prefix("data:").and_then(|rest| rest.split_once(',')).ok_or_else(no_uri)?;
    let mut parameters = head.split(';').skip(1);
    let known = |parameter: &str| matches!(parameter, "charset=utf8" | "charset=utf-8" | "charset=UTF-8" | "base64");
    if !head.ends_with(";base64") || !parameters.all(known) {
        return Err(arguments.unknown("only data URIs in base64 and UTF-8 are documented"));
    }
    decoded(arguments, data, budget).map(Value::from)
}

/// JSON text as a value, read as a template itself is read.
fn parsed(arguments: Arguments, text: &str, budget: &mut Budget) -> Result<Value, Fault> {
    // A value takes more room than its text: `[0,0,…]` some ten times.
    budget.spend(text.len().saturating_mul(16))?;
    let read = read::data(text, FileId(0));
    read.map(|read| read.tree.data()).map_err(|error| arguments.fault(format!("the text is no JSON: {error}")))
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

fn decoded(arguments: Arguments, text: &str, budget: &mut Budget) -> Result<String, Fault> {
    budget.spend(text.len())?;
    let bytes = decode(text).ok_or_else(|| arguments.fault("the text is no base64"))?;
    String::from_utf8(bytes).map_err(|_| arguments.unknown("the bytes are not UTF-8"))
}

/// As .NET reads it: white space is passed over, the padding has to be there.
fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).collect();
    let content = digits.iter().rposition(|digit| *digit != b'=').map_or(0, |last| last + 1);
    if !digits.len().is_multiple_of(4) || digits.len() - content > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for chunk in digits.get(..content)?.chunks(4) {
        let mut bits = 0;
        for digit in chunk {
            bits = bits << 6 | DIGITS.iter().position(|known| known == digit)?;
        }
        bits <<= 6 * (4 - chunk.len());
        bytes.extend([16, 8, 0].iter().take(chunk.len().checked_sub(1)?).map(|shift| (bits >> shift) as u8));
    }
    Some(bytes)
}
