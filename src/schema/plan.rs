//! Which artifact, and which resource in a template, is held against which schema.

use super::registry::{self, Schema};
use serde_json::Value;

/// How an artifact is checked.
#[derive(Debug, Clone, Copy)]
pub enum Plan {
    /// A template: its frame, then each resource by itself.
    Template { frame: &'static Schema, place: Place },
    /// Resources that the packager reads, one or a list of them: the frame, then the body of each.
    Source { frame: &'static Schema, body: fn(&Value) -> Option<Body> },
    /// The whole file with one schema.
    Whole(&'static Schema),
    /// A YAML file, the whole of it with one schema.
    Yaml(&'static Schema),
    /// The author's own file, as it is: its size alone is checked here.
    Carried,
    /// JSON or YAML without a schema: a mistake of ours.
    Unknown,
    /// Texts that people read, Bicep, images, archives: nothing to do here.
    None,
}

/// Where a resource stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the deploy bundle.
    Deploy,
    /// In the package, content templates included.
    Package,
    /// In a deployment inside that of the bundle or of Connect.
    Nested,
    /// In the content template of a playbook, a custom connector or a function app: but for what the package adds, its
    /// resources are the author's own.
    Carried,
}

/// A part of a resource that has a schema of its own, because several artifacts carry it.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// In the resource.
    pub pointer: &'static str,
    pub schema: &'static Schema,
}

/// The schema around a resource, and that of its body.
#[derive(Debug, Clone, Copy)]
pub struct ResourcePlan {
    pub frame: &'static Schema,
    pub body: Option<Body>,
}

const PROPERTIES: &str = "/properties";
const PAGE: Body = Body { pointer: "/properties/connectorUiConfig", schema: &registry::BODY_CONNECTOR_PAGE };
const TABLE: Body = Body { pointer: PROPERTIES, schema: &registry::BODY_TABLE };
const COLLECTION_RULE: Body = Body { pointer: PROPERTIES, schema: &registry::BODY_COLLECTION_RULE };

/// The body of a connection by its kind. The frame's schema checks the kind.
fn connection(resource: &Value) -> Option<Body> {
    let schema = match resource.get("kind")?.as_str()? {
        "RestApiPoller" => &registry::BODY_REST_API_POLLER,
        "Push" => &registry::BODY_PUSH,
        "GCP" => &registry::BODY_GCP,
        "WebSocket" => &registry::BODY_WEB_SOCKET,
        "OCI" => &registry::BODY_OCI,
        "AmazonWebServicesS3" => &registry::BODY_AMAZON_S3,
        "StorageAccountBlobContainer" => &registry::BODY_STORAGE_BLOB,
        _ => return None,
    };
    Some(Body { pointer: PROPERTIES, schema })
}

const CARRIED: Body = Body { pointer: PROPERTIES, schema: &registry::BODY_CARRIED_CONNECTOR };
/// The kinds of connectors that are carried from their file.
const CARRIED_KINDS: [&str; 3] = ["StaticUI", "GenericUI", "APIPolling"];

/// The template of the deploy bundle, and the file with values for it.
pub const TEMPLATE: &str = "deploy/azuredeploy.json";
pub const PARAMETERS: &str = "deploy/azuredeploy.parameters.json";

/// The plan for the artifact at `path`, below `output/<solution>/`.
pub fn artifact(path: &str) -> Plan {
    let fixed = match path {
        TEMPLATE => Some(Plan::Template { frame: &registry::DEPLOY_TEMPLATE, place: Place::Deploy }),
        PARAMETERS => Some(Plan::Whole(&registry::DEPLOY_PARAMETERS)),
        "manifest/content-hub.json" => Some(Plan::Whole(&registry::MANIFEST)),
        "model.json" => Some(Plan::Whole(&registry::MODEL)),
        _ => None,
    };
    if let Some(plan) = fixed {
        return plan;
    }
    let is_carried =
        path.starts_with("deploy/playbooks/") || path.starts_with("package/") && path.contains("/Playbooks/");
    if is_carried && path.ends_with(".json") {
        return Plan::Carried;
    }
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let data = match file.rsplit_once('.') {
        Some((_, "json")) => true,
        Some((_, "yaml" | "yml")) => false,
        _ => return Plan::None,
    };
    match package_file(folder, file, data) {
        Some(plan) if path.starts_with("package/") => plan,
        _ => Plan::Unknown,
    }
}

/// Files of the package by their folder and name; `json`: not YAML.
fn package_file(folder: &str, file: &str, json: bool) -> Option<Plan> {
    let last = folder.rsplit('/').next().unwrap_or_default();
    if !json {
        return match last {
            "Analytic Rules" => Some(Plan::Yaml(&registry::SOURCE_RULE)),
            "Hunting Queries" => Some(Plan::Yaml(&registry::SOURCE_HUNTING_QUERY)),
            "Parsers" => Some(Plan::Yaml(&registry::SOURCE_PARSER)),
            "XDR Detections" => Some(Plan::Yaml(&registry::SOURCE_CUSTOM_DETECTION)),
            "Summary Rules" => Some(Plan::Yaml(&registry::SOURCE_SUMMARY_RULE)),
            _ => None,
        };
    }
    let plan = match (last, file) {
        ("Package", "mainTemplate.json") => {
            Plan::Template { frame: &registry::PACKAGE_TEMPLATE, place: Place::Package }
        }
        ("Package", "createUiDefinition.json") => Plan::Whole(&registry::PACKAGE_CREATE_UI),
        ("Package", "testParameters.json") => Plan::Whole(&registry::PACKAGE_TEST_PARAMETERS),
        ("Data", _) => Plan::Whole(&registry::SOURCE_DATA),
        // The author's own, and checked before.
        _ if format!("{folder}/").starts_with("package/Sample Data/") => Plan::None,
        ("Workbooks", "WorkbooksMetadata.additions.json") => Plan::Whole(&registry::FIXTURE_WORKBOOKS),
        ("Workbooks", _) => Plan::Whole(&registry::SOURCE_WORKBOOK),
        ("Parsers", _) => Plan::Carried,
        ("Watchlists", _) => Plan::Template { frame: &registry::SOURCE_WATCHLIST, place: Place::Package },
        ("Data Connectors", _) => Plan::Whole(&registry::SOURCE_CARRIED_CONNECTOR),
        ("CustomTables", _) => Plan::Whole(&registry::FIXTURE_TABLE),
        (_, "SolutionMetadata.json") => Plan::Whole(&registry::SOURCE_METADATA),
        (_, "ValidConnectorIds.additions.json") => Plan::Whole(&registry::FIXTURE_CONNECTOR_IDS),
        _ if folder.contains("/Data Connectors/") => return source(file),
        _ => return None,
    };
    Some(plan)
}

fn source(file: &str) -> Option<Plan> {
    let (frame, body): (_, fn(&Value) -> Option<Body>) = match file.strip_suffix(".json")?.rsplit_once('_')?.1 {
        "ConnectorDefinition" => (&registry::SOURCE_CONNECTOR_DEFINITION, |_| Some(PAGE)),
        "PollerConfig" => (&registry::SOURCE_POLLER, connection),
        "DCR" => (&registry::SOURCE_COLLECTION_RULE, |_| Some(COLLECTION_RULE)),
        "Table" => (&registry::SOURCE_TABLE, |_| Some(TABLE)),
        _ => return None,
    };
    Some(Plan::Source { frame, body })
}

const DEPLOYMENT: &str = "Microsoft.Resources/deployments";
const WORKBOOK: &str = "Microsoft.Insights/workbooks";
const SUMMARY_LOG: &str = "Microsoft.OperationalInsights/workspaces/summaryLogs";
const SAVED_SEARCH: &str = "Microsoft.OperationalInsights/workspaces/savedSearches";

/// A saved search with an alias is a function.
fn saved_search(resource: &Value) -> Body {
    let is_function = resource.pointer("/properties/functionAlias").is_some();
    let schema = if is_function { &registry::BODY_FUNCTION } else { &registry::BODY_HUNTING_QUERY };
    Body { pointer: PROPERTIES, schema }
}

/// The template inside a resource, as a pointer to it, and where its resources stand.
pub fn template_in(resource: &Value) -> (&'static str, Place) {
    match resource.get("type").and_then(Value::as_str) {
        Some(DEPLOYMENT) => ("/properties/template", Place::Nested),
        _ => ("/properties/mainTemplate", inside(resource)),
    }
}

/// Where the resources of a content template stand.
fn inside(content_template: &Value) -> Place {
    match content_template.pointer("/properties/contentKind").and_then(Value::as_str) {
        Some("Playbook" | "LogicAppsCustomConnector" | "AzureFunction") => Place::Carried,
        _ => Place::Package,
    }
}

/// The plan for a resource by its type and kind. The frame's schema checks the apiVersion.
pub fn resource(place: Place, resource: &Value) -> Option<ResourcePlan> {
    let member = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default();
    let kind = member("kind");
    let plan = |frame, body| Some(ResourcePlan { frame, body });
    let rule = |scheduled, nrt| {
        let schema = if kind == "NRT" { nrt } else { scheduled };
        Some(Body { pointer: PROPERTIES, schema })
    };
    match (place, member("type")) {
        (Place::Deploy, "Microsoft.OperationalInsights/workspaces/tables") => {
            plan(&registry::DEPLOY_TABLE, Some(TABLE))
        }
        (Place::Deploy, SUMMARY_LOG) => plan(
            &registry::DEPLOY_SUMMARY_RULE,
            Some(Body { pointer: PROPERTIES, schema: &registry::BODY_SUMMARY_RULE }),
        ),
        (Place::Package, SUMMARY_LOG) => plan(
            &registry::PACKAGE_SUMMARY_RULE,
            Some(Body { pointer: PROPERTIES, schema: &registry::BODY_SUMMARY_RULE }),
        ),
        (Place::Deploy, "Microsoft.SecurityInsights/watchlists") => {
            plan(&registry::DEPLOY_WATCHLIST, Some(Body { pointer: PROPERTIES, schema: &registry::BODY_WATCHLIST }))
        }
        (Place::Deploy, WORKBOOK) => plan(&registry::DEPLOY_WORKBOOK, None),
        (Place::Package, WORKBOOK) => plan(&registry::PACKAGE_WORKBOOK, None),
        (Place::Deploy, SAVED_SEARCH) => plan(&registry::DEPLOY_SAVED_SEARCH, Some(saved_search(resource))),
        (Place::Package, SAVED_SEARCH | "Microsoft.OperationalInsights/savedSearches") => {
            plan(&registry::PACKAGE_SAVED_SEARCH, Some(saved_search(resource)))
        }
        (Place::Deploy, "Microsoft.Insights/dataCollectionEndpoints") => {
            plan(&registry::DEPLOY_COLLECTION_ENDPOINT, None)
        }
        (Place::Deploy, "Microsoft.Insights/dataCollectionRules") => {
            plan(&registry::DEPLOY_COLLECTION_RULE, Some(COLLECTION_RULE))
        }
        (Place::Deploy, "Microsoft.SecurityInsights/dataConnectorDefinitions") => {
            plan(&registry::DEPLOY_CONNECTOR_DEFINITION, Some(PAGE))
        }
        (Place::Deploy, "Microsoft.SecurityInsights/dataConnectors") if CARRIED_KINDS.contains(&kind) => {
            plan(&registry::DEPLOY_CARRIED_CONNECTOR, Some(CARRIED))
        }
        (Place::Deploy, "Microsoft.SecurityInsights/dataConnectors") => {
            plan(&registry::DEPLOY_CONNECTOR, connection(resource))
        }
        (Place::Deploy | Place::Package, DEPLOYMENT) => plan(&registry::NESTED_DEPLOYMENT, None),
        (Place::Nested, "Microsoft.Storage/storageAccounts/queueServices/queues") => {
            plan(&registry::NESTED_QUEUE, None)
        }
        (Place::Nested, "Microsoft.EventGrid/eventSubscriptions") => plan(&registry::NESTED_EVENT_SUBSCRIPTION, None),
        (Place::Deploy | Place::Nested, "Microsoft.Authorization/roleAssignments") => {
            plan(&registry::DEPLOY_ROLE_ASSIGNMENT, None)
        }
        (Place::Deploy, "Microsoft.SecurityInsights/alertRules") => {
            plan(&registry::DEPLOY_ALERT_RULE, rule(&registry::BODY_SCHEDULED_RULE, &registry::BODY_NRT_RULE))
        }
        (Place::Package, "Microsoft.OperationalInsights/workspaces/tables") => {
            plan(&registry::PACKAGE_TABLE, Some(TABLE))
        }
        (Place::Package, "Microsoft.Insights/dataCollectionRules") => {
            plan(&registry::PACKAGE_COLLECTION_RULE, Some(COLLECTION_RULE))
        }
        (Place::Package, "Microsoft.SecurityInsights/AlertRuleTemplates") => {
            let body = rule(&registry::BODY_SCHEDULED_RULE_TEMPLATE, &registry::BODY_NRT_RULE_TEMPLATE);
            plan(&registry::PACKAGE_RULE_TEMPLATE, body)
        }
        (Place::Package, ty) => match ty.strip_prefix("Microsoft.OperationalInsights/workspaces/providers/")? {
            "dataConnectorDefinitions" => plan(&registry::PACKAGE_CONNECTOR_DEFINITION, Some(PAGE)),
            "dataConnectors" if CARRIED_KINDS.contains(&kind) => {
                plan(&registry::PACKAGE_CARRIED_CONNECTOR, Some(CARRIED))
            }
            "dataConnectors" => plan(&registry::PACKAGE_CONNECTOR, connection(resource)),
            "Watchlists" => plan(
                &registry::PACKAGE_WATCHLIST,
                Some(Body { pointer: PROPERTIES, schema: &registry::BODY_WATCHLIST }),
            ),
            "metadata" => plan(&registry::PACKAGE_METADATA, None),
            "contentTemplates" => plan(&registry::PACKAGE_CONTENT_TEMPLATE, None),
            "contentPackages" => plan(&registry::PACKAGE_CONTENT_PACKAGE, None),
            _ => None,
        },
        (Place::Carried, "Microsoft.OperationalInsights/workspaces/providers/metadata") => {
            plan(&registry::PACKAGE_METADATA, None)
        }
        (Place::Carried, _) => plan(&registry::PACKAGE_CARRIED_RESOURCE, None),
        (Place::Deploy | Place::Nested, _) => None,
    }
}
