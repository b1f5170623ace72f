//! Connections of connectors that can have several: what they are called, and which of them are there.
//!
//! The deploy bundle calls one as the spec's poller, with a hyphen and an end of its own behind it: `connectionName`, or what
//! follows from the inputs. What someone connected in the portal has no hyphen there, and is nothing that this program made.

use super::Place;
use super::command::{self, Step};
use super::inputs::{Plan, Planned, WORKSPACE};
use super::parameters::Given;
use super::removal::{self, Removal};
use crate::arm::eval::budget::Budget;
use crate::arm::eval::fault::Fault;
use crate::arm::eval::tree::Tree;
use crate::arm::eval::value::{Object, Value};
use crate::arm::eval::{self, Environment};
use crate::arm::{self, Node};
use crate::backend::deploy::MAX_CONNECTION_NAME;
use crate::diag::rules::azure;
use crate::diag::{Diagnostic, Diagnostics};
use crate::driver::arguments::Arguments;
use crate::ir::graph::{Graph, Resource};
use crate::proof::package::given;
use serde::Deserialize;

/// The option for a connection's name.
pub const OPTION: &str = "--connection";

/// The resources of the graph that can be there more than once, under several names.
fn several(graph: &Graph) -> impl Iterator<Item = &Resource> {
    graph.resources.iter().filter(|resource| graph.identity(&resource.symbol).is_some())
}

pub fn has_several(graph: &Graph) -> bool {
    several(graph).next().is_some()
}

/// Whether a name is that of one of the connections of this resource.
fn is_one(name: &str, resource: &Resource) -> bool {
    let end = name.get(resource.name.len()..).and_then(|end| end.strip_prefix('-'));
    let own = name.get(..resource.name.len());
    own.is_some_and(|own| own.eq_ignore_ascii_case(&resource.name)) && end.is_some_and(|end| !end.is_empty())
}

/// Whether an address is that of a connection which can stand beside others.
pub fn is_address(id: &str, graph: &Graph) -> bool {
    let last = id.rsplit('/').next().unwrap_or_default();
    several(graph).any(|resource| removal::same_type(id, resource.kind.arm_type()) && is_one(last, resource))
}

/// Looks at what `--connection` says.
pub fn check(name: &str, graph: &Graph, arguments: &mut Arguments, diagnostics: &mut Diagnostics) {
    arguments.word(OPTION);
    let span = arguments.word(name);
    if !has_several(graph) {
        let message = "no connector of the solution can be connected more than once".to_owned();
        let help = format!("leave {OPTION} out; a connector can if its page has a list (`connections` in the spec)");
        diagnostics.push(Diagnostic::new(&azure::ONE_CONNECTION, span, message).help(help));
        return;
    }
    let fits = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let most = usize::try_from(MAX_CONNECTION_NAME).unwrap_or(usize::MAX);
    if !fits || !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || name.len() > most {
        let message = format!("`{name}` cannot be the name of a connection");
        let help = format!("write 1 to {most} letters, digits and hyphens, a letter or digit first");
        diagnostics.push(Diagnostic::new(&azure::UNUSABLE_NAME, span, message).help(help));
    }
}

/// The connection of this name: one resource for each poller, whether or not they are there.
pub fn named(name: &str, graph: &Graph, place: &Place) -> Vec<Removal> {
    several(graph).map(|resource| removal::of(resource, &format!("{}-{name}", resource.name), place)).collect()
}

