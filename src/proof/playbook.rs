//! Carried templates, proven: what the author wrote evaluates, and what the package makes of it, installed and created from the
//! gallery, is the same but for what the package adds and for what is empty, which template checks refuse.

use super::build::{Input, PLACE, SPEC};
use super::finding;
use super::package::{Content, given};
use crate::arm::eval::budget::Budget;
use crate::arm::eval::fault::{Fault, Kind};
use crate::arm::eval::tree::{Members, Tree};
use crate::arm::eval::value::{Object, Value};
use crate::arm::eval::{Environment, Resource, expand};
use crate::diag::rules::internal;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::ir::Playbook;
use std::rc::Rc;

/// Added by the package to every workflow.
const WORKSPACE_TAG: &str = "hidden-SentinelWorkspaceId";
/// Added by the package to every template.
const METADATA: &str = "Microsoft.OperationalInsights/workspaces/providers/metadata";

/// Evaluates the author's own templates. Parameters without default get made-up values; a fault that hangs on those is a notice.
pub fn check(playbooks: &[Playbook], diagnostics: &mut Diagnostics) {
    for playbook in playbooks {
        let Err(faults) = evaluated(playbook, &values(&playbook.template)) else { continue };
        let certain = evaluated(playbook, &open(&playbook.template)).err().unwrap_or_default();
        for fault in faults {
            let mut found = finding(&fault, playbook.id.span).at(playbook.place.clone());
            if fault.kind == Kind::Unknown || !certain.contains(&fault) {
                found.severity = Severity::Notice;
            }
            diagnostics.push(found);
        }
    }
}

/// Holds the content templates of playbooks against what their authors wrote.
pub fn compare(playbooks: &[Playbook], contents: &[Content], env: &Environment, diagnostics: &mut Diagnostics) {
    for playbook in playbooks {
        let Some(content) = contents.iter().find(|content| content.is(playbook)) else { continue };
        let values = values(&playbook.template);
        // What the author's own template lacks was said before.
        let Ok(wanted) = evaluated(playbook, &values) else { continue };
        let mut report = |what: String| {
            let id = &playbook.id.value;
            let message = format!(
                "the package carries `{id}` otherwise than it was written: {what}; this is a mistake of sentinel-gen"
            );
            diagnostics.push(Diagnostic::new(&internal::UNEQUAL_OUTPUT, SPEC, message));
        };
        match content.activate(&values, env, &mut Budget::default()) {
            Err(faults) => faults.into_iter().for_each(|fault| report(fault.message)),
            Ok(made) => differences(&wanted, &made.resources).into_iter().for_each(report),
        }
    }
}

fn evaluated(playbook: &Playbook, values: &Object) -> Result<Vec<Resource>, Vec<Fault>> {
    let env = Environment::new(&PLACE);
    expand(&playbook.template, Some(values), &env, &mut Budget::default()).map(|expansion| expansion.resources)
}

/// Parameters that have to be given.
fn required(template: &Tree) -> impl Iterator<Item = (usize, &Rc<str>, &Tree)> {
    let declared = template.get("parameters").and_then(Tree::members).into_iter().flat_map(Members::iter);
    let required = declared.filter(|member| member.tree.get("defaultValue").is_none());
    required.enumerate().map(|(at, member)| (at, &member.name, &member.tree))
}

/// A value for each of them.
fn values(template: &Tree) -> Object {
    let value = |(at, name, declared): (usize, &Rc<str>, &Tree)| {
        (name.clone(), given(Input::of_parameter(name, declared).made_up(at)))
    };
    required(template).map(value).collect()
}

/// The same, left open.
fn open(template: &Tree) -> Object {
    let reference = |(_, name, _): (usize, &Rc<str>, &Tree)| {
        let mut object = Object::with_capacity(1);
        object.push("reference", Value::Text(name.clone()));
        (name.clone(), Value::object(object))
    };
    required(template).map(reference).collect()
}

fn differences(wanted: &[Resource], made: &[Resource]) -> Vec<String> {
    let made: Vec<&Resource> = made.iter().filter(|resource| !resource.ty.eq_ignore_ascii_case(METADATA)).collect();
    if wanted.len() != made.len() {
        return vec![format!("{} resources instead of {}", made.len(), wanted.len())];
    }
    let mut found = Vec::new();
    for (wanted, made) in wanted.iter().zip(made) {
        let shown = |resource: &Resource| {
            let mut body = resource.body.clone();
            body.set("dependsOn", Value::array(resource.depends_on.clone()));
            body.set("id", Value::Text(resource.id.clone()));
            lean(&Value::object(body), "").unwrap_or(Value::Null).to_json()
        };
        let (wanted_body, made_body) = (shown(wanted), shown(made));
        if let Some(pointer) = differs(&wanted_body, &made_body, "") {
            found.push(format!("{} differs at {pointer}", wanted.id));
        }
    }
    found
}

/// A value without what is empty, and without what the package adds. `None`: nothing is left.
fn lean(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Text(text) if text.is_empty() || name == WORKSPACE_TAG => None,
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => {
            Some(Value::array(items.iter().map(|item| lean(item, "").unwrap_or(Value::Null)).collect()))
        }
        Value::Object(object) => {
            let kept = object.iter().filter_map(|(name, value)| Some((name.clone(), lean(value, name)?)));
            let kept: Object = kept.collect();
            (!kept.is_empty()).then(|| Value::object(kept))
        }
        other => Some(other.clone()),
    }
}

/// The pointer to the first difference.
fn differs(wanted: &serde_json::Value, made: &serde_json::Value, base: &str) -> Option<String> {
    use serde_json::Value as Json;
    match (wanted, made) {
        (Json::Object(a), Json::Object(b)) => {
            let only = |a: &serde_json::Map<String, Json>, b: &serde_json::Map<String, Json>| {
                a.keys().find(|key| !b.contains_key(*key)).map(|key| format!("{base}/{key}"))
            };
            let inner = || a.iter().find_map(|(key, value)| differs(value, b.get(key)?, &format!("{base}/{key}")));
            only(a, b).or_else(|| only(b, a)).or_else(inner)
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(at, (a, b))| differs(a, b, &format!("{base}/{at}")))
        }
        (a, b) => (a != b).then(|| base.to_owned()),
    }
}
