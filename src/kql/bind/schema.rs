//! Rows of columns, in one pool: copying a schema is copying a few words.
//!
//! Must not know the tree.

use crate::kql::finding::Range;
use crate::kql::names::{Name, Names};
use crate::kql::types::{Conversion, Type, common_of};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
}

impl Default for Pool {
    /// Room for what most queries need.
    fn default() -> Self {
        let (columns, tables) = (Vec::with_capacity(256), Vec::with_capacity(32));
        Pool { columns, tables, inferred: Vec::new(), next: 0 }
    }
}

impl Pool {
    pub fn column(&mut self, name: Name, ty: Type) -> Column {
        self.next += 1;
        Column { name, ty, id: self.next }
    }

    pub fn table(&mut self, columns: &[Column], open: bool) -> TableId {
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
        self.table(&columns, true)
    }

    pub fn with_open(&mut self, id: TableId, open: bool) -> TableId {
        let table = self.get(id);
        if table.open == open {
            return id;
        }
        self.push(table.start, table.len as usize, open)
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
        let column = self.column(name, Type::Unknown);
        self.inferred.push((id, column));
        column
    }

    /// One table out of several: columns of one name and type are one; of one name and two types, each gets its type's
    /// name behind it.
    pub fn unify_by_type(&mut self, tables: &[TableId], names: &mut Names<'_>) -> TableId {
        let open = tables.iter().any(|id| self.is_open(*id));
        if let [only] = tables {
            let columns = self.columns(*only).to_vec();
            return self.table(&columns, open);
        }
        let all: Vec<Column> = tables.iter().flat_map(|id| self.columns(*id).iter().copied()).collect();
        let unified = self.unify_columns(&all, names);
        self.table(&unified, open)
    }

    pub fn unify_columns(&mut self, all: &[Column], names: &mut Names<'_>) -> Vec<Column> {
        let mut unique = UniqueNames::default();
        let mut unified = Vec::with_capacity(all.len());
        for Group { first, types } in by_name(all) {
            let mut distinct: SmallVec<[Type; 8]> = SmallVec::new();
            for ty in &types {
                if !distinct.iter().any(|known| known.name() == ty.name()) {
                    distinct.push(*ty);
                }
            }
            if distinct.len() == 1 {
                let ty = common_of(types.iter().copied(), Conversion::None).unwrap_or(first.ty);
                let name = unique.add(first.name, None, names);
                unified.push(self.renamed(first, name, ty, types.len() > 1));
                continue;
            }
            for ty in distinct {
                let text = format!("{}_{}", names.text(first.name), ty.name());
                let name = names.add(&text);
                let name = unique.add(name, None, names);
                unified.push(self.column(name, ty));
            }
        }
        unified
    }

    /// The column itself, unless its name, type or identity is another.
    fn renamed(&mut self, column: Column, name: Name, ty: Type, another: bool) -> Column {
        if another || name != column.name { self.column(name, ty) } else { Column { ty, ..column } }
    }

    /// One column a name, in the first one's place, of the type that fits all.
    pub fn unify_by_name(&mut self, all: &[Column]) -> Vec<Column> {
        let mut unified = Vec::with_capacity(all.len());
        for Group { first, types } in by_name(all) {
            let ty = common_of(types.iter().copied(), Conversion::Promotable).unwrap_or(Type::DYNAMIC);
            unified.push(self.renamed(first, first.name, ty, types.len() > 1));
        }
        unified
    }

    /// Gives the second and later columns of a name a number behind it.
    pub fn make_unique(&mut self, columns: &mut [Column], names: &mut Names<'_>) {
        let mut unique = UniqueNames::default();
        for column in columns.iter() {
            unique.reserve(column.name);
        }
        let mut seen = NameSet::default();
        for column in columns {
            if !seen.insert(column.name) {
                let name = unique.add(column.name, None, names);
                *column = self.column(name, column.ty);
            }
        }
    }
}

/// Columns of one name: the first one, and the types of all.
struct Group {
    first: Column,
    types: SmallVec<[Type; 8]>,
}

/// The columns by name, in the order in which the names come first.
fn by_name(all: &[Column]) -> Vec<Group> {
    let most = all.iter().map(|column| column.name.0 as usize + 1).max().unwrap_or(0);
    let mut places: Vec<u32> = vec![0; most];
    let mut groups: Vec<Group> = Vec::with_capacity(all.len());
    for column in all {
        let Some(place) = places.get_mut(column.name.0 as usize) else { continue };
        match place.checked_sub(1).and_then(|at| groups.get_mut(at as usize)) {
            Some(group) => group.types.push(column.ty),
            None => {
                groups.push(Group { first: *column, types: smallvec![column.ty] });
                *place = u32::try_from(groups.len()).unwrap_or(0);
            }
        }
    }
    groups
}

/// A set of names.
#[derive(Debug, Default)]
struct NameSet {
    bits: Vec<u64>,
}

