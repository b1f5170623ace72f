//! Operators that bring tables together or make them: unions, joins, searches, parsing, written tables, plug-ins.

use super::schema::{Column, TableId};
use super::{Binder, Info, Value};
use crate::kql::finding::Kind;
use crate::kql::names::Name;
use crate::kql::syntax::settings as own;
use crate::kql::syntax::tree::{Id, List, Node, Op};
use crate::kql::types::Type;

impl<'a> Binder<'a> {
    pub fn table_node(&mut self, id: Id, node: Node) -> Info {
        match node {
            Node::Union { settings, tables } => self.union(id, settings, tables),
            Node::Join { settings, table, on } => self.join(id, settings, table, on),
            Node::Lookup { settings, table, on } => self.lookup(settings, table, on),
            Node::Search { settings, tables, predicate } => self.search(id, settings, tables, predicate),
            Node::Find { settings, tables, predicate, project, away } => {
                self.find(settings, tables, predicate, project, away)
            }
            Node::DataTable { settings, schema, values } => {
                self.check_settings(settings, own::NONE);
                let columns = self.schema_columns(schema);
                self.bind_list(values);
                if !columns.is_empty() && !values.len().is_multiple_of(columns.len()) {
                    let range = self.values_range(values, id);
                    let count = columns.len();
                    self.error(Kind::Rows, range, format!("the values do not fill rows of {count} columns"));
                }
                self.check_scalars(values);
                let table = self.new_table(&columns, false);
                Info::table(table)
            }
            Node::ExternalData { settings, schema, addresses } => {
                self.check_settings(settings, own::NONE);
                let columns = self.schema_columns(schema);
                self.bind_list(addresses);
                let table = self.new_table(&columns, false);
                Info::table(table)
            }
            Node::ContextTable { schema } => {
                let columns = self.schema_columns(schema);
                let table = self.new_table(&columns, false);
                Info::table(table)
            }
            Node::Range { name, from, to, step } => self.range_table(name, from, to, step),
            Node::Parse { settings, value, pattern, .. } => self.parse(settings, value, pattern),
            Node::ParseKv { value, schema, with } => {
                let info = self.bind(value);
                self.check_scalar(value, info);
                let origin = self.origin_of(&[value]);
                let mut columns = self.row_columns();
                for column in self.schema_columns(schema) {
                    columns.push(self.pool.derived(column.name, column.ty, origin));
                }
                self.check_settings(with, own::PARSE_KV);
                self.row_table(&columns)
            }
            Node::Invoke(call) => {
                let row = self.row.take();
                let piped = match row {
                    Some(row) => row,
                    None => self.new_table(&[], false),
                };
                self.piped = Some(Info::table(piped));
                let info = self.bind(call);
                self.piped = None;
                self.row = row;
                Info::of(info.value)
            }
            Node::Evaluate { settings, call, schema, star } => self.evaluate(settings, call, schema, star),
            Node::GetSchema { csl } => {
                let columns: &[(&str, Type)] = if csl {
                    &[("Schema", Type::String)]
                } else {
                    &[
                        ("ColumnName", Type::String),
                        ("ColumnOrdinal", Type::Long),
                        ("DataType", Type::String),
                        ("ColumnType", Type::String),
                    ]
                };
                self.table_of(columns)
            }
            Node::Render { settings, with, .. } => {
                self.check_chart(node);
                self.check_settings(settings, own::RENDER);
                self.check_settings(with, own::RENDER_WITH);
                self.check_chart_columns(with);
                self.same_rows()
            }
            Node::Reduce { settings, value, with } => self.reduce(settings, value, with),
            Node::Fork(branches) => self.fork(branches),
            Node::Branch { body, .. } => {
                let info = self.bind(body);
                Info::of(info.value)
            }
            Node::Partition { settings, by, body, whole_query } => self.partition(settings, by, body, whole_query),
            Node::PartitionBy { by, body, .. } => {
                let info = self.bind(by);
                self.check_column(by, info);
                let info = self.bind(body);
                Info::of(info.value)
            }
            Node::Facet { by, with } => self.facet(by, with),
            Node::Scan { settings, order, partition, declared, steps } => {
                self.scan(settings, order, partition, declared, steps)
            }
            Node::Graph(_) | Node::MacroExpand => {
                let open = self.new_table(&[], true);
                Info::table(open)
            }
            _ => Info::NONE,
        }
    }

