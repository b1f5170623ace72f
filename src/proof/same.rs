//! The deploy bundle and the connected package give the same table, collection rule, connector page, connector, analytic rules
//! and workbooks, and beside a connection the same queues. What differs by nature is listed here, and nowhere else.

use crate::arm::eval::Resource;
use crate::arm::eval::value::{Object, Value};
use std::collections::BTreeMap;
use std::fmt;

/// What both sides make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Table,
    CollectionRule,
    Page,
    Connector,
    CarriedConnector,
    Rule,
    Workbook,
    /// What a connection needs in another resource group.
    Beside,
}

/// Members of a resource that say how it is wrapped and where it goes. Also a `kind` that is null or empty, which the
/// packager writes where the bundle writes none.
const WRAPPING: [&str; 7] = ["id", "type", "name", "apiVersion", "location", "dependsOn", "scope"];

/// Members that one side has and the other has not, or says otherwise, for the reason beside it.
const BY_NATURE: [(Part, &str); 17] = [
    // The portal gives a connection the endpoint and the id of the rule that it made.
    (Part::Connector, "/properties/dcrConfig/dataCollectionEndpoint"),
    (Part::Connector, "/properties/dcrConfig/dataCollectionRuleImmutableId"),
    // The package's endpoint is named after the workspace.
    (Part::CollectionRule, "/properties/dataCollectionEndpointId"),
    // The template of a carried page holds what its file says of itself; the active page does not.
    (Part::CarriedConnector, "/properties/connectorUiConfig/metadata"),
    (Part::CarriedConnector, "/properties/connectorUiConfig/logo"),
    (Part::CarriedConnector, "/properties/connectorUiConfig/lastDataReceivedInfoBalloon"),
    (Part::CarriedConnector, "/properties/connectorUiConfig/caseGenerationSteps"),
    // A template of a rule is off, has a status and says which connectors it needs; a rule says which template it is from.
    (Part::Rule, "/properties/enabled"),
    (Part::Rule, "/properties/status"),
    (Part::Rule, "/properties/requiredDataConnectors"),
    (Part::Rule, "/properties/alertRuleTemplateName"),
    (Part::Rule, "/properties/templateVersion"),
    // Only preview versions of alert rules have them, as of NRT rules: the stable one of scheduled rules would refuse the rule.
    (Part::Rule, "/properties/subTechniques"),
    // The service's newer version has a place for the description; the packager knows the older one, with its own version.
    (Part::Workbook, "/properties/description"),
    (Part::Workbook, "/metadata"),
    (Part::Workbook, "/properties/version"),
    // The packager spells the type of the workspace in a way of its own.
    (Part::Workbook, "/properties/sourceId"),
];

/// One thing in which the two sides differ.
#[derive(Debug)]
pub struct Difference {
    part: Part,
    name: String,
    what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = match self.part {
            Part::Table => "the table",
            Part::CollectionRule => "the collection rule",
            Part::Page => "the connector page",
            Part::Connector | Part::CarriedConnector => "the connector",
            Part::Rule => "the analytic rule",
            Part::Workbook => "the workbook",
            Part::Beside => "the resource",
        };
        write!(f, "{part} {} {}", self.name, self.what)
    }
}

/// Compares what the bundle makes with what the package makes.
pub fn differences<'a>(
    bundle: impl Iterator<Item = &'a Resource>,
    package: impl Iterator<Item = &'a Resource>,
) -> Vec<Difference> {
    let (bundle, mut package) = (by_part(bundle), by_part(package));
    let mut found = Vec::new();
    for ((part, name), deployed) in bundle {
        let mut differs = |what: String| found.push(Difference { part, name: name.clone(), what });
        match package.remove(&(part, name.clone())) {
            None => differs("is only in the deploy bundle".to_owned()),
            Some(connected) => {
                let mut comparison = Comparison { part, found: Vec::new() };
                comparison.objects(&without(&deployed.body), &without(&connected.body), "");
                comparison.found.into_iter().for_each(differs);
            }
        }
    }
    let only = |((part, name), _)| Difference { part, name, what: "is only in the package".to_owned() };
    found.extend(package.into_iter().map(only));
    found
}

