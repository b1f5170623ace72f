//! What the page says of playbooks, custom connectors and function apps.

use super::markdown::{code, code_cell};
use super::page::shell;
use crate::backend::deploy;
use crate::ir::{self, PlaybookKind, PlaybookParameter, Solution};
use serde::Serialize;

#[derive(Serialize)]
pub struct Playbook<'a> {
    name: &'a str,
    /// Markdown: what it is and what starts it.
    what: String,
    /// Markdown.
    description: &'a str,
    /// Markdown: what of the solution it calls, or nothing.
    needs: String,
    /// Markdown.
    prerequisites: &'a [String],
    parameters: Vec<Parameter<'a>>,
    /// Markdown: where someone has to sign in, or nothing.
    connections: String,
    has_identity: bool,
    /// Markdown.
    afterwards: &'a [String],
    command: String,
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    /// `yes`, `yes, secret` or `no`
    required: &'static str,
    /// Markdown, for a table cell.
    default: String,
    meaning: &'a str,
}

pub fn of(solution: &Solution) -> Vec<Playbook<'_>> {
    solution.playbooks.iter().map(|playbook| one(playbook, &solution.playbooks)).collect()
}

/// `2 playbooks, 1 custom connector and 1 function app`
pub fn counted(solution: &Solution) -> String {
    let kinds = [PlaybookKind::Playbook, PlaybookKind::CustomConnector, PlaybookKind::FunctionApp];
    let counted = kinds.map(|kind| (kind.name(), solution.playbooks.iter().filter(|one| one.kind == kind).count()));
    let counted = counted.iter().filter(|(_, count)| *count > 0);
    let mut parts: Vec<String> =
        counted.map(|(name, count)| format!("{count} {name}{}", if *count == 1 { "" } else { "s" })).collect();
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) }
}

fn one<'a>(playbook: &'a ir::Playbook, all: &'a [ir::Playbook]) -> Playbook<'a> {
    let needed = playbook.needs.iter().filter_map(|at| all.get(*at));
    let needed: Vec<String> =
        needed.map(|other| format!("the {} {}", other.kind.name(), code(&other.display_name.value))).collect();
    Playbook {
        name: &playbook.display_name.value,
        what: what(playbook),
        description: playbook.description.as_deref().unwrap_or_default(),
        needs: needed.join(" and "),
        prerequisites: &playbook.prerequisites,
        parameters: playbook.parameters.iter().map(parameter).collect(),
        connections: connections(playbook),
        has_identity: playbook.has_identity,
        afterwards: &playbook.post_deployment,
        command: command(playbook),
    }
}

fn what(playbook: &ir::Playbook) -> String {
    match (playbook.kind, playbook.triggers.as_slice()) {
        (PlaybookKind::Playbook, []) => "A playbook.".to_owned(),
        (PlaybookKind::Playbook, triggers) => format!("A playbook that {} starts.", triggers.join(" or ")),
        (PlaybookKind::CustomConnector, _) => "A custom connector of Logic Apps, which playbooks call.".to_owned(),
        (PlaybookKind::FunctionApp, _) => "A function app, which playbooks call.".to_owned(),
    }
}

fn parameter(parameter: &PlaybookParameter) -> Parameter<'_> {
    Parameter {
        name: &parameter.name,
        required: match (&parameter.default, parameter.secret) {
            (None, true) => "yes, secret",
            (None, false) => "yes",
            (Some(_), _) => "no",
        },
        default: match parameter.default.as_deref() {
            None => "–".to_owned(),
            Some("") => "empty".to_owned(),
            Some(default) => code_cell(default),
        },
        meaning: parameter.description.as_deref().unwrap_or("–"),
    }
}

/// APIs that the playbook connects to, each once.
fn connections(playbook: &ir::Playbook) -> String {
    let mut apis: Vec<String> = Vec::new();
    for api in playbook.connections.iter().filter_map(|connection| connection.api.as_deref()) {
        let shown = code(api);
        if !apis.contains(&shown) {
            apis.push(shown);
        }
    }
    apis.join(", ")
}

/// Deploys the template by itself. Secrets are asked for in the terminal.
fn command(playbook: &ir::Playbook) -> String {
    let file = shell(&deploy::playbook_file(playbook));
    let mut command = format!("az deployment group create -g my-resource-group \\\n  --template-file {file}");
    let given = playbook.parameters.iter().filter(|parameter| parameter.default.is_none() && !parameter.secret);
    for (i, parameter) in given.enumerate() {
        let before = if i == 0 { " \\\n  --parameters" } else { "" };
        command.push_str(&format!("{before} {}", shell(&format!("{}=VALUE", parameter.name))));
    }
    command
}
