//! What a workbook's file must be and must not hold.

use super::super::context::Context;
use super::super::json::{JsonFile, is_nothing};
use crate::arm::eval::tree::{Form, Tree};
use crate::diag::rules::workbook as rules;
use crate::ir::Text;
use crate::sema::ids;
use std::ops::Range;

const VERSION: &str = "Notebook/1.0";
const SCHEMA: &str = "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json";
/// Text, query, parameters, metric, links, group.
const ITEM_TYPES: [i64; 6] = [1, 3, 9, 10, 11, 12];

/// Reports everything; false if the file is no workbook.
pub fn file(file: &JsonFile, name: &Text, path: &str, context: &mut Context<'_>) -> bool {
    let tree = &file.tree;
    let is_workbook = kind(file, name, path, context);
    if is_workbook {
        identity(file, path, context);
        items(file, tree, path, context);
        let fallback = tree.get("fallbackResourceIds").filter(|ids| !is_nothing(ids));
        if let Some(ids) = fallback.filter(|ids| !holds_resource(ids)) {
            let message = "`fallbackResourceIds` name resources that only the author has";
            context.report(&rules::WORKBOOK_RESOURCE, file.span(ids), path, message, "leave them out");
        }
        texts(file, tree, path, context);
    }
    is_workbook
}

fn kind(file: &JsonFile, name: &Text, path: &str, context: &mut Context<'_>) -> bool {
    let tree = &file.tree;
    let mut refuse = |at: &Tree, message: String, help: &str| {
        // Of an object only the beginning: the whole of it says nothing more.
        let mut span = file.span(at);
        if matches!(at.form, Form::Object(_) | Form::Array(_)) {
            span.end = span.start + 1;
        }
        context.report(&rules::WORKBOOK_FILE, span, path, message, help);
        false
    };
    let gallery = "save the gallery template that the workbook's editor shows under `</>`";
    if tree.members().is_none() {
        return refuse(tree, format!("`{}` is no workbook: it holds {}", name.value, tree.kind()), gallery);
    }
    if tree.get("resources").is_some() {
        let help = "save the value of `serializedData` as the file: it is the workbook";
        return refuse(tree, format!("`{}` is an ARM template, not a workbook", name.value), help);
    }
    match tree.get("version") {
        None => return refuse(tree, format!("`{}` is no workbook: it has no `version`", name.value), gallery),
        Some(version) if version.text() != Some(VERSION) => {
            return refuse(version, format!("the version of a workbook is \"{VERSION}\""), gallery);
        }
        Some(_) => {}
    }
    match tree.get("items") {
        None => refuse(tree, format!("`{}` is no workbook: it has no `items`", name.value), gallery),
        Some(items) if items.items().is_none() => refuse(items, "`items` is a list".to_owned(), gallery),
        Some(_) => true,
    }
}

fn identity(file: &JsonFile, path: &str, context: &mut Context<'_>) {
    let mut advise = |at: &Tree, message: String, help: String| {
        context.report(&rules::WORKBOOK_TEMPLATE_ID, file.span(at), path, message, help);
    };
    if let Some(schema) = file.tree.get("$schema")
        && !schema.text().is_some_and(|schema| schema.contains("schema/workbook.json"))
    {
        advise(schema, "this is not the schema of workbooks".to_owned(), format!("write \"{SCHEMA}\""));
    }
    if let Some(id) = file.tree.get("fromTemplateId") {
        let text = id.text().unwrap_or_default();
        if text == "sentinel-UserWorkbook" || !text.starts_with("sentinel-") || text == "sentinel-" {
            let message = format!("`{text}` is not the id of a workbook that comes with a solution");
            advise(id, message, "write sentinel- and a name of your own, as in sentinel-ContosoOverview".to_owned());
        }
    }
}

fn items(file: &JsonFile, group: &Tree, path: &str, context: &mut Context<'_>) {
    let Some(list) = group.get("items") else { return };
    let items = list.items().unwrap_or_default();
    if items.is_empty() {
        let message = "this workbook or group has no items";
        context.report(&rules::WORKBOOK_ITEMS, file.span(list), path, message, "add one, or leave the group out");
    }
    for item in items {
        match item.get("type").map(|ty| (&ty.form, ty)) {
            Some((Form::Int(ty), _)) if ITEM_TYPES.contains(ty) => {}
            found => {
                let span = found.map_or_else(|| file.span(item), |(_, ty)| file.span(ty));
                let message = "workbooks have no item of this type";
                let help = "write 1 for a text, 3 a query, 9 parameters, 10 a metric, 11 links, 12 a group";
                context.report(&rules::WORKBOOK_ITEMS, span, path, message, help);
            }
        }
        if let Some(content) = item.get("content") {
            self::items(file, content, path, context);
        }
    }
}

/// Holds every text against what none may have.
fn texts(file: &JsonFile, tree: &Tree, path: &str, context: &mut Context<'_>) {
    match &tree.form {
        Form::Array(items) => items.iter().for_each(|item| texts(file, item, path, context)),
        Form::Object(members) => members.iter().for_each(|member| texts(file, &member.tree, path, context)),
        Form::Text(text) => {
            let resource = resource(text).map(|range| {
                let help = "take it out, or let a parameter ask for the subscription";
                (&rules::WORKBOOK_RESOURCE, range, "this is a subscription that only the author has", help)
            });
            let secret = secret(text).map(|range| {
                let help = "revoke it, and take it out: everyone who can read the package can read it";
                (&rules::WORKBOOK_SECRET, range, "this looks like a credential", help)
            });
            let found: Vec<_> = resource.into_iter().chain(secret).collect();
            if found.is_empty() {
                return;
            }
            let Some((_, places)) = file.text(tree) else { return };
            for (rule, range, message, help) in found {
                context.report(rule, places.span(range), path, message, help);
            }
        }
        _ => {}
    }
}

fn holds_resource(tree: &Tree) -> bool {
    let texts = tree.items().unwrap_or_default().iter().filter_map(Tree::text);
    texts.into_iter().any(|text| resource(text).is_some())
}

/// `subscriptions/<GUID>`, the first one.
fn resource(text: &str) -> Option<Range<usize>> {
    const BEFORE: &str = "subscriptions/";
    text.match_indices(BEFORE).find_map(|(at, _)| {
        let start = at + BEFORE.len();
        let id = text.get(start..start + 36)?;
        ids::parse_guid(id).map(|_| at..start + 36)
    })
}

/// What stands before a credential, and the least length of one.
const SECRETS: [(&str, usize); 5] = [
    ("AccountKey=", 40),
    ("SharedAccessKey=", 40),
    ("sig=", 20),
    ("Bearer ", 40),
    // The line that a key in PEM begins with; what follows is not looked at.
    ("-----BEGIN PRIVATE KEY-----", 0),
];

/// The first thing that looks like a credential.
fn secret(text: &str) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+/=%-_.~".contains(c);
    SECRETS.iter().find_map(|(before, least)| {
        text.match_indices(before).find_map(|(at, _)| {
            let rest = text.get(at + before.len()..)?;
            let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            (len >= *least).then(|| at..at + before.len() + if *least == 0 { 0 } else { len })
        })
    })
}
