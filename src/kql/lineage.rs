//! Where the columns of a result come from, and which columns of which tables a text reads.
//!
//! Made of what [`super::bind::trace`] wrote down: every identity refers to lower ones only, so one pass in their order
//! resolves all. Must not look at the tree, and never fails: what is not known makes an answer incomplete.

use super::bind::schema::{Pool, TableId};
pub use super::bind::trace::member;
use super::bind::trace::{Made, Opening, Part, Source as From};
use super::bind::{Bound, Value};
use super::finding::Range;
use super::names::{Name, Names};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What a text makes its result from and what it reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    /// The columns of the result, in order.
    pub columns: Vec<Derivation>,
    /// Columns that the text names, by table and column; those that only pass through are not among them.
    pub reads: Vec<Read>,
}

impl Lineage {
    /// Names of the columns, of any table, that the text reads or returns.
    pub fn used(&self) -> BTreeSet<&str> {
        let sources = self.columns.iter().flat_map(|derivation| &derivation.sources);
        let returned = sources.map(|source| source.column.as_str());
        self.reads.iter().map(|read| read.column.as_str()).chain(returned).collect()
    }
}

/// What one column of a result is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    pub name: String,
    /// In order, each once. Empty and complete: the text itself makes the values.
    pub sources: Vec<Source>,
    /// Whether these are all. If not, it also comes from where nothing is known.
    pub complete: bool,
    /// The expression that makes it, if the text has one.
    pub expression: Option<Range>,
}

/// A column, or a member of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// A table, or a function that stands for one.
    pub table: String,
    pub column: String,
    /// The member inside the column: empty, `.user.name`, `[0]`, `[*].id`.
    pub path: String,
    /// The value itself, perhaps converted; else something computed from it.
    pub direct: bool,
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub table: String,
    pub column: String,
    /// In order; empty, if only a function of the workspace reads it.
    pub ranges: Vec<Range>,
}

/// Steps of one resolution: a text that would need more gets incomplete answers.
const MOST_STEPS: usize = 4_000_000;
/// Members beyond this are left out of a path.
const LONGEST_PATH: usize = 200;

/// The lineage of a text that was bound with a trace.
pub fn of(bound: &mut Bound<'_>) -> Lineage {
    let mut full = Resolver::new(&bound.pool, &mut bound.names, true);
    full.resolve();
    let columns = match bound.result {
        Value::Table(table) => {
            bound.pool.columns(table).iter().map(|column| full.derivation(column.id, column.name)).collect()
        }
        _ => Vec::new(),
    };
    let mut mentioned = Resolver::new(&bound.pool, &mut bound.names, false);
    mentioned.resolve();
    Lineage { columns, reads: mentioned.reads() }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    table: Name,
    column: Name,
    path: Option<Name>,
    direct: bool,
}

#[derive(Debug, Clone)]
struct Set {
    found: Rc<[Found]>,
    complete: bool,
}

/// Where columns that nobody declared come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    Table(Name),
    Members(u32),
    Values(u32),
}

struct Resolver<'b, 'g> {
    pool: &'b Pool,
    names: &'b mut Names<'g>,
    /// Whether expressions are followed, or only columns that go on.
    through_expressions: bool,
    /// By identity - 1.
    sets: Vec<Set>,
    /// By identity - 1: where what it is made from stands.
    expressions: Vec<Option<Range>>,
    rows: BTreeMap<TableId, Set>,
    roots: BTreeMap<TableId, Rc<[Root]>>,
    none: Set,
    steps: usize,
}

impl<'b, 'g> Resolver<'b, 'g> {
    fn new(pool: &'b Pool, names: &'b mut Names<'g>, through_expressions: bool) -> Self {
        Resolver {
            pool,
            names,
            through_expressions,
            sets: Vec::new(),
            expressions: Vec::new(),
            rows: BTreeMap::new(),
            roots: BTreeMap::new(),
            none: Set { found: Rc::new([]), complete: true },
            steps: 0,
        }
    }

    fn resolve(&mut self) {
        let pool = self.pool;
        for (table, openings) in &pool.trace.openings {
            let roots = self.roots_of(openings);
            self.roots.insert(*table, roots);
        }
        for made in pool.trace.all() {
            let set = match made {
                Made::Own => self.none.clone(),
                Made::Stored { table, column } => {
                    one(Found { table: *table, column: *column, path: None, direct: true })
                }
                Made::Inferred { row, name } => self.inferred(*row, *name),
                Made::Columns(ids) => match ids.as_slice() {
                    [only] => self.set(*only),
                    _ => self.union(ids.iter().map(|id| Part { from: From::One(*id), path: None, direct: true })),
                },
                Made::Expression { parts, .. } if self.through_expressions => self.union(parts.iter().copied()),
                Made::Expression { .. } => self.none.clone(),
            };
            self.sets.push(set);
            let expression = self.expression(made);
            self.expressions.push(expression);
        }
    }

    fn set(&self, id: u32) -> Set {
        let at = id.checked_sub(1).map(|at| at as usize);
        at.and_then(|at| self.sets.get(at)).unwrap_or(&self.none).clone()
    }

    /// Openings refer to rows that were there before, so theirs are known.
    fn roots_of(&mut self, openings: &[Opening]) -> Rc<[Root]> {
        if let [Opening::Row(row)] = openings {
            return self.roots.get(row).cloned().unwrap_or_default();
        }
        let mut roots = BTreeSet::new();
        for opening in openings {
            match opening {
                Opening::Table(name) => _ = roots.insert(Root::Table(*name)),
                Opening::Members(id) => _ = roots.insert(Root::Members(*id)),
                Opening::Values(id) => _ = roots.insert(Root::Values(*id)),
                Opening::Row(row) => {
                    let above = self.roots.get(row).cloned().unwrap_or_default();
                    if self.may_go_on(above.len()) {
                        roots.extend(above.iter().copied());
                    }
                }
            }
        }
        roots.into_iter().collect()
    }

