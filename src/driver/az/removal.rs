//! Removing resources one by one: their addresses, and the order in which nothing is removed that another one needs.

use super::Place;
use super::command::{self, Step};
use super::connection;
use crate::ir::graph::{Graph, Resource, ResourceKind, RoleAssignment};
use crate::ir::{Nested, NestedKind, RawResource, Solution, Stage};

/// A resource to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    pub step: Step,
    /// For people: `table PulumiAuditLogs_CL`.
    pub what: String,
    pub is_table: bool,
    /// Small ones go first.
    rank: u8,
}

/// Types in the order of removal, each with the words for it. What stands in no row goes first: it was handed over by
/// the author, and may need anything.
const ORDER: [(ResourceKind, &str); 10] = [
    (ResourceKind::Workbook, "workbook"),
    (ResourceKind::AlertRule, "analytic rule"),
    (ResourceKind::Function, "saved search"),
    (ResourceKind::SummaryRule, "summary rule"),
    (ResourceKind::Watchlist, "watchlist"),
    (ResourceKind::DataConnector, "data connector"),
    (ResourceKind::ConnectorDefinition, "connector page"),
    (ResourceKind::DataCollectionRule, "data collection rule"),
    (ResourceKind::DataCollectionEndpoint, "data collection endpoint"),
    (ResourceKind::Table, "table"),
];

/// What cannot be removed from here.
pub struct Left {
    /// In words.
    pub what: String,
    /// Whether it stays with a stack as well, for what is in it.
    pub holds_data: bool,
}

impl Left {
    fn named(what: String) -> Self {
        Left { what, holds_data: false }
    }
}

/// Everything that the bundle deploys under a name that the spec says, in the order of removal; and what cannot be removed
/// from here. Where there can be several connections, which there are only az can tell.
pub fn of_bundle(solution: &Solution, graph: &Graph, place: &Place) -> (Vec<Removal>, Vec<Left>) {
    let known = graph.resources.iter().rev().filter(|resource| graph.identity(&resource.symbol).is_none());
    let mut removals: Vec<Removal> = known.map(|resource| of(resource, &resource.name, place)).collect();
    let mut left = Vec::new();
    for raw in solution.raw_resources.iter().filter(|raw| raw.stage == Stage::Deploy) {
        match raw_id(raw, place) {
            Some((id, api_version)) => {
                removals.push(removal(&id, Some(&api_version), place));
            }
            None => {
                let ty = raw.body.get("type").and_then(|ty| ty.as_text());
                left.push(Left::named(ty.unwrap_or("a resource").to_owned()));
            }
        }
    }
    for role in &graph.roles {
        let on = graph.find(&role.scope).map_or("", |resource| resource.name.as_str());
        left.push(Left::named(format!("the role assignment {} on `{on}`", role.role.name())));
    }
    left.extend(graph.nested.iter().flat_map(beside));
    in_order(&mut removals);
    (removals, left)
}

/// What was made for a connection in another resource group.
fn beside(nested: &Nested) -> impl Iterator<Item = Left> {
    let base = &nested.file_base;
    let made = nested.resources.iter().filter(|resource| !resource.kind.is_existing());
    let made = made.map(move |resource| Left {
        what: format!("the {} `{}` of {base}", resource.kind.words(), resource.symbol.0),
        holds_data: resource.kind.holds_data(),
    });
    let role = move |role: &RoleAssignment| {
        Left::named(format!("the role assignment {} on `{}` of {base}", role.role.name(), role.scope.0))
    };
    made.chain(nested.roles.iter().map(role))
}

/// A resource of the graph, under this name.
pub fn of(resource: &Resource, name: &str, place: &Place) -> Removal {
    removal(&id(resource.kind, name, place), Some(resource.kind.api_version()), place)
}