    fn table_of(&mut self, columns: &[(&str, Type)]) -> Info {
        let mut made = Vec::with_capacity(columns.len());
        for (name, ty) in columns {
            let name = self.names.add(name);
            made.push(self.pool.column(name, *ty));
        }
        let table = self.new_table(&made, false);
        Info::table(table)
    }

    fn values_range(&self, values: List, otherwise: Id) -> crate::kql::finding::Range {
        match (self.tree.list(values).first(), self.tree.list(values).last()) {
            (Some(first), Some(last)) => self.range(*first).to(self.range(*last)),
            _ => self.range(otherwise),
        }
    }

    /// Columns that a schema in brackets declares.
    pub fn schema_columns(&mut self, schema: List) -> Vec<Column> {
        let mut seen: Vec<Name> = Vec::new();
        let mut columns = Vec::new();
        for id in self.items(schema) {
            let Node::NameType { name, ty } = self.tree.node(id) else { continue };
            let declared = self.name_of(name);
            if seen.contains(&declared) {
                let range = self.range(name);
                let text = self.names.text(declared).to_owned();
                self.error(Kind::Duplicate, range, format!("the column `{text}` is declared twice here"));
                continue;
            }
            seen.push(declared);
            let ty = self.declared_type(ty).unwrap_or(Type::Unknown);
            columns.push(self.pool.column(declared, ty));
        }
        columns
    }

    pub fn tables_of(&self, info: Info) -> Vec<TableId> {
        match info.value {
            Value::Table(table) => vec![table],
            Value::Tables(group) => self.grouped(group).to_vec(),
            _ => Vec::new(),
        }
    }

    pub fn bind_table_list(&mut self, list: List) -> Vec<TableId> {
        let mut tables = Vec::new();
        for id in self.items(list) {
            let info = match self.tree.node(id) {
                Node::Wildcard(pattern) => {
                    let info = self.bind_table_wildcard(id, pattern);
                    self.set(id, info)
                }
                _ => self.bind_table(id),
            };
            self.check_tabular(id, info);
            tables.extend(self.tables_of(info));
        }
        tables
    }

    fn union(&mut self, id: Id, settings: List, list: List) -> Info {
        self.check_settings(settings, own::UNION);
        let row = self.row.take();
        let fuzzy = self.fuzzy;
        self.fuzzy = self.fuzzy_setting(id).unwrap_or(fuzzy);
        let mut tables: Vec<TableId> = row.into_iter().collect();
        tables.extend(self.bind_table_list(list));
        (self.row, self.fuzzy) = (row, fuzzy);
        let open = tables.iter().any(|table| self.pool.is_open(*table));
        let all: Vec<Column> = tables.iter().flat_map(|table| self.pool.columns(*table).to_vec()).collect();
        let mut columns = Vec::new();
        if let Some(name) = self.setting_name(settings, &["withsource", "with_source"]) {
            columns.push(self.pool.column(name, Type::String));
        }
        columns.extend(self.pool.unify_columns(&all, &mut self.names));
        let table = self.new_table(&columns, open);
        self.pool.opened_by(table, tables);
        Info::table(table)
    }

    // Searches.