/// The resources that both sides make, by part and name. Connections are numbered, for their names have a chance part; and
/// workbooks, which the package names after their content id and the service after GUIDs.
fn by_part<'a>(resources: impl Iterator<Item = &'a Resource>) -> BTreeMap<(Part, String), &'a Resource> {
    let mut found = BTreeMap::new();
    let (mut connectors, mut workbooks) = (0, 0);
    for resource in resources {
        let last = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
        let part = match last(&resource.ty).to_ascii_lowercase().as_str() {
            "tables" => Part::Table,
            "datacollectionrules" => Part::CollectionRule,
            "dataconnectordefinitions" => Part::Page,
            "dataconnectors" if is_carried(resource) => Part::CarriedConnector,
            "dataconnectors" => Part::Connector,
            "alertrules" | "alertruletemplates" => Part::Rule,
            "workbooks" => Part::Workbook,
            "queues" | "eventsubscriptions" => Part::Beside,
            // The other role is given by the portal where the package is connected.
            "roleassignments" if resource.id.to_ascii_lowercase().contains("/microsoft.storage/") => Part::Beside,
            _ => continue,
        };
        let numbered = |count: &mut usize| {
            *count += 1;
            count.to_string()
        };
        let name = match part {
            Part::Connector => numbered(&mut connectors),
            Part::Workbook => numbered(&mut workbooks),
            Part::Beside => resource.id.to_ascii_lowercase(),
            _ => last(&resource.name),
        };
        found.insert((part, name), resource);
    }
    found
}

/// A connector that is a page has the name of the page on both sides.
fn is_carried(resource: &Resource) -> bool {
    matches!(resource.body.get("kind"), Some(Value::Text(kind)) if ["StaticUI", "GenericUI", "APIPolling"].contains(&&**kind))
}

fn without(body: &Object) -> Object {
    let is_wrapping = |name: &str, value: &Value| {
        WRAPPING.contains(&name)
            || name == "kind" && matches!(value, Value::Null)
            || name == "kind" && matches!(value, Value::Text(text) if text.is_empty())
    };
    let kept = body.iter().filter(|(name, value)| !is_wrapping(name, value));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

struct Comparison {
    part: Part,
    found: Vec<String>,
}

impl Comparison {
    fn objects(&mut self, bundle: &Object, package: &Object, base: &str) {
        for (name, value) in bundle.iter() {
            self.values(Some(value), package.get(name), &format!("{base}/{name}"));
        }
        for (name, value) in package.iter().filter(|(name, _)| bundle.get(name).is_none()) {
            self.values(None, Some(value), &format!("{base}/{name}"));
        }
    }

    fn values(&mut self, bundle: Option<&Value>, package: Option<&Value>, pointer: &str) {
        if BY_NATURE.iter().any(|(part, known)| *part == self.part && *known == pointer) {
            return;
        }
        match (bundle, package) {
            (Some(Value::Object(a)), Some(Value::Object(b))) => self.objects(a, b, pointer),
            (Some(Value::Array(a)), Some(Value::Array(b))) if a.len() == b.len() => {
                for (at, (a, b)) in a.iter().zip(b.iter()).enumerate() {
                    self.values(Some(a), Some(b), &format!("{pointer}/{at}"));
                }
            }
            (Some(a), Some(b)) if a.same(b) || same_id(a, b) => {}
            (a, b) => {
                let shown =
                    |value: Option<&Value>| value.map_or("nothing".to_owned(), |value| value.to_json().to_string());
                self.found.push(format!(
                    "has {} at {pointer} in the deploy bundle and {} in the package",
                    shown(a),
                    shown(b)
                ));
            }
        }
    }
}

/// Ids of resources are compared without case.
fn same_id(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.starts_with("/subscriptions/") && a.eq_ignore_ascii_case(b),
        _ => false,
    }
}
