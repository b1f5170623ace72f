//! From the spec as written to the solution as meant: names, defaults, ids, and every check that needs no target.
//!
//! Each family resolves one part and reports what is wrong with it; a part that cannot be resolved is left out, so that
//! one wrong name hides no other finding. Only a spec without errors becomes a [`Solution`].

mod allow;
mod body;
mod built_in;
mod carried;
mod connector;
mod content;
mod context;
mod csv;
mod dependency;
mod detection;
mod graph;
mod hunting;
mod identity;
mod ids;
mod input;
mod json;
mod kind;
mod lineage;
mod logo;
mod page;
mod parser;
mod place;
mod playbook;
mod poller;
mod queries;
mod rule;
mod sample;
mod solution;
mod stream;
mod summary;
mod table;
mod watchlist;
mod workbook;

use crate::diag::Diagnostics;
use crate::diag::rules::shape;
use crate::ir::{self, Solution, Text, graph::Graph};
use crate::model::{AnyConnector, ListedConnector, Spec};
use crate::source::Files;
use context::Context;

/// Resolves a spec. `files` are what it may name. `None` if there is any error.
pub fn resolve(spec: &Spec, files: Files<'_>, diagnostics: &mut Diagnostics) -> Option<(Solution, Graph)> {
    let mut context = Context::new(files, diagnostics);
    if spec.version.value != 1 {
        let message = format!("`version: {}` is not known; this is version 1 of the language", spec.version.value);
        context.report(&shape::SPEC_VERSION, spec.version.span, "version", message, "write `version: 1`");
    }
    let info = spec.solution.0.as_ref().and_then(|solution| solution::resolve(solution, &mut context));
    let inputs = input::resolve(&spec.inputs, kind::inputs(&spec.connectors), &mut context);
    let mut parts = graph::Parts::default();
    let tables = table::resolve_all(&spec.tables, &mut parts, &mut context);
    let connectors = connector::resolve_all(spec, info.as_ref(), &inputs, &tables, &mut parts, &mut context);
    input::report_unused(&inputs, &mut context);
    let results: Vec<&Text> = spec.summary_rules.iter().map(|rule| &rule.item.destination_table).collect();
    table::report_unfilled(&tables, &connectors, &results, &mut context);
    let mut globals = queries::globals(&tables, &context);
    carried::add_tables(&connectors, &mut globals);
    let parsers = parser::resolve_all(&spec.parsers, &mut globals, &mut context);
    for ListedConnector { connector, path } in &spec.connectors {
        match connector {
            AnyConnector::Codeless(connector) => queries::page(connector, &globals, path, &mut context),
            AnyConnector::Carried(connector) => carried::check_queries(connector, &globals, path, &mut context),
        }
    }
    let around =
        content::Surroundings { info: info.as_ref(), connectors: &connectors, parsers: &parsers, globals: &globals };
    let rules = rule::resolve_all(&spec.analytic_rules, &around, &mut parts, &mut context);
    let hunting_queries = hunting::resolve_all(&spec.hunting_queries, &around, &mut context);
    let watchlists = watchlist::resolve_all(&spec.watchlists, info.as_ref(), &mut context);
    let summary_rules = summary::resolve_all(&spec.summary_rules, &around, &mut context);
    let workbooks = workbook::resolve_all(&spec.workbooks, &around, &mut context);
    let playbooks = playbook::resolve_all(&spec.playbooks, &globals, &mut context);
    let custom_detections = detection::resolve_all(&spec.custom_detections, &rules, &globals, &mut context);
    let sample_data = sample::resolve_all(&spec.sample_data, &tables, &connectors, &mut context);
    let given = spec.solution.0.as_ref().map_or(&[][..], |solution| &solution.content_order);
    let order = content::order(given, &mut context);
    if let Some(info) = &info {
        solution::check_page_texts(info, spec, &mut context);
    }
    if let Some(solution) = &spec.solution.0 {
        dependency::check(solution, spec.has_content(), &mut context);
    }
    let has_codeless = spec.connectors.iter().any(|listed| listed.connector.codeless().is_some());
    let raw_resources = body::resources(&spec.resources, has_codeless, &mut context);
    let unchecked = std::mem::take(&mut context.unchecked);
    allow::apply(spec.checks.as_ref(), context.diagnostics);
    if context.diagnostics.has_errors() {
        return None;
    }
    let mut solution = ir::Solution {
        info: info?,
        inputs,
        tables,
        connectors,
        parsers,
        analytic_rules: rules,
        hunting_queries,
        watchlists,
        summary_rules,
        workbooks,
        custom_detections,
        sample_data,
        playbooks,
        order,
        raw_resources,
        unchecked,
        lineage: ir::Lineage::default(),
    };
    solution.lineage = lineage::resolve(&solution, &globals, &parts);
    let graph = graph::build(&solution, parts);
    Some((solution, graph))
}
