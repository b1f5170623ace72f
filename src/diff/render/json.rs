//! The report for programs. One shape for every change:
//! `{subject: {kind, name, id}, property, change: added|removed|changed|text|moved, …}`.

use super::super::{Change, Extent, FileChange, Group, LineDiff, Report, Side, What};
use super::fate_word;
use serde_json::{Map, Value as Json, json};

/// Raised when a reader of an older report would misread a newer one.
const VERSION: u32 = 1;

pub fn report(report: &Report) -> Json {
    let changes = report.groups.iter().flat_map(|group| group.changes.iter().map(|change| meaning(group, change)));
    json!({
        "reportVersion": VERSION,
        "solution": report.solution,
        "equal": report.is_empty(),
        "note": report.note,
        "changes": changes.collect::<Vec<_>>(),
        "following": report.following.iter().map(file).collect::<Vec<_>>(),
        "unexplained": report.unexplained.iter().map(file).collect::<Vec<_>>(),
    })
}

fn meaning(group: &Group, change: &Change) -> Json {
    let subject = &group.subject;
    let mut object = Map::new();
    object.insert("subject".into(), json!({ "kind": subject.kind, "name": subject.name, "id": subject.id }));
    object.insert("property".into(), json!(change.property));
    what(&change.what, &mut object);
    Json::Object(object)
}

fn what(what: &What, object: &mut Map<String, Json>) {
    let mut set = |name: &str, value: Json| drop(object.insert(name.to_owned(), value));
    match what {
        What::Added(value) => {
            set("change", json!("added"));
            set("after", value.clone());
        }
        What::Removed(value) => {
            set("change", json!("removed"));
            set("before", value.clone());
        }
        What::Value { before, after } => {
            set("change", json!("changed"));
            set("before", before.clone());
            set("after", after.clone());
        }
        What::Text(diff) => {
            set("change", json!("text"));
            set("diff", lines(diff));
        }
        What::Moved(names) => {
            set("change", json!("moved"));
            set("moved", json!(names));
        }
    }
}

fn lines(diff: &LineDiff) -> Json {
    let line = |line: &super::super::Line| {
        let side = match line.side {
            Side::Both => "both",
            Side::Before => "before",
            Side::After => "after",
            Side::Gap => "gap",
        };
        json!({ "side": side, "text": line.text })
    };
    json!({
        "added": diff.added,
        "removed": diff.removed,
        "omitted": diff.omitted,
        "lines": diff.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn file(file: &FileChange) -> Json {
    let mut object = Map::new();
    object.insert("path".into(), json!(file.path));
    object.insert("change".into(), json!(fate_word(file.fate)));
    object.insert("extent".into(), extent(&file.extent));
    if !file.values.is_empty() {
        let value = |change: &Change| {
            let mut object = Map::new();
            object.insert("pointer".into(), json!(change.property));
            what(&change.what, &mut object);
            Json::Object(object)
        };
        object.insert("values".into(), file.values.iter().map(value).collect());
    }
    if let Some(diff) = &file.lines {
        object.insert("diff".into(), lines(diff));
    }
    Json::Object(object)
}

fn extent(extent: &Extent) -> Json {
    match extent {
        Extent::Whole(bytes) => json!({ "bytes": bytes }),
        Extent::Values(n) => json!({ "values": n }),
        Extent::Lines { added, removed } => json!({ "linesAdded": added, "linesRemoved": removed }),
        Extent::Entries(entries) => {
            let entries: Map<String, Json> =
                entries.iter().map(|(name, fate)| (name.clone(), json!(fate_word(*fate)))).collect();
            json!({ "entries": entries })
        }
        Extent::LineBreaks => json!({ "lineBreaks": true }),
        Extent::Bytes { before, after } => json!({ "bytesBefore": before, "bytesAfter": after }),
    }
}
