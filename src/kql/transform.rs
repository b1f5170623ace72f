//! The transformation dialect: what Azure Monitor takes at ingestion time, and what to write instead of the rest.
//!
//! A transformation sees one record at a time. The lists are in `data/transform.txt`, which says where they come from.

use super::Output;
use super::bind::Bound;
use super::finding::{Finding, Kind, Range, Severity};
use super::syntax::tree::{Id, List, Node, Op, ParseKind, Tree};
use super::types::Type;
use std::sync::OnceLock;

/// The most characters of a transformation.
const LONGEST: usize = 15_360;
/// The most columns that one `parse` may give.
const PARSED_COLUMNS: usize = 10;

const DATA: &str = include_str!("data/transform.txt");

/// What the list says of a function.
#[derive(Debug, Clone, Copy)]
enum Listed {
    Taken,
    /// Not on the list, but seen to work; the listed one.
    Seen(&'static str),
    /// Refused; what to write instead.
    Refused(Option<&'static str>),
}

/// The list, read at the first call; sorted.
fn list() -> &'static [(&'static str, Listed)] {
    static LIST: OnceLock<Vec<(&'static str, Listed)>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut list = Vec::new();
        for line in DATA.lines() {
            let mut words = line.split(' ');
            match (words.next(), words.next(), words.next()) {
                (Some("seen"), Some(name), Some(instead)) => list.push((name, Listed::Seen(instead))),
                (Some("swap"), Some(name), instead) => list.push((name, Listed::Refused(instead))),
                (Some("take"), ..) => list.extend(line.split(' ').skip(1).map(|name| (name, Listed::Taken))),
                _ => {}
            }
        }
        list.sort_by_key(|entry| entry.0);
        list
    })
}

fn listed(function: &str) -> Listed {
    let found = list().binary_search_by_key(&function, |entry| entry.0).ok().and_then(|at| list().get(at));
    found.map_or(Listed::Refused(None), |entry| entry.1)
}

/// Adds what the dialect refuses.
/// `own` is the number of nodes of the text itself.
pub fn check(
    text: &str,
    bound: &Bound<'_>,
    statements: List,
    own: usize,
    output: &Output,
    findings: &mut Vec<Finding>,
) {
    let length = text.chars().count();
    if length > LONGEST {
        let message = format!("a transformation may have {LONGEST} characters; this one has {length}");
        findings.push(Finding::error(Kind::TransformLimit, end(text), message));
    }
    if let Some(at) = blank_line(text) {
        let message = "the service is reported to refuse blank lines in a transformation";
        let finding = Finding::error(Kind::TransformLimit, Range::new(at, at + 1), message);
        findings.push(finding.with_severity(Severity::Warning).help("remove the blank line"));
    }
    for (function, range) in &bound.calls.functions {
        findings.extend(function_finding(function, *range));
    }
    let mut walk = Walk { text, tree: &bound.tree, findings };
    for id in bound.tree.list(statements) {
        walk.node(*id);
    }
    check_time(text, bound, statements, own, output, findings);
}

fn function_finding(function: &str, range: Range) -> Option<Finding> {
    match listed(function) {
        Listed::Taken => None,
        Listed::Seen(instead) => {
            let message =
                format!("`{function}` is not on the list of what transformations take, though connectors use it");
            let finding = Finding::error(Kind::TransformUnlisted, range, message).with_severity(Severity::Notice);
            Some(finding.help(format!("write `{instead}`")))
        }
        Listed::Refused(instead) => {
            let finding =
                Finding::error(Kind::TransformFunction, range, format!("transformations do not take `{function}`"));
            Some(match instead {
                Some(instead) => finding.help(format!("write `{}`", instead.replace('·', " "))),
                None => finding,
            })
        }
    }
}

fn end(text: &str) -> Range {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    Range::new(end, end)
}

/// The place of the first blank line between two that are not.
fn blank_line(text: &str) -> Option<u32> {
    let trimmed = text.trim_end();
    let mut at = text.len() - text.trim_start().len();
    for line in trimmed.get(at..)?.split_inclusive('\n') {
        if line.trim().is_empty() {
            return u32::try_from(at).ok();
        }
        at += line.len();
    }
    None
}

