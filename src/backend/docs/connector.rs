//! What the documentation page says of a connector: how events come in, and how it is set up.

use super::markdown::code;
use super::page::{codes, duration, every, newest};
use crate::ir::{self, InputKind, Minutes, Value, ValueKind};
use serde::Serialize;

#[derive(Serialize)]
pub struct Connector<'a> {
    title: &'a str,
    /// Ends the sentence "The data connector, which …": `asks every 5 minutes`.
    how: String,
    /// When rows are there after the first events: `5 minutes`.
    soon: String,
    /// Markdown: the tables' names.
    tables: String,
    /// Markdown: what the page tells to do first, for kinds that need more than a form.
    prepare: Vec<&'a str>,
    inputs: Vec<Field<'a>>,
    /// Markdown: a sentence that ends before the table of fields.
    fill_in: String,
    /// Whether someone signs in on the connector's page.
    signs_in: bool,
    /// What is sent to, if an application pushes.
    pushed: Option<Pushed<'a>>,
    /// Queries.
    newest: Vec<String>,
}

/// A box of the connector page.
#[derive(Serialize)]
struct Field<'a> {
    label: &'a str,
    meaning: String,
}

#[derive(Serialize)]
struct Pushed<'a> {
    /// Label of the button.
    button: &'a str,
    /// Markdown: the streams' names.
    streams: String,
    rule: &'a str,
}

impl<'a> Connector<'a> {
    pub fn of(connector: &'a ir::Connector, inputs: &'a [ir::Input]) -> Self {
        let mut tables: Vec<&str> = Vec::new();
        for stream in &connector.streams {
            if !tables.contains(&stream.table.value.as_str()) {
                tables.push(&stream.table.value);
            }
        }
        let windows = connector.pollers.iter().filter_map(|poller| poller.window.as_ref());
        let longest = windows.map(|window| Minutes(window.minutes.value)).max();
        let pushed = pushed(connector);
        let how = match longest {
            Some(minutes) => format!("asks {}", every(minutes)),
            None if pushed.is_some() => "takes what an application sends".to_owned(),
            None => "reads what arrives".to_owned(),
        };
        let signs_in = connector.instruction("OAuthForm").is_some();
        // What signing in gives is in no box.
        let asked = inputs
            .iter()
            .filter(|input| connector.inputs.contains(&input.name.value) && !(signs_in && input.name.value == CODE));
        Connector {
            title: &connector.title.value,
            how,
            soon: duration(longest.unwrap_or(Minutes(5))),
            tables: codes(tables.iter().copied()),
            prepare: prepare(connector),
            inputs: asked.map(|input| Field { label: &input.label.value, meaning: meaning(input) }).collect(),
            fill_in: fill_in(connector, signs_in),
            signs_in,
            pushed,
            newest: tables.iter().map(|table| newest(table)).collect(),
        }
    }
}

/// What the page's form gets by signing in.
const CODE: &str = "AuthorizationCode";

/// The paragraphs of the page. A RestApiPoller needs the form alone, and what a Push connector needs is told elsewhere.
fn prepare(connector: &ir::Connector) -> Vec<&str> {
    let mut found = Vec::new();
    if connector.pollers.iter().any(|poller| !["RestApiPoller", "Push"].contains(&poller.kind)) {
        paragraphs(&connector.ui, &mut found);
    }
    found
}

fn paragraphs<'a>(page: &'a Value, found: &mut Vec<&'a str>) {
    match &page.kind {
        ValueKind::Object(object) => {
            let parameters = object.get("parameters");
            let text = match object.get("type").and_then(Value::as_text) {
                Some("Markdown") => parameters.and_then(|parameters| parameters.get("content")),
                Some("MarkdownControlEnvBased") => parameters.and_then(|parameters| parameters.get("prodScript")),
                _ => None,
            };
            found.extend(text.and_then(Value::as_text));
            object.members.iter().for_each(|(_, member)| paragraphs(member, found));
        }
        ValueKind::Array(items) => items.iter().for_each(|item| paragraphs(item, found)),
        _ => {}
    }
}

fn fill_in(connector: &ir::Connector, signs_in: bool) -> String {
    let pane = connector.instruction("ContextPane").and_then(|pane| pane.get("parameters")?.get("label")?.as_text());
    match pane {
        _ if signs_in => "Fill in the form, connect, and agree on the page of the API that opens.".to_owned(),
        Some(label) => format!("Press {}, fill in the form, and connect.", code(label)),
        None => "Fill in the form, and connect.".to_owned(),
    }
}

fn pushed(connector: &ir::Connector) -> Option<Pushed<'_>> {
    let button = connector.instruction("DeployPushConnectorButton")?;
    Some(Pushed {
        button: button.get("parameters")?.get("label")?.as_text()?,
        streams: codes(connector.streams.iter().map(|stream| stream.name.value.as_str())),
        rule: &connector.collection_rule_name.value,
    })
}

/// What an input is for, with its options and its default.
fn meaning(input: &ir::Input) -> String {
    let mut parts: Vec<String> = input.description.iter().map(|text| text.value.clone()).collect();
    if let InputKind::Choice(options) = &input.kind {
        let options: Vec<&str> = options.iter().map(|(_, text)| text.value.as_str()).collect();
        parts.push(format!("one of {}", options.join(", ")));
    }
    if let Some(default) = input.default.as_ref().filter(|_| !input.is_secret()) {
        parts.push(format!("empty: {}", default.value));
    }
    if parts.is_empty() { "–".to_owned() } else { parts.join("; ") }
}
