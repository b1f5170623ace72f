//! What each column is made from, written down while a text is bound, if someone asks for it.
//!
//! A column, a variable and a call are known by their identity, and what is made refers to what was there before: lower
//! identities only. [`crate::kql::lineage`] walks that once the text is bound. Must not decide what a query returns: with and
//! without it, binding gives the same.

use super::schema::{Column, TableId};
use super::{Binder, Callee, Info, Items, Symbol, Value};
use crate::kql::finding::Range;
use crate::kql::names::Name;
use crate::kql::registry::{Family, Function};
use crate::kql::syntax::tree::{Id, Node, index};
use crate::kql::types::Type;
use std::collections::BTreeMap;

/// The identity of what a value comes from; none for constants and where nothing is traced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin(pub u32);

impl Origin {
    pub const NONE: Origin = Origin(0);

    pub fn is_none(self) -> bool {
        self == Origin::NONE
    }
}

impl From<Column> for Origin {
    fn from(column: Column) -> Self {
        Origin(column.id)
    }
}

/// What something is made from.
#[derive(Debug, Clone)]
pub enum Made {
    /// From nothing: an operator counts, numbers or names its rows, or a text writes the values down.
    Own,
    /// A column of a table, or of a function that stands for one.
    Stored { table: Name, column: Name },
    /// A column that an open row may have.
    Inferred { row: TableId, name: Name },
    /// Columns that go on under another name or type, or become one.
    Columns(Vec<u32>),
    /// An expression, and where it stands, if that is in the analysed text.
    Expression { parts: Vec<Part>, range: Option<Range> },
}

/// One thing that an expression reads.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub from: Source,
    /// The member that is taken, `.user.name` or `[*]`.
    pub path: Option<Name>,
    /// The value itself, perhaps converted; not something computed from it.
    pub direct: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum Source {
    One(u32),
    /// Every column of a row.
    Row(TableId),
}

/// Why a row may have columns that nobody declared.
#[derive(Debug, Clone, Copy)]
pub enum Opening {
    /// It comes from a table or function whose columns are not known.
    Table(Name),
    /// It has what another row has.
    Row(TableId),
    /// The members of a column become columns.
    Members(u32),
    /// The values of columns become columns.
    Values(u32),
}

#[derive(Debug, Default)]
pub struct Trace {
    on: bool,
    /// By identity; the first identity is 1.
    made: Vec<Made>,
    pub openings: BTreeMap<TableId, Vec<Opening>>,
    /// What calls of declared functions give, by the node of their name.
    calls: BTreeMap<usize, Origin>,
    pub reads: Vec<Read>,
    /// Bodies in other texts that are being bound.
    pub elsewhere: u32,
}

/// A place that reads a column or all of a row; without a range, in another text.
#[derive(Debug, Clone, Copy)]
pub struct Read {
    pub of: Source,
    pub range: Option<Range>,
}

impl Trace {
    pub fn new(on: bool) -> Self {
        Trace { on, ..Trace::default() }
    }

    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Says what `id`, the newest identity, is made from.
    pub fn note(&mut self, id: u32, made: impl FnOnce() -> Made) {
        if self.on {
            self.made.resize(id as usize, Made::Own);
            if let Some(last) = self.made.last_mut() {
                *last = made();
            }
        }
    }

    /// Everything made, by identity.
    pub fn all(&self) -> impl Iterator<Item = &Made> {
        self.made.iter()
    }

    pub fn opened(&mut self, table: TableId, opening: Opening) {
        if self.on {
            self.openings.entry(table).or_default().push(opening);
        }
    }

    pub fn read(&mut self, of: Source, range: Range) {
        if self.on {
            self.reads.push(Read { of, range: (self.elsewhere == 0).then_some(range) });
        }
    }
}

/// Functions that give their argument itself, in another type.
const CONVERSIONS: &[&str] = &[
    "parse_json",
    "parsejson",
    "todynamic",
    "toobject",
    "tostring",
    "tobool",
    "toboolean",
    "toint",
    "tolong",
    "toreal",
    "todouble",
    "todecimal",
    "todatetime",
    "totimespan",
    "totime",
    "toguid",
];
/// Members beyond this are left out of a path.
const LONGEST_PATH: usize = 200;

/// A node that is to be walked, and what its parents do with it.
struct Step {
    node: Id,
    path: String,
    direct: bool,
}