    fn may_go_on(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_add(steps);
        self.steps <= MOST_STEPS
    }

    /// A column of an open row that was only referred to.
    fn inferred(&mut self, row: TableId, name: Name) -> Set {
        let roots = self.roots.get(&row).cloned().unwrap_or_default();
        if roots.is_empty() || !self.may_go_on(roots.len()) {
            return Set { complete: false, ..self.none.clone() };
        }
        let mut found = BTreeSet::new();
        let mut complete = true;
        for root in roots.iter() {
            let part = match root {
                Root::Table(table) => {
                    found.insert(Found { table: *table, column: name, path: None, direct: true });
                    continue;
                }
                Root::Members(id) => {
                    let path = self.names.add(&member(self.names.text(name)));
                    Part { from: From::One(*id), path: Some(path), direct: true }
                }
                Root::Values(id) => Part { from: From::One(*id), path: None, direct: false },
            };
            complete &= self.add(part, &mut found);
        }
        Set { found: found.into_iter().collect(), complete }
    }

    fn union(&mut self, parts: impl Iterator<Item = Part>) -> Set {
        let mut found = BTreeSet::new();
        let mut complete = true;
        for part in parts {
            complete &= self.add(part, &mut found);
        }
        if found.is_empty() {
            return Set { complete, ..self.none.clone() };
        }
        Set { found: found.into_iter().collect(), complete }
    }

    /// Adds what a part comes from; `false`: that is not all.
    fn add(&mut self, part: Part, found: &mut BTreeSet<Found>) -> bool {
        let set = match part.from {
            From::One(id) => self.set(id),
            From::Row(table) => self.row(table),
        };
        if !self.may_go_on(set.found.len()) {
            return false;
        }
        let direct = part.direct && matches!(part.from, From::One(_));
        for source in set.found.iter() {
            // A member of what was computed is no member of what it was computed from.
            let path = if source.direct { self.joined(source.path, part.path) } else { source.path };
            found.insert(Found { path, direct: direct && source.direct, ..*source });
        }
        set.complete
    }

    fn joined(&mut self, first: Option<Name>, then: Option<Name>) -> Option<Name> {
        let (Some(a), Some(b)) = (first, then) else { return first.or(then) };
        let text = format!("{}{}", self.names.text(a), self.names.text(b));
        if text.len() > LONGEST_PATH { first } else { Some(self.names.add(&text)) }
    }

    /// Everything that a row holds.
    fn row(&mut self, table: TableId) -> Set {
        if let Some(set) = self.rows.get(&table) {
            return set.clone();
        }
        let columns = self.pool.columns(table).iter();
        let columns: Vec<Part> =
            columns.map(|column| Part { from: From::One(column.id), path: None, direct: true }).collect();
        let mut set = self.union(columns.into_iter());
        set.complete &= !self.pool.is_open(table);
        self.rows.insert(table, set.clone());
        set
    }

    fn derivation(&self, id: u32, name: Name) -> Derivation {
        let set = self.set(id);
        let mut sources: Vec<Source> = set.found.iter().map(|found| self.source(found)).collect();
        sources.sort();
        // Of two that differ in being direct only, the direct one says more; it is the later one.
        sources.reverse();
        sources
            .dedup_by(|next, kept| (&next.table, &next.column, &next.path) == (&kept.table, &kept.column, &kept.path));
        sources.reverse();
        let name = self.names.text(name).to_owned();
        let expression = id.checked_sub(1).and_then(|at| self.expressions.get(at as usize)).copied().flatten();
        Derivation { name, sources, complete: set.complete, expression }
    }

    fn source(&self, found: &Found) -> Source {
        let text = |name| self.names.text(name).to_owned();
        let path = found.path.map(text).unwrap_or_default();
        Source { table: text(found.table), column: text(found.column), path, direct: found.direct }
    }

    /// The expression behind a column or variable, also if others only pass it on.
    fn expression(&self, made: &Made) -> Option<Range> {
        let of = |id: u32| id.checked_sub(1).and_then(|at| self.expressions.get(at as usize)).copied().flatten();
        match made {
            Made::Columns(ids) => match ids.as_slice() {
                [only] => of(*only),
                _ => None,
            },
            Made::Expression { parts, range } => match parts.as_slice() {
                [Part { from: From::One(id), path: None, direct: true }] => of(*id).or(*range),
                _ => *range,
            },
            Made::Own | Made::Stored { .. } | Made::Inferred { .. } => None,
        }
    }

    fn reads(&mut self) -> Vec<Read> {
        let mut places: BTreeMap<(Name, Name), BTreeSet<Range>> = BTreeMap::new();
        let pool = self.pool;
        for read in &pool.trace.reads {
            let set = match read.of {
                From::One(id) => self.set(id),
                From::Row(table) => self.row(table),
            };
            if !self.may_go_on(set.found.len()) {
                break;
            }
            for found in set.found.iter() {
                places.entry((found.table, found.column)).or_default().extend(read.range);
            }
        }
        let mut reads: Vec<Read> = places
            .into_iter()
            .map(|((table, column), ranges)| Read {
                table: self.names.text(table).to_owned(),
                column: self.names.text(column).to_owned(),
                ranges: ranges.into_iter().collect(),
            })
            .collect();
        reads.sort_by(|a, b| (&a.table, &a.column).cmp(&(&b.table, &b.column)));
        reads
    }
}

fn one(found: Found) -> Set {
    Set { found: Rc::new([found]), complete: true }
}
