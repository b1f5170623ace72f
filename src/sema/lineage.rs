//! Where each table column comes from and what reads it, from the transforms, the queries and the pollers.
//!
//! Reports nothing: what is wrong with a query was said where the query was checked. Must not know how lineage is shown.

use super::graph::Parts;
use super::queries;
use crate::ir::{
    AnalyticRule, AnyConnector, ColumnLineage, Connector, Declared, FieldSource, Fill, Lineage, Reader, ReaderKind,
    Solution, Stream, Table, TableLineage, Value, ValueKind, WorkbookQuery,
};
use crate::kql::lineage::{Derivation, member};
use crate::kql::{self, Dialect, Globals};
use std::collections::{BTreeMap, BTreeSet};

/// The lineage of every column of the solution's tables.
pub fn resolve(solution: &Solution, globals: &Globals, parts: &Parts) -> Lineage {
    let mut made = Made::of(&solution.tables);
    for connector in solution.codeless() {
        for stream in &connector.streams {
            made.fill(connector, stream, &Arrivals::of(connector, stream, parts));
        }
    }
    for rule in &solution.analytic_rules {
        made.read_by_rule(rule, globals);
    }
    content_queries(solution)
        .chain(workbook_queries(solution))
        .chain(solution.connectors.iter().flat_map(page_queries))
        .for_each(|query| made.read_by(&query, globals));
    made.lineage
}

/// The lineage so far, and where each column stands in it.
struct Made {
    lineage: Lineage,
    /// By table and column.
    places: BTreeMap<(String, String), (usize, usize)>,
}

impl Made {
    fn of(tables: &[Table]) -> Self {
        let mut made = Made { lineage: Lineage::default(), places: BTreeMap::new() };
        for (t, table) in tables.iter().enumerate() {
            let mut columns = Vec::with_capacity(table.columns.len());
            for (c, column) in table.columns.iter().enumerate() {
                let (name, ty) = (column.name.value.clone(), column.ty.value);
                made.places.insert((table.name.value.clone(), name.clone()), (t, c));
                columns.push(ColumnLineage { name, ty, fills: Vec::new(), readers: Vec::new() });
            }
            made.lineage.tables.push(TableLineage { table: table.name.value.clone(), columns });
        }
        made
    }

    fn column(&mut self, table: &str, column: &str) -> Option<&mut ColumnLineage> {
        let (t, c) = *self.places.get(&(table.to_owned(), column.to_owned()))?;
        self.lineage.tables.get_mut(t)?.columns.get_mut(c)
    }

    fn fill(&mut self, connector: &Connector, stream: &Stream, arrivals: &Arrivals) {
        let Some(Declared { columns, transform }) = &stream.declared else { return };
        let text = &transform.value;
        let globals = queries::stream_globals(columns, false);
        let (_, lineage) = kql::trace(text, &globals, Dialect::Transform);
        for derivation in &lineage.columns {
            let Some(column) = self.column(&stream.table.value, &derivation.name) else { continue };
            column.fills.push(Fill {
                connector: connector.id.value.clone(),
                stream: stream.name.value.clone(),
                expression: expression(text, derivation),
                sources: derivation.sources.iter().map(|source| arrivals.source(source)).collect(),
            });
        }
    }

