//! `manifest/content-hub.json`: everything that the marketplace offer needs and a spec can know, in the order in which
//! the offer's pages ask for it. Contacts, audiences, screenshots and legal terms are given there, not here.

use super::Bundle;
use super::package::{Zip, layout, words};
use crate::arm::{Node, Object};
use crate::ir::{
    AnalyticRule, AnyConnector, CarriedConnector, Connector, ContentKind, HuntingQuery, Parser, Playbook, Solution,
    SolutionInfo, SummaryRule, Text, Watchlist, Workbook,
};
use crate::source::Origin;

/// Raised when a reader of the manifest must change.
const MANIFEST_VERSION: i64 = 1;
/// Without this keyword an offer is not shown in Microsoft Sentinel.
const SENTINEL_KEYWORD: &str = "f1de974b-f438-4719-b423-8bf704ba2aef";

pub fn emit(solution: &Solution, zip: &Zip, bundle: &mut Bundle) {
    let info = &solution.info;
    let origin = Origin::derived(info.span, "manifest: marketplace offer");
    let manifest = Object::new()
        .with("manifestVersion", MANIFEST_VERSION)
        .with("solutionId", info.solution_id())
        .with("publisherId", written(&info.publisher_id))
        .with("offerId", written(&info.offer_id))
        .with("offer", offer(info))
        .with("properties", properties(info))
        .with("listing", listing(solution))
        .with("plan", plan(info, zip))
        .with("solution", hub_solution(solution))
        .with("content", content(solution))
        .with("dependencies", dependencies(solution))
        .with("releaseNotes", release(info))
        .with("assumed", written_all(&info.assumed));
    bundle.json("manifest/content-hub.json", Node::from(manifest).at(origin), origin);
}

/// The name that offer, listing and plan must share: company, product, "for Microsoft Sentinel".
fn alias(info: &SolutionInfo) -> Node {
    let name = &info.name.value;
    let company = &info.support.name.value;
    let product = match name.to_lowercase().contains(&company.to_lowercase()) {
        true => name.clone(),
        false => format!("{company} {name}"),
    };
    let alias = if name.contains("Microsoft Sentinel") { product } else { format!("{product} for Microsoft Sentinel") };
    Node::from(alias).at(Origin::derived(info.name.span, "manifest: alias"))
}

fn offer(info: &SolutionInfo) -> Object {
    Object::new().with("type", "Azure application").with("alias", alias(info)).with("testDrive", false)
}

fn properties(info: &SolutionInfo) -> Object {
    let subcategories = info.marketplace_categories.iter().filter(|category| category.value != "Security").map(written);
    let categories = Object::new().with("primary", "Security").with("subcategories", subcategories.collect::<Vec<_>>());
    Object::new().with("categories", categories)
}

fn listing(solution: &Solution) -> Object {
    let info = &solution.info;
    let mut keywords: Vec<Node> = Vec::new();
    if !info.keywords.iter().any(|keyword| keyword.value.eq_ignore_ascii_case(SENTINEL_KEYWORD)) {
        keywords.push(SENTINEL_KEYWORD.into());
    }
    keywords.extend(info.keywords.iter().map(written));
    let mut listing = Object::new()
        .with("name", alias(info))
        .with("searchResultsSummary", written(&info.summary))
        .with("shortDescription", written(&info.summary))
        .with("descriptionHtml", words::html(solution))
        .with("searchKeywords", keywords);
    if let Some(link) = &info.privacy_link {
        listing.set("privacyPolicyLink", written(link));
    }
    let product = Object::new().with("text", "Microsoft Sentinel").with("link", "https://aka.ms/azuresentinel");
    listing.set("productInformationLinks", vec![product.into()].into());
    listing.set("supportContact", support(info).into());
    if let Some(logo) = &info.logo {
        let path = format!("package/Logos/{}", logo.file_name);
        listing.set("logo", Node::from(path).at(Origin::written(logo.svg.span)));
    }
    listing
}

fn support(info: &SolutionInfo) -> Object {
    let mut support = Object::new().with("name", written(&info.support.name));
    if let Some(email) = &info.support.email {
        support.set("email", written(email));
    }
    if let Some(link) = &info.support.link {
        support.set("link", written(link));
    }
    support
}

fn plan(info: &SolutionInfo, zip: &Zip) -> Object {
    let size = i64::try_from(zip.size).unwrap_or(i64::MAX);
    let package = Object::new()
        .with("version", written(&info.version))
        .with("file", zip.path.as_str())
        .with("sha256", zip.sha256.as_str())
        .with("size", size);
    Object::new()
        .with("id", written(&info.plan_id))
        .with("name", alias(info))
        .with("type", "Solution template")
        .with("summary", written(&info.summary))
        .with("description", Node::from(info.description.value.trim()).at(Origin::written(info.description.span)))
        .with("regions", vec!["Azure Global".into()])
        .with("visibility", "Public")
        .with("hidden", false)
        .with("package", package)
}

/// The solution as the content hub shows it.
fn hub_solution(solution: &Solution) -> Object {
    let info = &solution.info;
    let mut categories = Object::new().with("domains", written_all(&info.domains));
    if !info.verticals.is_empty() {
        categories.set("verticals", written_all(&info.verticals));
    }
    let mut hub = Object::new()
        .with("name", written(&info.name))
        .with("version", written(&info.version))
        .with("author", written(&info.author))
        .with("publisherDisplayName", words::publisher(info))
        .with("providers", written_all(&info.providers))
        .with("categories", categories)
        .with("supportTier", written(&info.support.tier))
        .with("firstPublishDate", written(&info.first_publish_date));
    if let Some(date) = &info.last_publish_date {
        hub.set("lastPublishDate", written(date));
    }
    let mut counts = Object::new();
    for (kind, count) in words::counts(solution) {
        counts.set(kind, i64::try_from(count).unwrap_or(i64::MAX).into());
    }
    hub.set("counts", counts.into());
    hub
}

