//! What a name refers to: a column in scope, a variable, a function without brackets, a table.

use super::schema::TableId;
use super::trace::Opening;
use super::users::Given;
use super::{Binder, Callee, Info, Scope, Symbol, Value};
use crate::kql::catalogue;
use crate::kql::finding::{Finding, Kind, Range, Severity};
use crate::kql::globals::TableDefinition;
use crate::kql::names::Name;
use crate::kql::syntax::tree::Id;
use crate::kql::types::Type;

impl<'a> Binder<'a> {
    /// Binds a name that stands alone or behind a dot. `tabular`: a table is meant.
    pub fn bind_name(&mut self, id: Id, name: Name, tabular: bool) -> Info {
        if self.names.is_empty(name) {
            return Info::ERROR;
        }
        if let Some(path) = self.path {
            return self.member(id, name, path, tabular);
        }
        if self.row.is_some() && self.right_row.is_some() {
            let sides = [("$left", self.row), ("$right", self.right_row)];
            let side = sides.iter().find(|(text, _)| *text == self.names.text(name));
            if let Some((_, Some(table))) = side {
                return Info::of(Value::Tuple(*table));
            }
        }
        match self.scope {
            Scope::Plugin => self.not_in_scope(id, name),
            Scope::Aggregate => match self.meaning(name, false) {
                Some(info) => self.found(id, name, info),
                None => self.not_found(id, name, tabular),
            },
            Scope::Normal => match self.meaning(name, true) {
                Some(info) => self.found(id, name, info),
                None => self.not_found(id, name, tabular),
            },
        }
    }

    fn not_in_scope(&mut self, id: Id, name: Name) -> Info {
        let range = self.range(id);
        let message = format!("`{}` is not a plug-in", self.names.text(name));
        self.error(Kind::FunctionPlace, range, message);
        Info::ERROR
    }

    /// A name behind `left.`.
    fn member(&mut self, id: Id, name: Name, path: Value, tabular: bool) -> Info {
        match path {
            Value::Scalar(ty) if ty.is_dynamic() => Info::scalar(Type::DYNAMIC),
            Value::Scalar(Type::Unknown) => Info::scalar(Type::Unknown),
            Value::Error => Info::ERROR,
            Value::Tuple(table) => match self.pool.find_or_infer(table, name) {
                Some(column) => {
                    self.read_column(id, column);
                    Info::column(column)
                }
                None => self.not_found(id, name, tabular),
            },
            Value::Database => {
                let table = self.unknown_rows(name);
                Info::table(table)
            }
            Value::None => Info::NONE,
            _ => self.not_found(id, name, tabular),
        }
    }

    /// The first meaning of a name: column, other side's column, variable, stored function, table, open column.
    fn meaning(&mut self, name: Name, columns: bool) -> Option<Info> {
        if columns {
            if let Some(column) = self.row.and_then(|row| self.pool.find(row, name)) {
                return Some(self.column_here(column));
            }
            if let Some(column) = self.right_row.and_then(|row| self.pool.find(row, name)) {
                return Some(Info::column(column));
            }
        }
        if let Some(local) = self.local(name) {
            return Some(local);
        }
        if let Some(user) = self.stored_function(name)
            && self.least_arguments(user) == 0
        {
            return Some(Info { symbol: Symbol::Function(Callee::User(user)), ..Info::NONE });
        }
        if let Some(table) = self.known_table(name) {
            return Some(Info::table(table));
        }
        if let Some(function) = self.registry.function(self.names.text(name)).filter(|function| !function.graph) {
            return Some(Info { symbol: Symbol::Function(Callee::BuiltIn(function)), ..Info::NONE });
        }
        let open = self.row.filter(|row| columns && self.pool.is_open(*row))?;
        let column = self.pool.infer(open, name);
        Some(Info::column(column))
    }

    /// A column; in a join's condition, the one that both sides have.
    fn column_here(&mut self, column: super::schema::Column) -> Info {
        let right = self.right_row.filter(|_| self.common_columns);
        let Some(other) = right.and_then(|row| self.pool.find(row, column.name)) else { return Info::column(column) };
        Info::column(self.pool.merged(column.name, column.ty, &[column, other]))
    }

