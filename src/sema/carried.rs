//! Connectors carried from a file: what their page may say, and the two copies of it that a package has.
//!
//! The copies are those of Microsoft's packager: a content template has the page as it is written, and the active one lacks
//! what only a file says of itself. Must not check codeless connectors.

use super::context::Context;
use super::place::Places;
use super::{body, queries};
use crate::diag::did_you_mean;
use crate::diag::rules::{carried as rules, connector, shape};
use crate::ir::{AnyConnector, CarriedConnector, Object, Text, Value, ValueKind};
use crate::kql::Globals;
use crate::model::decode::first_place;
use crate::model::{self, CarriedKind, CarriedPage, InstructionStep};
use crate::source::{Origin, Spanned};
use crate::syntax::Node;

/// The types of the documented reference, and those of published pages that are not codeless.
const INSTRUCTIONS: [&str; 46] = [
    "AADDataTypes",
    "APIKey",
    "ASimDnsActivityLogs",
    "AwsCloudTrail",
    "AzureSecurityCenterSubscriptions",
    "BasicAuth",
    "CefAma",
    "CiscoAsaAma",
    "ConfigureLogSettings",
    "ConnectionToggleButton",
    "ContextPane",
    "CopyableLabel",
    "CustomLogsAMA",
    "DataConnectorsGrid",
    "DeployPushConnectorButton",
    "Dropdown",
    "EntraIDAssets",
    "EntraNHIAssets",
    "FilterAlert",
    "GCPContextPane",
    "GCPGrid",
    "InfoMessage",
    "InstallAgent",
    "InstructionStepsGroup",
    "MCasDataTypes",
    "Markdown",
    "MarkdownControlEnvBased",
    "MicrosoftDefenderATP",
    "MicrosoftDefenderATPEvents",
    "MicrosoftDefenderForCloudTenantBased",
    "MicrosoftThreatIntelligence",
    "MicrosoftThreatProtection",
    "OAuthForm",
    "OfficeDataTypes",
    "OmsDatasource",
    "OmsSolutions",
    "PolicyAssignment",
    "PremiumMicrosoftDefenderForThreatIntelligence",
    "Radio",
    "SecurityEvents",
    "SentinelResourceProvider",
    "SysLogAma",
    "Textbox",
    "ThreatIntelligence",
    "ThreatIntelligenceTaxii",
    "WindowsFirewallAma",
];

/// What stands behind the title of a connector that a function app feeds.
const FUNCTION_APP: &str = " (using Azure Functions)";

/// Members of a page that its active copy lacks: what a file says of itself, and what only Microsoft's own pages show.
const OF_THE_FILE: [&str; 4] = ["metadata", "logo", "lastDataReceivedInfoBalloon", "caseGenerationSteps"];

/// The members that a page of kind StaticUI has; the portal knows the rest.
const STATIC: [&str; 7] =
    ["id", "title", "publisher", "descriptionMarkdown", "graphQueries", "connectivityCriterias", "dataTypes"];

/// The connector, and the body of its active copy.
pub fn one(given: &model::CarriedConnector, path: &str, context: &mut Context<'_>) -> (CarriedConnector, Value) {
    let page = &given.page.value;
    check(given, path, context);
    let title = page.title.as_ref().map(|title| match given.kind {
        CarriedKind::GenericUi if is_function_app(&page.steps) => format!("{title}{FUNCTION_APP}"),
        _ => title.clone(),
    });
    let mut shown = body::raw(&given.page.node);
    let metadata = shown.get("metadata").and_then(|metadata| metadata.get("version")).cloned();
    let version = metadata.as_ref().and_then(version).unwrap_or_else(|| "1.0.0".to_owned());
    if let Some(object) = shown.as_object_mut() {
        settle(object, &title, given.kind);
    }
    let mut active = shown.clone();
    if let (Some(object), true) = (active.as_object_mut(), given.kind == CarriedKind::GenericUi) {
        object.members.retain(|(name, _)| !OF_THE_FILE.contains(&name.as_str()));
    }
    let polling = given.polling.as_ref().map(body::raw);
    let origin = Origin::written(given.file.span);
    let properties = Object::new().with("connectorUiConfig", active).with_some("pollingConfig", polling.clone());
    let symbol = context.symbol("page", &page.id.value);
    let connector = CarriedConnector {
        id: page.id.clone(),
        kind: given.kind.name(),
        title,
        version: Spanned::new(version, metadata.map_or(page.id.span, |version| version.origin.span)),
        data_types: data_types(page),
        page: shown,
        polling,
        source: body::raw(&given.source),
        file_name: file_name(&given.file),
        symbol,
    };
    (connector, Value::object(properties, origin))
}

/// Files of one name would lie upon each other in the solution's folder.
pub fn check_files(connectors: &[model::ListedConnector], context: &mut Context<'_>) {
    let name = |listed: &model::ListedConnector| match &listed.connector {
        model::AnyConnector::Carried(connector) => Some(file_name(&connector.file)),
        model::AnyConnector::Codeless(_) => None,
    };
    let names: Vec<Text> = connectors.iter().filter_map(name).collect();
    context.unique("files", "connectors", &names);
}

