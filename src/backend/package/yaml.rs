//! A careful writer of YAML as the repository's rules have it: two spaces, lists indented below their key, long texts as
//! block scalars, ASCII only. Every scalar reads back as the value it was, under YAML 1.1 and 1.2.

use crate::arm::{Node, Object, Value};
use std::fmt::Write;

/// Texts that need quotes become a block scalar beyond this many bytes.
const LONG: usize = 60;

/// Prints a mapping. Expressions have no notation here and are left out: a rule holds none.
pub fn print(object: &Object) -> String {
    let mut out = String::new();
    write_members(object, 0, &mut out);
    out
}

fn write_members(object: &Object, indent: usize, out: &mut String) {
    for (i, (key, node)) in object.members.iter().enumerate() {
        // The first member of a list's item stands on the line of its dash.
        if i > 0 || out.is_empty() || out.ends_with('\n') {
            pad(indent, out);
        }
        out.push_str(&flow_text(key));
        out.push(':');
        match &node.value {
            Value::Array(items) if !items.is_empty() => {
                out.push('\n');
                write_items(items, indent + 2, out);
            }
            Value::Object(object) if !object.members.is_empty() => {
                out.push('\n');
                write_members(object, indent + 2, out);
            }
            value => {
                out.push(' ');
                write_scalar(value, indent + 2, out);
            }
        }
    }
}

fn write_items(items: &[Node], indent: usize, out: &mut String) {
    for item in items {
        pad(indent, out);
        out.push_str("- ");
        match &item.value {
            Value::Object(object) if !object.members.is_empty() => write_members(object, indent + 2, out),
            Value::Array(items) if !items.is_empty() => {
                // `- - a` would be right as well; this is easier to read.
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                write_items(items, indent + 2, out);
            }
            value => write_scalar(value, indent + 2, out),
        }
    }
}

fn write_scalar(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Null | Value::Expr { .. } => out.push_str("null\n"),
        Value::Bool(b) => line(b, out),
        Value::Int(n) => line(n, out),
        Value::Real(n) => line(format_args!("{n:?}"), out),
        Value::Array(_) => out.push_str("[]\n"),
        Value::Object(_) | Value::Template(_) | Value::Inner(_) | Value::Computed(_) => out.push_str("{}\n"),
        Value::Text(text) if wants_block(text) => write_block(text, indent, out),
        Value::Text(text) => line(flow_text(text), out),
    }
}

fn line(value: impl std::fmt::Display, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{value}");
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn wants_block(text: &str) -> bool {
    let is_long = text.contains('\n') || (text.len() > LONG && !is_plain(text));
    // A block scalar begins at the indentation of its first line and has no escapes.
    let begins = text.starts_with(|c: char| c.is_ascii_graphic());
    let ends = text.trim_end_matches('\n').ends_with(|c: char| c.is_ascii_graphic());
    is_long && begins && ends && text.bytes().all(|b| matches!(b, b'\n' | b'\t' | b' '..=b'~'))
}

fn write_block(text: &str, indent: usize, out: &mut String) {
    let body = text.trim_end_matches('\n');
    out.push_str(match text.len() - body.len() {
        0 => "|-\n",
        1 => "|\n",
        _ => "|+\n",
    });
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            pad(indent, out);
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// A scalar on one line: plain where that is safe, else quoted.
fn flow_text(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        escaped(text)
    }
}

/// Narrower than YAML's own rule: letters, digits and a few marks, and nothing that any reader types otherwise.
fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let marks = text.bytes().all(|b| b.is_ascii_alphanumeric() || b" _-./(),".contains(&b));
    let lower = text.to_ascii_lowercase();
    let typed = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&lower.as_str());
    (begins && marks && !text.ends_with(' ') && !typed) || is_duration(text) || is_version(text) || is_guid(text)
}

/// `15m`, `1h`, `14d`
fn is_duration(text: &str) -> bool {
    let number = text.strip_suffix(['m', 'h', 'd']);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// `1.0.0`: with two dots it is no number.
fn is_version(text: &str) -> bool {
    text.split('.').count() == 3
        && text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_guid(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok() && text.len() == 36
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        let _ = match c {
            '"' | '\\' => write!(out, "\\{c}"),
            '\n' => write!(out, "\\n"),
            '\t' => write!(out, "\\t"),
            ' '..='~' => write!(out, "{c}"),
            c if u32::from(c) <= 0xff => write!(out, "\\x{:02x}", u32::from(c)),
            c if u32::from(c) <= 0xffff => write!(out, "\\u{:04x}", u32::from(c)),
            c => write!(out, "\\U{:08x}", u32::from(c)),
        };
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rule_reads_like_the_repository_s_own() {
        let field = Object::new().with("identifier", "Name").with("columnName", "User_s");
        let mapping = Object::new().with("entityType", "Account").with("fieldMappings", vec![field.into()]);
        let rule = Object::new()
            .with("id", "48ef0be4-8240-4a03-bbb9-320b562d6ce4")
            .with("name", "It's: a rule")
            .with("requiredDataConnectors", Vec::new())
            .with("queryFrequency", "15m")
            .with("triggerThreshold", 0)
            .with("tactics", vec!["Impact".into(), "no".into()])
            .with("query", "T\n\n  | where x == \"y\"\n")
            .with("entityMappings", vec![mapping.into()])
            .with("version", "1.0.0");
        let expected = "\
id: 48ef0be4-8240-4a03-bbb9-320b562d6ce4
name: 'It''s: a rule'
requiredDataConnectors: []
queryFrequency: 15m
triggerThreshold: 0
tactics:
  - Impact
  - 'no'
query: |
  T

    | where x == \"y\"
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: Name
        columnName: User_s
version: 1.0.0
";
        assert_eq!(print(&rule), expected);
    }

    fn tree() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            any::<String>(),
            "[a-z \\n:'#|-]{0,80}",
            "[0-9.e_xm:-]{0,8}",
            Just("yes".to_owned()),
            Just("~".to_owned()),
        ];
        let leaf = prop_oneof![
            text.prop_map(Value::Text),
            any::<i64>().prop_map(Value::Int),
            any::<bool>().prop_map(Value::Bool),
            Just(Value::Null),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let node = inner.prop_map(|value: Value| Node::fixed(value));
            prop_oneof![
                prop::collection::vec(node.clone(), 0..4).prop_map(Value::Array),
                prop::collection::btree_map("[a-z ]{1,6}", node, 0..4)
                    .prop_map(|members| { Value::Object(Object { members: members.into_iter().collect() }) }),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same_and_is_ascii(value in tree()) {
            let text = print(&Object::new().with("root", Node::fixed(value.clone())));
            prop_assert!(text.is_ascii());
            let read: serde_json::Value = serde_yaml::from_str(&text).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
            prop_assert_eq!(&read["root"], &crate::arm::print::to_json(&Node::fixed(value), 0), "{}", text);
        }
    }
}
