//! `metadata` of a carried template: what the gallery shows of it.

use super::carried::Carried;
use crate::arm::eval::tree::{Form, Tree};
use crate::diag::did_you_mean;
use crate::diag::rules::playbook as rules;
use crate::ir::PlaybookKind;
use crate::sema::context::Context;
use crate::source::Span;

/// The entities of the gallery, in lower case.
const ENTITIES: [&str; 21] = [
    "account",
    "host",
    "ip",
    "url",
    "azureresource",
    "cloudapplication",
    "dnsresolution",
    "file",
    "filehash",
    "hostlogonsession",
    "iotdevice",
    "malware",
    "networkconnection",
    "process",
    "registrykey",
    "registryvalue",
    "securitygroup",
    "mailbox",
    "mailcluster",
    "mailmessage",
    "submissionmail",
];

#[derive(Debug, Default)]
pub struct Gallery {
    pub title: Option<String>,
    pub description: Option<String>,
    pub prerequisites: Vec<String>,
    pub post_deployment: Vec<String>,
}

pub fn read(carried: Carried<'_>, kind: PlaybookKind, path: &str, context: &mut Context<'_>) -> Gallery {
    let metadata = carried.tree.get("metadata");
    if kind == PlaybookKind::Playbook {
        check(carried, metadata, path, context);
    }
    let Some(metadata) = metadata else { return Gallery::default() };
    for entity in metadata.get("entities").and_then(Tree::items).unwrap_or_default() {
        let Some(name) = entity.text() else { continue };
        let folded = name.to_ascii_lowercase();
        if !ENTITIES.contains(&folded.as_str()) {
            let message = format!("`{name}` is no entity of the gallery");
            let help = match did_you_mean(&folded, ENTITIES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", ENTITIES.join(", ")),
            };
            context.report(&rules::PLAYBOOK_ENTITY, carried.span(entity), path, message, help);
        }
    }
    Gallery {
        title: text(metadata, "title"),
        description: text(metadata, "description"),
        prerequisites: lines(metadata, "prerequisites"),
        post_deployment: lines(metadata, "postDeployment"),
    }
}

fn check(carried: Carried<'_>, metadata: Option<&Tree>, path: &str, context: &mut Context<'_>) {
    let wanted = [
        ("title", text_at(metadata, &["title"])),
        ("description", text_at(metadata, &["description"])),
        ("lastUpdateTime", text_at(metadata, &["lastUpdateTime"])),
        ("support.tier", text_at(metadata, &["support", "tier"])),
        ("author.name", text_at(metadata, &["author", "name"])),
    ];
    let missing: Vec<&str> = wanted.iter().filter(|(_, text)| text.is_none()).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        let at =
            metadata.or(carried.tree.get("$schema")).map_or(Span::start_of(carried.file), |tree| carried.span(tree));
        let message = format!("the playbook's metadata lacks {}", missing.join(", "));
        let help = "add it below `metadata`: the gallery shows it, and the repository's check asks for it";
        context.report(&rules::PLAYBOOK_METADATA, at, path, message, help);
    }
    if let Some((text, tree)) = text_at(metadata, &["lastUpdateTime"]).filter(|(text, _)| !is_time(text)) {
        let message = format!("`{text}` is no time");
        let help = "write it as in 2026-11-22T00:00:00Z";
        context.report(&rules::PLAYBOOK_METADATA, carried.span(tree), path, message, help);
    }
}

fn text_at<'t>(metadata: Option<&'t Tree>, names: &[&str]) -> Option<(&'t str, &'t Tree)> {
    let found = names.iter().try_fold(metadata?, |tree, name| tree.get(name))?;
    found.text().filter(|text| !text.trim().is_empty()).map(|text| (text, found))
}

/// A date, alone or with a time of day.
fn is_time(text: &str) -> bool {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &&str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date =
        matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2));
    is_date && time.is_none_or(|time| time.len() >= 5 && time.starts_with(|c: char| c.is_ascii_digit()))
}

fn text(metadata: &Tree, name: &str) -> Option<String> {
    text_at(Some(metadata), &[name]).map(|(text, _)| text.trim().to_owned())
}

/// A list of texts, or one text; empty ones are none.
fn lines(metadata: &Tree, name: &str) -> Vec<String> {
    let trees = match metadata.get(name) {
        Some(tree) => match &tree.form {
            Form::Array(items) => items.iter().collect(),
            _ => vec![tree],
        },
        None => Vec::new(),
    };
    let texts = trees.into_iter().filter_map(Tree::text).map(str::trim);
    texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}