    /// Every declared table, view and function with known columns: what such a function reads is a table of the workspace too.
    pub fn all_tables(&mut self) -> Vec<TableId> {
        let globals = self.globals;
        let mut tables = Vec::new();
        for number in 0..globals.tables.0.len() {
            if let Some(name) = globals.tables.0.get(number) {
                let name = self.names.add(name);
                tables.extend(self.known_table(name));
            }
        }
        for (number, function) in (0..).zip(&globals.functions.1).filter(|(_, function)| function.body.is_none()) {
            let name = globals.functions.0.get(number).unwrap_or_default();
            let name = self.names.add(name);
            tables.push(self.instance(&function.result, name));
        }
        tables.extend(self.view_tables("*"));
        tables
    }

    fn search(&mut self, id: Id, settings: List, tables: Option<List>, predicate: Id) -> Info {
        self.check_settings(settings, own::SEARCH);
        let row = self.row.take();
        let listed = tables.map(|tables| self.bind_table_list(tables));
        let scope = match (listed, row) {
            (Some(listed), _) => {
                if row.is_some() {
                    let range = self.range(id);
                    self.error(Kind::Placement, range, "`search in (…)` must stand first");
                }
                self.pool.unify_by_type(&listed, &mut self.names)
            }
            (None, Some(row)) => row,
            (None, None) => {
                let all = self.all_tables();
                self.pool.unify_by_type(&all, &mut self.names)
            }
        };
        self.row = Some(scope);
        self.bind_predicate(predicate);
        self.check_bool(predicate);
        let inside = self.pool.all_columns(scope);
        self.row = row;
        let name = self.names.add("$table");
        let mut columns = vec![self.pool.column(name, Type::String)];
        columns.extend(inside);
        let open = self.pool.is_open(row.unwrap_or(scope));
        let table = self.new_table(&columns, open);
        self.pool.opened_by(table, [row.unwrap_or(scope)]);
        Info::table(table)
    }

    /// A condition in which a bare text means `* has text`.
    fn bind_predicate(&mut self, id: Id) -> Info {
        let info = match self.tree.node(id) {
            Node::Star => Info::scalar(Type::Bool),
            Node::String(_) | Node::Name(_) | Node::Literal(_) => {
                let info = self.bind(id);
                let text = info.constant && self.type_of(info) == Some(Type::String);
                if text {
                    self.read_row(id);
                }
                if text { Info { value: Value::Scalar(Type::Bool), ..info } } else { info }
            }
            Node::Paren(inner) => {
                let info = self.bind_predicate(inner);
                Info::of(info.value)
            }
            Node::Binary { op: op @ (Op::And | Op::Or), at, left, right } => {
                let infos = [self.bind_predicate(left), self.bind_predicate(right)];
                self.operator(op, at, &[left, right], &infos, true)
            }
            _ => self.bind(id),
        };
        self.set(id, info)
    }

    fn find(
        &mut self,
        settings: List,
        tables: Option<List>,
        predicate: Id,
        project: Option<List>,
        away: Option<List>,
    ) -> Info {
        self.check_settings(settings, own::FIND);
        let row = self.row.take();
        let mut listed = match tables {
            Some(tables) => self.bind_table_list(tables),
            None => self.all_tables(),
        };
        let scope = self.found_in(&listed);
        self.row = Some(scope);
        self.bind_predicate(predicate);
        self.check_bool(predicate);
        let mut reads = Reads::default();
        self.reads_in(predicate, &mut reads);
        if !reads.everything {
            self.keep_tables_with(&reads.columns, &mut listed);
        }
        let kept = self.found_in(&listed);
        let (unified, open) = (self.pool.columns(kept).to_vec(), self.pool.is_open(kept));
        let source = self.setting_name(settings, &["withsource", "with_source"]);
        let source = source.unwrap_or_else(|| self.names.add("source_"));
        let mut columns = vec![self.pool.column(source, Type::String)];
        let mut result_open = open;
        match project {
            Some(project) => {
                result_open = false;
                self.find_projection(project, &mut columns);
            }
            None => {
                let mut common: Vec<Column> = unified.clone();
                common.retain(|c| listed.iter().all(|table| self.pool.find(*table, c.name).is_some()));
                columns.extend(common.iter().copied());
                for column in reads.columns {
                    if !columns.iter().any(|known| known.name == column.name) {
                        columns.push(column);
                    }
                }
                let packed = unified.iter().any(|column| !columns.iter().any(|known| known.name == column.name));
                if packed {
                    let name = self.names.add("pack_");
                    let origin = self.origin_of_row();
                    columns.push(self.pool.derived(name, Type::DYNAMIC, origin));
                }
            }
        }
        if let Some(away) = away {
            let mut dropped = Vec::new();
            for id in self.items(away) {
                let info = self.bind(id);
                dropped.extend(info.as_column().map(|column| column.name));
            }
            columns.retain(|column| !dropped.contains(&column.name));
        }
        self.row = row;
        let table = self.new_table(&columns, result_open);
        self.pool.opened_by(table, listed.into_iter().filter(|_| result_open));
        Info::table(table)
    }