fn file_name(path: &Text) -> Text {
    path.as_ref().map(|path| path.rsplit('/').next().unwrap_or_default().to_owned())
}

fn version(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Text(text) => Some(text.clone()),
        ValueKind::Int(number) => Some(number.to_string()),
        ValueKind::Real(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The page as a package has it.
fn settle(page: &mut Object, title: &Text, kind: CarriedKind) {
    if kind == CarriedKind::StaticUi {
        page.members.retain(|(name, _)| STATIC.contains(&name.as_str()));
        return;
    }
    page.set("title", Value::written(title));
    for (name, member) in &mut page.members {
        match (name.as_str(), &mut member.kind) {
            ("availability", ValueKind::Object(availability)) => {
                let origin = Origin::derived(member.origin.span, "package: no page is a preview");
                availability.set("isPreview", Value::bool(false, origin));
            }
            ("instructionSteps", ValueKind::Array(steps)) => {
                for step in steps.iter_mut().filter_map(Value::as_object_mut) {
                    step.members.retain(|(_, value)| !is_empty(value));
                }
            }
            _ => {}
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Null => true,
        ValueKind::Text(text) => text.is_empty(),
        ValueKind::Array(items) => items.is_empty(),
        ValueKind::Object(object) => object.members.is_empty(),
        _ => false,
    }
}

fn steps(hole: &model::Hole<Vec<InstructionStep>>) -> &[InstructionStep] {
    hole.0.as_deref().unwrap_or_default()
}

/// Whether a button deploys a function app, and a step says how it is done by hand (observed: the packager looks for the
/// two behind the first character, and inside of a group only where no step beside it has the button).
fn is_function_app(given: &model::Hole<Vec<InstructionStep>>) -> bool {
    let behind = |text: Option<&model::Loose>, words: &str| {
        text.is_some_and(|text| {
            text.0.value.char_indices().nth(1).is_some_and(|(at, _)| text.0.value[at..].contains(words))
        })
    };
    let has_button = |step: &&InstructionStep| behind(step.description.as_ref(), "[Deploy To Azure]");
    let is_by_hand = |step: &&InstructionStep| behind(step.title.as_ref(), "Manual Deployment of Azure Functions");
    let both = |steps: &[&InstructionStep]| {
        steps.iter().copied().any(|step| has_button(&step)) && steps.iter().copied().any(|step| is_by_hand(&step))
    };
    let top: Vec<&InstructionStep> = steps(given).iter().collect();
    if top.iter().any(has_button) {
        return both(&top);
    }
    let silent = top.iter().filter(|step| step.description.is_none());
    let controls = silent.flat_map(|step| &step.instructions);
    let inner: Vec<&InstructionStep> =
        controls.filter_map(|control| control.parameters.as_ref()).flat_map(|parameters| &parameters.steps).collect();
    both(&inner)
}

/// The names of the data types, with the table that stands for the placeholder.
fn data_types(page: &CarriedPage) -> Vec<Text> {
    let name = |ty: &model::DataType| match &page.table_name {
        Some(table) => ty.name.as_ref().map(|name| name.replace(TABLE_PLACEHOLDER, &table.value)),
        None => ty.name.clone(),
    };
    page.data_types.0.iter().flatten().map(name).collect()
}

const TABLE_PLACEHOLDER: &str = "{{graphQueriesTableName}}";

fn check(given: &model::CarriedConnector, path: &str, context: &mut Context<'_>) {
    let page = &given.page.value;
    if given.kind == CarriedKind::ApiPolling {
        let message = format!("`{}` is of kind APIPolling, which RestApiPoller supersedes", page.id.value);
        let help = "write it as a codeless connector; for one that is published as it is, allow this";
        context.report(&rules::CARRIED_SUPERSEDED, given.file.span, path, message, help);
    }
    if page.id.value.is_empty() || page.id.value.contains(|c: char| c.is_whitespace() || c == '/') {
        let message = format!("`{}` cannot be the id of a connector", page.id.value);
        let help = "write it without blanks and slashes: it is the name of a resource, and rules name it";
        context.report(&connector::CONNECTOR_ID, page.id.span, path, message, help);
    }
    context.length(&page.title, path, 200, "our limit");
    if page.connectivity.is_none() && page.connectivity_criteria.is_none() {
        let message = "`connectivityCriterias` is missing";
        let help = "say when the page shows the connector as connected, with a query as a rule: IsConnectedQuery";
        context.report(&shape::MISSING_KEY, first_place(&given.page.node), path, message, help);
    }
    if given.kind == CarriedKind::StaticUi {
        if let (None, Some(criterion)) = (&page.connectivity, page.connectivity_criteria.iter().flatten().next()) {
            let message = "a page of kind StaticUI has `connectivityCriterias`";
            context.report(&shape::MISSING_KEY, criterion.span, path, message, "rename `connectivityCriteria`");
        }
        return;
    }
    if page.availability.is_preview.is_some_and(|flag| flag.value) {
        let span = page.availability.is_preview.map_or(page.availability.span, |flag| flag.span);
        let message = "the package shows this page as available, not as a preview";
        context.report(&rules::CARRIED_PREVIEW, span, path, message, "write false");
    }
    check_data_types(page, path, context);
    steps(&page.steps).iter().for_each(|step| check_step(step, path, context));
}

fn check_data_types(page: &CarriedPage, path: &str, context: &mut Context<'_>) {
    for ty in page.data_types.0.iter().flatten() {
        let name = &ty.name.value;
        let shared = ["CommonSecurityLog", "Syslog"].iter().any(|table| name.contains(table));
        if name.contains(char::is_whitespace) && !shared {
            let message = format!("`{name}` has a blank in it, and is no part of CommonSecurityLog or Syslog");
            let help = "write the name of the table alone";
            context.report(&rules::CARRIED_DATA_TYPE, ty.name.span, path, message, help);
        }
    }
}

fn check_step(step: &InstructionStep, path: &str, context: &mut Context<'_>) {
    for control in &step.instructions {
        let ty = &control.ty.value;
        if !INSTRUCTIONS.contains(&ty.as_str()) {
            let help = match did_you_mean(ty, INSTRUCTIONS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write CopyableLabel, InfoMessage, InstallAgent, Markdown or InstructionStepsGroup".to_owned(),
            };
            let message = format!("no published page has an instruction of type `{ty}`");
            context.report(&rules::CARRIED_INSTRUCTION, control.ty.span, path, message, help);
        }
        let inner = control.parameters.iter().flat_map(|parameters| &parameters.steps);
        inner.for_each(|step| check_step(step, path, context));
    }
    step.inner.iter().for_each(|step| check_step(step, path, context));
}

/// Checks the queries of a carried page.
pub fn check_queries(given: &model::CarriedConnector, globals: &Globals, path: &str, context: &mut Context<'_>) {
    let page = &given.page.value;
    let mut check = |query: &Node, path: String| check_query(query, page.table_name.as_ref(), globals, &path, context);
    for (i, item) in page.graph_queries.0.iter().flatten().enumerate() {
        check(&item.query.0, format!("{path}.graphQueries[{i}].baseQuery"));
    }
    // The portal has its own samples for connectors of Microsoft's own.
    let samples = page.sample_queries.0.iter().flatten().filter(|_| given.kind != CarriedKind::StaticUi);
    for (i, item) in samples.enumerate() {
        check(&item.query.0, format!("{path}.sampleQueries[{i}].query"));
    }
    for (i, item) in page.data_types.0.iter().flatten().enumerate() {
        check(&item.query.0, format!("{path}.dataTypes[{i}].lastDataReceivedQuery"));
    }
    let lists = [("connectivityCriterias", &page.connectivity), ("connectivityCriteria", &page.connectivity_criteria)];
    for (key, criteria) in lists {
        for (i, criterion) in criteria.iter().flatten().enumerate() {
            let is_query = criterion.ty.value.eq_ignore_ascii_case("IsConnectedQuery");
            let queries = criterion.value.as_ref().filter(|_| is_query).and_then(|value| value.0.items());
            for (n, query) in queries.into_iter().flatten().enumerate() {
                check(query, format!("{path}.{key}[{i}].value[{n}]"));
            }
        }
    }
}

/// Custom tables that carried pages name and the spec does not declare: they are there, and their columns are not known.
pub fn add_tables(connectors: &[AnyConnector], globals: &mut Globals) {
    let named = connectors.iter().filter_map(AnyConnector::carried).flat_map(CarriedConnector::tables);
    for name in named.filter(|name| name.ends_with("_CL")) {
        if !globals.has_table(name) {
            globals.add_table(name, [], true);
        }
    }
}

fn check_query(node: &Node, table: Option<&Text>, globals: &Globals, path: &str, context: &mut Context<'_>) {
    let Some(scalar) = node.as_scalar() else {
        let message = format!("expected KQL, found {}", node.describe());
        return context.report(&shape::WRONG_TYPE, first_place(node), path, message, "write a text");
    };
    let mut rest = scalar.text.as_str();
    while let Some(at) = rest.find("{{") {
        let placeholder = rest[at..].split_inclusive("}}").next().unwrap_or_default();
        if placeholder != TABLE_PLACEHOLDER || table.is_none() {
            let start = scalar.text.len() - rest.len() + at;
            let span = scalar.span_of(start..start + placeholder.len(), node.span);
            let message = format!("nothing gives `{placeholder}` a value");
            let help = "write the table's name, or `{{graphQueriesTableName}}` and a member of that name";
            return context.report(&rules::CARRIED_PLACEHOLDER, span, path, message, help);
        }
        rest = &rest[at + placeholder.len()..];
    }
    if rest.len() == scalar.text.len() {
        let text = Spanned::new(scalar.text.clone(), node.span);
        let places = Places::Scalar { scalar: scalar.clone(), span: node.span };
        queries::on_page(&text, &places, globals, path.to_owned(), context);
    }
}