/// The resources that a stack listed, in the order of removal; and the ids of those that stay, for what is in them.
pub fn of_ids(ids: &[String], solution: &Solution, graph: &Graph, place: &Place) -> (Vec<Removal>, Vec<String>) {
    let stays = |id: &&String| NestedKind::MADE.iter().any(|kind| kind.holds_data() && same_type(id, kind.arm_type()));
    // A deployment inside the deployment is a record of it, no resource.
    let ids = ids.iter().filter(|id| !same_type(id, Nested::ARM_TYPE));
    let (kept, removed): (Vec<&String>, Vec<&String>) = ids.partition(stays);
    let mut removals: Vec<Removal> = removed
        .into_iter()
        .map(|id| {
            let own = graph.resources.iter().find(|r| same_type(id, r.kind.arm_type()) && is_named(id, r, graph));
            let api_version = own.map(|resource| resource.kind.api_version().to_owned()).or_else(|| {
                let raw = solution
                    .raw_resources
                    .iter()
                    .find(|raw| raw.body.get("type").and_then(|ty| ty.as_text()).is_some_and(|ty| same_type(id, ty)))?;
                Some(raw.body.get("apiVersion")?.as_text()?.to_owned())
            });
            // Of an earlier build of the bundle, perhaps: its type still tells.
            let known =
                ORDER.iter().find(|(kind, _)| same_type(id, kind.arm_type())).map(|(kind, _)| kind.api_version());
            let role = same_type(id, RoleAssignment::ARM_TYPE).then_some(RoleAssignment::API_VERSION);
            let nested =
                NestedKind::MADE.iter().find(|kind| same_type(id, kind.arm_type())).map(|kind| kind.api_version());
            removal(id, api_version.as_deref().or(known).or(role).or(nested), place)
        })
        .collect();
    in_order(&mut removals);
    (removals, kept.into_iter().cloned().collect())
}

/// What needs others goes before them.
pub fn in_order(removals: &mut [Removal]) {
    removals.sort_by_key(|removal| removal.rank);
}

fn removal(id: &str, api_version: Option<&str>, place: &Place) -> Removal {
    let position = ORDER.iter().position(|(kind, _)| same_type(id, kind.arm_type()));
    let words =
        position.and_then(|index| ORDER.get(index)).map_or_else(|| arm_type(id), |(_, words)| (*words).to_owned());
    let what = format!("{words} {}", id.rsplit('/').next().unwrap_or(id));
    let purpose = format!("remove the {what}");
    let step = match api_version {
        Some(version) => command::delete(purpose, id, version, place),
        None => command::delete_unknown(purpose, id, place),
    };
    let is_table = same_type(id, ResourceKind::Table.arm_type());
    Removal { step, what, is_table, rank: position.map_or(0, |index| u8::try_from(index + 1).unwrap_or(u8::MAX)) }
}

/// The address of a resource of the graph.
fn id(kind: ResourceKind, name: &str, place: &Place) -> String {
    format!("{}/{}", folder(kind, place), segment(name))
}

/// What the addresses of a kind begin with, in one workspace. az puts the id of its subscription where the braces are.
pub fn folder(kind: ResourceKind, place: &Place) -> String {
    let group = format!("/subscriptions/{{subscriptionId}}/resourceGroups/{}", segment(&place.resource_group));
    let workspace = format!("Microsoft.OperationalInsights/workspaces/{}", segment(&place.workspace));
    match kind.arm_type().strip_prefix("Microsoft.OperationalInsights/workspaces/") {
        Some(child) => format!("{group}/providers/{workspace}/{child}"),
        None if kind.is_extension() => format!("{group}/providers/{workspace}/providers/{}", kind.arm_type()),
        None => format!("{group}/providers/{}", kind.arm_type()),
    }
}

/// The address and apiVersion of a resource that the author handed over, if they stand in the spec as plain text.
fn raw_id(raw: &RawResource, place: &Place) -> Option<(String, String)> {
    let text = |name: &str| raw.body.get(name).and_then(|value| value.as_text());
    let (ty, name, api_version) = (text("type")?, text("name")?, text("apiVersion")?);
    if raw.body.get("scope").is_some() {
        return None;
    }
    let (provider, types) = ty.split_once('/')?;
    let (types, names): (Vec<&str>, Vec<&str>) = (types.split('/').collect(), name.split('/').collect());
    if types.len() != names.len() {
        return None;
    }
    let mut id = format!("/subscriptions/{{subscriptionId}}/resourceGroups/{}", segment(&place.resource_group));
    id.push_str(&format!("/providers/{provider}"));
    for (ty, name) in types.iter().zip(names) {
        id.push_str(&format!("/{ty}/{}", segment(name)));
    }
    Some((id, api_version.to_owned()))
}

