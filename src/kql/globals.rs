//! What a query may refer to: tables, stored functions, the catalogue.
//!
//! Made once and used by many analyses; an analysis keeps nothing in it.

use super::catalogue;
use super::names::{Name, NameTable};
use super::types::Type;

/// A table's columns, in order.
#[derive(Debug, Clone, Default)]
pub struct TableDefinition {
    pub columns: Vec<(Name, Type)>,
    /// There may be columns that nobody declared: a reference to one is of an unknown type, not wrong.
    pub open: bool,
}

/// A stored function.
#[derive(Debug, Clone, Default)]
pub struct FunctionDefinition {
    /// `(a: string, b: long = 5)`, or empty.
    pub parameters: String,
    /// KQL, with or without braces. `None`: `result` says what it gives.
    pub body: Option<String>,
    pub result: TableDefinition,
}

/// Everything that is known outside a query.
#[derive(Debug, Default)]
pub struct Globals {
    pub(super) names: NameTable,
    pub(super) tables: (NameTable, Vec<TableDefinition>),
    pub(super) functions: (NameTable, Vec<FunctionDefinition>),
    pub(super) catalogue: bool,
    pub(super) open_custom_tables: bool,
}

impl Globals {
    /// Tables that nobody declared are looked up among the built-in ones.
    pub fn with_catalogue(mut self) -> Self {
        self.catalogue = true;
        self
    }

    /// Custom tables (`…_CL`) that nobody declared are open rather than unknown.
    pub fn with_open_custom_tables(mut self) -> Self {
        self.open_custom_tables = true;
        self
    }

    pub fn definition<'c>(
        &mut self,
        columns: impl IntoIterator<Item = (&'c str, Type)>,
        open: bool,
    ) -> TableDefinition {
        let columns = columns.into_iter().map(|(name, ty)| (Name(self.names.add(name)), ty)).collect();
        TableDefinition { columns, open }
    }

    pub fn add_table<'c>(&mut self, name: &str, columns: impl IntoIterator<Item = (&'c str, Type)>, open: bool) {
        let table = self.definition(columns, open);
        let number = self.tables.0.add(name) as usize;
        put(&mut self.tables.1, number, table);
    }

    pub fn has_table(&self, name: &str) -> bool {
        self.tables.0.find(name).is_some()
    }

    pub fn add_function(&mut self, name: &str, function: FunctionDefinition) {
        let number = self.functions.0.add(name) as usize;
        put(&mut self.functions.1, number, function);
    }

    /// What every Log Analytics workspace has: watchlists.
    pub fn add_workspace_functions(&mut self) {
        let watchlist = [
            ("_DTItemId", Type::String),
            ("LastUpdatedTimeUTC", Type::DateTime),
            ("SearchKey", Type::String),
            ("WatchlistItem", Type::DYNAMIC),
        ];
        let result = self.definition(watchlist, true);
        let parameters = "(watchlistAlias:string, keys:dynamic=dynamic([]))".to_owned();
        if self.functions.0.find("_GetWatchlist").is_none() {
            self.add_function("_GetWatchlist", FunctionDefinition { parameters, body: None, result });
        }
        let result = self.definition([("WatchlistAlias", Type::String)], false);
        if self.functions.0.find("_GetWatchlistAlias").is_none() {
            let function = FunctionDefinition { parameters: String::new(), body: None, result };
            self.add_function("_GetWatchlistAlias", function);
        }
    }

    /// The columns of a built-in table, as names and types, if the catalogue is on and has it.
    pub(super) fn built_in(&self, name: &str) -> Option<impl Iterator<Item = (&'static str, Type)> + use<>> {
        self.catalogue.then(|| catalogue::columns(name)).flatten()
    }

    /// Every declared table and function, for suggestions.
    pub(super) fn known_names(&self) -> impl Iterator<Item = &str> {
        let of = |table: &'_ NameTable| table.len();
        let tables = (0..of(&self.tables.0)).filter_map(|number| self.tables.0.get(number));
        let functions = (0..of(&self.functions.0)).filter_map(|number| self.functions.0.get(number));
        tables.chain(functions)
    }
}

fn put<T>(list: &mut Vec<T>, at: usize, value: T) {
    match list.get_mut(at) {
        Some(old) => *old = value,
        None => list.push(value),
    }
}
