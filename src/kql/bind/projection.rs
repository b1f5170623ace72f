//! Rows of columns that operators put together, name by name: what replaces, what gets a number, what is declared twice.

use super::schema::{Column, DenseSet, Pool, numbered};
use crate::kql::names::{Name, Names};
use crate::kql::work::steps;
use std::collections::BTreeMap;

/// Rows up to this wide are searched from the front.
const NARROW: usize = 48;

/// A row of columns that an operator puts together.
#[derive(Debug, Default)]
pub struct Projection {
    columns: Vec<Column>,
    /// Where each name stands first, counted from one: kept for rows that are not narrow.
    places: Vec<u32>,
    /// Identities that are not added again.
    skipped: DenseSet,
    declared: DenseSet,
    /// Names that were in use and are not in `columns` any more.
    retired: DenseSet,
    /// The last number that was put behind a name.
    numbers: BTreeMap<Name, u32>,
}

impl Projection {
    /// Starts with the columns of a table, whose names are unique already.
    pub fn of(columns: Vec<Column>) -> Self {
        let mut projection = Projection { columns, ..Projection::default() };
        projection.index();
        projection
    }

    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Room for so many columns more.
    pub fn reserve(&mut self, count: usize) {
        self.columns.reserve(count);
    }

    /// None of the columns so far is added again.
    pub fn skip_all(mut self) -> Self {
        self.skipped = DenseSet::of(self.columns.iter().map(|column| column.id));
        self
    }

    /// Declares every column so far: none may be declared again.
    pub fn declare_all(mut self) -> Self {
        self.declared = DenseSet::of(self.columns.iter().map(|column| column.name.0));
        self
    }

    pub fn skip(&mut self, id: u32) {
        self.skipped.insert(id);
    }

    pub fn is_skipped(&self, id: u32) -> bool {
        self.skipped.contains(id)
    }

    pub fn position(&self, name: Name) -> Option<usize> {
        if self.columns.len() <= NARROW {
            steps(self.columns.len());
            return self.columns.iter().position(|column| column.name == name);
        }
        steps(1);
        self.places.get(name.0 as usize)?.checked_sub(1).map(|place| place as usize)
    }

    /// Adds a column as it is.
    pub fn push(&mut self, column: Column) {
        self.columns.push(column);
        match self.columns.len() {
            0..=NARROW => {}
            wide if wide == NARROW + 1 => self.index(),
            _ => self.note_place(self.columns.len() - 1),
        }
    }

    fn index(&mut self) {
        if self.columns.len() > NARROW {
            (0..self.columns.len()).for_each(|at| self.note_place(at));
        }
    }

    fn note_place(&mut self, at: usize) {
        let Some(name) = self.columns.get(at).map(|column| column.name.0 as usize) else { return };
        if name >= self.places.len() {
            self.places.resize(name + 1, 0);
        }
        if let Some(place @ 0) = self.places.get_mut(name) {
            *place = u32::try_from(at + 1).unwrap_or(0);
        }
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
            None if !self.retired.contains(column.name.0) => self.push(column),
            _ => {
                let name = self.numbered(column.name, how.base, names);
                let renamed = pool.derived(name, column.ty, column);
                self.push(renamed);
            }
        }
        if how.once {
            self.skip(column.id);
        }
    }

    fn numbered(&mut self, name: Name, base: Option<Name>, names: &mut Names<'_>) -> Name {
        let last = self.numbers.get(&name).copied().unwrap_or(0);
        let free = |name: Name| self.position(name).is_none() && !self.retired.contains(name.0);
        let (number, candidate) = numbered(base.unwrap_or(name), last, names, free);
        self.numbers.insert(name, number);
        candidate
    }

    /// Adds a column under a name that the author chose. `false`: the name was chosen before.
    pub fn declare(&mut self, column: Column, pool: &mut Pool, names: &mut Names<'_>, replace: bool) -> bool {
        if self.declared.contains(column.name.0) {
            return false;
        }
        match self.position(column.name) {
            Some(at) if replace => {
                if let Some(old) = self.columns.get_mut(at) {
                    *old = column;
                }
                self.declared.insert(column.name.0);
            }
            _ => {
                let before = self.columns.len();
                self.add(column, pool, names, Add::default());
                let name = self.columns.get(before).map_or(column.name, |added| added.name);
                self.declared.insert(name.0);
            }
        }
        true
    }

    /// Gives a column another name. `false`: that name is in use.
    pub fn rename(&mut self, old: Name, new: Name, pool: &mut Pool) -> bool {
        let Some(at) = self.position(old) else { return true };
        if self.declared.contains(new.0) {
            return false;
        }
        if let Some(column) = self.columns.get_mut(at) {
            *column = pool.derived(new, column.ty, *column);
        }
        if let Some(place) = self.places.get_mut(old.0 as usize) {
            *place = 0;
        }
        if self.columns.len() > NARROW {
            self.note_place(at);
        }
        self.declared.insert(new.0);
        self.retired.insert(old.0);
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
