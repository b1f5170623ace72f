//! `createUiDefinition.json`: the page on which a person picks a workspace and sees what the solution brings. Nothing is
//! asked for here but the workspace; secrets are asked for on the connector's page.
//!
//! The bracketed strings are in the portal's own expression language, and part of the format; so are the links, which are
//! those of every published page.

use super::{Package, words, written};
use crate::arm::{Node, Object};
use crate::ir::{ContentKind, HuntingQuery, Solution, SolutionInfo, Text};
use crate::source::Origin;

const SCHEMA: &str = "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#";
const WORKSPACES: &str =
    "[concat(subscription().id,'/providers/Microsoft.OperationalInsights/workspaces?api-version=2020-08-01')]";
/// The workspaces of the resource group, as choices.
const CHOICES: &str = "[map(filter(basics('getLAWorkspace').value, (filter) => contains(toLower(filter.id), \
    toLower(resourceGroup().name))), (item) => parse(concat('{\"label\":\"', item.name, '\",\"value\":\"', item.name, \
    '\"}')))]";
/// The region of the workspace that was picked.
const REGION: &str = "[first(map(filter(basics('getLAWorkspace').value, (filter) => and(contains(toLower(filter.id), \
    toLower(resourceGroup().name)),equals(filter.name,basics('workspace')))), (item) => item.location))]";

pub fn definition(package: &Package) -> Node {
    let config = Object::new().with("isWizard", false).with("basics", basics_config(package));
    let outputs = Object::new()
        .with("workspace-location", REGION)
        .with("location", "[location()]")
        .with("workspace", "[basics('workspace')]");
    let parameters = Object::new()
        .with("config", config)
        .with("basics", vec![workspaces().into(), workspace().into()])
        .with("steps", steps(package))
        .with("outputs", outputs);
    Object::new()
        .with("$schema", SCHEMA)
        .with("handler", "Microsoft.Azure.CreateUIDef")
        .with("version", "0.1.2-preview")
        .with("parameters", parameters)
        .into()
}

fn basics_config(package: &Package) -> Object {
    let providers = [
        "Microsoft.OperationsManagement/solutions",
        "Microsoft.OperationalInsights/workspaces/providers/alertRules",
        "Microsoft.Insights/workbooks",
        "Microsoft.Logic/workflows",
    ];
    let providers: Vec<Node> = providers.map(Node::from).into();
    let hidden = Object::new().with("hidden", "The region is that of the workspace");
    Object::new()
        .with("description", description(package))
        .with("subscription", Object::new().with("resourceProviders", providers))
        .with("location", Object::new().with("metadata", hidden).with("visible", false))
        .with("resourceGroup", Object::new().with("allowExisting", true))
}

fn description(package: &Package) -> Node {
    let info: &SolutionInfo = package.info();
    let text = words::description(package.solution);
    let shown = match &info.logo {
        Some(logo) => format!("{}\n\n{text}", words::image(&logo.file_name)),
        None => text,
    };
    Node::from(shown).at(Origin::derived(info.description.span, "package: text of the installation page"))
}

/// Asks the portal for the subscription's workspaces.
fn workspaces() -> Object {
    Object::new()
        .with("name", "getLAWorkspace")
        .with("type", "Microsoft.Solutions.ArmApiControl")
        .with("toolTip", "Lists the workspaces of the resource group")
        .with("condition", "[greater(length(resourceGroup().name),0)]")
        .with("request", Object::new().with("method", "GET").with("path", WORKSPACES))
}

fn workspace() -> Object {
    Object::new()
        .with("name", "workspace")
        .with("type", "Microsoft.Common.DropDown")
        .with("label", "Workspace")
        .with("placeholder", "Pick a workspace")
        .with("toolTip", "The Log Analytics workspace to install into; only those of the resource group are shown")
        .with("constraints", Object::new().with("allowedValues", CHOICES).with("required", true))
        .with("visible", true)
}

/// One step a kind of content, in the order that the portal's installation pages have.
fn steps(package: &Package) -> Vec<Node> {
    let solution = package.solution;
    let mut steps = Vec::new();
    if !solution.connectors.is_empty() {
        steps.push(connectors_step(solution));
    }
    if !solution.workbooks.is_empty() {
        steps.push(workbooks_step(solution));
    }
    if !solution.analytic_rules.is_empty() {
        steps.push(rules_step(solution));
    }
    if !solution.hunting_queries.is_empty() {
        steps.push(hunting_step(solution));
    }
    if !solution.watchlists.is_empty() {
        steps.push(watchlists_step(solution));
    }
    if !solution.playbooks.is_empty() {
        steps.push(playbooks_step(&solution.info));
    }
    if steps.is_empty() {
        // A page without steps is written like this.
        steps.push(Object::new().into());
    }
    steps
}

