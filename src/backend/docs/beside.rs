//! What the documentation page says of what is made in other resource groups: the queues of a storage account.

use crate::ir::graph::Graph;
use crate::ir::{InputKind, Nested, Solution};
use serde::Serialize;

#[derive(Serialize)]
pub struct Beside<'a> {
    /// Title of the connector.
    connector: &'a str,
    /// The application whose service principal is given the roles, and the parameter for its id.
    application: &'a str,
    parameter: &'a str,
    /// `the queue `notifications``: what is made, each once.
    made: Vec<String>,
    /// `Storage Blob Data Reader on `container``
    roles: Vec<String>,
}

pub fn of<'a>(solution: &'a Solution, graph: &'a Graph) -> Vec<Beside<'a>> {
    let connectors = solution.codeless();
    let pairs = connectors.flat_map(|connector| connector.pollers.iter().map(move |poller| (connector, poller)));
    let nested = pairs.filter_map(|(connector, poller)| Some((connector, graph.nested_of(&poller.symbol)?)));
    nested.filter_map(|(connector, nested)| one(&connector.title.value, nested, solution)).collect()
}

fn one<'a>(connector: &'a str, nested: &'a Nested, solution: &'a Solution) -> Option<Beside<'a>> {
    let (parameter, application) = solution.inputs.iter().find_map(|input| match input.kind {
        InputKind::ServicePrincipal(application) => Some((input.name.value.as_str(), application)),
        _ => None,
    })?;
    let made = nested.resources.iter().filter(|resource| !resource.kind.is_existing());
    Some(Beside {
        connector,
        application,
        parameter,
        made: made.map(|resource| format!("the {} `{}`", resource.kind.words(), resource.symbol.0)).collect(),
        roles: nested.roles.iter().map(|role| format!("{} on `{}`", role.role.name(), role.scope.0)).collect(),
    })
}
