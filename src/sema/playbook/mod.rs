//! `playbooks:`: templates that are carried as they are. What they are is read from them; what is wrong with them is said at
//! their own lines.
//!
//! Whether a template evaluates is not asked here: `proof` does that.

mod carried;
mod frame;
mod gallery;
mod secrets;
mod workflow;

use super::context::Context;
use super::queries;
use crate::arm::eval::tree::{Form, Tree};
use crate::arm::print;
use crate::diag::Diagnostic;
use crate::diag::rules::playbook as rules;
use crate::ir::{Playbook, PlaybookKind, PlaybookParameter, Text};
use crate::kql::Globals;
use crate::model;
use crate::source::Spanned;
use carried::Carried;

/// Folders that only say how a playbook is triggered: the one above has the name.
const TRIGGER_FOLDERS: [&str; 5] = [
    "alert-trigger",
    "incident-trigger",
    "entity-trigger",
    "alert-trigger-logingestionapi",
    "incident-trigger-logingestionapi",
];

/// A playbook, and what is asked of the others once all are read.
struct Read {
    playbook: Playbook,
    /// Of a custom connector or function app: the default of the parameter with its name.
    named: Option<String>,
    /// Texts of which one may be the name of a function app.
    defaults: Vec<String>,
}

pub fn resolve_all(given: &[model::Playbook], globals: &Globals, context: &mut Context<'_>) -> Vec<Playbook> {
    let mut read = Vec::new();
    for playbook in given {
        read.extend(one(&playbook.files, globals, &playbook.path, context));
    }
    context.unique("playbooks", "playbooks", read.iter().map(|read| &read.playbook.id));
    let is_whole = read.len() == given.len();
    let needs: Vec<Vec<usize>> = read.iter().map(|one| needs(one, &read)).collect();
    for (one, needs) in read.iter_mut().zip(needs) {
        one.playbook.needs = needs;
    }
    if is_whole {
        read.iter().for_each(|one| report_missing(one, &read, context));
    }
    read.into_iter().map(|read| read.playbook).collect()
}

fn one(given: &model::PlaybookFiles, globals: &Globals, path: &str, context: &mut Context<'_>) -> Option<Read> {
    let (id, below) = place(&given.file, path, context)?;
    let readme = given.readme.as_ref().and_then(|prose| context.text(prose, &format!("{path}.readme")));
    let images = given.images.iter().filter_map(|image| image_beside(image, &given.file, &below, path, context));
    let images: Vec<_> = images.collect();
    let (file, text) = context.read(&given.file, path)?;
    let tree = frame::read(&text, file, path, context)?;
    let carried = Carried { tree: &tree, file };
    let kind = frame::kind(carried, path, context)?;
    frame::check_parts(carried, path, context);
    secrets::check(carried, path, context);
    let name = frame::name(carried, kind, path, context);
    let gallery = gallery::read(carried, kind, path, context);
    let workflow = workflow::read(carried, &text, kind, &below, path, context);
    for (query, places) in &workflow.queries {
        queries::stored(&query.text, places, globals, &format!("{path}.{}", query.action), context);
    }
    let display_name = display_name(carried).map_or_else(|| id.clone(), |name| Spanned::new(name, id.span));
    let named = name.as_ref().and_then(|name| default_text(carried, name));
    let defaults = carried.section("parameters").filter_map(|member| default_text(carried, &member.name)).collect();
    let playbook = Playbook {
        kind,
        place: path.to_owned(),
        display_name,
        version: workflow.version.unwrap_or_else(|| Spanned::new("1.0".to_owned(), id.span)),
        id,
        path: below,
        source: Spanned::new(text.to_string(), crate::source::Span::start_of(file)),
        readme,
        images,
        name_parameter: name,
        title: gallery.title,
        description: gallery.description,
        prerequisites: gallery.prerequisites,
        post_deployment: gallery.post_deployment,
        parameters: carried.section("parameters").map(|member| parameter(&member.name, &member.tree)).collect(),
        triggers: workflow.triggers,
        connections: workflow.connections,
        has_identity: workflow.has_identity,
        queries: workflow.queries.into_iter().map(|(query, _)| query).collect(),
        needs: Vec::new(),
        template: tree,
    };
    Some(Read { playbook, named, defaults })
}

