//! `manifest/content-hub.json`: everything that the marketplace offer needs and a spec can know, in the order in which
//! the offer's pages ask for it. Contacts, audiences, screenshots and legal terms are given there, not here.

use super::Bundle;
use super::package::{Zip, layout, words};
use crate::arm::{Node, Object};
use crate::ir::{AnyConnector, ContentKind, Solution, SolutionInfo, Text};
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
    solution.order.iter().flat_map(|kind| of_kind(*kind, solution)).collect()
}

fn of_kind(kind: ContentKind, solution: &Solution) -> Vec<Node> {
    let version = &solution.info.version;
    let item = |kind: &str, id: Node, version: &Text, name: &Text, file: String| {
        item(&solution.info, kind, id, version, name, file)
    };
    match kind {
        ContentKind::Connectors => {
            solution.connectors.iter().flat_map(|connector| of_connector(connector, &solution.info)).collect()
        }
        ContentKind::Parsers => collected(&solution.parsers, |one| {
            let id = Node::from(one.content_id()).at(Origin::derived(one.name.span, "package: id of a parser"));
            item("Parser", id, &one.version, &one.title, layout::parser_file(one))
        }),
        ContentKind::Workbooks => collected(&solution.workbooks, |one| {
            item("Workbook", written(&one.key), &one.version, &one.title, layout::workbook_file(one))
        }),
        ContentKind::AnalyticRules => collected(&solution.analytic_rules, |one| {
            item("AnalyticsRule", written(&one.id), &one.version, &one.name, layout::rule_file(one))
        }),
        ContentKind::HuntingQueries => collected(&solution.hunting_queries, |one| {
            item("HuntingQuery", written(&one.id), &one.version, &one.name, layout::hunting_file(one))
        }),
        ContentKind::Watchlists => collected(&solution.watchlists, |one| {
            let name = &one.display_name;
            item("Watchlist", written(name), version, name, layout::watchlist_file(one))
        }),
        ContentKind::SummaryRules => collected(&solution.summary_rules, |one| {
            item("SummaryRule", written(&one.id), &one.version, &one.display_name, layout::summary_file(one))
        }),
        ContentKind::Playbooks => collected(&solution.playbooks, |one| {
            let (kind, file) = (one.kind.content_kind(), layout::playbook_file(one));
            item(kind, written(&one.id), &one.version, &one.display_name, file)
        }),
    }
}

fn collected<T>(all: &[T], item: impl Fn(&T) -> Node) -> Vec<Node> {
    all.iter().map(item).collect()
}

fn of_connector(connector: &AnyConnector, info: &SolutionInfo) -> Vec<Node> {
    match connector {
        AnyConnector::Codeless(connector) => {
            let (id, title) = (&connector.definition_name, &connector.title);
            let connections = Node::from(format!("{}Connections", id.value))
                .at(Origin::derived(id.span, "package: connections of a connector"));
            let (page, pollers) = (layout::definition_file(connector), layout::poller_file(connector));
            vec![
                item(info, "DataConnector", written(id), &info.version, title, page),
                item(info, "ResourcesDataConnector", connections, &info.version, title, pollers),
            ]
        }
        AnyConnector::Carried(connector) => {
            let (id, file) = (written(&connector.id), layout::carried_file(connector));
            vec![item(info, "DataConnector", id, &connector.version, &connector.title, file)]
        }
    }
}

/// `file`: in the solution's folder.
fn item(info: &SolutionInfo, kind: &str, content_id: Node, version: &Text, name: &Text, file: String) -> Node {
    Object::new()
        .with("kind", kind)
        .with("contentId", content_id)
        .with("version", written(version))
        .with("displayName", written(name))
        .with("file", format!("{}/{file}", layout::solution_folder(info)))
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
