//! Names, types and schemas of a tree: what each node is, and what is wrong with it.
//!
//! Every operator and function is bound with the row of columns that stands left of it. Must not know the text beyond what
//! names and literals say, and never fails: what is unknown makes the result open.

pub mod arguments;
pub mod calls;
pub mod checks;
pub mod custom;
pub mod joins;
pub mod layout;
pub mod names;
pub mod operators;
pub mod plugins;
pub mod project;
pub mod projection;
pub mod rows;
pub mod schema;
pub mod series;
pub mod suggest;
pub mod tables;
pub mod trace;
pub mod users;
pub mod values;

use super::Dialect;
use super::finding::{Finding, Kind, Range, Severity};
use super::globals::Globals;
use super::names::{Name, Names};
use super::registry::{Function, Registry, registry};
use super::syntax::tree::{Id, List, Node, Tree, index};
use super::types::Type;
use super::work::steps;
use schema::{Column, Pool, TableId};
use smallvec::SmallVec;
use trace::{Origin, Trace};
use users::{Expansion, UserFunction};

/// Nodes and what is known of them: mostly the few arguments of a call.
pub type Items = SmallVec<[Id; 6]>;
pub type Infos = SmallVec<[Info; 6]>;

/// What an expression gives.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// Nothing that could be used or be wrong.
    None,
    /// Wrong, and reported.
    Error,
    Scalar(Type),
    Table(TableId),
    /// Several values at once, e.g. of `series_stats`.
    Tuple(TableId),
    /// Several columns that one wildcard means.
    Columns(TableId),
    Tables(GroupId),
    /// A function that the query declares.
    Function(UserId),
    /// `database(…)`, `cluster(…)`, `workspace(…)`, `app(…)`: anything may be in it.
    Database,
    Graph,
}

/// A place in the binder's list of functions that are declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserId(u32);

/// A place in the binder's list of several tables at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupId(u32);

/// Something that can be called.
#[derive(Debug, Clone, Copy)]
pub enum Callee {
    BuiltIn(&'static Function),
    User(UserId),
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub enum Symbol {
    None,
    Column(Column),
    Columns(TableId),
    /// And what its value comes from.
    Variable(Origin),
    Function(Callee),
}

/// What is known of a node.
#[derive(Debug, Clone, Copy)]
pub struct Info {
    pub value: Value,
    pub symbol: Symbol,
    pub constant: bool,
    /// The value, if it is a constant string.
    pub text: Option<Name>,
}

impl Info {
    pub const NONE: Info = Info { value: Value::None, symbol: Symbol::None, constant: false, text: None };
    pub const ERROR: Info = Info { value: Value::Error, ..Info::NONE };

    pub fn of(value: Value) -> Info {
        Info { value, ..Info::NONE }
    }

    pub fn scalar(ty: Type) -> Info {
        Info::of(Value::Scalar(ty))
    }

    pub fn table(id: TableId) -> Info {
        Info::of(Value::Table(id))
    }

    pub fn column(column: Column) -> Info {
        Info { value: Value::Scalar(column.ty), symbol: Symbol::Column(column), ..Info::NONE }
    }

    pub fn as_column(&self) -> Option<Column> {
        match self.symbol {
            Symbol::Column(column) => Some(column),
            _ => None,
        }
    }

    pub fn as_table(&self) -> Option<TableId> {
        match self.value {
            Value::Table(id) => Some(id),
            _ => None,
        }
    }

    pub fn is_error(&self) -> bool {
        matches!(self.value, Value::Error)
    }
}

/// A name that a statement or a parameter declares.
#[derive(Debug, Clone, Copy)]
struct Local {
    name: Name,
    info: Info,
}

/// Which names a place takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Normal,
    Aggregate,
    Plugin,
}

/// The most findings of one analysis.
const MOST_FINDINGS: usize = 500;
/// Calls of declared functions that are followed into their bodies.
const MOST_EXPANSIONS: u32 = 2_000;

pub struct Binder<'a> {
    globals: &'a Globals,
    registry: &'static Registry,
    dialect: Dialect,
    tree: Tree,
    /// How many nodes of the tree are the text's own; bodies of stored functions follow.
    own_nodes: usize,
    names: Names<'a>,
    pool: Pool,
    findings: Vec<Finding>,
    infos: Vec<Info>,
    /// The text that ranges of the tree's current part are in.
    text: &'a str,
    locals: Vec<Local>,
    /// Where the innermost block of statements begins in `locals`.
    block: usize,
    users: Vec<UserFunction>,
    groups: Vec<Vec<TableId>>,
    /// Tables of the globals that were used, by number.
    tables: Vec<(u32, TableId)>,
    built_in: Vec<(Name, TableId)>,
    stored: Vec<(u32, UserId)>,
    /// Tables with two columns of one name.
    twins: Vec<TableId>,
    row: Option<TableId>,
    right_row: Option<TableId>,
    common_columns: bool,
    path: Option<Value>,
    scope: Scope,
    fuzzy: bool,
    /// Columns of the groups of the `summarize` that is being bound.
    groups_by: Vec<u32>,
    piped: Option<Info>,
    next_column: u32,
    in_dynamic: u32,
    /// Nothing is reported: the body of a function is looked at for one of its calls.
    silent: u32,
    expansions: u32,
    expanding: Vec<UserId>,
    expanded: Vec<Expansion>,
    calls: Calls,
}