/// `TimeGenerated` must come out as datetime, unless columns are not known.
fn check_time(
    text: &str,
    bound: &Bound<'_>,
    statements: List,
    own: usize,
    output: &Output,
    findings: &mut Vec<Finding>,
) {
    let Output::Rows { columns, open } = output else { return };
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return;
    }
    let Some(last) = bound.tree.list(statements).last() else { return };
    let found = columns.iter().find(|column| column.name == "TimeGenerated");
    let (message, help) = match found {
        Some(column) if matches!(column.ty, Type::DateTime | Type::Unknown) => return,
        Some(column) => (
            format!("`TimeGenerated` comes out as {}, and must be datetime", column.ty.name()),
            "convert it with todatetime(…)",
        ),
        None if *open => return,
        None => (
            "the result has no column `TimeGenerated`".to_owned(),
            "add `| extend TimeGenerated = todatetime(…)`, or `now()` where the event has no time",
        ),
    };
    let range = match found {
        Some(_) => assigned(bound, own, "TimeGenerated"),
        None => None,
    };
    let range = range.unwrap_or_else(|| last_operator(text, &bound.tree, *last));
    findings.push(Finding::error(Kind::TransformTime, range, message).help(help));
}

/// Where a column is given its value last.
fn assigned(bound: &Bound<'_>, own: usize, column: &str) -> Option<Range> {
    let names = bound.tree.first(own).filter_map(|id| match bound.tree.node(id) {
        Node::Named { name, .. } => Some(name),
        _ => None,
    });
    let named =
        names.filter(|name| matches!(bound.tree.node(*name), Node::Name(name) if bound.names.text(name) == column));
    named.map(|name| bound.tree.range(name)).max()
}

/// The last operator's word; the whole of what has no operator.
fn last_operator(text: &str, tree: &Tree, statement: Id) -> Range {
    match tree.node(statement) {
        Node::Pipe { operator, .. } => word(text, tree, operator),
        _ => tree.range(statement),
    }
}

/// The first word of a node.
fn word(text: &str, tree: &Tree, id: Id) -> Range {
    let range = tree.range(id);
    let text = text.get(range.start as usize..range.end as usize).unwrap_or_default();
    let length = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    Range::new(range.start, range.start + u32::try_from(length).unwrap_or(0))
}

struct Walk<'w> {
    text: &'w str,
    tree: &'w Tree,
    findings: &'w mut Vec<Finding>,
}

