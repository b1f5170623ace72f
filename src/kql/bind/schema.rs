//! Rows of columns, in one pool: copying a schema is copying a few words.
//!
//! Must not know the tree.

use super::trace::{Made, Opening, Origin, Trace};
use crate::kql::finding::Range;
use crate::kql::names::{Name, Names};
use crate::kql::types::{Conversion, Type, common_of};
use crate::kql::work::steps;
use smallvec::{SmallVec, smallvec};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A column and its identity: two columns of one name are still two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: Name,
    pub ty: Type,
    pub id: u32,
}

/// A row of columns of a [`Pool`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(u32);

#[derive(Debug, Clone, Copy)]
struct Table {
    start: u32,
    len: u32,
    open: bool,
}

/// More columns than any service keeps; beyond, they are dropped and the table is open.
const MOST_COLUMNS: usize = 5_000;

#[derive(Debug)]
pub struct Pool {
    columns: Vec<Column>,
    tables: Vec<Table>,
    /// Columns of open tables that were only referred to.
    inferred: Vec<(TableId, Column)>,
    next: u32,
    pub trace: Trace,
}

impl Pool {
    /// With room for what most queries need.
    pub fn new(trace: Trace) -> Self {
        let (columns, tables) = (Vec::with_capacity(256), Vec::with_capacity(32));
        Pool { columns, tables, inferred: Vec::new(), next: 0, trace }
    }

    /// A new column that comes from no other: counts, numbers, written values.
    pub fn column(&mut self, name: Name, ty: Type) -> Column {
        self.next += 1;
        Column { name, ty, id: self.next }
    }

    /// A new column of what was there before.
    pub fn derived(&mut self, name: Name, ty: Type, origin: impl Into<Origin>) -> Column {
        let origin = origin.into();
        self.made_column(name, ty, || if origin.is_none() { Made::Own } else { Made::Columns(vec![origin.0]) })
    }

