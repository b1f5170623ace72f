//! Two templates compared by what they evaluate to: resources by their ids, in whatever order, and outputs.

use super::Format;
use super::shown::Evaluated;
use crate::diff::{LineDiff, Side};
use crate::driver::console::counted;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many lines of one resource are shown.
const LINES: usize = 60;

/// A part of an evaluation: a resource or an output.
struct Part<'a> {
    real: Json,
    shown: Json,
    name: &'a str,
}

/// Whether the two differ, and in what.
pub fn report(one: &Evaluated, two: &Evaluated, format: Format) -> (bool, String) {
    let (before, after) = (parts(one), parts(two));
    let mut differences = Vec::new();
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(a), Some(b)) if a.real != b.real => differences.push(Difference::Changed(a, b)),
            (Some(a), None) => differences.push(Difference::OnlyFirst(a)),
            (None, Some(b)) => differences.push(Difference::OnlySecond(b)),
            _ => {}
        }
    }
    let text = match format {
        Format::Json => {
            let differences: Vec<Json> = differences.iter().map(Difference::json).collect();
            format!("{:#}\n", json!({ "equal": differences.is_empty(), "differences": differences }))
        }
        Format::Text if differences.is_empty() => {
            format!("the two templates evaluate to the same: {}\n", counted(before.len(), "part"))
        }
        Format::Text => differences.iter().map(Difference::text).collect(),
    };
    (!differences.is_empty(), text)
}

/// The resources by their ids, and the outputs by their names.
fn parts(evaluated: &Evaluated) -> BTreeMap<String, Part<'_>> {
    let mut parts = BTreeMap::new();
    let list = |json: &'_ Json| json.get("resources").and_then(Json::as_array).cloned().unwrap_or_default();
    let shown = evaluated.shown.get("resources").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    for (real, shown) in list(&evaluated.real).into_iter().zip(shown) {
        let name = shown.get("id").and_then(Json::as_str).unwrap_or_default();
        let key = real.get("id").and_then(Json::as_str).unwrap_or_default().to_lowercase();
        parts.insert(key, Part { real: ordered(real), shown: ordered(shown.clone()), name });
    }
    let outputs = |json: &'_ Json| json.get("outputs").and_then(Json::as_object).cloned().unwrap_or_default();
    let shown = evaluated.shown.get("outputs").and_then(Json::as_object);
    for ((name, real), (shown_name, shown)) in outputs(&evaluated.real).into_iter().zip(shown.into_iter().flatten()) {
        let part = Part { real: ordered(real), shown: ordered(shown.clone()), name: shown_name };
        parts.insert(format!("output {name}").to_lowercase(), part);
    }
    parts
}

/// The order of members and of what a resource waits for says nothing.
fn ordered(mut json: Json) -> Json {
    if let Some(Json::Array(depends_on)) = json.get_mut("dependsOn") {
        depends_on.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
    json.sort_all_objects();
    json
}

enum Difference<'a> {
    OnlyFirst(&'a Part<'a>),
    OnlySecond(&'a Part<'a>),
    Changed(&'a Part<'a>, &'a Part<'a>),
}

impl Difference<'_> {
    fn text(&self) -> String {
        match self {
            Difference::OnlyFirst(part) => format!("only in the first: {}\n", part.name),
            Difference::OnlySecond(part) => format!("only in the second: {}\n", part.name),
            Difference::Changed(a, b) => {
                let mut text = format!("different: {}\n", a.name);
                let lines = LineDiff::of(&format!("{:#}", a.shown), &format!("{:#}", b.shown), LINES);
                for line in &lines.lines {
                    let sign = match line.side {
                        Side::Both => ' ',
                        Side::Before => '-',
                        Side::After => '+',
                        Side::Gap => '…',
                    };
                    let _ = writeln!(text, "  {sign} {}", line.text);
                }
                if lines.lines.is_empty() && lines.omitted == 0 {
                    text.push_str("  in a secret\n");
                }
                if lines.omitted > 0 {
                    let _ = writeln!(text, "  … and {}", counted(lines.omitted, "line"));
                }
                text
            }
        }
    }

    fn json(&self) -> Json {
        let (change, name, first, second) = match self {
            Difference::OnlyFirst(part) => ("removed", part.name, Some(&part.shown), None),
            Difference::OnlySecond(part) => ("added", part.name, None, Some(&part.shown)),
            Difference::Changed(a, b) => ("changed", a.name, Some(&a.shown), Some(&b.shown)),
        };
        let mut members = Map::new();
        members.insert("change".to_owned(), change.into());
        members.insert("name".to_owned(), name.into());
        members.extend(first.map(|first| ("first".to_owned(), first.clone())));
        members.extend(second.map(|second| ("second".to_owned(), second.clone())));
        members.into()
    }
}