fn connectors_step(solution: &Solution) -> Node {
    let connectors = &solution.connectors;
    let mut elements = Vec::new();
    for (index, connector) in connectors.iter().enumerate() {
        let number = index + 1;
        let title = &connector.title().value;
        let text = format!(
            "This solution brings the data connector {title} to your Microsoft Sentinel workspace. It reads nothing until \
             you connect it: after the installation, open it from the solution's Manage view and follow its page."
        );
        let origin = Origin::derived(connector.title().span, "package: text of the installation page");
        elements.push(text_block(format!("dataconnectors{number}-text"), text).at(origin));
        if connector.codeless().is_some() {
            elements.push(connectors_link(number));
        }
    }
    // Pages that are carried share what follows all of them.
    let carries = solution.carried().next().is_some();
    if carries && !solution.parsers.is_empty() {
        let text =
            "This solution brings functions, too, which give the rows of the connectors names that queries share.";
        elements.push(text_block("dataconnectors-parser-text".to_owned(), text.to_owned()));
    }
    if connectors.last().is_some_and(|last| last.carried().is_some()) {
        elements.push(connectors_link(connectors.len()));
    }
    Object::new()
        .with("name", "dataconnectors")
        .with("label", "Data Connectors")
        .with("bladeTitle", "Data Connectors")
        .with("elements", elements)
        .into()
}

fn connectors_link(number: usize) -> Node {
    link_block(
        format!("dataconnectors-link{number}"),
        "How data sources are connected",
        "https://docs.microsoft.com/azure/sentinel/connect-data-sources",
    )
}

fn workbooks_step(solution: &Solution) -> Node {
    let text = "This solution brings these workbooks as templates. After the installation, open them from the solution's \
                Manage view, and save those that you want to keep.";
    let mut elements = vec![
        block("workbooks-text".to_owned(), intro(&solution.info, ContentKind::Workbooks, text)),
        link_block(
            "workbooks-link".to_owned(),
            "How workbooks show data",
            "https://docs.microsoft.com/azure/sentinel/tutorial-monitor-your-data",
        ),
    ];
    for (number, workbook) in (1..).zip(&solution.workbooks) {
        let origin = Origin::derived(workbook.key.span, "package: text of the installation page");
        let section = section(format!("workbook{number}"), &workbook.title, written(&workbook.description));
        elements.push(section.at(origin));
    }
    let labels = Object::new().with("preValidation", "Look at the workbooks").with("postValidation", "Seen");
    Object::new()
        .with("name", "workbooks")
        .with("label", "Workbooks")
        .with("subLabel", labels)
        .with("bladeTitle", "Workbooks")
        .with("elements", elements)
        .into()
}

fn rules_step(solution: &Solution) -> Node {
    let text = "This solution brings these analytic rules as templates. None of them runs by itself: after the \
                installation, create the rules that you want from the solution's Manage view.";
    let mut elements = vec![
        block("analytics-text".to_owned(), intro(&solution.info, ContentKind::AnalyticRules, text)),
        link_block(
            "analytics-link".to_owned(),
            "How analytic rules work",
            "https://docs.microsoft.com/azure/sentinel/tutorial-detect-threats-custom?WT.mc_id=Portal-Microsoft_Azure_CreateUIDef",
        ),
    ];
    for (number, rule) in (1..).zip(&solution.analytic_rules) {
        let section = section(format!("analytic{number}"), &rule.name, words::rule_description(rule));
        elements.push(section.at(Origin::derived(rule.id.span, "package: text of the installation page")));
    }
    let labels = Object::new().with("preValidation", "Look at the analytic rules").with("postValidation", "Seen");
    Object::new()
        .with("name", "analytics")
        .with("label", "Analytics")
        .with("subLabel", labels)
        .with("bladeTitle", "Analytics")
        .with("elements", elements)
        .into()
}

