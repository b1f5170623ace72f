//! An evaluation as it may be shown: nothing that a secret has touched is in it.

use super::Format;
use super::values::{STAND_IN, Values};
use crate::arm::eval::budget::Budget;
use crate::arm::eval::fault::{Fault, Hint};
use crate::arm::eval::tree::{Members, Tree};
use crate::arm::eval::value::Object;
use crate::arm::eval::{Environment, Expansion, expand};
use crate::driver::console::counted;
use crate::driver::secret::{MASKED, Mask};
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::rc::Rc;

/// What a template evaluates to.
#[derive(Debug)]
pub struct Evaluated {
    /// As it is, secrets and all: to be compared, never to be shown.
    pub real: Json,
    /// With [`MASKED`] where a secret has come through.
    pub shown: Json,
}

/// Evaluates a template with the values that were given, and finds out what may be shown.
///
/// # Errors
/// What is wrong with the template; no secret is in the messages.
pub fn evaluate(
    template: &Tree,
    file: Option<&Object>,
    values: &Values,
    env: &Environment,
    lenient: bool,
) -> Result<Evaluated, Vec<Fault>> {
    let mask = Mask::new(values.secrets());
    let evaluate = |given: &Object| {
        let own = lenient.then(|| declared_only(template, given));
        expand(template, Some(own.as_ref().unwrap_or(given)), env, &mut Budget::default())
    };
    let real = evaluate(&values.object(file));
    let stand_in = values.stand_ins(file).map(|given| evaluate(&given));
    match (real, stand_in) {
        (Ok(real), None) => {
            let real = json(&real);
            Ok(Evaluated { shown: real.clone(), real })
        }
        (Ok(real), Some(Ok(stand_in))) => {
            let (real, stand_in) = (json(&real), json(&stand_in));
            Ok(Evaluated { shown: masked(&real, &stand_in), real })
        }
        // The stand-in is refused where the secret is not, as where a secret is to be a number.
        (Ok(real), Some(Err(_))) => {
            let real = json(&real);
            Ok(Evaluated { shown: without(&real, &mask), real })
        }
        (Err(faults), None) => Err(faults),
        (Err(_), Some(Err(faults))) => Err(faults.into_iter().map(|fault| worded(fault, hidden)).collect()),
        (Err(faults), Some(Ok(_))) => {
            Err(faults.into_iter().map(|fault| worded(fault, |text| mask.apply(text))).collect())
        }
    }
}

fn worded(fault: Fault, hide: impl Fn(&str) -> String) -> Fault {
    let hint = fault.hint.map(|hint| match *hint {
        Hint::Do(help) => Hint::Do(hide(&help)),
        Hint::Known { name, known } => {
            Hint::Known { name: hide(&name), known: known.iter().map(|known| hide(known)).collect() }
        }
        first @ Hint::First(_) => first,
    });
    Fault { message: hide(&fault.message), hint: hint.map(Box::new), ..fault }
}

fn json(expansion: &Expansion) -> Json {
    expansion.to_json()
}

/// The values for parameters that a template declares.
fn declared_only(template: &Tree, given: &Object) -> Object {
    let declared = template.get("parameters").and_then(Tree::members);
    let has = |members: &Members, name: &str| members.get(name).is_some();
    given
        .iter()
        .filter(|(name, _)| declared.is_some_and(|members| has(members, name)))
        .map(|(name, value)| (Rc::clone(name), value.clone()))
        .collect()
}

/// What both evaluations agree on, and asterisks for the rest.
fn masked(real: &Json, stand_in: &Json) -> Json {
    match (real, stand_in) {
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => a.iter().zip(b).map(|(a, b)| masked(a, b)).collect(),
        (Json::Object(a), Json::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .zip(b.values())
            .map(|((name, a), b)| (name.clone(), masked(a, b)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        (a, b) if a == b => a.clone(),
        (_, Json::String(text)) if text.contains(STAND_IN) => hidden(text).into(),
        _ => MASKED.into(),
    }
}

/// A text with asterisks for each stand-in.
fn hidden(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(STAND_IN) {
        match part.strip_suffix(STAND_IN) {
            Some(before) => {
                if !before.is_empty() || !out.ends_with(MASKED) {
                    out.extend([before, MASKED]);
                }
            }
            None => out.push_str(part),
        }
    }
    out
}

fn without(json: &Json, mask: &Mask) -> Json {
    match json {
        Json::String(text) => mask.apply(text).into(),
        Json::Array(items) => items.iter().map(|item| without(item, mask)).collect(),
        Json::Object(members) => {
            let members = members.iter().map(|(name, value)| (mask.apply(name), without(value, mask)));
            members.collect::<serde_json::Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

impl Evaluated {
    /// What `arm` prints. `notes`: in which ways the file is not strict JSON.
    pub fn text(mut self, notes: &[String], format: Format) -> String {
        if let Some(Json::Array(all)) = self.shown.get_mut("notes") {
            all.splice(0..0, notes.iter().map(|note| Json::from(note.as_str())));
        }
        match format {
            Format::Json => format!("{:#}\n", self.shown),
            Format::Text => summary(&self.shown),
        }
    }
}

/// Resources, outputs and notes, a line each.
fn summary(shown: &Json) -> String {
    let list = |name: &str| shown.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let resources = list("resources");
    let mut text = format!("{}\n", counted(resources.len(), "resource"));
    let member = |resource: &Json, name: &str| resource.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    for resource in resources {
        let _ = writeln!(text, "  {}  {}", member(resource, "type"), member(resource, "name"));
        let _ = writeln!(text, "    apiVersion {}  id {}", member(resource, "apiVersion"), member(resource, "id"));
    }
    for (name, output) in shown.get("outputs").and_then(Json::as_object).into_iter().flatten() {
        let _ = writeln!(text, "output {name}: {}", output.get("value").unwrap_or(&Json::Null));
    }
    for note in list("notes").iter().filter_map(Json::as_str) {
        let _ = writeln!(text, "note: {note}");
    }
    text
}