    /// A new column that several become.
    pub fn merged<'c>(&mut self, name: Name, ty: Type, of: impl IntoIterator<Item = &'c Column>) -> Column {
        self.made_column(name, ty, || Made::Columns(of.into_iter().map(|column| column.id).collect()))
    }

    /// A new column of a stored table.
    pub fn stored(&mut self, table: Name, name: Name, ty: Type) -> Column {
        self.made_column(name, ty, || Made::Stored { table, column: name })
    }

    pub fn made_column(&mut self, name: Name, ty: Type, made: impl FnOnce() -> Made) -> Column {
        let column = self.column(name, ty);
        self.trace.note(column.id, made);
        column
    }

    /// A new identity for what is no column.
    pub fn made(&mut self, made: impl FnOnce() -> Made) -> Origin {
        self.next += 1;
        self.trace.note(self.next, made);
        Origin(self.next)
    }

    /// Says that a table may have the columns of others that are not known.
    pub fn opened_by(&mut self, table: TableId, rows: impl IntoIterator<Item = TableId>) {
        for row in rows {
            if self.trace.is_on() && self.is_open(row) {
                self.trace.opened(table, Opening::Row(row));
            }
        }
    }

    pub fn table(&mut self, columns: &[Column], open: bool) -> TableId {
        steps(columns.len());
        let kept = columns.get(..MOST_COLUMNS).unwrap_or(columns);
        let start = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
        self.columns.extend_from_slice(kept);
        self.push(start, kept.len(), open || kept.len() < columns.len())
    }

    fn push(&mut self, start: u32, len: usize, open: bool) -> TableId {
        self.tables.push(Table { start, len: u32::try_from(len).unwrap_or(0), open });
        TableId(u32::try_from(self.tables.len() - 1).unwrap_or(u32::MAX))
    }

    fn get(&self, id: TableId) -> Table {
        self.tables.get(id.0 as usize).copied().unwrap_or(Table { start: 0, len: 0, open: true })
    }

    /// The declared columns.
    pub fn columns(&self, id: TableId) -> &[Column] {
        let table = self.get(id);
        steps(table.len as usize);
        let start = table.start as usize;
        self.columns.get(start..start + table.len as usize).unwrap_or_default()
    }

    pub fn is_open(&self, id: TableId) -> bool {
        self.get(id).open
    }

    /// The declared columns and those that were referred to.
    pub fn all_columns(&self, id: TableId) -> Vec<Column> {
        let mut columns = self.columns(id).to_vec();
        columns.extend(self.inferred_columns(id));
        columns
    }

    fn inferred_columns(&self, id: TableId) -> impl Iterator<Item = Column> + '_ {
        let open = self.is_open(id);
        self.inferred.iter().filter(move |entry| open && entry.0 == id).map(|entry| entry.1)
    }

    /// The same rows: itself, unless columns were inferred.
    pub fn same(&mut self, id: TableId) -> TableId {
        if self.inferred_columns(id).next().is_none() {
            return id;
        }
        let columns = self.all_columns(id);
        let same = self.table(&columns, true);
        self.opened_by(same, [id]);
        same
    }

    pub fn find(&self, id: TableId, name: Name) -> Option<Column> {
        self.columns(id).iter().find(|column| column.name == name).copied()
    }

    /// A declared column, or one that an open table may have.
    pub fn find_or_infer(&mut self, id: TableId, name: Name) -> Option<Column> {
        self.find(id, name).or_else(|| self.is_open(id).then(|| self.infer(id, name)))
    }

    pub fn infer(&mut self, id: TableId, name: Name) -> Column {
        if let Some(column) = self.inferred_columns(id).find(|column| column.name == name) {
            return column;
        }
        let column = self.made_column(name, Type::Unknown, || Made::Inferred { row: id, name });
        self.inferred.push((id, column));
        column
    }

    /// One table out of several: columns of one name and type are one; of one name and two types, each gets its type's
    /// name behind it.
    pub fn unify_by_type(&mut self, tables: &[TableId], names: &mut Names<'_>) -> TableId {
        let open = tables.iter().any(|id| self.is_open(*id));
        if let [only] = tables {
            let columns = self.columns(*only).to_vec();
            let table = self.table(&columns, open);
            self.opened_by(table, [*only]);
            return table;
        }
        let all: Vec<Column> = tables.iter().flat_map(|id| self.columns(*id).iter().copied()).collect();
        let unified = self.unify_columns(&all, names);
        let table = self.table(&unified, open);
        self.opened_by(table, tables.iter().copied());
        table
    }

    pub fn unify_columns(&mut self, all: &[Column], names: &mut Names<'_>) -> Vec<Column> {
        let mut unique = UniqueNames::default();
        let mut unified = Vec::with_capacity(all.len());
        for columns in by_name(all) {
            let Some(first) = columns.first() else { continue };
            let mut distinct: SmallVec<[Type; 8]> = SmallVec::new();
            for Column { ty, .. } in &columns {
                if !distinct.iter().any(|known| known.name() == ty.name()) {
                    distinct.push(*ty);
                }
            }
            if distinct.len() == 1 {
                let types = columns.iter().map(|column| column.ty);
                let ty = common_of(types, Conversion::None).unwrap_or(first.ty);
                let name = unique.add(first.name, None, names);
                unified.push(self.renamed(&columns, name, ty));
                continue;
            }
            for ty in distinct {
                let text = format!("{}_{}", names.text(first.name), ty.name());
                let name = names.add(&text);
                let name = unique.add(name, None, names);
                let of = columns.iter().filter(|column| column.ty.name() == ty.name());
                unified.push(self.merged(name, ty, of));
            }
        }
        unified
    }

    /// The only column of a name, unless it gets another name; else a new one.
    fn renamed(&mut self, columns: &[Column], name: Name, ty: Type) -> Column {
        match columns {
            [only] if only.name == name => Column { ty, ..*only },
            _ => self.merged(name, ty, columns),
        }
    }

    /// One column a name, in the first one's place, of the type that fits all.
    pub fn unify_by_name(&mut self, all: &[Column]) -> Vec<Column> {
        let mut unified = Vec::with_capacity(all.len());
        for columns in by_name(all) {
            let types = columns.iter().map(|column| column.ty);
            let Some(first) = columns.first() else { continue };
            let ty = common_of(types, Conversion::Promotable).unwrap_or(Type::DYNAMIC);
            unified.push(self.renamed(&columns, first.name, ty));
        }
        unified
    }

    /// Gives the second and later columns of a name a number behind it.
    pub fn make_unique(&mut self, columns: &mut [Column], names: &mut Names<'_>) {
        let mut unique = UniqueNames::default();
        for column in columns.iter() {
            unique.reserve(column.name);
        }
        let mut seen = DenseSet::default();
        for column in columns {
            if !seen.insert(column.name.0) {
                let name = unique.add(column.name, None, names);
                *column = self.derived(name, column.ty, *column);
            }
        }
    }
}

