//! Two JSON values, member by member. Lists of things with names are compared by name, lists of words as sets with an
//! order, other lists place by place.

use super::lines::LineDiff;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

/// A text longer than this is compared as lines, even if it is one.
const SHORT_TEXT: usize = 100;

/// Lines shown of one changed text.
const TEXT_LINES: usize = 40;

/// Members by which the items of a list are told apart, the best first.
const IDENTITIES: [&str; 9] =
    ["id", "name", "key", "identifier", "connectorId", "entityType", "title", "description", "type"];

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// `triggerThreshold`, `request.headers.Accept`, `tactics`; empty for the whole subject.
    pub property: String,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Added(Json),
    Removed(Json),
    /// A value that fits a line.
    Value {
        before: Json,
        after: Json,
    },
    /// A text of several lines, or a long one.
    Text(LineDiff),
    /// The same things in another order: those that moved.
    Moved(Vec<String>),
}

impl Change {
    pub fn new(property: impl Into<String>, what: What) -> Self {
        Change { property: property.into(), what }
    }
}

/// Adds every difference of two values to `changes`; `path` is how the value itself is called.
pub fn compare(before: &Json, after: &Json, path: &str, changes: &mut Vec<Change>) {
    match (before, after) {
        _ if before == after => {}
        (Json::Object(before), Json::Object(after)) => objects(before, after, path, changes),
        (Json::Array(before), Json::Array(after)) => arrays(before, after, path, changes),
        (Json::String(b), Json::String(a)) if is_long(b) || is_long(a) => {
            changes.push(Change::new(path, What::Text(LineDiff::of(b, a, TEXT_LINES))));
        }
        _ => changes.push(Change::new(path, What::Value { before: before.clone(), after: after.clone() })),
    }
}

fn is_long(text: &str) -> bool {
    text.contains('\n') || text.chars().count() > SHORT_TEXT
}

fn objects(before: &Map<String, Json>, after: &Map<String, Json>, path: &str, changes: &mut Vec<Change>) {
    for name in keys(before, after) {
        member(before.get(name), after.get(name), &join(path, name), changes);
    }
}

/// The keys of both, each once: those of `before`, then what only `after` has.
pub fn keys<'a>(before: &'a Map<String, Json>, after: &'a Map<String, Json>) -> impl Iterator<Item = &'a str> {
    let new = after.keys().filter(|key| !before.contains_key(*key));
    before.keys().chain(new).map(String::as_str)
}

/// Compares what may be missing on one side.
pub fn member(before: Option<&Json>, after: Option<&Json>, path: &str, changes: &mut Vec<Change>) {
    match (before, after) {
        (Some(before), Some(after)) => compare(before, after, path, changes),
        (Some(before), None) => changes.push(Change::new(path, What::Removed(before.clone()))),
        (None, Some(after)) => changes.push(Change::new(path, What::Added(after.clone()))),
        (None, None) => {}
    }
}

/// `path.name`; a name that would not read as one word stands in brackets.
fn join(path: &str, name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || "_-$".contains(c)) && !name.is_empty();
    match (path.is_empty(), plain) {
        (true, _) => name.to_owned(),
        (false, true) => format!("{path}.{name}"),
        (false, false) => format!("{path}[{name}]"),
    }
}

fn arrays(before: &[Json], after: &[Json], path: &str, changes: &mut Vec<Change>) {
    if let (Some(b), Some(a)) = (words(before), words(after)) {
        return sets(&b, &a, path, changes);
    }
    if let Some(key) = IDENTITIES.into_iter().find(|key| names(before, key).is_some() && names(after, key).is_some()) {
        return named(before, after, key, path, changes);
    }
    for i in 0..before.len().max(after.len()) {
        member(before.get(i), after.get(i), &format!("{path}[{i}]"), changes);
    }
}

/// The items of a list of different plain values.
fn words(list: &[Json]) -> Option<Vec<&Json>> {
    let plain = list.iter().all(|item| !item.is_array() && !item.is_object() && !item.as_str().is_some_and(is_long));
    let different = list.iter().map(Json::to_string).collect::<BTreeSet<_>>().len() == list.len();
    (plain && different).then(|| list.iter().collect())
}

fn sets(before: &[&Json], after: &[&Json], path: &str, changes: &mut Vec<Change>) {
    let gone = before.iter().filter(|item| !after.contains(item));
    changes.extend(gone.map(|item| Change::new(path, What::Removed((*item).clone()))));
    let new = after.iter().filter(|item| !before.contains(item));
    changes.extend(new.map(|item| Change::new(path, What::Added((*item).clone()))));
    let shown = |list: &[&Json]| list.iter().map(|item| plain(item)).collect::<Vec<_>>();
    order(&shown(before), &shown(after), path, changes);
}

/// The text of a string, the JSON of anything else.
pub fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What each item has at `key`, if all are objects that have a text there, and no two the same.
fn names<'a>(list: &'a [Json], key: &str) -> Option<Vec<&'a str>> {
    let names = list.iter().map(|item| item.get(key)?.as_str()).collect::<Option<Vec<_>>>()?;
    (names.iter().collect::<BTreeSet<_>>().len() == names.len()).then_some(names)
}

fn named(before: &[Json], after: &[Json], key: &str, path: &str, changes: &mut Vec<Change>) {
    let (Some(old), Some(new)) = (names(before, key), names(after, key)) else { return };
    let find = |list: &[Json], name: &str| list.iter().find(|item| item[key] == name).cloned();
    let all = old.iter().chain(new.iter().filter(|name| !old.contains(name)));
    for name in all {
        let path = format!("{path}[{name}]");
        member(find(before, name).as_ref(), find(after, name).as_ref(), &path, changes);
    }
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    order(&owned(&old), &owned(&new), path, changes);
}

/// Notes which of the things that both lists have stand elsewhere relative to the others.
pub fn order(before: &[String], after: &[String], path: &str, changes: &mut Vec<Change>) {
    let old: Vec<&String> = before.iter().filter(|item| after.contains(item)).collect();
    let new: Vec<&String> = after.iter().filter(|item| before.contains(item)).collect();
    if old == new {
        return;
    }
    let moved = similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new)
        .iter()
        .flat_map(|op| {
            new.get(op.new_range()).unwrap_or_default().iter().filter(|_| op.tag() != similar::DiffTag::Equal)
        })
        .map(|item| (*item).clone())
        .collect();
    changes.push(Change::new(path, What::Moved(moved)));
}
