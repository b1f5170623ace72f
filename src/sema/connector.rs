//! `connectors:`: names, page, streams and pollers of each.

use super::context::Context;
use super::{carried, graph, kind, page, poller, stream};
use crate::diag::rules::connector as rules;
use crate::ir::{AnyConnector, Connector, Input, SolutionInfo, Table, Text};
use crate::model::{self, Spec};
use crate::source::Spanned;

/// Characters of a collection rule's name at most, so that the portal's own name around it stays within 65 (observed).
const MAX_RULE_NAME: usize = 30;

pub fn resolve_all(
    spec: &Spec,
    info: Option<&SolutionInfo>,
    inputs: &[Input],
    tables: &[Table],
    parts: &mut graph::Parts,
    context: &mut Context<'_>,
) -> Vec<AnyConnector> {
    context.unique("connectors", "connectors", spec.connectors.iter().map(|listed| listed.connector.id()));
    carried::check_files(&spec.connectors, context);
    let mut connectors = Vec::new();
    for model::ListedConnector { connector, path } in &spec.connectors {
        let connector = match connector {
            model::AnyConnector::Codeless(connector) => connector,
            model::AnyConnector::Carried(connector) => {
                let (connector, active) = carried::one(connector, path, context);
                parts.pages.push((connector.symbol.clone(), active));
                connectors.push(AnyConnector::Carried(Box::new(connector)));
                continue;
            }
        };
        match one(connector, path, info, inputs, tables, parts, context) {
            Some(connector) => connectors.push(AnyConnector::Codeless(Box::new(connector))),
            // What it would have used cannot be called unused.
            None => context.leave_out("connectors"),
        }
    }
    check_connections(spec, &connectors, context);
    connectors
}

/// Names that are given are no other connection's; those that are derived differ as the ids do.
fn check_connections(spec: &Spec, connectors: &[AnyConnector], context: &mut Context<'_>) {
    let given = |connector: &model::AnyConnector| match connector {
        model::AnyConnector::Codeless(connector) => {
            connector.data_connector.is_some() || connector.pollers.iter().any(|poller| poller.data_connector.is_some())
        }
        model::AnyConnector::Carried(_) => false,
    };
    if spec.connectors.iter().any(|listed| given(&listed.connector)) {
        let pollers = connectors.iter().filter_map(AnyConnector::codeless).flat_map(|connector| &connector.pollers);
        context.unique("connections", "connectors", pollers.map(|poller| &poller.name));
    }
}

fn one(
    connector: &model::Connector,
    path: &str,
    info: Option<&SolutionInfo>,
    inputs: &[Input],
    tables: &[Table],
    parts: &mut graph::Parts,
    context: &mut Context<'_>,
) -> Option<Connector> {
    let id_is_sound = check_id(&connector.id, path, context);
    let id = connector.id.value.as_str();
    let named = |suffix: &str| connector.id.as_ref().map(|id| format!("{id}{suffix}"));
    let definition_name = connector.connector_definition.clone().unwrap_or_else(|| named("Definition"));
    if connector.connector_definition.is_some() {
        check_definition_name(&definition_name, path, context);
    }
    let rule_name = connector.data_collection_rule.clone().unwrap_or_else(|| named("DCR"));
    let endpoint_name = connector.data_collection_endpoint.clone().unwrap_or_else(|| named("DCE"));
    for (name, given) in
        [(&rule_name, &connector.data_collection_rule), (&endpoint_name, &connector.data_collection_endpoint)]
    {
        if id_is_sound || given.is_some() {
            check_resource_name(name, path, context);
        }
    }
    let description = context.text(&connector.description_markdown, &format!("{path}.descriptionMarkdown"));
    context.length(&connector.title, &format!("{path}.title"), 100, "our limit");
    let streams = stream::resolve_all(connector, path, tables, context);
    let symbols = Symbols {
        definition: context.symbol("definition", id),
        endpoint: context.symbol("endpoint", id),
        rule: context.symbol("collectionRule", id),
    };
    let before = parts.pollers.len();
    let pollers = poller::resolve_all(connector, path, &definition_name, &symbols, &streams, inputs, parts, context);
    parts.roles.extend(kind::of(connector.kind.value).roles(&symbols, connector.kind.span));
    let used = page::inputs(connector, inputs);
    let publisher = connector.publisher.clone().or_else(|| info.and_then(|info| info.providers.first().cloned()));
    let (description, publisher) = (description?, publisher?);
    let ui = page::config(
        connector,
        &definition_name,
        &publisher,
        &description,
        path,
        &used,
        inputs,
        &streams,
        parts.pollers.get(before..).unwrap_or_default(),
        context,
    );
    let prerequisites = connector.permissions.as_ref().map_or(Vec::new(), |permissions| {
        permissions.customs.iter().map(|custom| (custom.name.clone(), custom.description.clone())).collect()
    });
    Some(Connector {
        id: connector.id.clone(),
        definition_name,
        title: connector.title.clone(),
        publisher,
        description,
        ui,
        inputs: used,
        streams,
        pollers,
        definition: symbols.definition,
        endpoint: symbols.endpoint,
        collection_rule: symbols.rule,
        endpoint_name,
        collection_rule_name: rule_name,
        prerequisites,
    })
}

/// The graph's names of a connector's resources.
pub struct Symbols {
    pub definition: crate::ir::graph::Symbol,
    pub endpoint: crate::ir::graph::Symbol,
    pub rule: crate::ir::graph::Symbol,
}

fn check_id(id: &Text, path: &str, context: &mut Context<'_>) -> bool {
    let sound =
        id.value.starts_with(|c: char| c.is_ascii_alphabetic()) && id.value.bytes().all(|b| b.is_ascii_alphanumeric());
    if !sound {
        let message = format!("`{}` cannot be the id of a connector", id.value);
        let help = "use letters and digits, a letter first";
        context.report(&rules::CONNECTOR_ID, id.span, &format!("{path}.id"), message, help);
    }
    sound
}

fn check_definition_name(name: &Text, path: &str, context: &mut Context<'_>) {
    let sound = name.value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    if !sound {
        let message = format!("`{}` cannot be the name of a connector's definition", name.value);
        let help = "use letters, digits, hyphens, underscores and dots, a letter or digit first";
        context.report(&rules::CONNECTOR_ID, name.span, &format!("{path}.connectorDefinition"), message, help);
    }
}

fn check_resource_name(name: &Spanned<String>, path: &str, context: &mut Context<'_>) {
    let shaped = name.value.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !shaped || name.value.len() > MAX_RULE_NAME {
        let message = format!("`{}` is too long or has characters that a name cannot have", name.value);
        let help = format!(
            "write at most {MAX_RULE_NAME} letters, digits, hyphens and underscores, a letter first, in `dataCollectionRule` and `dataCollectionEndpoint`, or shorten the id"
        );
        context.report(&rules::RESOURCE_NAME, name.span, path, message, help);
    }
}