    /// A table in which nothing of a condition exists finds nothing and adds no column.
    fn keep_tables_with(&self, columns: &[Column], tables: &mut Vec<TableId>) {
        let has = |table: TableId| columns.iter().any(|column| self.pool.find(table, column.name).is_some());
        if tables.iter().any(|table| self.pool.is_open(*table) || has(*table)) {
            tables.retain(|table| self.pool.is_open(*table) || has(*table));
        }
    }

    /// The rows of several tables together, one column a name.
    fn found_in(&mut self, tables: &[TableId]) -> TableId {
        let all: Vec<Column> = tables.iter().flat_map(|table| self.pool.columns(*table).to_vec()).collect();
        let open = tables.iter().any(|table| self.pool.is_open(*table));
        let unified = self.pool.unify_by_name(&all);
        let found = self.new_table(&unified, open);
        self.pool.opened_by(found, tables.iter().copied());
        found
    }

    fn find_projection(&mut self, project: List, columns: &mut Vec<Column>) {
        for id in self.items(project) {
            match self.tree.node(id) {
                Node::NameType { name, ty } => {
                    let info = self.bind(name);
                    if self.check_column(name, info)
                        && let Some(column) = info.as_column()
                    {
                        let ty = self.declared_type(ty).unwrap_or(Type::Unknown);
                        columns.push(self.pool.derived(column.name, ty, column));
                    }
                }
                Node::Name(_) => {
                    let info = self.bind(id);
                    self.check_column(id, info);
                    columns.extend(info.as_column());
                }
                Node::Call { .. } => {
                    let name = self.names.add("pack_");
                    let origin = self.origin_of_row();
                    columns.push(self.pool.derived(name, Type::DYNAMIC, origin));
                }
                _ => {}
            }
        }
    }

    /// What a condition of `find` reads.
    fn reads_in(&self, id: Id, reads: &mut Reads) {
        let info = self.info(id);
        reads.columns.extend(info.as_column());
        // A bare text is looked for in every column.
        reads.everything |= info.text.is_some() && matches!(info.value, Value::Scalar(Type::Bool));
        match self.tree.node(id) {
            Node::Star => reads.everything = true,
            Node::Paren(inner) | Node::Unary { value: inner, .. } | Node::Named { value: inner, .. } => {
                self.reads_in(inner, reads);
            }
            Node::Binary { left, right, .. } | Node::Path { left, right } => {
                self.reads_in(left, reads);
                self.reads_in(right, reads);
            }
            Node::Many { left, values: list, .. } => {
                self.reads_in(left, reads);
                self.tree.list(list).iter().for_each(|id| self.reads_in(*id, reads));
            }
            Node::Call { arguments, .. } => {
                self.tree.list(arguments).iter().for_each(|id| self.reads_in(*id, reads));
            }
            Node::Between { left, first, last, .. } => {
                [left, first, last].into_iter().for_each(|id| self.reads_in(id, reads));
            }
            _ => {}
        }
    }
}

/// What a condition reads.
#[derive(Debug, Default)]
struct Reads {
    columns: Vec<Column>,
    /// `*`, or a text for any column.
    everything: bool,
}
