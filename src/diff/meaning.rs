//! Two `model.json` side by side, grouped by what a reviewer thinks in.

use super::values::{self, Change, What};
use serde_json::{Map, Value as Json};

/// What a group of changes is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// `solution`, `package`, `input`, `table`, `connector`, `connector page`, `stream`, `poller`, `analytic rule`, …
    pub kind: &'static str,
    /// As people call it; empty where there is only one.
    pub name: String,
    /// What tells it apart from others of its kind; the name, unless the thing has an id.
    pub id: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub subject: Subject,
    /// Never empty.
    pub changes: Vec<Change>,
}

/// The differences of two models of one version.
pub fn compare(before: &Json, after: &Json) -> Vec<Group> {
    let mut groups = Groups(Vec::new());
    groups.solution(before, after);
    groups.plain("package", &before["package"], &after["package"]);
    groups.each(before, after, "inputs", |groups, id, b, a| groups.thing(subject("input", id), b, a));
    groups.each(before, after, "tables", Groups::table);
    groups.each(before, after, "connectors", Groups::connector);
    groups.each(before, after, "parsers", |groups, id, b, a| groups.thing(subject("parser", id), b, a));
    for (key, kind) in [
        ("analyticRules", "analytic rule"),
        ("huntingQueries", "hunting query"),
        ("watchlists", "watchlist"),
        ("summaryRules", "summary rule"),
        ("workbooks", "workbook"),
        ("customDetections", "custom detection"),
        ("sampleData", "sample data"),
        ("playbooks", "playbook"),
    ] {
        groups.each(before, after, key, |groups, id, b, a| {
            let name = a.or(b).and_then(|item| item["name"].as_str()).unwrap_or(id);
            groups.thing(Subject { kind, name: name.to_owned(), id: id.to_owned() }, b, a);
        });
    }
    groups.each(before, after, "resources", |groups, id, b, a| groups.thing(subject("resource", id), b, a));
    groups.0
}

fn subject(kind: &'static str, name: &str) -> Subject {
    Subject { kind, name: name.to_owned(), id: name.to_owned() }
}

/// The object at `key`, or none.
fn object<'a>(value: &'a Json, key: &str) -> Option<&'a Map<String, Json>> {
    value.get(key).and_then(Json::as_object)
}

/// `value` without the members that are compared elsewhere.
fn without(value: &Json, members: &[&str]) -> Json {
    let Json::Object(object) = value else { return value.clone() };
    let rest = object.iter().filter(|(name, _)| !members.contains(&name.as_str()));
    Json::Object(rest.map(|(name, value)| (name.clone(), value.clone())).collect())
}

fn list(value: &Json) -> Vec<String> {
    value.as_array().map(|items| items.iter().map(values::plain).collect()).unwrap_or_default()
}

struct Groups(Vec<Group>);

impl Groups {
    fn push(&mut self, subject: Subject, changes: Vec<Change>) {
        if !changes.is_empty() {
            self.0.push(Group { subject, changes });
        }
    }

    /// Something that both sides have and that has no name of its own.
    fn plain(&mut self, kind: &'static str, before: &Json, after: &Json) {
        let mut changes = Vec::new();
        values::compare(before, after, "", &mut changes);
        self.push(Subject { kind, name: String::new(), id: String::new() }, changes);
    }

    /// What the solution says of itself, the order of its parts, and whatever has no group of its own.
    fn solution(&mut self, before: &Json, after: &Json) {
        const ELSEWHERE: [&str; 16] = [
            "solution",
            "package",
            "inputs",
            "tables",
            "connectors",
            "parsers",
            "analyticRules",
            "huntingQueries",
            "watchlists",
            "summaryRules",
            "workbooks",
            "customDetections",
            "sampleData",
            "playbooks",
            "resources",
            "order",
        ];
        let mut changes = Vec::new();
        values::compare(&before["solution"], &after["solution"], "", &mut changes);
        for (key, shown) in [
            ("inputs", "order of inputs"),
            ("tables", "order of tables"),
            ("connectors", "order of connectors"),
            ("parsers", "order of parsers"),
            ("analyticRules", "order of analytic rules"),
            ("huntingQueries", "order of hunting queries"),
            ("watchlists", "order of watchlists"),
            ("summaryRules", "order of summary rules"),
            ("workbooks", "order of workbooks"),
            ("playbooks", "order of playbooks"),
            ("content", "order of content"),
        ] {
            let named = |model: &Json| -> Vec<String> {
                let name = |id: &String| model[key][id.as_str()]["name"].as_str().unwrap_or(id).to_owned();
                list(&model["order"][key]).iter().map(name).collect()
            };
            values::order(&named(before), &named(after), shown, &mut changes);
        }
        values::compare(&without(before, &ELSEWHERE), &without(after, &ELSEWHERE), "", &mut changes);
        self.push(Subject { kind: "solution", name: String::new(), id: String::new() }, changes);
    }

