//! `connect`: what installing a solution package and activating its content sends to Azure. [`package`] finds the package,
//! [`text`] shows the result to people.

mod package;
mod text;

use super::Verdict;
use super::arguments::Arguments;
use super::console::Console;
use super::template::shown::{masked, safe};
use super::template::values::{self, Declared, Options, Values};
use super::template::{Format, Somewhere};
use crate::arm::eval::budget::Budget;
use crate::arm::eval::fault::Fault;
use crate::arm::eval::tree::Tree;
use crate::arm::eval::value::Object;
use crate::arm::eval::{Environment, Type};
use crate::diag::Diagnostics;
use crate::proof;
use crate::proof::package::{self as passes, Content, given};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

/// What the command line of `connect` says.
#[derive(Debug, Clone)]
pub struct Connect {
    /// A spec, or a package: a `mainTemplate.json`, or the folder or zip that holds it.
    pub subject: PathBuf,
    pub workspace: String,
    pub place: Somewhere,
    pub inputs: Vec<String>,
    pub secrets: Vec<String>,
    pub format: Format,
}

pub fn run(connect: &Connect, console: &Console) -> Verdict {
    let mut arguments = Arguments::new("connect");
    let package = match package::find(&connect.subject, &mut arguments, console) {
        Ok(package) => package,
        Err(verdict) => return verdict,
    };
    let mut diagnostics = Diagnostics::default();
    let declared = declared(&package.tree);
    let options = Options { option: "--input", params: &connect.inputs, secrets: &connect.secrets };
    let values = values::gather(options, &declared, &mut arguments, &mut diagnostics);
    if diagnostics.has_errors() {
        console.findings(&diagnostics.sorted(), &arguments.into_sources());
        return Verdict::Failed;
    }
    let outcome = outcome(connect, &package.tree, &values);
    for fault in &outcome.faults {
        diagnostics.push(proof::finding(fault, package.whole));
    }
    console.findings(&diagnostics.sorted(), &package.sources);
    console.out(&match connect.format {
        Format::Json => format!("{:#}\n", outcome.list),
        Format::Text => text::shown(&outcome.list),
    });
    if outcome.faults.is_empty() { Verdict::Clean } else { Verdict::Errors }
}

/// The parameters that may get a value: those of the package itself and of its content templates.
fn declared(package: &Tree) -> Vec<Declared<'_>> {
    let (connections, others): (Vec<_>, Vec<_>) = passes::written(package).partition(|written| written.connects);
    let mut declared = values::declared(std::iter::once(package).chain(others.iter().map(|other| other.template)));
    let plain = passes::plain_inputs(package);
    for parameter in values::declared(connections.iter().map(|connection| connection.template)) {
        let is_plain = parameter.ty == Some(Type::SecureText) && plain.contains(parameter.name);
        values::declare(&mut declared, parameter.name, if is_plain { Some(Type::Text) } else { parameter.ty });
    }
    declared
}

/// What both passes give, as it may be shown.
struct Outcome {
    /// An entry for each content template; one that names the first pass, if that fails.
    list: Json,
    faults: Vec<Fault>,
}

/// A content template, `{contentKind, contentId, displayName}`, and `{resources, unset}` of its activation.
struct Entry {
    content: Json,
    activated: Result<Json, Vec<Fault>>,
}

fn outcome(connect: &Connect, package: &Tree, values: &Values) -> Outcome {
    let env = connect.place.environment();
    let installed = install_values(connect);
    let portal = passes::portal_values();
    let real = both_passes(package, &values.object(Some(&installed)), &values.object(Some(&portal)), &env);
    let stand_ins = values.stand_ins(Some(&installed)).zip(values.stand_ins(Some(&portal)));
    let stand_in = stand_ins.map(|(first, second)| both_passes(package, &first, &second, &env));
    match safe(real, stand_in, merged) {
        Ok(entries) => listed(entries),
        Err(faults) => {
            let message = faults.first().map_or("", |fault| fault.message.as_str());
            Outcome { list: json!([{ "pass": 1, "error": message }]), faults }
        }
    }
}

/// The entries that are there on both sides: which content a package has does not hang on a secret.
fn merged(real: Vec<Entry>, stand_in: Vec<Entry>) -> Vec<Entry> {
    let both = |(real, stand_in): (Entry, Entry)| Entry {
        content: masked(&real.content, &stand_in.content),
        activated: safe(real.activated, Some(stand_in.activated), |real, stand_in| masked(&real, &stand_in)),
    };
    real.into_iter().zip(stand_in).map(both).collect()
}

fn listed(entries: Vec<Entry>) -> Outcome {
    let mut outcome = Outcome { list: Json::Null, faults: Vec::new() };
    let mut list = Vec::with_capacity(entries.len());
    for Entry { mut content, activated } in entries {
        let more = activated.unwrap_or_else(|faults| {
            let message = faults.first().map_or("", |fault| fault.message.as_str());
            let entry = json!({ "error": format!("pass 2: {message}") });
            outcome.faults.extend(faults);
            entry
        });
        if let (Some(content), Json::Object(more)) = (content.as_object_mut(), more) {
            content.extend(more);
        }
        list.push(content);
    }
    outcome.list = list.into();
    outcome
}

/// What the form that installs a package fills in by itself.
fn install_values(connect: &Connect) -> Object {
    let location = connect.place.location.as_str();
    let values = [("workspace", connect.workspace.as_str()), ("workspace-location", location), ("location", location)];
    values.into_iter().map(|(name, text)| (name.into(), given(text.into()))).collect()
}

fn both_passes(package: &Tree, first: &Object, second: &Object, env: &Environment) -> Result<Vec<Entry>, Vec<Fault>> {
    let mut budget = Budget::default();
    let contents = passes::install(package, first, env, &mut budget)?;
    let mut activate = |content: &Content| Entry {
        content: content.to_json(),
        activated: content.activate(second, env, &mut budget).map(|activated| activated.to_json()),
    };
    Ok(contents.iter().map(&mut activate).collect())
}
