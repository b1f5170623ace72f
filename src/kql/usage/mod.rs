//! How a query uses its tables: how far back it reads, what it counts, where else it looks.
//!
//! Says what is there, with places; whether that is wrong depends on who runs the query, which a leaf must not know.
//! Only the text itself is looked at, not the bodies of stored functions.

mod counts;
mod time;

pub use counts::BinnedCount;
pub use time::{Clock, Window};

use super::bind::{Bound, Value};
use super::finding::Range;
use super::globals::Globals;
use super::names::Name;
use super::near::slip;
use super::syntax::tree::{Id, List, Node, Op, index};
use super::types::Type;
use std::collections::BTreeMap;

/// What a query does with what it reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Comparisons of a row's time with a time before now.
    pub windows: Vec<Window>,
    /// `search *` and `union *`, at their first word.
    pub everything: Vec<(&'static str, Range)>,
    /// Calls that leave the workspace: `workspace`, `app`, `resource`, `cluster`, `adx`.
    pub elsewhere: Vec<(String, Range)>,
    /// `isnull` and `isnotnull` of a string, each with the function's name and the argument's text.
    pub null_texts: Vec<(String, String, Range)>,
    pub binned_counts: Vec<BinnedCount>,
    /// The operator behind which the rows of the result have no `TimeGenerated` any more.
    pub time_lost: Option<Range>,
    /// Custom tables that nobody declared, each where it stands first.
    pub undeclared: Vec<Undeclared>,
}

/// A custom table that nobody declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undeclared {
    pub name: String,
    /// The declared table that is probably meant.
    pub near: Option<String>,
    pub range: Range,
}

/// The most tables that are listed as undeclared.
const MOST_UNDECLARED: usize = 50;
/// The column that every table of a workspace has.
const EVENT_TIME: &str = "TimeGenerated";

/// Looks at the first `own` nodes of a bound tree: those of the text itself.
pub fn of(text: &str, bound: &Bound<'_>, globals: &Globals, statements: List, own: usize) -> Usage {
    let declared = declarations(bound, own);
    let look = Look { text, bound, declared: &declared };
    let mut usage = Usage::default();
    for id in bound.tree.first(own) {
        match bound.tree.node(id) {
            Node::Call { name, arguments } => look.call(id, name, arguments, &mut usage),
            Node::Binary { .. } | Node::Between { .. } => usage.windows.extend(look.windows(id)),
            Node::Search { tables: None, predicate, .. } if look.is_all(predicate) => {
                usage.everything.push(("search *", look.keyword(id)));
            }
            Node::Union { tables, .. } if bound.tree.list(tables).iter().any(|table| look.is_all(*table)) => {
                usage.everything.push(("union *", look.keyword(id)));
            }
            Node::Pipe { operator, left } => usage.binned_counts.extend(look.binned_count(operator, left)),
            Node::Name(name) => look.table(id, name, globals, &mut usage),
            _ => {}
        }
    }
    usage.time_lost = look.time_lost(statements);
    usage
}

/// What `let` says of each name; nothing of a name that is declared twice, or is the parameter of a function.
fn declarations(bound: &Bound<'_>, own: usize) -> BTreeMap<Name, Option<Id>> {
    let mut declared = BTreeMap::new();
    for id in bound.tree.first(own) {
        let (name, value) = match bound.tree.node(id) {
            Node::Let { name, value } => (name, Some(value)),
            Node::Parameter { name, .. } => (name, None),
            _ => continue,
        };
        if let Node::Name(name) = bound.tree.node(name) {
            declared.entry(name).and_modify(|known| *known = None).or_insert(value);
        }
    }
    declared
}

/// A bound text.
#[derive(Clone, Copy)]
struct Look<'l> {
    text: &'l str,
    bound: &'l Bound<'l>,
    declared: &'l BTreeMap<Name, Option<Id>>,
}

impl<'l> Look<'l> {
    fn node(self, id: Id) -> Node {
        self.bound.tree.node(id)
    }

    fn range(self, id: Id) -> Range {
        self.bound.tree.range(id)
    }

    fn text_of(self, id: Id) -> &'l str {
        let range = self.range(id);
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The name that a node holds.
    fn name(self, id: Id) -> &'l str {
        match self.node(id) {
            Node::Name(name) | Node::Wildcard(name) => self.bound.names.text(name),
            _ => "",
        }
    }

    fn arguments(self, list: List) -> &'l [Id] {
        self.bound.tree.list(list)
    }

    fn value(self, id: Id) -> Value {
        self.bound.infos.get(index(id)).map_or(Value::None, |info| info.value)
    }

    /// The first word of a node, which names the operator.
    fn keyword(self, id: Id) -> Range {
        let word = self.text_of(id);
        let length = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
        let start = self.range(id).start;
        Range::new(start, start + u32::try_from(length).unwrap_or(0))
    }

    /// `*`, alone or with a condition behind it.
    fn is_all(self, id: Id) -> bool {
        let mut first = id;
        while let Node::Binary { op: Op::And, left, .. } = self.node(first) {
            first = left;
        }
        match self.node(first) {
            Node::Star => true,
            Node::Wildcard(name) => self.bound.names.text(name) == "*",
            _ => false,
        }
    }

    /// What `let` says of a name.
    fn declared(self, name: Name) -> Option<Id> {
        self.declared.get(&name).copied().flatten()
    }

    fn call(self, id: Id, name: Id, arguments: List, usage: &mut Usage) {
        let function = self.name(name);
        match (function, self.arguments(arguments)) {
            ("workspace" | "app" | "resource" | "cluster" | "adx", _) => {
                usage.elsewhere.push((function.to_owned(), self.range(name)));
            }
            ("isnull" | "isnotnull", [only]) if matches!(self.value(*only), Value::Scalar(Type::String)) => {
                usage.null_texts.push((function.to_owned(), self.text_of(*only).to_owned(), self.range(id)));
            }
            _ => {}
        }
    }

    /// A custom table that is used and has no columns that anybody declared.
    fn table(self, id: Id, name: Name, globals: &Globals, usage: &mut Usage) {
        let text = self.bound.names.text(name);
        if !text.ends_with("_CL") {
            return;
        }
        if let Value::Table(table) = self.value(id)
            && self.bound.pool.is_open(table)
            && self.bound.pool.columns(table).is_empty()
            && globals.tables.0.find(text).is_none()
            && usage.undeclared.len() < MOST_UNDECLARED
            && !usage.undeclared.iter().any(|known| known.name == text)
        {
            let near = slip(text, globals.known_names()).map(str::to_owned);
            usage.undeclared.push(Undeclared { name: text.to_owned(), near, range: self.range(id) });
        }
    }

    /// The operator of the last statement that takes `TimeGenerated` away.
    fn time_lost(self, statements: List) -> Option<Range> {
        let mut at = *self.arguments(statements).last()?;
        if self.has_time(at)? {
            return None;
        }
        while let Node::Pipe { left, operator } = self.node(at) {
            if self.has_time(left)? {
                return Some(self.keyword(operator));
            }
            at = left;
        }
        None
    }

    /// Whether rows have `TimeGenerated`; `None` if that is not known, or there are no rows.
    fn has_time(self, id: Id) -> Option<bool> {
        let Value::Table(table) = self.value(id) else { return None };
        let columns = self.bound.pool.columns(table);
        let found = columns.iter().any(|column| self.bound.names.text(column.name) == EVENT_TIME);
        (found || !self.bound.pool.is_open(table)).then_some(found)
    }
}
