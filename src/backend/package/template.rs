//! `mainTemplate.json`: parameters, variables, the resources of every content item, and the content package around them.

use super::notation::Notation;
use super::{
    PACKAGE, Package, carried, connector, hunting, parser, parts, playbook, respelt, rule, summary, watchlist, words,
    workbook, written, written_all,
};
use crate::arm::{Expr, Node, Object};
use crate::backend::lower::lower;
use crate::ir::{AnyConnector, ContentKind, SolutionInfo, Stage, Text};
use crate::source::Origin;

/// A template in the making: each content item adds its share, in the order in which the data file lists them.
pub struct Draft {
    pub parameters: Object,
    pub variables: Object,
    pub resources: Vec<Node>,
    /// What the content package depends on.
    pub criteria: Vec<Node>,
}

/// The template, and its parameters by themselves (`testParameters.json`).
pub fn build(package: &Package) -> (Node, Node) {
    let draft = draft(package);
    let parameters = Node::from(draft.parameters.clone()).at(package.origin(PACKAGE));
    (main_template(package, draft), parameters)
}

fn main_template(package: &Package, draft: Draft) -> Node {
    let info = package.info();
    let metadata = Object::new()
        .with("author", respelt(&info.author, info.author_line()))
        .with("comments", format!("Solution template for {}", info.name.value));
    let template = Object::new()
        .with("$schema", parts::TEMPLATE_SCHEMA)
        .with("contentVersion", "1.0.0.0")
        .with("metadata", metadata)
        .with("parameters", draft.parameters)
        .with("variables", draft.variables)
        .with("resources", draft.resources)
        .with("outputs", Object::new());
    Node::from(template).at(package.origin(PACKAGE))
}

fn draft(package: &Package) -> Draft {
    let mut draft = Draft {
        parameters: common_parameters(),
        variables: common_variables(package),
        resources: Vec::new(),
        criteria: Vec::new(),
    };
    for kind in &package.solution.order {
        add_content(package, *kind, &mut draft);
    }
    let notation = Notation::apart(package);
    let raw = package.solution.raw_resources.iter().filter(|raw| raw.stage == Stage::Install);
    draft.resources.extend(raw.map(|raw| lower(&raw.body, &mut |expr| notation.template(expr))));
    let version = Expr::variable("_solutionVersion");
    let product_id = parts::product_id("sl", "Solution", parts::solution_id(), version);
    draft.variables.set("_solutioncontentProductId", product_id.into());
    let criteria = std::mem::take(&mut draft.criteria);
    draft.resources.push(content_package(package, criteria).at(package.origin(PACKAGE)));
    draft
}

/// Adds all items of a kind; each kind counts for itself.
fn add_content(package: &Package, kind: ContentKind, draft: &mut Draft) {
    let solution = package.solution;
    match kind {
        ContentKind::Connectors => {
            for (number, connector) in (1..).zip(&solution.connectors) {
                match connector {
                    AnyConnector::Codeless(connector) => connector::add(package, number, connector, draft),
                    AnyConnector::Carried(connector) => carried::add(package, number, connector, draft),
                }
            }
        }
        ContentKind::Parsers => {
            for (number, parser) in (1..).zip(&solution.parsers) {
                parser::add(package, number, parser, draft);
            }
        }
        ContentKind::Workbooks => {
            for (number, workbook) in (1..).zip(&solution.workbooks) {
                workbook::add(package, number, workbook, draft);
            }
        }
        ContentKind::AnalyticRules => {
            for (number, rule) in (1..).zip(&solution.analytic_rules) {
                rule::add(package, number, rule, draft);
            }
        }
        ContentKind::HuntingQueries => {
            for (number, query) in (1..).zip(&solution.hunting_queries) {
                hunting::add(package, number, query, draft);
            }
        }
        ContentKind::Watchlists => {
            for (number, watchlist) in (1..).zip(&solution.watchlists) {
                watchlist::add(package, number, watchlist, draft);
            }
        }
        ContentKind::SummaryRules => {
            for (number, rule) in (1..).zip(&solution.summary_rules) {
                summary::add(package, number, rule, draft);
            }
        }
        ContentKind::Playbooks => {
            for (number, playbook) in (1..).zip(&solution.playbooks) {
                playbook::add(package, number, playbook, draft);
            }
        }
    }
}