/// The connections that a deployment with these values makes, those included that there can be only one of.
///
/// # Errors
/// What Resource Manager would refuse, too.
pub fn made(template: &Node, plan: &Plan, graph: &Graph, place: &Place) -> Result<Vec<Removal>, Vec<Fault>> {
    let mut values = Object::default();
    values.set(WORKSPACE, given(Value::text(place.workspace.as_str())));
    for (name, planned) in plan {
        let value = match planned {
            Planned::Given(Given::Text(text)) => Value::text(text.as_str()),
            Planned::Given(Given::Bool(flag)) => Value::Bool(*flag),
            // No name holds one.
            Planned::Given(Given::Secret(_)) | Planned::Secret { .. } => Value::text("-"),
        };
        values.set(name.as_str(), given(value));
    }
    let nowhere = eval::Place {
        subscription: "",
        tenant: "",
        resource_group: &place.resource_group,
        location: "",
        deployment: "",
    };
    let names = Tree::of_template(&names_alone(template));
    let made = eval::expand(&names, Some(&values), &Environment::new(&nowhere), &mut Budget::default())?;
    let made = made.resources.iter().filter_map(|made| {
        let mut connections = graph.resources.iter().filter(|resource| resource.kind.is_data_connector());
        let resource = connections.find(|resource| has_name(resource, &made.name, graph))?;
        Some(removal::of(resource, &made.name, place))
    });
    Ok(made.collect())
}

/// Whether this can be what a resource of the graph is called.
pub fn has_name(resource: &Resource, name: &str, graph: &Graph) -> bool {
    match graph.identity(&resource.symbol) {
        Some(_) => is_one(name, resource),
        None => name.eq_ignore_ascii_case(&resource.name),
    }
}

/// The template with its connections alone, and of these no more than their names and conditions: nothing else needs to be
/// known.
fn names_alone(template: &Node) -> Node {
    const KEPT: [&str; 5] = ["type", "apiVersion", "scope", "name", "condition"];
    let connects = |resource: &&arm::Object| {
        let ty = resource.get("type").map(|ty| &ty.value);
        matches!(ty, Some(arm::Value::Text(ty)) if ty.ends_with("/dataConnectors"))
    };
    let object = |node: &Node| match &node.value {
        arm::Value::Object(object) => Some(object.clone()),
        _ => None,
    };
    let only = |object: &arm::Object, keep: &dyn Fn(&str) -> bool| arm::Object {
        members: object.members.iter().filter(|(name, _)| keep(name)).cloned().collect(),
    };
    let whole = object(template).unwrap_or_default();
    let resources = match whole.get("resources").map(|resources| &resources.value) {
        Some(arm::Value::Array(resources)) => resources.iter().filter_map(object).collect(),
        _ => Vec::new(),
    };
    let names = resources.iter().filter(connects).map(|resource| only(resource, &|name| KEPT.contains(&name)).into());
    let names: Vec<Node> = names.collect();
    only(&whole, &|name| !["resources", "outputs"].contains(&name)).with("resources", names).into()
}

/// A page of the connections of a workspace, as [`command::connections`] answers.
#[derive(Debug, Deserialize)]
pub struct Listed {
    connections: Option<Vec<There>>,
    /// Where the next page is.
    pub next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct There {
    name: String,
    /// Name of the connector's definition.
    definition: Option<String>,
}

/// Questions for the connections that are in the workspace, of whatever connector: one for each apiVersion, for an older one
/// may leave out what it does not know.
pub fn questions(graph: &Graph, place: &Place) -> Vec<Step> {
    let mut versions: Vec<&str> = several(graph).map(|resource| resource.kind.api_version()).collect();
    versions.sort_unstable();
    versions.dedup();
    let address = several(graph).next().map(|resource| removal::folder(resource.kind, place));
    let question = |version| Some(command::connections(address.as_deref()?, version, place));
    versions.into_iter().filter_map(question).collect()
}

/// Those of the listed connections that the bundle made.
pub fn of(listed: &Listed, graph: &Graph, place: &Place) -> Vec<Removal> {
    let listed = listed.connections.iter().flatten();
    let own = listed.filter_map(|there| Some((several(graph).find(|resource| is_of(there, resource))?, &there.name)));
    own.map(|(resource, name)| removal::of(resource, name, place)).collect()
}

/// Another solution's connector may have a name that begins in the same way, but it has another page.
fn is_of(there: &There, resource: &Resource) -> bool {
    let own = resource.properties.get("connectorDefinitionName").and_then(|name| name.as_text());
    let same_page =
        there.definition.as_deref().is_none_or(|page| own.is_some_and(|own| own.eq_ignore_ascii_case(page)));
    same_page && is_one(&there.name, resource)
}
