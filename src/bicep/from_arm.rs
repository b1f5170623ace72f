//! ARM expressions in Bicep's terms: parameters and variables by name, operators, interpolation, literals.
//!
//! What has no form of its own in Bicep stays a call by name; whether it exists is for others to say.

use super::{Expr, Operator, Piece};
use crate::arm;

/// Writes an ARM expression in Bicep. `declared` are the names of parameters and variables as the file spells them:
/// ARM compares without case, Bicep does not.
pub fn expression(expr: &arm::Expr, declared: &[&str]) -> Expr {
    match expr {
        arm::Expr::Text(text) => Expr::text(text),
        arm::Expr::Int(n) => Expr::Int(*n),
        arm::Expr::Member(target, name) => expression(target, declared).member(name),
        arm::Expr::Index(target, index) => {
            Expr::Index(Box::new(expression(target, declared)), Box::new(expression(index, declared)))
        }
        arm::Expr::Call(name, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(|argument| expression(argument, declared)).collect();
            call(name, arguments, declared)
        }
    }
}

fn call(name: &str, arguments: Vec<Expr>, declared: &[&str]) -> Expr {
    let lower = name.to_ascii_lowercase();
    if let Some(operator) = operator(&lower)
        && arguments.len() >= 2
    {
        let several = matches!(operator, Operator::And | Operator::Or | Operator::Coalesce);
        if several || arguments.len() == 2 {
            return arguments.into_iter().reduce(|l, r| Expr::binary(operator, l, r)).unwrap_or(Expr::Null);
        }
    }
    match (lower.as_str(), arguments.as_slice()) {
        ("parameters" | "variables", [Expr::Text(name)]) => Expr::name(spelled(name, declared)),
        ("true", []) => Expr::Bool(true),
        ("false", []) => Expr::Bool(false),
        ("null", []) => Expr::Null,
        ("json", [Expr::Text(text)]) if text.trim() == "null" => Expr::Null,
        ("if", [condition, yes, no]) => Expr::ternary(condition.clone(), yes.clone(), no.clone()),
        ("not", [Expr::Binary(Operator::Equal, left, right)]) => {
            Expr::Binary(Operator::NotEqual, left.clone(), right.clone())
        }
        ("not", [inner]) => Expr::Not(Box::new(inner.clone())),
        ("createarray", items) => Expr::Array(items.to_vec()),
        ("createobject", members) if members.len() % 2 == 0 => object(members),
        ("concat", parts) if parts.iter().any(|part| part.is_text() || matches!(part, Expr::Int(_))) => {
            Expr::interpolation(arguments)
        }
        ("format", [Expr::Text(format), values @ ..]) => {
            formatted(format, values).unwrap_or_else(|| Expr::Call("format".to_owned(), arguments))
        }
        _ => Expr::Call(function(name).unwrap_or(name).to_owned(), arguments),
    }
}

fn object(members: &[Expr]) -> Expr {
    let key = |key: &Expr| match Expr::interpolation([key.clone()]) {
        key @ (Expr::Text(_) | Expr::Interpolation(_)) => key,
        other => Expr::Interpolation(vec![Piece::Expr(other)]),
    };
    let pair = |pair: &[Expr]| match pair {
        [name, value] => Some((key(name), value.clone())),
        _ => None,
    };
    Expr::Object(members.chunks(2).filter_map(pair).collect())
}

fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        "mul" => Operator::Multiply,
        "div" => Operator::Divide,
        "mod" => Operator::Modulo,
        "add" => Operator::Add,
        "sub" => Operator::Subtract,
        "less" => Operator::Less,
        "lessorequals" => Operator::LessOrEqual,
        "greater" => Operator::Greater,
        "greaterorequals" => Operator::GreaterOrEqual,
        "equals" => Operator::Equal,
        "and" => Operator::And,
        "or" => Operator::Or,
        "coalesce" => Operator::Coalesce,
        _ => return None,
    })
}

fn spelled<'a>(name: &'a str, declared: &[&'a str]) -> &'a str {
    declared.iter().copied().find(|d| d.eq_ignore_ascii_case(name)).unwrap_or(name)
}

/// The parts of a format text with plain places (`{0}`, `{{`); `None` for places with a format or without an argument.
fn formatted(format: &str, values: &[Expr]) -> Option<Expr> {
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at_checked(at)?;
        parts.push(Expr::text(before));
        if let Some(after) = from.strip_prefix("{{") {
            parts.push(Expr::text("{"));
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            parts.push(Expr::text("}"));
            rest = after;
        } else {
            let (place, after) = from.strip_prefix('{')?.split_once('}')?;
            parts.push(values.get(place.parse::<usize>().ok()?)?.clone());
            rest = after;
        }
    }
    parts.push(Expr::text(rest));
    Some(Expr::interpolation(parts))
}

/// Whether Bicep can say what a function of this name says.
pub fn is_known(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let special = ["parameters", "variables", "true", "false", "null", "if", "not", "createarray", "createobject"];
    special.contains(&lower.as_str())
        || operator(&lower).is_some()
        || function(name).is_some()
        // Every resource type may have its own.
        || lower.starts_with("list")
}

/// The spelling of a function in Bicep, which compares case: the functions that both languages have by the same name.
fn function(name: &str) -> Option<&'static str> {
    FUNCTIONS.iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}

const FUNCTIONS: [&str; 75] = [
    "array",
    "base64",
    "base64ToJson",
    "base64ToString",
    "bool",
    "cidrHost",
    "cidrSubnet",
    "concat",
    "contains",
    "dataUri",
    "dataUriToString",
    "dateTimeAdd",
    "dateTimeFromEpoch",
    "dateTimeToEpoch",
    "deployer",
    "deployment",
    "distinct",
    "empty",
    "endsWith",
    "environment",
    "extensionResourceId",
    "fail",
    "first",
    "flatten",
    "format",
    "guid",
    "indexOf",
    "int",
    "intersection",
    "items",
    "join",
    "json",
    "last",
    "lastIndexOf",
    "length",
    "like",
    "managementGroup",
    "managementGroupResourceId",
    "max",
    "min",
    "newGuid",
    "objectKeys",
    "padLeft",
    "parseCidr",
    "pickZones",
    "providers",
    "range",
    "reference",
    "replace",
    "resourceGroup",
    "resourceId",
    "roleDefinitions",
    "shallowMerge",
    "skip",
    "split",
    "startsWith",
    "string",
    "subscription",
    "subscriptionResourceId",
    "substring",
    "take",
    "tenant",
    "tenantResourceId",
    "toLogicalZone",
    "toLogicalZones",
    "toLower",
    "toPhysicalZone",
    "toPhysicalZones",
    "toUpper",
    "trim",
    "union",
    "uniqueString",
    "uri",
    "uriComponent",
    "uriComponentToString",
];