/// What a text refers to.
#[derive(Debug, Default)]
pub struct Calls {
    /// Built-in functions and where they are called.
    pub functions: Vec<(&'static str, Range)>,
    /// Tables by name, as referred to.
    pub tables: Vec<Name>,
    /// Tables and functions of the workspace by name, also those that nobody declared.
    pub sources: Vec<Name>,
    /// Names that make the result open, each with its place.
    pub unknown: Vec<(Name, Range)>,
}

/// A bound tree.
pub struct Bound<'a> {
    pub tree: Tree,
    pub names: Names<'a>,
    pub infos: Vec<Info>,
    pub pool: Pool,
    pub findings: Vec<Finding>,
    pub result: Value,
    pub calls: Calls,
}

/// Binds the statements of a query. `trace`: whether to write down what each column is made from.
pub fn bind<'a>(
    text: &'a str,
    statements: List,
    tree: Tree,
    names: Names<'a>,
    globals: &'a Globals,
    dialect: Dialect,
    trace: bool,
) -> Bound<'a> {
    let infos = vec![Info::NONE; tree.len()];
    let mut binder = Binder {
        globals,
        registry: registry(),
        dialect,
        own_nodes: tree.len(),
        tree,
        names,
        pool: Pool::new(Trace::new(trace)),
        findings: Vec::new(),
        infos,
        text,
        locals: Vec::with_capacity(16),
        block: 0,
        users: Vec::new(),
        groups: Vec::new(),
        tables: Vec::new(),
        built_in: Vec::new(),
        stored: Vec::new(),
        twins: Vec::new(),
        row: None,
        right_row: None,
        common_columns: false,
        path: None,
        scope: Scope::Normal,
        fuzzy: false,
        groups_by: Vec::new(),
        piped: None,
        next_column: 1,
        in_dynamic: 0,
        silent: 0,
        expansions: 0,
        expanding: Vec::new(),
        expanded: Vec::new(),
        calls: Calls { functions: Vec::with_capacity(32), ..Calls::default() },
    };
    let mut result = Value::None;
    for at in 0..statements.len() {
        if let Some(value) = binder.statement(statements, at) {
            result = value;
        }
    }
    Bound {
        tree: binder.tree,
        names: binder.names,
        infos: binder.infos,
        pool: binder.pool,
        findings: binder.findings,
        result,
        calls: binder.calls,
    }
}

impl<'a> Binder<'a> {
    fn statement(&mut self, statements: List, at: usize) -> Option<Value> {
        let id = self.tree.item(statements, at)?;
        match self.tree.node(id) {
            Node::Let { .. }
            | Node::Set { .. }
            | Node::QueryParameters(_)
            | Node::Restrict(_)
            | Node::Alias { .. }
            | Node::Pattern { .. } => {
                self.bind(id);
                None
            }
            _ => Some(self.bind(id).value),
        }
    }