    fn found(&mut self, id: Id, name: Name, info: Info) -> Info {
        let callee = match (info.symbol, info.value) {
            (Symbol::Function(callee), _) => callee,
            (_, Value::Function(user)) => Callee::User(user),
            (Symbol::Column(column), _) => {
                self.read_column(id, column);
                return info;
            }
            _ => return info,
        };
        match callee {
            Callee::User(user) if self.least_arguments(user) == 0 => {
                let (value, origin) = self.expand(user, Given::default());
                self.trace_call(id, origin);
                Info { value, symbol: Symbol::Function(callee), ..Info::NONE }
            }
            _ => {
                let range = self.range(id);
                let message = format!("the function `{}` needs its brackets", self.names.text(name));
                self.error(Kind::FunctionPlace, range, message);
                Info::scalar(Type::Unknown)
            }
        }
    }

    fn not_found(&mut self, id: Id, name: Name, tabular: bool) -> Info {
        let range = self.range(id);
        if self.scope == Scope::Aggregate && self.path.is_none() && self.is_column(name) {
            let text = self.names.text(name);
            let help = format!("write any({text}), take_any({text}) or another aggregate, or put it behind `by`");
            let message = format!("`{text}` is a column, and only aggregates can stand here");
            self.report(Finding::error(Kind::FunctionPlace, range, message).help(help));
            return Info::ERROR;
        }
        if tabular {
            let table = self.unknown_table(range, name);
            return Info::table(table);
        }
        let text = self.names.text(name).to_owned();
        let message = format!("`{text}` is neither a column here nor a name that is declared");
        let known = self.names_in_scope();
        let known = known.iter().map(|known| self.names.text(*known));
        let finding = self.with_near(Finding::error(Kind::Name, range, message), &text, known);
        self.report(finding);
        Info::ERROR
    }

    fn is_column(&mut self, name: Name) -> bool {
        let open = self.row.is_some_and(|row| self.pool.is_open(row));
        open || self.row.is_some_and(|row| self.pool.find(row, name).is_some())
    }

    /// Columns and variables, for suggestions.
    fn names_in_scope(&mut self) -> Vec<Name> {
        let mut names: Vec<Name> = self.row_columns().iter().map(|column| column.name).collect();
        if let Some(Value::Tuple(table)) = self.path {
            names = self.pool.columns(table).iter().map(|column| column.name).collect();
        } else {
            names.extend(self.locals.iter().map(|local| local.name));
        }
        names
    }

    // Tables.

    /// A declared or built-in table.
    pub fn known_table(&mut self, name: Name) -> Option<TableId> {
        let globals = self.globals;
        let text = self.names.text(name);
        if let Some(number) = globals.tables.0.find(text) {
            if let Some((_, table)) = self.tables.iter().find(|entry| entry.0 == number) {
                return Some(*table);
            }
            let definition = globals.tables.1.get(number as usize)?;
            let table = self.instance(definition, name);
            self.tables.push((number, table));
            self.note_table(name);
            return Some(table);
        }
        if let Some((_, table)) = self.built_in.iter().find(|entry| entry.0 == name) {
            return Some(*table);
        }
        let built_in = globals.built_in(text);
        let custom = globals.open_custom_tables && text.ends_with("_CL");
        let table = match built_in {
            Some(columns) => {
                let mut made = Vec::new();
                for (column, ty) in columns {
                    let column = self.names.add(column);
                    made.push(self.pool.stored(name, column, ty));
                }
                self.new_table(&made, false)
            }
            None if custom => self.unknown_rows(name),
            None => return None,
        };
        self.built_in.push((name, table));
        self.note_table(name);
        Some(table)
    }

    fn note_table(&mut self, name: Name) {
        if !self.calls.tables.contains(&name) {
            self.calls.tables.push(name);
        }
        self.note_source(name);
    }

    /// Also from within the body of a function that is called.
    pub fn note_source(&mut self, name: Name) {
        if !self.calls.sources.contains(&name) {
            self.calls.sources.push(name);
        }
    }

    /// A table of its own columns, as declared for `of`.
    pub fn instance(&mut self, definition: &TableDefinition, of: Name) -> TableId {
        let mut columns = Vec::with_capacity(definition.columns.len());
        for (name, ty) in &definition.columns {
            columns.push(self.pool.stored(of, *name, *ty));
        }
        let table = self.new_table(&columns, definition.open);
        if definition.open {
            self.pool.trace.opened(table, Opening::Table(of));
        }
        table
    }

