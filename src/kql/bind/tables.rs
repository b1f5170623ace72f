//! Operators that bring tables together or make them: unions, joins, searches, parsing, written tables, plug-ins.

use super::schema::{Column, Projection, TableId};
use super::{Binder, Info, Scope, Value};
use crate::kql::finding::Kind;
use crate::kql::names::Name;
use crate::kql::syntax::settings as own;
use crate::kql::syntax::tree::{Condition, Id, List, Node, Op};
use crate::kql::types::{Conversion, Type, common_of};

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
                let mut columns = self.row_columns();
                columns.extend(self.schema_columns(schema));
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

    fn tables_of(&self, info: Info) -> Vec<TableId> {
        match info.value {
            Value::Table(table) => vec![table],
            Value::Tables(group) => self.groups.get(group).cloned().unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn bind_table_list(&mut self, list: List) -> Vec<TableId> {
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
        Info::table(table)
    }

    fn join(&mut self, id: Id, settings: List, table: Id, on: Condition) -> Info {
        let right = self.other_side(table);
        self.right_row = right;
        match on {
            Condition::On(conditions) => {
                self.conditions(conditions);
            }
            Condition::Where(condition) => {
                self.bind(condition);
                self.check_bool(condition);
            }
            Condition::Missing => {
                let range = self.range(id);
                let end = range.start + 4;
                let range = crate::kql::finding::Range::new(range.start, end);
                self.error(Kind::Join, range, "`on` with the columns to join by is missing");
            }
        }
        self.right_row = None;
        self.check_settings(settings, own::JOIN);
        let kind = self.setting_word(settings, &["kind"]);
        let left_only = matches!(kind, "anti" | "leftanti" | "leftsemi" | "leftantisemi");
        let right_only = matches!(kind, "rightanti" | "rightsemi" | "rightantisemi");
        let mut columns = Vec::new();
        let mut open = false;
        if !right_only {
            columns = self.row_columns();
            open = self.row.is_some_and(|row| self.pool.is_open(row));
        }
        if let Some(right) = right.filter(|_| !left_only) {
            columns.extend(self.pool.all_columns(right));
            open |= self.pool.is_open(right);
        }
        self.pool.make_unique(&mut columns, &mut self.names);
        let table = self.new_table(&columns, open);
        Info::table(table)
    }

    /// The table right of a join, which sees no columns of the left one.
    fn other_side(&mut self, table: Id) -> Option<TableId> {
        let row = self.row.take();
        let info = self.bind_table(table);
        self.row = row;
        self.check_tabular(table, info);
        let tables = self.tables_of(info);
        match tables.as_slice() {
            [] => None,
            [only] => Some(*only),
            _ => Some(self.pool.unify_by_type(&tables, &mut self.names)),
        }
    }

    /// Binds and checks `on …`; gives the pairs of columns that are compared.
    fn conditions(&mut self, conditions: List) -> Vec<(Column, Column)> {
        let mut pairs = Vec::new();
        for id in self.items(conditions) {
            self.bind_condition(id);
            self.check_condition(id, &mut pairs);
        }
        pairs
    }

    fn bind_condition(&mut self, id: Id) {
        if let Node::Binary { op: Op::And, left, right, .. } = self.tree.node(id) {
            self.bind_condition(left);
            self.bind_condition(right);
            return;
        }
        self.common_columns = true;
        self.bind(id);
        self.common_columns = false;
    }

    fn check_condition(&mut self, id: Id, pairs: &mut Vec<(Column, Column)>) {
        match self.tree.node(id) {
            Node::Paren(inner) => self.check_condition(inner, pairs),
            Node::Binary { op: Op::And, left, right, .. } => {
                self.check_condition(left, pairs);
                self.check_condition(right, pairs);
            }
            Node::Binary { op: Op::Equal, left, right, .. } => self.check_equality(id, left, right, pairs),
            Node::Name(name) => {
                let info = self.info(id);
                if self.check_column(id, info) {
                    self.check_common_column(id, name, pairs);
                }
            }
            Node::Missing => {}
            _ => {
                let range = self.range(id);
                let finding = crate::kql::finding::Finding::error(Kind::Join, range, "this is no condition of a join");
                self.report(finding.help("name a column of both sides, or write $left.a == $right.b"));
            }
        }
    }

    fn check_common_column(&mut self, id: Id, name: Name, pairs: &mut Vec<(Column, Column)>) {
        let left = self.row.and_then(|row| self.pool.find_or_infer(row, name));
        let right = self.right_row.and_then(|row| self.pool.find_or_infer(row, name));
        let range = self.range(id);
        let text = self.names.text(name).to_owned();
        match (left, right) {
            (Some(left), Some(right)) => {
                let unknown = left.ty == Type::Unknown || right.ty == Type::Unknown;
                if left.ty != right.ty && !unknown {
                    let message =
                        format!("`{text}` is {} on the left and {} on the right", left.ty.name(), right.ty.name());
                    self.error(Kind::Join, range, message);
                } else {
                    pairs.push((left, right));
                }
            }
            (None, None) => {}
            (left, _) => {
                let side = if left.is_none() { "left" } else { "right" };
                self.error(Kind::Join, range, format!("the {side} side of this join has no column `{text}`"));
            }
        }
    }

    fn check_equality(&mut self, id: Id, left: Id, right: Id, pairs: &mut Vec<(Column, Column)>) {
        let (Some(a), Some(b)) = (self.side_column(left, "$left"), self.side_column(right, "$right")) else { return };
        let range = self.range(id);
        if a.ty.is_dynamic() || b.ty.is_dynamic() {
            let range = self.range(if a.ty.is_dynamic() { left } else { right });
            let finding =
                crate::kql::finding::Finding::error(Kind::Join, range, "a join cannot compare dynamic values");
            self.report(finding.help("convert them on both sides first, e.g. with tostring(…)"));
            return;
        }
        let unknown = a.ty == Type::Unknown || b.ty == Type::Unknown;
        if !unknown && a.ty.long_for_int() != b.ty.long_for_int() {
            let message = format!("a join cannot compare {} with {}", a.ty.name(), b.ty.name());
            self.error(Kind::Join, range, message);
            return;
        }
        pairs.push((a, b));
    }

    /// The column of `$left.a` or `$right.b`.
    fn side_column(&mut self, id: Id, side: &str) -> Option<Column> {
        let inner = self.without_parens(id);
        if let Node::Path { left, .. } = self.tree.node(inner)
            && let Node::Name(name) = self.tree.node(left)
            && self.names.text(name) == side
        {
            let info = self.info(inner);
            self.check_column(inner, info);
            return info.as_column();
        }
        if !matches!(self.tree.node(inner), Node::Missing) {
            let range = self.range(inner);
            self.error(Kind::Join, range, format!("`{side}.column` is needed on this side of `==`"));
        }
        None
    }

    fn without_parens(&self, id: Id) -> Id {
        match self.tree.node(id) {
            Node::Paren(inner) => self.without_parens(inner),
            _ => id,
        }
    }

    fn lookup(&mut self, settings: List, table: Id, on: Condition) -> Info {
        let right = self.other_side(table);
        self.right_row = right;
        let pairs = match on {
            Condition::On(conditions) => self.conditions(conditions),
            _ => Vec::new(),
        };
        self.right_row = None;
        self.check_settings(settings, own::LOOKUP);
        let mut open = self.row.is_some_and(|row| self.pool.is_open(row));
        let mut columns = Vec::new();
        for column in self.row_columns() {
            let keyed = pairs.iter().any(|(left, _)| left.id == column.id);
            columns.push(if keyed { self.pool.column(column.name, column.ty) } else { column });
        }
        if let Some(right) = right {
            let others = self.pool.all_columns(right);
            columns.extend(others.into_iter().filter(|column| !pairs.iter().any(|(_, key)| key.id == column.id)));
            open |= self.pool.is_open(right);
        }
        self.pool.make_unique(&mut columns, &mut self.names);
        let table = self.new_table(&columns, open);
        Info::table(table)
    }

    // Searches.

    /// Every declared table and view.
    fn all_tables(&mut self) -> Vec<TableId> {
        let globals = self.globals;
        let mut tables = Vec::new();
        for number in 0..globals.tables.0.len() {
            if let Some(name) = globals.tables.0.get(number) {
                let name = self.names.add(name);
                tables.extend(self.known_table(name));
            }
        }
        for view in self.views() {
            if let Value::Table(table) = self.expand(view, &[], &[]) {
                tables.push(table);
            }
        }
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
        Info::table(table)
    }

    /// A condition in which a bare text means `* has text`.
    fn bind_predicate(&mut self, id: Id) -> Info {
        let info = match self.tree.node(id) {
            Node::Star => Info::scalar(Type::Bool),
            Node::String(_) | Node::Name(_) | Node::Literal(_) => {
                let info = self.bind(id);
                let text = info.constant && self.type_of(info) == Some(Type::String);
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
        let listed = match tables {
            Some(tables) => self.bind_table_list(tables),
            None => self.all_tables(),
        };
        let all: Vec<Column> = listed.iter().flat_map(|table| self.pool.columns(*table).to_vec()).collect();
        let open = listed.iter().any(|table| self.pool.is_open(*table));
        let unified = self.pool.unify_by_name(&all);
        let scope = self.new_table(&unified, open);
        self.row = Some(scope);
        self.bind_predicate(predicate);
        self.check_bool(predicate);
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
                let mut used = Vec::new();
                self.columns_in(predicate, &mut used);
                for column in used {
                    if !columns.iter().any(|known| known.name == column.name) {
                        columns.push(column);
                    }
                }
                let packed = unified.iter().any(|column| !columns.iter().any(|known| known.name == column.name));
                if packed {
                    let name = self.names.add("pack_");
                    columns.push(self.pool.column(name, Type::DYNAMIC));
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
        Info::table(table)
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
                        columns.push(self.pool.column(column.name, ty));
                    }
                }
                Node::Name(_) => {
                    let info = self.bind(id);
                    self.check_column(id, info);
                    columns.extend(info.as_column());
                }
                Node::Call { .. } => {
                    let name = self.names.add("pack_");
                    columns.push(self.pool.column(name, Type::DYNAMIC));
                }
                _ => {}
            }
        }
    }

    /// Columns that an expression reads.
    fn columns_in(&self, id: Id, found: &mut Vec<Column>) {
        if let Some(column) = self.info(id).as_column() {
            found.push(column);
        }
        match self.tree.node(id) {
            Node::Paren(inner) | Node::Unary { value: inner, .. } | Node::Named { value: inner, .. } => {
                self.columns_in(inner, found);
            }
            Node::Binary { left, right, .. } | Node::Path { left, right } => {
                self.columns_in(left, found);
                self.columns_in(right, found);
            }
            Node::Many { left, values: list, .. } => {
                self.columns_in(left, found);
                self.tree.list(list).iter().for_each(|id| self.columns_in(*id, found));
            }
            Node::Call { arguments, .. } => {
                self.tree.list(arguments).iter().for_each(|id| self.columns_in(*id, found));
            }
            Node::Between { left, first, last, .. } => {
                [left, first, last].into_iter().for_each(|id| self.columns_in(id, found));
            }
            _ => {}
        }
    }

    // Rows out of nothing and out of texts.

    fn range_table(&mut self, name: Id, from: Id, to: Id, step: Id) -> Info {
        let mut types = Vec::new();
        for id in [from, to, step] {
            let info = self.bind(id);
            let range = self.range(id);
            self.check_that(range, info, "a number, a time or a timespan", Type::is_summable);
            types.push(self.type_or_unknown(info));
        }
        let axis = common_of(types.iter().take(2).copied(), Conversion::Promotable).unwrap_or(Type::Unknown);
        let step_type = types.last().copied().unwrap_or(Type::Unknown);
        let ty = match (axis, step_type) {
            (Type::Int, Type::Int) => Type::Int,
            (Type::Unknown, _) | (_, Type::Unknown) => Type::Unknown,
            (Type::DateTime, Type::TimeSpan) => Type::DateTime,
            (Type::TimeSpan, Type::TimeSpan) => Type::TimeSpan,
            (a, b) if a.is_numeric() && b.is_numeric() => {
                common_of([a, b], Conversion::Promotable).unwrap_or(Type::Long).long_for_int()
            }
            (a, b) if a.is_summable() && b.is_summable() => {
                let range = self.range(step);
                self.error(Kind::Operands, range, format!("{} is no step along {}", b.name(), a.name()));
                Type::Unknown
            }
            _ => Type::Unknown,
        };
        if matches!(self.tree.node(step), Node::Literal(Type::Long)) && self.text_of(step) == "0" {
            let range = self.range(step);
            self.error(Kind::Constant, range, "a step of 0 never ends");
        }
        let name = self.name_of(name);
        let column = self.pool.column(name, ty);
        let table = self.new_table(&[column], false);
        Info::table(table)
    }

    fn parse(&mut self, settings: List, value: Id, pattern: List) -> Info {
        self.check_settings(settings, own::PARSE);
        let info = self.bind(value);
        self.check_scalar(value, info);
        let mut columns = self.row_columns();
        let mut declared: Vec<Name> = Vec::new();
        let parts = self.items(pattern);
        for (at, part) in parts.iter().enumerate() {
            self.check_pattern(&parts, at);
            let (name, ty) = match self.tree.node(*part) {
                Node::Name(_) => (*part, Type::String),
                Node::NameType { name, ty } => (name, self.declared_type(ty).unwrap_or(Type::Unknown)),
                _ => continue,
            };
            let text = self.name_of(name);
            if declared.contains(&text) {
                let range = self.range(name);
                let text = self.names.text(text).to_owned();
                self.error(Kind::Duplicate, range, format!("the column `{text}` is declared twice here"));
                continue;
            }
            declared.push(text);
            let column = self.pool.column(text, ty);
            self.set(name, Info::column(column));
            columns.push(column);
        }
        self.row_table(&columns)
    }

    /// What may stand next to what in a pattern of `parse`.
    fn check_pattern(&mut self, parts: &[Id], at: usize) {
        let Some(part) = parts.get(at).copied() else { return };
        let node = |at: usize| parts.get(at).map(|id| self.tree.node(*id));
        let before = at.checked_sub(1).and_then(node);
        let message = match self.tree.node(part) {
            Node::Star => {
                let after = node(at + 1);
                let text_before = match before {
                    Some(Node::Name(_)) => true,
                    Some(Node::NameType { ty, .. }) => self.declared_type(ty) == Some(Type::String),
                    _ => false,
                };
                if after.is_some_and(|after| !matches!(after, Node::String(_))) {
                    "a text must follow `*`"
                } else if text_before {
                    "`*` behind a string column is ambiguous: where does the column end?"
                } else {
                    return;
                }
            }
            Node::Name(_) | Node::NameType { .. } if before.is_some_and(|b| !matches!(b, Node::String(_))) => {
                "a column must follow a text"
            }
            _ => return,
        };
        let range = self.range(part);
        self.error(Kind::Pattern, range, message);
    }

    fn evaluate(&mut self, settings: List, call: Id, schema: Option<List>, star: bool) -> Info {
        self.check_settings(settings, own::EVALUATE);
        self.scope = Scope::Plugin;
        let info = self.bind(call);
        self.scope = Scope::Normal;
        let Some(schema) = schema else { return Info::of(info.value) };
        let declared = self.schema_columns(schema);
        let mut columns = Vec::new();
        if star && let Some(table) = info.as_table() {
            let result = self.pool.columns(table).to_vec();
            columns.extend(result.into_iter().filter(|c| !declared.iter().any(|d| d.name == c.name)));
        }
        columns.extend(declared);
        let table = self.new_table(&columns, false);
        Info::table(table)
    }

    fn check_chart(&mut self, node: Node) {
        let Node::Render { chart, .. } = node else { return };
        let text = self.text.get(chart.start as usize..chart.end as usize).unwrap_or_default().to_owned();
        if !text.is_empty() && !own::CHARTS.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
            let message = format!("`{text}` is not a chart");
            self.unknown(Kind::Parameter, chart, message, own::CHARTS.to_vec(), &text);
        }
    }

    fn check_chart_columns(&mut self, with: List) {
        for id in self.items(with) {
            let Node::Setting { value, .. } = self.tree.node(id) else { continue };
            if let Node::Names(names) = self.tree.node(value) {
                self.bind_list(names);
            }
        }
    }

    fn reduce(&mut self, settings: List, value: Id, with: List) -> Info {
        self.check_settings(settings, own::REDUCE);
        let info = self.bind(value);
        self.check_type(value, info, Type::String, Conversion::None);
        self.check_settings(with, own::REDUCE_WITH);
        let mut columns = Vec::new();
        if self.setting_word(settings, &["kind"]) == "source" {
            columns = self.row_columns();
        }
        for (name, ty) in [("Pattern", Type::String), ("Count", Type::Long), ("Representative", Type::String)] {
            let name = self.names.add(name);
            columns.push(self.pool.column(name, ty));
        }
        let table = self.new_table(&columns, false);
        Info::table(table)
    }

    fn fork(&mut self, branches: List) -> Info {
        let mut tables = Vec::new();
        for id in self.items(branches) {
            let info = self.bind(id);
            tables.extend(self.tables_of(info));
        }
        self.groups.push(tables);
        Info::of(Value::Tables(self.groups.len() - 1))
    }

    fn facet(&mut self, by: List, with: Option<Id>) -> Info {
        let mut tables = Vec::new();
        self.bind_list(by);
        if let Some(with) = with {
            let info = self.bind(with);
            self.check_tabular(with, info);
            tables.extend(self.tables_of(info));
        }
        for id in self.items(by) {
            let info = self.info(id);
            self.check_column(id, info);
            let mut projection = Projection::default();
            self.project_one(id, &mut projection, super::project::Style::Default, super::project::Special::default());
            let name = self.result_name(id, Some("")).unwrap_or_default();
            let name = self.names.add(&format!("count_{name}"));
            let count = self.pool.column(name, Type::Long);
            projection.columns.push(count);
            tables.push(self.new_table(&projection.columns, false));
        }
        self.groups.push(tables);
        Info::of(Value::Tables(self.groups.len() - 1))
    }

    fn partition(&mut self, settings: List, by: Id, body: Id, whole_query: bool) -> Info {
        let info = self.bind(by);
        self.check_settings(settings, own::PARTITION);
        if self.check_column(by, info) && self.type_or_unknown(info).is_dynamic() {
            self.check_not(by, info, "dynamic", Type::is_dynamic);
        }
        let mark = self.local_mark();
        if let Some(column) = info.as_column() {
            self.declare(column.name, Info::column(column));
        }
        let row = self.row;
        if whole_query {
            self.row = None;
        }
        let result = self.bind(body);
        self.row = row;
        self.forget_locals(mark);
        self.check_tabular(body, result);
        match result.as_table() {
            Some(table) => {
                let columns = self.pool.all_columns(table);
                self.row_table(&columns)
            }
            None => self.same_rows(),
        }
    }

    fn scan(&mut self, settings: List, order: List, partition: List, declared: List, steps: List) -> Info {
        self.check_settings(settings, own::SCAN);
        self.bind_list(order);
        self.bind_list(partition);
        let mark = self.local_mark();
        let mut columns = self.row_columns();
        let mut made = Vec::new();
        for id in self.items(declared) {
            let Node::Parameter { name, ty, default } = self.tree.node(id) else { continue };
            if let Some(default) = default {
                self.bind(default);
            }
            let ty = self.declared_type(ty).unwrap_or(Type::Unknown);
            let name = self.name_of(name);
            let column = self.pool.column(name, ty);
            made.push(column);
            self.declare(name, Info::column(column));
        }
        columns.extend(made.iter().copied());
        let open = self.row.is_some_and(|row| self.pool.is_open(row));
        let state = self.new_table(&columns, open);
        for id in self.items(steps) {
            if let Node::ScanStep { name, .. } = self.tree.node(id) {
                let name = self.name_of(name);
                self.declare(name, Info::of(Value::Tuple(state)));
            }
        }
        for id in self.items(steps) {
            let Node::ScanStep { condition, assignments, .. } = self.tree.node(id) else { continue };
            self.bind(condition);
            for assignment in self.items(assignments) {
                if let Node::ScanAssignment { name, value } = self.tree.node(assignment) {
                    self.bind(name);
                    self.bind(value);
                }
            }
        }
        self.forget_locals(mark);
        let name = self.setting_name(settings, &["with_match_id"]);
        let name = name.unwrap_or_else(|| self.names.add("match_id"));
        columns.push(self.pool.column(name, Type::Long));
        self.row_table(&columns)
    }
}
