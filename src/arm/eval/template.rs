//! The outer shape of a template: its sections, and how many things each may hold. It evaluates nothing.

use super::fault::{Fault, Kind};
use super::tree::{Form, Member, Members, Tree};
use crate::source::Origin;
use std::collections::BTreeMap;

/// What one deployment takes of each section, as documented.
const LIMITS: [(&str, usize); 3] = [("parameters", 256), ("variables", 512), ("outputs", 64)];

/// The most resources of one template, those that loops make included, as documented.
pub const MAX_RESOURCES: usize = 800;

/// What a template may have at its top.
const SECTIONS: [&str; 13] = [
    "$schema",
    "contentVersion",
    "languageVersion",
    "apiProfile",
    "metadata",
    "definitions",
    "parameters",
    "variables",
    "functions",
    "resources",
    "outputs",
    "imports",
    "extensions",
];

/// The sections of a template.
pub(super) struct Template<'t> {
    pub parameters: Option<&'t Members>,
    pub definitions: Option<&'t Members>,
    pub variables: Option<&'t Members>,
    /// Functions of the template's own, as `namespace.name` in lower case.
    pub functions: BTreeMap<String, &'t Tree>,
    pub resources: Resources<'t>,
    pub resources_origin: Option<Origin>,
    pub outputs: Option<&'t Members>,
}

pub(super) enum Resources<'t> {
    Listed(&'t [Tree]),
    /// By their symbolic names.
    Named(&'t Members),
}

/// Takes a template apart.
pub(super) fn read<'t>(template: &'t Tree, faults: &mut Vec<Fault>) -> Option<Template<'t>> {
    let mut report = |origin, message: String| faults.push(Fault::new(Kind::Shape, message).at(origin));
    let Some(members) = template.members() else {
        report(template.origin, format!("a template is an object, but this is {}", template.kind()));
        return None;
    };
    let Some(schema) = members.get("$schema") else {
        report(template.origin, "this is no template: it has no `$schema`".to_owned());
        return None;
    };
    for member in members.iter() {
        if !SECTIONS.iter().any(|section| section.eq_ignore_ascii_case(&member.name)) {
            report(member.tree.origin, format!("a template has no section `{}`", member.name));
        }
    }
    if !schema.text().is_some_and(is_schema) {
        report(schema.origin, "this `$schema` is none of a deployment template".to_owned());
    }
    match members.get("contentVersion") {
        None => report(template.origin, "the template has no `contentVersion`".to_owned()),
        Some(version) if !version.text().is_some_and(is_version) => {
            report(version.origin, "`contentVersion` has four numbers, such as 1.0.0.0".to_owned());
        }
        Some(_) => {}
    }
    let functions = own_functions(members, faults);
    let resources = resources(template, members, faults);
    let mut section = |name| section(template, name, faults);
    let (parameters, definitions) = (section("parameters"), section("definitions"));
    let (variables, outputs) = (section("variables"), section("outputs"));
    let resources_origin = members.get("resources").and_then(|tree| tree.origin).or(template.origin);
    Some(Template { parameters, definitions, variables, functions, resources: resources?, resources_origin, outputs })
}

/// A section that holds things by name.
fn section<'t>(template: &'t Tree, name: &str, faults: &mut Vec<Fault>) -> Option<&'t Members> {
    let tree = template.get(name).filter(|tree| !tree.is_null())?;
    let origin = tree.origin.or(template.origin);
    let Some(section) = tree.members() else {
        faults.push(Fault::new(Kind::Shape, format!("`{name}` is an object, not {}", tree.kind())).at(origin));
        return None;
    };
    let limit = LIMITS.iter().find(|(of, _)| *of == name).map_or(usize::MAX, |(_, limit)| *limit);
    let loops = section.get("copy").and_then(Tree::items).filter(|_| name == "variables").map_or(0, <[Tree]>::len);
    let count = section.len() + loops.saturating_sub(1);
    if count > limit {
        let message = format!("the template has {count} {name}; a deployment takes at most {limit}");
        faults.push(Fault::new(Kind::Limit, message).at(origin));
    }
    Some(section)
}

fn resources<'t>(template: &'t Tree, members: &'t Members, faults: &mut Vec<Fault>) -> Option<Resources<'t>> {
    let symbolic = members.get("languageVersion").and_then(Tree::text).is_some_and(|version| version.starts_with('2'));
    let fault = match members.get("resources") {
        None => Fault::new(Kind::Shape, "the template has no `resources`").at(template.origin),
        Some(tree) => match (&tree.form, symbolic) {
            (Form::Array(items), false) => return Some(Resources::Listed(items)),
            (Form::Object(named), true) => return Some(Resources::Named(named)),
            (_, false) => Fault::new(Kind::Shape, format!("`resources` is an array, not {}", tree.kind()))
                .help("write an array; resources by name need languageVersion 2.0")
                .at(tree.origin),
            (_, true) => {
                let message = format!("with languageVersion 2.0, `resources` is an object, not {}", tree.kind());
                Fault::new(Kind::Shape, message).at(tree.origin)
            }
        },
    };
    faults.push(fault);
    None
}

fn own_functions<'t>(members: &'t Members, faults: &mut Vec<Fault>) -> BTreeMap<String, &'t Tree> {
    let mut found = BTreeMap::new();
    for space in members.get("functions").and_then(Tree::items).unwrap_or_default() {
        let (Some(namespace), Some(functions)) =
            (space.get("namespace").and_then(Tree::text), space.get("members").and_then(Tree::members))
        else {
            let message = "a group of functions has a `namespace` and `members`";
            faults.push(Fault::new(Kind::Shape, message).at(space.origin));
            continue;
        };
        let named = |function: &'t Member| (format!("{namespace}.{}", function.name).to_lowercase(), &function.tree);
        found.extend(functions.iter().map(named));
    }
    found
}

/// `https://schema.management.azure.com/schemas/DATE/…deploymentTemplate.json#`
fn is_schema(text: &str) -> bool {
    let path = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let path = path.and_then(|path| path.strip_prefix("schema.management.azure.com/schemas/"));
    let parts = path.map(|path| path.trim_end_matches('#')).and_then(|path| path.split_once('/'));
    let word = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    parts.is_some_and(|(date, file)| {
        let kind =
            file.strip_suffix("deploymentTemplate.json").or_else(|| file.strip_suffix("DeploymentTemplate.json"));
        !date.is_empty() && word(&date.replace('-', "")) && kind.is_some_and(word)
    })
}

fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