/// `Microsoft.Insights/dataCollectionRules`, of the last provider in the address.
fn arm_type(id: &str) -> String {
    let tail = id.rsplit_once("/providers/").map_or(id, |(_, tail)| tail);
    let mut parts = tail.split('/');
    let mut ty = parts.next().unwrap_or_default().to_owned();
    for part in parts.step_by(2) {
        ty.push('/');
        ty.push_str(part);
    }
    ty
}

/// ARM compares types without case.
pub fn same_type(id: &str, ty: &str) -> bool {
    arm_type(id).eq_ignore_ascii_case(ty)
}

fn is_named(id: &str, resource: &Resource, graph: &Graph) -> bool {
    connection::has_name(resource, id.rsplit('/').next().unwrap_or_default(), graph)
}

/// A name as a part of an address: RFC 3986 `pchar`, everything else as percent-encoded UTF-8.
fn segment(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~()!$&'*+,;=:@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place { resource_group: "rg".into(), workspace: "ws-prod".into(), subscription: None }
    }

    #[test]
    fn addresses_follow_the_kind() {
        let group = "/subscriptions/{subscriptionId}/resourceGroups/rg/providers/";
        let cases = [
            (ResourceKind::Table, "X_CL", "Microsoft.OperationalInsights/workspaces/ws-prod/tables/X_CL"),
            (ResourceKind::DataCollectionRule, "a b", "Microsoft.Insights/dataCollectionRules/a%20b"),
            (
                ResourceKind::DataConnector,
                "P",
                "Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/dataConnectors/P",
            ),
        ];
        for (kind, name, expected) in cases {
            assert_eq!(id(kind, name, &place()), format!("{group}{expected}"));
        }
    }

    #[test]
    fn types_are_read_from_addresses() {
        let id = id(ResourceKind::AlertRule, "guid", &place());
        assert_eq!(arm_type(&id), "Microsoft.SecurityInsights/alertRules");
        assert_eq!(arm_type("/subscriptions/s/resourceGroups/g/providers/A.B/c/1/d/2"), "A.B/c/d");
    }

    #[test]
    fn what_others_need_goes_last() {
        let base = "/subscriptions/s/resourceGroups/rg/providers";
        let ids: Vec<String> = [
            "microsoft.operationalinsights/workspaces/w/tables/X_CL",
            "Microsoft.Insights/dataCollectionEndpoints/E",
            "Microsoft.Insights/dataCollectionRules/R",
            "Microsoft.OperationalInsights/workspaces/w/savedSearches/S",
            "Microsoft.OperationalInsights/workspaces/w/summaryLogs/L",
            "Microsoft.OperationalInsights/workspaces/w/providers/Microsoft.SecurityInsights/watchlists/V",
            "Microsoft.OperationalInsights/workspaces/w/providers/Microsoft.SecurityInsights/dataConnectorDefinitions/D",
            "Microsoft.OperationalInsights/workspaces/w/providers/Microsoft.SecurityInsights/dataConnectors/C",
            "Microsoft.OperationalInsights/workspaces/w/providers/Microsoft.SecurityInsights/alertRules/A",
            "Microsoft.Insights/workbooks/B",
            "Microsoft.Logic/workflows/W",
        ]
        .iter()
        .map(|tail| format!("{base}/{tail}"))
        .collect();
        let order: Vec<u8> = {
            let mut removals: Vec<Removal> = ids.iter().map(|id| removal(id, None, &place())).collect();
            removals.sort_by_key(|removal| removal.rank);
            assert!(removals.last().is_some_and(|last| last.is_table && last.what == "table X_CL"));
            assert_eq!(removals.first().map(|first| first.what.as_str()), Some("Microsoft.Logic/workflows W"));
            removals.iter().map(|removal| removal.rank).collect()
        };
        assert_eq!(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
}