fn common_parameters() -> Object {
    let described =
        |object: Object, description: Node| object.with("metadata", Object::new().with("description", description));
    let location = Object::new()
        .with("type", "string")
        .with("minLength", 1)
        .with("defaultValue", Expr::call("resourceGroup", []).member("location"));
    // Nothing else uses `location`, and template checks want it declared and used: hence an expression as description.
    let words =
        [Expr::text("Region of the workspace, whatever the region of the deployment: "), Expr::parameter("location")];
    let region = Object::new().with("type", "string").with("defaultValue", "");
    let workspace = Object::new().with("defaultValue", "").with("type", "string");
    Object::new()
        .with(
            "location",
            described(location, "Region of the deployment; resources go to the region of the workspace".into()),
        )
        .with("workspace-location", described(region, parts::concat(words).into()))
        .with(
            "workspace",
            described(workspace, "Name of the Log Analytics workspace that has Microsoft Sentinel".into()),
        )
}

fn common_variables(package: &Package) -> Object {
    let info = package.info();
    let mut variables = Object::new();
    if let Some(email) = &info.author_email {
        variables.set("email", written(email)).set("_email", Expr::variable("email").into());
    }
    let id = Node::from(info.solution_id()).at(Origin::derived(info.offer_id.span, "package: solution id"));
    variables
        .set("_solutionName", written(&info.name))
        .set("_solutionVersion", written(&info.version))
        .set("solutionId", id)
        .set("_solutionId", Expr::variable("solutionId").into());
    variables
}

/// The content of the solution, then the solutions that it needs. With one of those the packaging tool writes no operator.
fn dependencies(info: &SolutionInfo, mut criteria: Vec<Node>) -> Option<Object> {
    let operator = Object::new().with("operator", "AND");
    let start = if info.dependencies.is_empty() { operator } else { Object::new() };
    let solution = |id: &Text| Object::new().with("kind", "Solution").with("contentId", written(id)).into();
    criteria.extend(info.dependencies.iter().map(solution));
    (!criteria.is_empty()).then(|| start.with("criteria", criteria))
}

fn content_package(package: &Package, criteria: Vec<Node>) -> Node {
    let product_id = || Expr::variable("_solutioncontentProductId");
    let info = package.info();
    let mut properties = Object::new()
        .with("version", written(&info.version))
        .with("kind", "Solution")
        .with("contentSchemaVersion", parts::CONTENT_SCHEMA)
        .with("displayName", written(&info.name))
        .with("publisherDisplayName", words::publisher(info))
        .with("descriptionHtml", words::html(package.solution))
        .with("contentKind", "Solution")
        .with("contentProductId", product_id())
        .with("id", product_id());
    if let Some(logo) = words::logo(info) {
        properties.set("icon", logo);
    }
    let mut properties = properties
        .with("contentId", parts::solution_id())
        .with("parentId", parts::solution_id())
        .with("source", parts::source(info))
        .with("author", parts::author(info))
        .with("support", parts::support(info));
    if let Some(dependencies) = dependencies(info, criteria) {
        properties.set("dependencies", dependencies.into());
    }
    properties.set("firstPublishDate", written(&info.first_publish_date));
    if let Some(date) = &info.last_publish_date {
        properties.set("lastPublishDate", written(date));
    }
    properties.set("providers", written_all(&info.providers));
    let mut categories = Object::new().with("domains", written_all(&info.domains));
    if !info.verticals.is_empty() {
        categories.set("verticals", written_all(&info.verticals));
    }
    properties.set("categories", categories.into());
    // The name is last: the packaging tool adds it when the rest is there.
    Object::new()
        .with("type", parts::provider_type("contentPackages"))
        .with("apiVersion", parts::CONTENT_API)
        .with("location", parts::location())
        .with("properties", properties)
        .with("name", parts::content_name([parts::solution_id()]))
        .into()
}