    /// Calls `f` with every id below `key`, and what each side has there.
    fn each(
        &mut self,
        before: &Json,
        after: &Json,
        key: &str,
        f: impl Fn(&mut Self, &str, Option<&Json>, Option<&Json>),
    ) {
        let none = Map::new();
        let (before, after) = (object(before, key).unwrap_or(&none), object(after, key).unwrap_or(&none));
        for id in values::keys(before, after) {
            f(self, id, before.get(id), after.get(id));
        }
    }

    /// One thing that is added, removed, or changed property by property.
    fn thing(&mut self, subject: Subject, before: Option<&Json>, after: Option<&Json>) {
        let mut changes = Vec::new();
        values::member(before, after, "", &mut changes);
        self.push(subject, changes);
    }

    fn table(&mut self, name: &str, before: Option<&Json>, after: Option<&Json>) {
        self.with_columns(subject("table", name), before, after);
    }

    /// A table or stream: columns by name, the rest property by property.
    fn with_columns(&mut self, subject: Subject, before: Option<&Json>, after: Option<&Json>) {
        let (Some(before), Some(after)) = (before, after) else { return self.thing(subject, before, after) };
        let mut changes = Vec::new();
        const COLUMNS: [&str; 2] = ["columns", "columnOrder"];
        values::compare(&without(before, &COLUMNS), &without(after, &COLUMNS), "", &mut changes);
        columns(before, after, &mut changes);
        self.push(subject, changes);
    }

    fn connector(&mut self, id: &str, before: Option<&Json>, after: Option<&Json>) {
        let title = after.or(before).and_then(|c| c["page"]["title"].as_str()).unwrap_or(id).to_owned();
        let named = |kind| Subject { kind, name: title.clone(), id: id.to_owned() };
        let (Some(before), Some(after)) = (before, after) else {
            return self.thing(named("connector"), before, after);
        };
        const PARTS: [&str; 3] = ["page", "collectionRule", "pollers"];
        self.thing(named("connector"), Some(&without(before, &PARTS)), Some(&without(after, &PARTS)));
        self.thing(named("connector page"), before.get("page"), after.get("page"));
        self.collection_rule(&before["collectionRule"], &after["collectionRule"]);
        self.each(before, after, "pollers", Groups::poller);
    }

    /// The settings are what a poller is: their names stand alone.
    fn poller(&mut self, name: &str, before: Option<&Json>, after: Option<&Json>) {
        let subject = subject("poller", name);
        let (Some(before), Some(after)) = (before, after) else { return self.thing(subject, before, after) };
        let mut changes = Vec::new();
        values::compare(&without(before, &["settings"]), &without(after, &["settings"]), "", &mut changes);
        values::member(before.get("settings"), after.get("settings"), "", &mut changes);
        self.push(subject, changes);
    }

    fn collection_rule(&mut self, before: &Json, after: &Json) {
        let name = values::plain(&after["name"]);
        let (b, a) = (without(before, &["streams"]), without(after, &["streams"]));
        self.thing(subject("collection rule", &name), Some(&b), Some(&a));
        self.each(before, after, "streams", |groups, id, b, a| {
            let subject = Subject { kind: "stream", name: id.to_owned(), id: format!("{name}/{id}") };
            groups.with_columns(subject, b, a);
        });
    }
}

fn columns(before: &Json, after: &Json, changes: &mut Vec<Change>) {
    let none = Map::new();
    let (b, a) = (object(before, "columns").unwrap_or(&none), object(after, "columns").unwrap_or(&none));
    for name in values::keys(b, a) {
        let column = format!("column {name}");
        match (b.get(name), a.get(name)) {
            (Some(b), Some(a)) => {
                let mut inside = Vec::new();
                values::compare(b, a, "", &mut inside);
                changes.extend(inside.into_iter().map(|c| Change::new(format!("{column} {}", c.property), c.what)));
            }
            (Some(b), None) => changes.push(Change::new(column, What::Removed(b["type"].clone()))),
            (None, Some(a)) => changes.push(Change::new(column, What::Added(a["type"].clone()))),
            (None, None) => {}
        }
    }
    values::order(&list(&before["columnOrder"]), &list(&after["columnOrder"]), "order of columns", changes);
}