/// The id of a playbook, and the path of its template below `Playbooks/`.
fn place(file: &Text, path: &str, context: &mut Context<'_>) -> Option<(Text, String)> {
    let below = file.value.rsplit_once("Playbooks/").map_or(file.value.as_str(), |(_, below)| below);
    let mut folders: Vec<&str> = below.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let name = folders.pop();
    let Some((folder, above)) = folders.split_last() else {
        let message = format!("`{}` has no folder of its own, which would be the playbook's id", file.value);
        let help = "put it into one, such as Playbooks/BlockAccount/azuredeploy.json";
        context.report(&rules::PLAYBOOK_FOLDER, file.span, &format!("{path}.file"), message, help);
        return None;
    };
    let is_trigger = TRIGGER_FOLDERS.iter().any(|known| known.eq_ignore_ascii_case(folder));
    let id = match above.last() {
        Some(parent) if is_trigger => format!("{parent}-{folder}"),
        _ => (*folder).to_owned(),
    };
    let below = format!("{}/{}", folders.join("/"), name.unwrap_or_default());
    Some((Spanned::new(id, file.span), below))
}

/// An image's path below `Playbooks/`, and what is in it.
fn image_beside(
    image: &Text,
    template: &Text,
    below: &str,
    path: &str,
    context: &mut Context<'_>,
) -> Option<(String, Spanned<Vec<u8>>)> {
    let folder = |file: &str| file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let Some(name) = image.value.strip_prefix(&folder(&template.value)) else {
        let message = format!("`{}` does not lie in the folder of the template", image.value);
        let help = format!("put it below {}", folder(&template.value));
        context.report(&rules::PLAYBOOK_FOLDER, image.span, &format!("{path}.images"), message, help);
        return None;
    };
    let bytes = context.bytes(image, path)?;
    Some((format!("{}{name}", folder(below)), Spanned::new(bytes, image.span)))
}

/// The default of `PlaybookName`, in whatever case it is written.
fn display_name(carried: Carried<'_>) -> Option<String> {
    default_text(carried, "PlaybookName").filter(|name| !name.is_empty())
}

fn default_text(carried: Carried<'_>, parameter: &str) -> Option<String> {
    carried.text(carried.parameter(parameter)?.get("defaultValue")?)
}

fn parameter(name: &str, declared: &Tree) -> PlaybookParameter {
    let ty = declared.get("type").and_then(Tree::text).unwrap_or_default();
    let secret = ty.to_ascii_lowercase().starts_with("secure");
    let default = declared.get("defaultValue").map(|default| match &default.form {
        Form::Expr(expr) => format!("[{}]", print::expression_text(expr)),
        Form::Text(text) => text.to_string(),
        _ => default.data().to_json().to_string(),
    });
    let description = declared.get("metadata").and_then(|metadata| metadata.get("description")).and_then(Tree::text);
    PlaybookParameter { name: name.to_owned(), default, secret, description: description.map(str::to_owned) }
}

/// What a playbook calls: custom connectors by the name that its connections give, function apps by a default of its own.
fn needs(one: &Read, all: &[Read]) -> Vec<usize> {
    let is_needed = |other: &Read| match (other.playbook.kind, &other.named) {
        (PlaybookKind::CustomConnector, Some(name)) => custom_names(one).any(|called| called == name),
        (PlaybookKind::FunctionApp, Some(name)) => {
            one.defaults.contains(name) && one.playbook.source.value.contains("Microsoft.Web/sites")
        }
        _ => false,
    };
    let calls = one.playbook.kind == PlaybookKind::Playbook;
    all.iter().enumerate().filter(|(_, other)| calls && is_needed(other)).map(|(at, _)| at).collect()
}

/// The names of the custom connectors that a playbook connects to, as its defaults say them.
fn custom_names(one: &Read) -> impl Iterator<Item = &String> {
    one.playbook
        .connections
        .iter()
        .filter(|connection| connection.custom)
        .filter_map(|connection| connection.api.as_ref())
}

fn report_missing(one: &Read, all: &[Read], context: &mut Context<'_>) {
    for connection in one.playbook.connections.iter().filter(|connection| connection.custom) {
        let Some(name) = &connection.api else { continue };
        let brings =
            |other: &Read| other.playbook.kind == PlaybookKind::CustomConnector && other.named.as_ref() == Some(name);
        if all.iter().any(brings) {
            continue;
        }
        let (id, span) = (&one.playbook.id.value, one.playbook.id.span);
        let message =
            format!("the playbook `{id}` connects to the custom connector `{name}`, which is no item of `playbooks`");
        let known: Vec<&str> = all
            .iter()
            .filter(|other| other.playbook.kind == PlaybookKind::CustomConnector)
            .filter_map(|other| other.named.as_deref())
            .collect();
        let help = match known.as_slice() {
            [] => "name the template of the connector as well".to_owned(),
            known => format!("make the two defaults one name; there are {}", known.join(", ")),
        };
        context
            .diagnostics
            .push(Diagnostic::new(&rules::PLAYBOOK_NEEDS, span, message).help(help).at(&one.playbook.place));
    }
}