/// Columns of one name.
type Group = SmallVec<[Column; 4]>;

/// The columns by name, in the order in which the names come first.
fn by_name(all: &[Column]) -> Vec<Group> {
    let most = all.iter().map(|column| column.name.0 as usize + 1).max().unwrap_or(0);
    let mut places: Vec<u32> = vec![0; most];
    let mut groups: Vec<Group> = Vec::with_capacity(all.len());
    for column in all {
        let Some(place) = places.get_mut(column.name.0 as usize) else { continue };
        match place.checked_sub(1).and_then(|at| groups.get_mut(at as usize)) {
            Some(group) => group.push(*column),
            None => {
                groups.push(smallvec![*column]);
                *place = u32::try_from(groups.len()).unwrap_or(0);
            }
        }
    }
    groups
}

/// A set of small numbers: names, identities of columns.
#[derive(Debug, Default)]
pub struct DenseSet {
    bits: Vec<u64>,
}

impl DenseSet {
    pub fn of(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut set = DenseSet::default();
        for number in numbers {
            set.insert(number);
        }
        set
    }

    pub fn contains(&self, number: u32) -> bool {
        self.bits.get(number as usize / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// Adds a number; `false`: it was there.
    pub fn insert(&mut self, number: u32) -> bool {
        let (at, bit) = (number as usize / 64, 1 << (number % 64));
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        match self.bits.get_mut(at) {
            Some(word) if *word & bit == 0 => {
                *word |= bit;
                true
            }
            _ => false,
        }
    }
}

/// Names that are given once each.
#[derive(Debug, Default)]
pub struct UniqueNames {
    taken: DenseSet,
    /// Names with numbers given so far, each with the last one.
    numbers: BTreeMap<Name, u32>,
}

impl UniqueNames {
    pub fn reserve(&mut self, name: Name) {
        self.taken.insert(name.0);
    }

    /// The name, or `base` (or the name) with the first number that is free.
    pub fn add(&mut self, name: Name, base: Option<Name>, names: &mut Names<'_>) -> Name {
        if self.taken.insert(name.0) {
            return name;
        }
        let last = self.numbers.get(&name).copied().unwrap_or(0);
        let (number, candidate) = numbered(base.unwrap_or(name), last, names, |name| self.taken.insert(name.0));
        self.numbers.insert(name, number);
        candidate
    }
}

/// The stem with the first number beyond `last` that is free, and that number.
pub fn numbered(stem: Name, last: u32, names: &mut Names<'_>, mut free: impl FnMut(Name) -> bool) -> (u32, Name) {
    let mut text = String::with_capacity(names.text(stem).len() + 4);
    text.push_str(names.text(stem));
    let length = text.len();
    let mut number = last;
    loop {
        number += 1;
        text.truncate(length);
        // Writing to a string does not fail.
        let _ = write!(text, "{number}");
        let candidate = names.add(&text);
        if free(candidate) {
            return (number, candidate);
        }
    }
}

/// A column of a result, for those who ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultColumn {
    pub name: String,
    pub ty: Type,
    /// Where the query gives it its name, if it does.
    pub range: Option<Range>,
}