/// One entry for each content item, with the source file that it comes from.
fn content(solution: &Solution) -> Vec<Node> {
    let folder = layout::solution_folder(&solution.info);
    let file = |path: String| Node::from(format!("{folder}/{path}"));
    let version = &solution.info.version;
    let connector = |connector: &Connector| {
        let id = &connector.definition_name;
        let connections = Node::from(format!("{}Connections", id.value))
            .at(Origin::derived(id.span, "package: connections of a connector"));
        [
            item("DataConnector", written(id), version, &connector.title, file(layout::definition_file(connector))),
            item(
                "ResourcesDataConnector",
                connections,
                version,
                &connector.title,
                file(layout::poller_file(connector)),
            ),
        ]
    };
    let carried = |connector: &CarriedConnector| {
        let file = file(layout::carried_file(connector));
        item("DataConnector", written(&connector.id), &connector.version, &connector.title, file)
    };
    let any_connector = |any: &AnyConnector| match any {
        AnyConnector::Codeless(codeless) => Vec::from(connector(codeless)),
        AnyConnector::Carried(connector) => vec![carried(connector)],
    };
    let rule = |rule: &AnalyticRule| {
        item("AnalyticsRule", written(&rule.id), &rule.version, &rule.name, file(layout::rule_file(rule)))
    };
    let parser = |parser: &Parser| {
        let id = Node::from(parser.content_id()).at(Origin::derived(parser.name.span, "package: id of a parser"));
        item("Parser", id, &parser.version, &parser.title, file(layout::parser_file(parser)))
    };
    let query = |query: &HuntingQuery| {
        item("HuntingQuery", written(&query.id), &query.version, &query.name, file(layout::hunting_file(query)))
    };
    let watchlist = |one: &Watchlist| {
        let id = written(&one.display_name);
        item("Watchlist", id, version, &one.display_name, file(layout::watchlist_file(one)))
    };
    let summary = |rule: &SummaryRule| {
        item("SummaryRule", written(&rule.id), &rule.version, &rule.display_name, file(layout::summary_file(rule)))
    };
    let workbook = |one: &Workbook| {
        item("Workbook", written(&one.key), &one.version, &one.title, file(layout::workbook_file(one)))
    };
    let playbook = |one: &Playbook| {
        let file = file(layout::playbook_file(one));
        item(one.kind.content_kind(), written(&one.id), &one.version, &one.display_name, file)
    };
    let of_kind = |kind: &ContentKind| -> Vec<Node> {
        match kind {
            ContentKind::Connectors => solution.connectors.iter().flat_map(any_connector).collect(),
            ContentKind::Parsers => solution.parsers.iter().map(parser).collect(),
            ContentKind::Workbooks => solution.workbooks.iter().map(workbook).collect(),
            ContentKind::AnalyticRules => solution.analytic_rules.iter().map(rule).collect(),
            ContentKind::HuntingQueries => solution.hunting_queries.iter().map(query).collect(),
            ContentKind::Watchlists => solution.watchlists.iter().map(watchlist).collect(),
            ContentKind::SummaryRules => solution.summary_rules.iter().map(summary).collect(),
            ContentKind::Playbooks => solution.playbooks.iter().map(playbook).collect(),
        }
    };
    solution.order.iter().flat_map(of_kind).collect()
}

fn item(kind: &str, content_id: Node, version: &Text, name: &Text, file: Node) -> Node {
    Object::new()
        .with("kind", kind)
        .with("contentId", content_id)
        .with("version", written(version))
        .with("displayName", written(name))
        .with("file", file)
        .into()
}

/// Other solutions, and connectors that rules and queries need and the solution does not bring.
fn dependencies(solution: &Solution) -> Vec<Node> {
    let own = |id: &str| solution.connectors.iter().any(|connector| connector.page_id().value == id);
    let rules = solution.analytic_rules.iter().map(|rule| &rule.required_data_connectors);
    let queries = solution.hunting_queries.iter().map(|query| &query.required_data_connectors);
    let summaries = solution.summary_rules.iter().map(|rule| &rule.required_data_connectors);
    let required = rules.chain(queries).chain(summaries).flatten();
    let mut ids: Vec<&Text> = Vec::new();
    for connector in required.map(|required| &required.connector_id).filter(|id| !own(&id.value)) {
        if !ids.iter().any(|known| known.value == connector.value) {
            ids.push(connector);
        }
    }
    let solutions = solution.info.dependencies.iter().map(|id| ("Solution", id));
    let connectors = ids.into_iter().map(|id| ("DataConnector", id));
    let needs = solutions.chain(connectors);
    needs.map(|(kind, id)| Object::new().with("kind", kind).with("contentId", written(id)).into()).collect()
}

/// The newest release.
fn release(info: &SolutionInfo) -> Object {
    let url = words::release_notes_url(info);
    match info.releases.first() {
        Some(release) => Object::new()
            .with("version", written(&release.version))
            .with("date", written(&release.date))
            .with("changes", written_all(&release.changes))
            .with("link", url),
        None => Object::new().with("version", written(&info.version)).with("link", url),
    }
}

fn written(text: &Text) -> Node {
    Node::from(text.value.clone()).at(Origin::written(text.span))
}

fn written_all(texts: &[Text]) -> Node {
    texts.iter().map(written).collect::<Vec<_>>().into()
}