fn hunting_step(solution: &Solution) -> Node {
    let text = "This solution brings these hunting queries. After the installation you find them under Hunting, and run \
                them when you want to.";
    let mut elements = vec![
        block("huntingqueries-text".to_owned(), intro(&solution.info, ContentKind::HuntingQueries, text)),
        link_block(
            "huntingqueries-link".to_owned(),
            "How hunting works",
            "https://docs.microsoft.com/azure/sentinel/hunting",
        ),
    ];
    for (number, query) in (1..).zip(&solution.hunting_queries) {
        let origin = Origin::derived(query.id.span, "package: text of the installation page");
        let text = Node::from(hunting_text(query)).at(origin);
        elements.push(section(format!("huntingquery{number}"), &query.name, text).at(origin));
    }
    Object::new()
        .with("name", "huntingqueries")
        .with("label", "Hunting Queries")
        .with("bladeTitle", "Hunting Queries")
        .with("elements", elements)
        .into()
}

/// What a hunting query looks for, and what it needs.
fn hunting_text(query: &HuntingQuery) -> String {
    let description = query.description.as_ref().map_or(query.name.value.as_str(), |text| &text.value);
    let needs = query.required_data_connectors.iter().map(|required| {
        let tables: Vec<&str> = required.data_types.iter().map(|table| table.value.as_str()).collect();
        format!("{} ({})", required.connector_id.value, tables.join(", "))
    });
    let needs: Vec<String> = needs.collect();
    if needs.is_empty() { description.to_owned() } else { format!("{description} It needs: {}.", needs.join("; ")) }
}

fn watchlists_step(solution: &Solution) -> Node {
    let text = "This solution brings these watchlists, which queries look values up in. They are filled as soon as the \
                solution is installed, and you can change them under Watchlists.";
    let link = Object::new().with("label", "How watchlists work").with("uri", "https://aka.ms/sentinelwatchlists");
    let options = Object::new().with("text", text).with("link", link);
    let mut elements = vec![block("watchlists-text".to_owned(), options)];
    for (number, watchlist) in (1..).zip(&solution.watchlists) {
        let origin = Origin::derived(watchlist.id.span, "package: text of the installation page");
        // An empty description is no text for a page.
        let described = watchlist.description.as_ref().filter(|text| !text.value.trim().is_empty());
        let given = solution.info.page_text(ContentKind::Watchlists);
        let text = written(given.or(described).unwrap_or(&watchlist.display_name));
        elements.push(section(format!("watchlist{number}"), &watchlist.display_name, text).at(origin));
    }
    let labels = Object::new().with("preValidation", "Look at the watchlists").with("postValidation", "Seen");
    Object::new()
        .with("name", "watchlists")
        .with("label", "Watchlists")
        .with("subLabel", labels)
        .with("bladeTitle", "Watchlists")
        .with("elements", elements)
        .into()
}

/// Says what comes; the items are not listed one by one.
fn playbooks_step(info: &SolutionInfo) -> Node {
    let text = "This solution brings templates of playbooks, or of what playbooks call. None of them is deployed by itself: \
                after the installation, create the playbooks that you want under Automation, Playbook templates.";
    let elements = vec![
        block("playbooks-text".to_owned(), intro(info, ContentKind::Playbooks, text)),
        link_block(
            "playbooks-link".to_owned(),
            "How playbooks work",
            "https://docs.microsoft.com/azure/sentinel/tutorial-respond-threats-playbook?WT.mc_id=Portal-Microsoft_Azure_CreateUIDef",
        ),
    ];
    let labels = Object::new().with("preValidation", "Look at the playbooks").with("postValidation", "Seen");
    Object::new()
        .with("name", "playbooks")
        .with("label", "Playbooks")
        .with("subLabel", labels)
        .with("bladeTitle", "Playbooks")
        .with("elements", elements)
        .into()
}

/// What a step says above its items: the author's text, or `usual`.
fn intro(info: &SolutionInfo, kind: ContentKind, usual: &str) -> Object {
    Object::new().with("text", info.page_text(kind).map_or_else(|| usual.into(), written))
}

/// An item of a step: its name, and a text below.
fn section(name: String, label: &Text, text: Node) -> Node {
    let block = block(format!("{name}-text"), Object::new().with("text", text));
    Object::new()
        .with("name", name)
        .with("type", "Microsoft.Common.Section")
        .with("label", written(label))
        .with("elements", vec![block])
        .into()
}

fn text_block(name: String, text: String) -> Node {
    block(name, Object::new().with("text", text))
}

fn link_block(name: String, label: &str, uri: &str) -> Node {
    let link = Object::new().with("label", label).with("uri", uri);
    block(name, Object::new().with("link", link))
}

fn block(name: String, options: Object) -> Node {
    Object::new().with("name", name).with("type", "Microsoft.Common.TextBlock").with("options", options).into()
}