    /// What a table or function of that name gives, of whose columns nothing is known.
    pub fn unknown_rows(&mut self, of: Name) -> TableId {
        let table = self.new_table(&[], true);
        self.pool.trace.opened(table, Opening::Table(of));
        table
    }

    /// Reports a table that nobody declared; an open one stands for it.
    pub fn unknown_table(&mut self, range: Range, name: Name) -> TableId {
        let text = self.names.text(name).to_owned();
        self.note_source(name);
        if self.silent == 0 {
            self.calls.unknown.push((name, range));
        }
        let mut finding = if self.fuzzy {
            let message = format!("the table `{text}` is not known here; the union goes on without it");
            Finding::error(Kind::Fuzzy, range, message).with_severity(Severity::Warning)
        } else {
            let message = format!("`{text}` is not a table, a function or a variable that is known here");
            Finding::error(Kind::Table, range, message)
        };
        if self.suggests() {
            let globals = self.globals;
            let mut known: Vec<&str> = globals.known_names().collect();
            if globals.catalogue {
                known.extend(catalogue::names().map(|name| -> &str { name }));
            }
            known.extend(self.locals.iter().map(|local| self.names.text(local.name)));
            finding = self.with_slip(finding, &text, known);
        }
        self.report(finding);
        self.unknown_rows(name)
    }

    // Wildcards.

    /// `a*` in an operator that keeps, drops or moves columns.
    pub fn bind_column_wildcard(&mut self, id: Id, pattern: Name) -> Info {
        let pattern_text = self.names.text(pattern).trim_matches(['[', ']']).to_owned();
        let columns: Vec<_> =
            self.row_columns().into_iter().filter(|c| matches(&pattern_text, self.names.text(c.name))).collect();
        columns.iter().for_each(|column| self.read_column(id, *column));
        match columns.as_slice() {
            [only] => Info::column(*only),
            [] => {
                if !self.row.is_some_and(|row| self.pool.is_open(row)) {
                    let range = self.range(id);
                    self.error(Kind::Name, range, format!("`{pattern_text}` matches no column"));
                    return Info::ERROR;
                }
                let empty = self.new_table(&[], true);
                self.pool.opened_by(empty, self.row);
                Info { value: Value::Columns(empty), symbol: Symbol::Columns(empty), ..Info::NONE }
            }
            _ => {
                let table = self.new_table(&columns, false);
                Info { value: Value::Columns(table), symbol: Symbol::Columns(table), ..Info::NONE }
            }
        }
    }

    /// `Alert*` where tables are listed.
    pub fn bind_table_wildcard(&mut self, id: Id, pattern: Name) -> Info {
        let pattern_text = self.names.text(pattern).to_owned();
        let globals = self.globals;
        let count = globals.tables.0.len();
        let declared: Vec<String> = (0..count)
            .filter_map(|number| globals.tables.0.get(number))
            .filter(|name| matches(&pattern_text, name))
            .map(str::to_owned)
            .collect();
        let built_in: Vec<&str> = if globals.catalogue {
            catalogue::names().filter(|name| matches(&pattern_text, name)).collect()
        } else {
            Vec::new()
        };
        let mut tables = Vec::new();
        if pattern_text == "*" {
            tables = self.all_tables();
        } else {
            for name in declared.iter().map(String::as_str).chain(built_in) {
                let name = self.names.add(name);
                tables.extend(self.known_table(name));
            }
            tables.extend(self.view_tables(&pattern_text));
        }
        match tables.as_slice() {
            [only] => Info::table(*only),
            [] => {
                let range = self.range(id);
                let custom = pattern_text.ends_with("_CL") || pattern_text.ends_with('*');
                if globals.open_custom_tables && custom || pattern_text == "*" {
                    let open = self.unknown_rows(pattern);
                    return Info::table(open);
                }
                self.error(Kind::Table, range, format!("`{pattern_text}` matches no table"));
                Info::ERROR
            }
            _ => self.group(tables),
        }
    }
}

/// Whether `name` is as `pattern` says, where `*` stands for anything.
pub fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(first) = parts.next() else { return pattern == name };
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Functions that refer to data of another place, which the reference library does not know either.
pub fn is_elsewhere(word: &str) -> bool {
    matches!(word, "workspace" | "app" | "resource" | "arg" | "adx")
}