impl Step {
    /// What the parents do is done to a member of `node`.
    fn member(&self, node: Id, member: &str) -> Step {
        let mut path = format!("{member}{}", self.path);
        if path.len() > LONGEST_PATH {
            path = member.to_owned();
        }
        Step { node, path, direct: self.direct }
    }

    fn same(&self, node: Id) -> Step {
        Step { node, path: self.path.clone(), direct: self.direct }
    }

    fn computed(node: Id) -> Step {
        Step { node, path: String::new(), direct: false }
    }
}

/// A member as paths write it: `.name`, or `['a b']`.
pub fn member(name: &str) -> String {
    let word = name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_numeric());
    if word && !name.is_empty() { format!(".{name}") } else { format!("['{}']", name.replace('\'', "\\'")) }
}

impl<'a> Binder<'a> {
    /// What the value of a node comes from.
    pub fn origin(&mut self, id: Id) -> Origin {
        self.expression(&[id], true)
    }

    /// What is computed from the values of nodes.
    pub fn origin_of(&mut self, ids: &[Id]) -> Origin {
        self.expression(ids, false)
    }

    fn expression(&mut self, ids: &[Id], direct: bool) -> Origin {
        if !self.pool.trace.is_on() {
            return Origin::NONE;
        }
        let parts = ids.iter().flat_map(|id| self.parts(*id, "", direct)).collect();
        let range = ids.first().map(|id| self.range(*id)).filter(|_| self.pool.trace.elsewhere == 0);
        self.pool.made(|| Made::Expression { parts, range })
    }

    /// What a member, e.g. `[*]`, of a node's value comes from.
    pub fn origin_inside(&mut self, id: Id, path: &str) -> Origin {
        if !self.pool.trace.is_on() {
            return Origin::NONE;
        }
        let parts = self.parts(id, path, true);
        self.pool.made(|| Made::Expression { parts, range: None })
    }

    /// What is computed from all that flows in.
    pub fn origin_of_row(&mut self) -> Origin {
        let Some(row) = self.row.filter(|_| self.pool.trace.is_on()) else { return Origin::NONE };
        let part = Part { from: Source::Row(row), path: None, direct: false };
        self.pool.made(|| Made::Expression { parts: vec![part], range: None })
    }

    /// What an argument comes from; none if it is constant or a table, whose columns say it themselves.
    pub fn origin_of_argument(&mut self, id: Id) -> Origin {
        if !self.pool.trace.is_on() || self.info(id).as_table().is_some() {
            return Origin::NONE;
        }
        if let Some(column) = self.result_column(id) {
            return column.into();
        }
        let parts = self.parts(id, "", true);
        if parts.is_empty() { Origin::NONE } else { self.pool.made(|| Made::Expression { parts, range: None }) }
    }

    /// Remembers what a call of a declared function gives.
    pub fn trace_call(&mut self, name: Id, origin: Origin) {
        if self.pool.trace.is_on() {
            self.pool.trace.calls.insert(index(name), origin);
        }
    }

    /// The whole row is read at `id`.
    pub fn read_row(&mut self, id: Id) {
        if let Some(row) = self.row {
            let range = self.range(id);
            self.pool.trace.read(Source::Row(row), range);
        }
    }

    /// Notes the row that a call reads as a whole; aggregates such as `arg_max(t, *)` only pass it on.
    pub fn read_by_call(&mut self, name: Id, function: &Function, arguments: &[Id]) {
        if function.name == "pack_all" {
            self.read_row(name);
        } else if function.family == Family::Function {
            let star = arguments.iter().find(|id| matches!(self.tree.node(**id), Node::Star)).copied();
            star.into_iter().for_each(|star| self.read_row(star));
        }
    }

    pub fn read_column(&mut self, id: Id, column: Column) {
        let range = self.range(id);
        self.pool.trace.read(Source::One(column.id), range);
    }

