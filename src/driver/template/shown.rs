//! An evaluation as it may be shown: nothing that a secret has touched is in it.

use super::Format;
use super::values::{STAND_IN, Values};
use crate::arm::eval::budget::Budget;
use crate::arm::eval::fault::{Fault, Hint, Kind};
use crate::arm::eval::tree::{Members, Tree};
use crate::arm::eval::value::Object;
use crate::arm::eval::{Environment, expand};
use crate::driver::console::counted;
use crate::driver::secret::MASKED;
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
    let evaluate = |given: &Object| {
        let own = lenient.then(|| declared_only(template, given));
        let expansion = expand(template, Some(own.as_ref().unwrap_or(given)), env, &mut Budget::default());
        expansion.map(|expansion| expansion.to_json())
    };
    let real = evaluate(&values.object(file));
    let stand_in = values.stand_ins(file).map(|given| evaluate(&given));
    Ok(Evaluated { shown: safe(real.clone(), stand_in, |real, stand_in| masked(&real, &stand_in))?, real: real? })
}

/// What may be shown of a result that is there twice, with the secrets and with stand-ins for them.
///
/// # Errors
/// What is wrong; no secret is in the messages.
pub fn safe<T>(
    real: Result<T, Vec<Fault>>,
    stand_in: Option<Result<T, Vec<Fault>>>,
    merged: impl Fn(T, T) -> T,
) -> Result<T, Vec<Fault>> {
    match (real, stand_in) {
        (real, None) => real,
        (Ok(real), Some(Ok(stand_in))) => Ok(merged(real, stand_in)),
        // The template looks into the secret, and takes nothing else there.
        (Ok(_), Some(Err(faults))) => Err(faults.into_iter().map(|fault| silent(Kind::Unknown, fault)).collect()),
        (Err(_), Some(Err(faults))) => Err(faults.into_iter().map(without_stand_ins).collect()),
        (Err(faults), Some(Ok(_))) => Err(faults.into_iter().map(|fault| silent(fault.kind, fault)).collect()),
    }
}

/// A fault that comes from what the secret says: only its place may be known.
fn silent(kind: Kind, fault: Fault) -> Fault {
    let message = "what comes of it depends on what a secret says, and cannot be shown";
    Fault::new(kind, message).help("try it with a made-up value: leave --secret out").at(fault.origin)
}

fn without_stand_ins(fault: Fault) -> Fault {
    let hint = fault.hint.map(|hint| match *hint {
        Hint::Do(help) => Hint::Do(hidden(&help)),
        Hint::Known { name, known } => {
            Hint::Known { name: hidden(&name), known: known.iter().map(|known| hidden(known)).collect() }
        }
        first @ Hint::First(_) => first,
    });
    Fault { message: hidden(&fault.message), hint: hint.map(Box::new), ..fault }
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
pub fn masked(real: &Json, stand_in: &Json) -> Json {
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