impl Walk<'_> {
    fn list(&mut self, list: List) {
        for id in self.tree.list(list).to_vec() {
            self.node(id);
        }
    }

    /// Looks at a node and all below it.
    fn node(&mut self, id: Id) {
        match self.tree.node(id) {
            Node::Pipe { .. } => self.pipe(id),
            Node::Binary { .. } => self.binary(id),
            Node::Let { value, .. } => self.node(value),
            Node::Function { parameters, body, .. } => {
                for parameter in self.tree.list(parameters).to_vec() {
                    if let Node::Parameter { ty, .. } = self.tree.node(parameter)
                        && matches!(self.tree.node(ty), Node::SchemaType { .. })
                    {
                        self.refuse(parameter, "functions with tabular parameters", None);
                    }
                }
                self.node(body);
            }
            Node::Body { statements, result } => {
                self.list(statements);
                result.into_iter().for_each(|result| self.node(result));
            }
            Node::Paren(inner) | Node::Unary { value: inner, .. } | Node::Named { value: inner, .. } => {
                self.node(inner)
            }
            Node::Path { left, right } | Node::Element { left, index: right } => {
                self.node(left);
                self.node(right);
            }
            Node::Bracket(inner) => self.node(inner),
            Node::Call { arguments, .. } => self.list(arguments),
            Node::Many { op, at, left, values } => {
                self.value_operator(op, at);
                self.node(left);
                self.list(values);
            }
            Node::Between { op, at, left, first, last } => {
                self.value_operator(op, at);
                [left, first, last].into_iter().for_each(|id| self.node(id));
            }
            Node::Dynamic(_) => {
                let range = self.tree.range(id);
                let finding = Finding::error(Kind::TransformLimit, range, "transformations take no dynamic literals");
                self.findings.push(finding.help("write parse_json('…')"));
            }
            Node::Where { condition, .. } => self.node(condition),
            Node::Extend(list) | Node::Project(list) | Node::ProjectRename(list) | Node::Print(list) => self.list(list),
            Node::ProjectAway(_) | Node::DataTable { .. } => {}
            Node::Parse { kind: ParseKind::Parse, value, pattern, .. } => {
                self.node(value);
                self.parse(id, pattern);
            }
            Node::ToScalar { .. } | Node::ToTable { .. } | Node::Materialize(_) | Node::ExternalData { .. } => {
                self.refuse_word(id, None);
            }
            node => {
                if let Some(instead) = operator(&node) {
                    self.refuse_word(id, instead);
                }
            }
        }
    }

    fn pipe(&mut self, id: Id) {
        let mut operators = Vec::new();
        let mut first = id;
        while let Node::Pipe { left, operator } = self.tree.node(first) {
            operators.push(operator);
            first = left;
        }
        self.node(first);
        operators.into_iter().rev().for_each(|operator| self.node(operator));
    }

    fn binary(&mut self, id: Id) {
        let mut first = id;
        while let Node::Binary { op, at, left, right } = self.tree.node(first) {
            self.value_operator(op, at);
            self.node(right);
            first = left;
        }
        self.node(first);
    }

    /// Operators between values that the page does not list.
    fn value_operator(&mut self, op: Op, at: Range) {
        let unlisted = matches!(
            op,
            Op::InCs
                | Op::NotInCs
                | Op::HasAny
                | Op::HasAll
                | Op::HasPrefix
                | Op::HasPrefixCs
                | Op::NotHasPrefix
                | Op::NotHasPrefixCs
                | Op::HasSuffix
                | Op::HasSuffixCs
                | Op::NotHasSuffix
                | Op::NotHasSuffixCs
                | Op::Between
                | Op::NotBetween
                | Op::Like
                | Op::LikeCs
                | Op::NotLike
                | Op::NotLikeCs
        );
        if unlisted {
            let word = self.text.get(at.start as usize..at.end as usize).unwrap_or_default();
            let message = format!("`{word}` is not on the list of what transformations take");
            let finding = Finding::error(Kind::TransformOperator, at, message).with_severity(Severity::Warning);
            let help = match op {
                Op::InCs | Op::NotInCs => "compare tolower(…) with `in (…)`",
                Op::Between | Op::NotBetween => "write two comparisons with `and`",
                _ => "write comparisons with `has` or `contains`, joined by `or`",
            };
            self.findings.push(finding.help(help));
        }
    }

    fn parse(&mut self, id: Id, pattern: List) {
        let columns = self
            .tree
            .list(pattern)
            .iter()
            .filter(|part| matches!(self.tree.node(**part), Node::Name(_) | Node::NameType { .. }));
        let count = columns.count();
        if count > PARSED_COLUMNS {
            let range = self.word(id);
            let message =
                format!("one `parse` of a transformation gives at most {PARSED_COLUMNS} columns, not {count}");
            self.findings
                .push(Finding::error(Kind::TransformLimit, range, message).help("use a second `parse` for the rest"));
        }
    }

    fn word(&self, id: Id) -> Range {
        word(self.text, self.tree, id)
    }

    fn refuse_word(&mut self, id: Id, instead: Option<&'static str>) {
        let range = self.word(id);
        let word = self.text.get(range.start as usize..range.end as usize).unwrap_or_default();
        let finding = Finding::error(Kind::TransformOperator, range, format!("transformations do not take `{word}`"));
        self.findings.push(match instead {
            Some(instead) => finding.help(instead),
            None => finding,
        });
    }

    fn refuse(&mut self, id: Id, what: &str, instead: Option<&'static str>) {
        let range = self.tree.range(id);
        let finding = Finding::error(Kind::TransformOperator, range, format!("transformations do not take {what}"));
        self.findings.push(match instead {
            Some(instead) => finding.help(instead),
            None => finding,
        });
    }
}

/// Operators that transformations refuse, and what to do instead. `None`: no operator.
fn operator(node: &Node) -> Option<Option<&'static str>> {
    const ONE_RECORD: &str = "a transformation sees one record at a time";
    Some(match node {
        Node::ProjectKeep(_) | Node::ProjectReorder(_) => Some("write `project`"),
        Node::Parse { .. } => Some("write `parse` and `where isnotempty(…)`"),
        Node::ParseKv { .. } => Some("write `parse` or extract(…)"),
        Node::MvExpand { .. } | Node::MvApply { .. } => {
            Some("one record gives at most one row; let the response's path (eventsJsonPaths) take the array apart")
        }
        Node::Summarize { .. }
        | Node::Join { .. }
        | Node::Lookup { .. }
        | Node::Union { .. }
        | Node::Sort { .. }
        | Node::Top { .. }
        | Node::Take { .. }
        | Node::Sample { .. }
        | Node::SampleDistinct { .. }
        | Node::Distinct { .. }
        | Node::Count { .. }
        | Node::MakeSeries { .. }
        | Node::MakeSeriesIn { .. }
        | Node::Serialize { .. }
        | Node::TopNested(_)
        | Node::TopHitters { .. }
        | Node::Partition { .. }
        | Node::Scan { .. }
        | Node::Reduce { .. }
        | Node::Facet { .. }
        | Node::Fork(_) => Some(ONE_RECORD),
        Node::Evaluate { .. }
        | Node::Invoke(_)
        | Node::Render { .. }
        | Node::Search { .. }
        | Node::Find { .. }
        | Node::Range { .. }
        | Node::As { .. }
        | Node::GetSchema { .. }
        | Node::ProjectByNames(_)
        | Node::Consume(_)
        | Node::Graph(_)
        | Node::MacroExpand => None,
        _ => return None,
    })
}
