//! What the documentation page says of connectors that can be connected more than once.

use super::markdown::code;
use super::page::codes;
use crate::ir::Solution;
use crate::ir::graph::{Graph, Resource};
use serde::Serialize;

/// What a connection is called in the examples.
pub(super) const EXAMPLE: &str = "my-connection";

/// Markdown.
#[derive(Serialize)]
pub struct Several {
    example: &'static str,
    /// The connectors' titles.
    connectors: String,
    /// The inputs that tell connections apart; empty if the name alone does.
    inputs: String,
    /// What the resources of a connection are called.
    resources: String,
    command: String,
}

/// `command`: that of a deployment.
pub fn of(solution: &Solution, graph: &Graph, command: &str) -> Option<Several> {
    let titles = solution
        .codeless()
        .filter(|connector| connector.pollers.iter().any(|poller| graph.identity(&poller.symbol).is_some()));
    let connections = graph.resources.iter().filter(|resource| graph.identity(&resource.symbol).is_some());
    let told_by = |input: &&str| graph.identities.iter().any(|identity| identity.inputs.iter().any(|one| one == input));
    let inputs = solution.inputs.iter().map(|input| input.name.value.as_str()).filter(told_by);
    (!graph.identities.is_empty()).then(|| Several {
        example: EXAMPLE,
        connectors: codes(titles.map(|connector| connector.title.value.as_str())),
        inputs: if graph.names_connections() { String::new() } else { codes(inputs) },
        resources: connections.map(|resource| code(&name(resource))).collect::<Vec<_>>().join(", "),
        command: if graph.names_connections() {
            command.to_owned()
        } else {
            format!("{command} \\\n  --connection {EXAMPLE}")
        },
    })
}

/// `PulumiAuditLogsPoller-NAME`
pub(super) fn name(resource: &Resource) -> String {
    format!("{}-NAME", resource.name)
}