    /// What an expression reads, without recursion: chains may be long.
    fn parts(&mut self, id: Id, path: &str, direct: bool) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut open = vec![Step { node: id, path: path.to_owned(), direct }];
        while let Some(step) = open.pop() {
            let info = self.info(step.node);
            let from = match (info.symbol, info.value) {
                (Symbol::Column(column), _) => Some(Source::One(column.id)),
                (Symbol::Columns(table), _) => Some(Source::Row(table)),
                (Symbol::Variable(Origin::NONE), Value::Scalar(_)) => continue,
                (Symbol::Variable(origin), Value::Scalar(_)) => Some(Source::One(origin.0)),
                // The values of a query's first column.
                (_, Value::Table(table)) => match self.pool.columns(table).first() {
                    Some(column) => Some(Source::One(column.id)),
                    None => continue,
                },
                _ => None,
            };
            match from {
                Some(from) => parts.push(self.part(from, &step)),
                None => self.walk(step, &mut open, &mut parts),
            }
        }
        parts.reverse();
        parts
    }

    fn part(&mut self, from: Source, step: &Step) -> Part {
        let path = (!step.path.is_empty()).then(|| self.names.add(&step.path));
        Part { from, path, direct: step.direct }
    }

    /// Goes on with what a node is made of.
    fn walk(&mut self, step: Step, open: &mut Vec<Step>, parts: &mut Vec<Part>) {
        match self.tree.node(step.node) {
            Node::Paren(inner)
            | Node::Named { value: inner, .. }
            | Node::NamedList { value: inner, .. }
            | Node::Ordered { value: inner, .. }
            | Node::ToScalar { body: inner, .. }
            | Node::Expand { value: Some(inner), .. } => open.push(step.same(inner)),
            Node::Star => {
                if let Some(row) = self.row {
                    parts.push(Part { from: Source::Row(row), path: None, direct: false });
                }
            }
            Node::Unary { value, .. } => open.push(Step::computed(value)),
            Node::Binary { left, right, .. } => open.extend([left, right].map(Step::computed)),
            Node::Many { left, values, .. } => {
                open.push(Step::computed(left));
                open.extend(self.tree.list(values).iter().copied().map(Step::computed));
            }
            Node::Between { left, first, last, .. } => open.extend([left, first, last].map(Step::computed)),
            Node::Path { left, right } | Node::Element { left, index: right } => {
                self.walk_member(&step, left, right, open)
            }
            Node::Call { name, arguments } => match self.pool.trace.calls.get(&index(name)).copied() {
                Some(Origin::NONE) => {}
                Some(origin) => parts.push(self.part(Source::One(origin.0), &step)),
                None => self.walk_call(&step, name, self.items(arguments), open, parts),
            },
            Node::Name(_) => {
                if let Some(origin) = self.pool.trace.calls.get(&index(step.node)).filter(|origin| !origin.is_none()) {
                    parts.push(self.part(Source::One(origin.0), &step));
                }
            }
            _ => {}
        }
    }

    fn walk_member(&mut self, step: &Step, left: Id, right: Id, open: &mut Vec<Step>) {
        if matches!(self.info(left).value, Value::Tuple(_)) {
            // A part by its name, or by its number.
            let by_name = matches!(self.tree.node(right), Node::Name(_));
            open.push(if by_name { step.same(right) } else { Step::computed(left) });
            return;
        }
        let inner = match self.tree.node(right) {
            Node::Bracket(inner) => inner,
            _ => right,
        };
        match self.tree.node(inner) {
            Node::String(name) | Node::Name(name)
                if inner == right || matches!(self.tree.node(inner), Node::String(_)) =>
            {
                let member = member(self.names.text(name));
                open.push(step.member(left, &member));
            }
            Node::Literal(Type::Long | Type::Int) => {
                let member = format!("[{}]", self.text_of(inner));
                open.push(step.member(left, &member));
            }
            _ => open.extend([left, inner].map(Step::computed)),
        }
    }

    fn walk_call(&mut self, step: &Step, name: Id, arguments: Items, open: &mut Vec<Step>, parts: &mut Vec<Part>) {
        let function = match self.info(name).symbol {
            Symbol::Function(Callee::BuiltIn(function)) => function.name,
            _ => "",
        };
        match (function, arguments.as_slice()) {
            ("column_ifexists" | "columnifexists", [column, default, ..]) => {
                match self.named_column(self.info(*column)) {
                    Some(column) => parts.push(self.part(Source::One(column.id), step)),
                    None => open.push(step.same(*default)),
                }
            }
            ("pack_all", _) => {
                parts.extend(self.row.map(|row| Part { from: Source::Row(row), path: None, direct: false }));
            }
            (_, [only]) if CONVERSIONS.contains(&function) => open.push(step.same(*only)),
            _ => open.extend(arguments.into_iter().map(Step::computed)),
        }
    }

    /// The column in scope that a constant text names.
    pub fn named_column(&self, info: Info) -> Option<Column> {
        info.text.and_then(|name| self.row.and_then(|row| self.pool.find(row, name)))
    }
}