    fn read_by_rule(&mut self, rule: &AnalyticRule, globals: &Globals) {
        let (_, lineage) = kql::trace(&rule.query.value, globals, Dialect::Analytics);
        let derivations: BTreeMap<&str, &Derivation> =
            lineage.columns.iter().map(|derivation| (derivation.name.as_str(), derivation)).collect();
        let mut named: BTreeMap<(&str, &str), BTreeSet<&'static str>> = BTreeMap::new();
        for (by, column) in &rule.named_columns {
            let derivation = derivations.get(column.value.as_str());
            for source in derivation.into_iter().flat_map(|derivation| &derivation.sources) {
                named.entry((&source.table, &source.column)).or_default().insert(by);
            }
        }
        let lines = Lines::of(&rule.query.value);
        let read = lineage.reads.iter().map(|read| (read.table.as_str(), read.column.as_str(), read.ranges.as_slice()));
        let only_named: Vec<(&str, &str)> = named
            .keys()
            .filter(|(table, column)| {
                lineage.reads.binary_search_by(|r| (r.table.as_str(), r.column.as_str()).cmp(&(table, column))).is_err()
            })
            .copied()
            .collect();
        let only_named = only_named.into_iter().map(|(table, column)| (table, column, &[][..]));
        for (table, column, ranges) in read.chain(only_named) {
            let Some(found) = self.column(table, column) else { continue };
            found.readers.push(Reader {
                kind: ReaderKind::AnalyticRule,
                id: rule.id.value.clone(),
                name: rule.name.value.clone(),
                places: ranges.iter().map(|range| lines.place(range.start as usize)).collect(),
                named_by: named.get(&(table, column)).into_iter().flatten().copied().collect(),
            });
        }
    }

    fn read_by(&mut self, query: &Query<'_>, globals: &Globals) {
        let (_, lineage) = kql::trace(query.text, globals, Dialect::Analytics);
        let lines = Lines::of(query.filled.map_or(query.text, |filled| &filled.written));
        let place = |range: &kql::Range| {
            let at = range.start as usize;
            lines.place(query.filled.map_or(at, |filled| filled.written_at(at)))
        };
        for read in &lineage.reads {
            let Some(found) = self.column(&read.table, &read.column) else { continue };
            found.readers.push(Reader {
                kind: query.kind,
                id: query.id.to_owned(),
                name: query.name.to_owned(),
                places: read.ranges.iter().map(place).collect(),
                named_by: Vec::new(),
            });
        }
    }
}

/// The expression behind a column, on one line; a bare column says nothing more than its source.
fn expression(text: &str, derivation: &Derivation) -> Option<String> {
    let range = derivation.expression?;
    let words = text.get(range.start as usize..range.end as usize)?.split_whitespace();
    let line = words.collect::<Vec<_>>().join(" ");
    let bare = matches!(derivation.sources.as_slice(), [only] if only.direct && line == only.column);
    (!bare).then_some(line)
}

/// How the events of a stream arrive: one for each poller.
struct Arrivals<'c>(Vec<Arrival<'c>>);

struct Arrival<'c> {
    poller: &'c str,
    /// Where one event stands in an answer.
    events: Vec<String>,
    /// Columns that the poller adds to each event.
    added: BTreeSet<&'c str>,
}

impl<'c> Arrivals<'c> {
    fn of(connector: &'c Connector, stream: &Stream, parts: &'c Parts) -> Self {
        let mut arrivals = Vec::new();
        for poller in connector.pollers.iter().filter(|poller| poller.stream.value == stream.name.value) {
            let Some((_, body)) = parts.pollers.iter().find(|(symbol, _)| *symbol == poller.symbol) else { continue };
            let paths = body.get("response").and_then(|response| response.get("eventsJsonPaths"));
            let events = paths.into_iter().flat_map(items).filter_map(Value::as_text).map(event_path).collect();
            let attributes = body.get("addOnAttributes").and_then(Value::as_object);
            let added =
                attributes.into_iter().flat_map(|object| &object.members).map(|(name, _)| name.as_str()).collect();
            arrivals.push(Arrival { poller: &poller.name.value, events, added });
        }
        Arrivals(arrivals)
    }