impl NameSet {
    /// Adds a name; `false`: it was there.
    fn insert(&mut self, name: Name) -> bool {
        let (at, bit) = (name.0 as usize / 64, 1 << (name.0 % 64));
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
    taken: NameSet,
    /// Names with numbers given so far, each with the last one.
    numbers: BTreeMap<Name, u32>,
}

impl UniqueNames {
    pub fn reserve(&mut self, name: Name) {
        self.taken.insert(name);
    }

    /// The name, or `base` (or the name) with the first number that is free.
    pub fn add(&mut self, name: Name, base: Option<Name>, names: &mut Names<'_>) -> Name {
        if self.taken.insert(name) {
            return name;
        }
        let last = self.numbers.get(&name).copied().unwrap_or(0);
        let (number, candidate) = numbered(base.unwrap_or(name), last, names, |name| self.taken.insert(name));
        self.numbers.insert(name, number);
        candidate
    }
}

/// The stem with the first number beyond `last` that is free, and that number.
fn numbered(stem: Name, last: u32, names: &mut Names<'_>, mut free: impl FnMut(Name) -> bool) -> (u32, Name) {
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

/// A row of columns that an operator puts together.
#[derive(Debug, Default)]
pub struct Projection {
    pub columns: Vec<Column>,
    /// Identities that are not added again.
    skipped: Vec<u32>,
    declared: Vec<Name>,
    /// Names that were in use and are not in `columns` any more.
    retired: Vec<Name>,
    /// Names with numbers given so far.
    numbers: Vec<(Name, u32)>,
}

impl Projection {
    /// Starts with the columns of a table, whose names are unique already.
    pub fn of(columns: Vec<Column>) -> Self {
        Projection { columns, ..Projection::default() }
    }

    /// Room for so many columns more.
    pub fn reserve(&mut self, count: usize) {
        self.columns.reserve(count);
        self.declared.reserve(count);
    }

    /// None of the columns so far is added again.
    pub fn skip_all(mut self) -> Self {
        self.skipped = self.columns.iter().map(|column| column.id).collect();
        self
    }

    /// Declares every column so far: none may be declared again.
    pub fn declare_all(mut self) -> Self {
        self.declared = self.columns.iter().map(|column| column.name).collect();
        self
    }

    pub fn skip(&mut self, id: u32) {
        self.skipped.push(id);
    }

    pub fn is_skipped(&self, id: u32) -> bool {
        self.skipped.contains(&id)
    }

    pub fn position(&self, name: Name) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub fn add(&mut self, column: Column, pool: &mut Pool, names: &mut Names<'_>, how: Add) {
        if names.is_empty(column.name) || self.is_skipped(column.id) {
            return;
        }
        let at = self.position(column.name);
        match at {
            Some(at) if how.replace => {
                if let Some(old) = self.columns.get_mut(at) {
                    *old = column;
                }
            }
            None if !self.retired.contains(&column.name) => self.columns.push(column),
            _ => {
                let name = self.numbered(column.name, how.base, names);
                let renamed = pool.column(name, column.ty);
                self.columns.push(renamed);
            }
        }
        if how.once {
            self.skip(column.id);
        }
    }

    fn numbered(&mut self, name: Name, base: Option<Name>, names: &mut Names<'_>) -> Name {
        let last = self.numbers.iter().find(|entry| entry.0 == name).map_or(0, |entry| entry.1);
        let free = |name| self.position(name).is_none() && !self.retired.contains(&name);
        let (number, candidate) = numbered(base.unwrap_or(name), last, names, free);
        self.numbers.retain(|entry| entry.0 != name);
        self.numbers.push((name, number));
        candidate
    }

    /// Adds a column under a name that the author chose. `false`: the name was chosen before.
    pub fn declare(&mut self, column: Column, pool: &mut Pool, names: &mut Names<'_>, replace: bool) -> bool {
        if self.declared.contains(&column.name) {
            return false;
        }
        match self.position(column.name) {
            Some(at) if replace => {
                if let Some(old) = self.columns.get_mut(at) {
                    *old = column;
                }
                self.declared.push(column.name);
            }
            _ => {
                let before = self.columns.len();
                self.add(column, pool, names, Add::default());
                let name = self.columns.get(before).map_or(column.name, |added| added.name);
                self.declared.push(name);
            }
        }
        true
    }

    /// Gives a column another name. `false`: that name is in use.
    pub fn rename(&mut self, old: Name, new: Name, pool: &mut Pool) -> bool {
        let Some(at) = self.position(old) else { return true };
        if self.declared.contains(&new) {
            return false;
        }
        if let Some(column) = self.columns.get_mut(at) {
            *column = pool.column(new, column.ty);
        }
        self.declared.push(new);
        self.retired.push(old);
        true
    }
}

/// How a column is added.
#[derive(Debug, Clone, Copy, Default)]
pub struct Add {
    /// In the place of one of the same name.
    pub replace: bool,
    /// And not again.
    pub once: bool,
    /// What a number is put behind, if not the name.
    pub base: Option<Name>,
}

/// A column of a result, for those who ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultColumn {
    pub name: String,
    pub ty: Type,
    /// Where the query gives it its name, if it does.
    pub range: Option<Range>,
}
