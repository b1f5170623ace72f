//! `model.json`: the resolved meaning, canonical and versioned, without places and secrets; what `diff` compares first.
//!
//! Everything that has an identity is a member under its id, never an item of a list, so that a comparison is by
//! identity; where an order is part of the meaning, a list of the names says it. Bodies that resources carry as they are
//! (pages, poller settings) have their members sorted. Must not hold anything that no change of the spec can change:
//! apiVersions, variable names and other ways of writing belong to the artifacts.

mod about;
mod carried;
mod data;
mod notation;
mod playbook;
mod query;
mod rule;
mod submission;
mod workbook;

use super::Bundle;
use crate::ir::graph::{Graph, Symbol};
use crate::ir::{self, Object, Solution, Stage};
use crate::source::Origin;
use about::{Input, Package, SolutionText};
use carried::AnyConnector;
use data::Table;
use playbook::Playbook;
use query::{HuntingQuery, Parser, SummaryRule, Watchlist};
use rule::Rule;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use submission::{CustomDetection, SampleData};
use workbook::Workbook;

/// The path of the meaning in every build.
pub const PATH: &str = "model.json";

/// Raised when a reader of an older `model.json` would misread a newer one.
pub const VERSION: u32 = 1;

/// Puts [`PATH`] into the bundle.
pub fn emit(solution: &Solution, graph: &Graph, bundle: &mut Bundle) {
    let model = Model::of(solution, graph);
    // Only maps with keys that are not strings could fail, and there are none.
    let mut text = serde_json::to_string_pretty(&model).unwrap_or_default();
    text.push('\n');
    bundle.text(PATH, text, Origin::derived(solution.info.span, "meaning"));
}

type Named<'a, T> = BTreeMap<&'a str, T>;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Model<'a> {
    model_version: u32,
    solution: SolutionText<'a>,
    package: Package<'a>,
    inputs: Named<'a, Input<'a>>,
    tables: Named<'a, Table<'a>>,
    connectors: Named<'a, AnyConnector<'a>>,
    parsers: Named<'a, Parser<'a>>,
    analytic_rules: Named<'a, Rule<'a>>,
    hunting_queries: Named<'a, HuntingQuery<'a>>,
    watchlists: Named<'a, Watchlist<'a>>,
    summary_rules: Named<'a, SummaryRule<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    custom_detections: Named<'a, CustomDetection<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sample_data: Named<'a, SampleData<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    workbooks: Named<'a, Workbook<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    playbooks: Named<'a, Playbook<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    resources: BTreeMap<String, RawResource>,
    order: Order<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unchecked: Vec<&'a str>,
}

#[derive(Serialize)]
struct RawResource {
    stage: &'static str,
    body: Json,
}

/// The order in which the solution lists its parts, which is the order of the resources in every artifact.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Order<'a> {
    inputs: Vec<&'a str>,
    tables: Vec<&'a str>,
    connectors: Vec<&'a str>,
    parsers: Vec<&'a str>,
    analytic_rules: Vec<&'a str>,
    hunting_queries: Vec<&'a str>,
    watchlists: Vec<&'a str>,
    summary_rules: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    workbooks: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    playbooks: Vec<&'a str>,
    /// The kinds of content that there are.
    content: Vec<&'static str>,
}