    fn source(&self, source: &kql::lineage::Source) -> FieldSource {
        let (mut paths, mut added_by): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for arrival in &self.0 {
            if arrival.added.contains(source.column.as_str()) {
                added_by.push(arrival.poller.to_owned());
                continue;
            }
            for event in &arrival.events {
                let path = format!("{event}{}{}", member(&source.column), source.path);
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        let (column, member) = (source.column.clone(), source.path.clone());
        FieldSource { column, member, direct: source.direct, paths, added_by }
    }
}

/// Where one event stands: a path that names one place names the list of events (observed in published connectors); one
/// that selects several places selects the events.
fn event_path(path: &str) -> String {
    let selects = path.contains('*') || path.contains("..") || path.contains("?(");
    if selects { path.to_owned() } else { format!("{path}[*]") }
}

fn items(value: &Value) -> &[Value] {
    match &value.kind {
        ValueKind::Array(items) => items,
        _ => &[],
    }
}

/// A query that is no analytic rule's.
struct Query<'a> {
    kind: ReaderKind,
    id: &'a str,
    name: &'a str,
    text: &'a str,
    /// The query of a workbook, whose text has values in place of parameters.
    filled: Option<&'a WorkbookQuery>,
}

/// Parsers, hunting queries, summary rules and playbooks. What calls a parser reads its columns too.
fn content_queries(solution: &Solution) -> impl Iterator<Item = Query<'_>> {
    let of = |kind, id, name, text| Query { kind, id, name, text, filled: None };
    let parsers = solution.parsers.iter().map(move |parser| {
        let name = parser.name.value.as_str();
        of(ReaderKind::Parser, name, name, &parser.query.value)
    });
    let hunting = solution
        .hunting_queries
        .iter()
        .map(move |query| of(ReaderKind::HuntingQuery, &query.id.value, &query.name.value, &query.query.value));
    let summary = solution
        .summary_rules
        .iter()
        .map(move |rule| of(ReaderKind::SummaryRule, &rule.id.value, &rule.display_name.value, &rule.query.value));
    let playbooks = solution.playbooks.iter().flat_map(move |playbook| {
        let (id, name) = (playbook.id.value.as_str(), playbook.display_name.value.as_str());
        playbook.queries.iter().map(move |query| of(ReaderKind::Playbook, id, name, &query.text.value))
    });
    parsers.chain(hunting).chain(summary).chain(playbooks)
}

fn workbook_queries(solution: &Solution) -> impl Iterator<Item = Query<'_>> {
    solution.workbooks.iter().flat_map(|workbook| {
        let id = workbook.key.value.as_str();
        workbook.queries.iter().map(move |query| Query {
            kind: ReaderKind::Workbook,
            id,
            name: &query.name,
            text: &query.text,
            filled: Some(query),
        })
    })
}

fn page_queries(connector: &AnyConnector) -> Vec<Query<'_>> {
    let (id, page) = (connector.id().value.as_str(), connector.page());
    let mut queries = Vec::new();
    let lists = [
        (ReaderKind::SampleQuery, "sampleQueries", "description", "query"),
        (ReaderKind::GraphQuery, "graphQueries", "metricName", "baseQuery"),
        (ReaderKind::DataTypeQuery, "dataTypes", "name", "lastDataReceivedQuery"),
    ];
    for (kind, list, name, query) in lists {
        for item in page.get(list).into_iter().flat_map(items) {
            let text = |key| item.get(key).and_then(Value::as_text);
            if let Some(query) = text(query) {
                let name = text(name).unwrap_or_default();
                queries.push(Query { kind, id, name, text: query, filled: None });
            }
        }
    }
    let criteria = ["connectivityCriteria", "connectivityCriterias"].into_iter().filter_map(|list| page.get(list));
    for criterion in criteria.flat_map(items) {
        let texts = criterion.get("value").into_iter().flat_map(items).filter_map(Value::as_text);
        let name = criterion.get("type").and_then(Value::as_text).unwrap_or_default();
        let kind = ReaderKind::ConnectivityQuery;
        queries.extend(texts.map(|text| Query { kind, id, name, text, filled: None }));
    }
    queries
}

/// Where the lines of a text begin.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { text, starts }
    }

    /// Line and column, in characters, both from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or(0);
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count());
        (line, column + 1)
    }
}