    pub fn report(&mut self, finding: Finding) {
        if self.silent == 0 && self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }

    pub fn error(&mut self, kind: Kind, range: Range, message: impl Into<String>) {
        if self.silent == 0 {
            self.report(Finding::error(kind, range, message));
        }
    }

    pub fn warning(&mut self, kind: Kind, range: Range, message: impl Into<String>) {
        self.report(Finding::error(kind, range, message).with_severity(Severity::Warning));
    }

    /// Reports a name that nobody declared, with the nearest known one.
    pub fn unknown(&mut self, kind: Kind, range: Range, message: String, known: Vec<&str>, word: &str) {
        if self.silent > 0 || self.findings.len() >= MOST_FINDINGS {
            return;
        }
        let finding = Finding::error(kind, range, message);
        let finding = match kind {
            Kind::Function => self.with_slip(finding, word, known),
            _ => self.with_near(finding, word, known),
        };
        self.findings.push(finding);
    }

    pub fn range(&self, id: Id) -> Range {
        self.tree.range(id)
    }

    pub fn info(&self, id: Id) -> Info {
        self.infos.get(index(id)).copied().unwrap_or(Info::NONE)
    }

    pub fn set(&mut self, id: Id, info: Info) -> Info {
        if index(id) >= self.infos.len() {
            self.infos.resize(self.tree.len().max(index(id) + 1), Info::NONE);
        }
        if let Some(slot) = self.infos.get_mut(index(id)) {
            *slot = info;
        }
        info
    }

    /// The nodes of a list, apart from the tree, which may grow meanwhile.
    pub fn items(&self, list: List) -> Items {
        Items::from_slice(self.tree.list(list))
    }

    /// Several tables as one value.
    pub fn group(&mut self, tables: Vec<TableId>) -> Info {
        self.groups.push(tables);
        Info::of(Value::Tables(GroupId(u32::try_from(self.groups.len() - 1).unwrap_or(u32::MAX))))
    }

    pub fn grouped(&self, group: GroupId) -> &[TableId] {
        self.groups.get(group.0 as usize).map_or(&[], Vec::as_slice)
    }

    pub fn bind_list(&mut self, list: List) {
        for at in 0..list.len() {
            if let Some(id) = self.tree.item(list, at) {
                self.bind(id);
            }
        }
    }

    /// The name that a node of names holds.
    pub fn name_of(&self, id: Id) -> Name {
        match self.tree.node(id) {
            Node::Name(name) | Node::Wildcard(name) | Node::Word(name) | Node::String(name) => name,
            _ => Name(u32::MAX),
        }
    }

    /// The row of columns in scope; empty where there is none.
    pub fn row_or_empty(&mut self) -> TableId {
        match self.row {
            Some(row) => row,
            None => self.pool.table(&[], false),
        }
    }

    pub fn row_columns(&mut self) -> Vec<Column> {
        self.row.map_or_else(Vec::new, |row| self.pool.all_columns(row))
    }

    pub fn new_table(&mut self, columns: &[Column], open: bool) -> TableId {
        self.pool.table(columns, open)
    }

    /// The table of an operator that keeps the openness of what flows in.
    pub fn row_table(&mut self, columns: &[Column]) -> Info {
        let open = self.row.is_some_and(|row| self.pool.is_open(row));
        let table = self.pool.table(columns, open);
        self.pool.opened_by(table, self.row);
        Info::table(table)
    }

    pub fn local(&self, name: Name) -> Option<Info> {
        steps(self.locals.len());
        self.locals.iter().rev().find(|local| local.name == name).map(|local| local.info)
    }

    /// The type of a scalar; of a table or an error, none.
    pub fn type_of(&self, info: Info) -> Option<Type> {
        match info.value {
            Value::Scalar(ty) => Some(ty),
            Value::Tuple(id) => match self.pool.columns(id) {
                [only] => Some(only.ty),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type, where something must be said of it: what has none is unknown.
    pub fn type_or_unknown(&self, info: Info) -> Type {
        self.type_of(info).unwrap_or(Type::Unknown)
    }
}