impl<'a> Model<'a> {
    fn of(solution: &'a Solution, graph: &'a Graph) -> Self {
        let (rules, queries) = (&solution.analytic_rules, &solution.hunting_queries);
        let detections = &solution.custom_detections;
        Model {
            model_version: VERSION,
            solution: SolutionText::of(&solution.info),
            package: Package::of(&solution.info),
            inputs: solution.inputs.iter().map(|i| (&*i.name.value, Input::of(i))).collect(),
            tables: solution.tables.iter().map(|t| (&*t.name.value, Table::of(t, graph))).collect(),
            connectors: solution.connectors.iter().map(|c| (&*c.id().value, AnyConnector::of(c, graph))).collect(),
            parsers: solution.parsers.iter().map(|p| (&*p.name.value, Parser::of(p))).collect(),
            analytic_rules: rules.iter().map(|r| (&*r.id.value, Rule::of(r, graph))).collect(),
            hunting_queries: queries.iter().map(|q| (&*q.id.value, HuntingQuery::of(q))).collect(),
            watchlists: solution.watchlists.iter().map(|w| (&*w.id.value, Watchlist::of(w))).collect(),
            summary_rules: solution.summary_rules.iter().map(|r| (&*r.id.value, SummaryRule::of(r))).collect(),
            custom_detections: detections.iter().map(|d| (&*d.id.value, CustomDetection::of(d))).collect(),
            sample_data: solution.sample_data.iter().map(|s| (&*s.name, SampleData::of(s))).collect(),
            workbooks: solution.workbooks.iter().map(|w| (&*w.key.value, Workbook::of(w))).collect(),
            playbooks: solution
                .playbooks
                .iter()
                .map(|p| (&*p.id.value, Playbook::of(p, &solution.playbooks)))
                .collect(),
            resources: raw_resources(&solution.raw_resources),
            order: Order {
                inputs: solution.inputs.iter().map(|i| &*i.name.value).collect(),
                tables: solution.tables.iter().map(|t| &*t.name.value).collect(),
                connectors: solution.connectors.iter().map(|c| &*c.id().value).collect(),
                parsers: solution.parsers.iter().map(|p| &*p.name.value).collect(),
                analytic_rules: rules.iter().map(|r| &*r.id.value).collect(),
                hunting_queries: queries.iter().map(|q| &*q.id.value).collect(),
                watchlists: solution.watchlists.iter().map(|w| &*w.id.value).collect(),
                summary_rules: solution.summary_rules.iter().map(|r| &*r.id.value).collect(),
                workbooks: solution.workbooks.iter().map(|w| &*w.key.value).collect(),
                playbooks: solution.playbooks.iter().map(|p| &*p.id.value).collect(),
                content: solution.order.iter().filter(|k| k.count(solution) > 0).map(|k| k.key()).collect(),
            },
            unchecked: texts(&solution.unchecked),
        }
    }
}

fn texts(list: &[ir::Text]) -> Vec<&str> {
    list.iter().map(|text| &*text.value).collect()
}

fn text(option: &Option<ir::Text>) -> Option<&str> {
    option.as_ref().map(|text| &*text.value)
}

/// What a resource's properties hold beyond `known`, which is said elsewhere: parts handed over without checks.
fn further(graph: &Graph, symbol: &Symbol, known: &[&str]) -> Option<Json> {
    let properties = graph.find(symbol)?.properties.as_object()?;
    let rest = properties.members.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let rest = Object { members: rest.cloned().collect() };
    (!rest.members.is_empty()).then(|| notation::body(&rest))
}

fn properties(graph: &Graph, symbol: &Symbol) -> Json {
    let object = graph.find(symbol).and_then(|resource| resource.properties.as_object());
    object.map_or(Json::Null, notation::body)
}

/// By type and name, the only identity that a resource of the author's own has; a second one of both gets a number.
fn raw_resources(list: &[ir::RawResource]) -> BTreeMap<String, RawResource> {
    let mut named = BTreeMap::new();
    for resource in list {
        let member = |name| resource.body.get(name).map(notation::value);
        let word = |name| member(name).and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let identity = format!("{} {}", word("type"), word("name"));
        let taken = |n: &usize| named.contains_key(&numbered(&identity, *n));
        let number = (1..).take_while(taken).count() + 1;
        let stage = match resource.stage {
            Stage::Deploy => "deploy",
            Stage::Install => "install",
            Stage::Connect => "connect",
        };
        named.insert(numbered(&identity, number), RawResource { stage, body: notation::value(&resource.body) });
    }
    named
}

fn numbered(identity: &str, number: usize) -> String {
    if number == 1 { identity.to_owned() } else { format!("{identity} ({number})") }
}
