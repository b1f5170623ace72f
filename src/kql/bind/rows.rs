//! Operators that make rows or columns out of ranges, texts and plug-ins, and those with sub-queries.

use super::projection::Projection;
use super::schema::Column;
use super::trace::Origin;
use super::{Binder, Info, Scope, Value};
use crate::kql::finding::Kind;
use crate::kql::names::Name;
use crate::kql::syntax::settings as own;
use crate::kql::syntax::tree::{Id, List, Node};
use crate::kql::types::{Conversion, Type, common_of};

impl<'a> Binder<'a> {
    pub fn range_table(&mut self, name: Id, from: Id, to: Id, step: Id) -> Info {
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
        let origin = self.origin_of(&[from, to, step]);
        let column = self.pool.derived(name, ty, origin);
        let table = self.new_table(&[column], false);
        Info::table(table)
    }

    pub fn parse(&mut self, settings: List, value: Id, pattern: List) -> Info {
        self.check_settings(settings, own::PARSE);
        let info = self.bind(value);
        self.check_scalar(value, info);
        let origin = self.origin_of(&[value]);
        let mut columns = self.row_columns();
        let before = columns.len();
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
            let column = self.pool.derived(text, ty, origin);
            self.set(name, Info::column(column));
            columns.push(column);
        }
        let twins = columns.iter().take(before).any(|column| declared.contains(&column.name));
        let made = self.row_table(&columns);
        if twins {
            self.twins.extend(made.as_table());
        }
        made
    }

    /// The columns that flow in, each under a name of its own: `parse` alone leaves two of one name.
    pub fn columns_apart(&mut self) -> Vec<Column> {
        let mut columns = self.row_columns();
        if self.row.is_some_and(|row| self.twins.contains(&row)) {
            self.pool.make_unique(&mut columns, &mut self.names);
        }
        columns
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

    pub fn evaluate(&mut self, settings: List, call: Id, schema: Option<List>, star: bool) -> Info {
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
        for column in declared {
            let given = info.as_table().and_then(|table| self.pool.find_or_infer(table, column.name));
            columns.push(match given {
                Some(given) => self.pool.derived(column.name, column.ty, given),
                None => column,
            });
        }
        let table = self.new_table(&columns, false);
        Info::table(table)
    }

    pub fn check_chart(&mut self, node: Node) {
        let Node::Render { chart, .. } = node else { return };
        let text = self.text.get(chart.start as usize..chart.end as usize).unwrap_or_default().to_owned();
        if !text.is_empty() && !own::CHARTS.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
            let message = format!("`{text}` is not a chart");
            self.unknown(Kind::Parameter, chart, message, own::CHARTS.to_vec(), &text);
        }
    }

    pub fn check_chart_columns(&mut self, with: List) {
        for id in self.items(with) {
            let Node::Setting { value, .. } = self.tree.node(id) else { continue };
            if let Node::Names(names) = self.tree.node(value) {
                self.bind_list(names);
            }
        }
    }

    pub fn reduce(&mut self, settings: List, value: Id, with: List) -> Info {
        self.check_settings(settings, own::REDUCE);
        let info = self.bind(value);
        self.check_type(value, info, Type::String, Conversion::None);
        self.check_settings(with, own::REDUCE_WITH);
        let mut columns = Vec::new();
        if self.setting_word(settings, &["kind"]) == "source" {
            columns = self.row_columns();
        }
        let origin = self.origin_of(&[value]);
        for (name, ty, origin) in [
            ("Pattern", Type::String, origin),
            ("Count", Type::Long, Origin::NONE),
            ("Representative", Type::String, origin),
        ] {
            let name = self.names.add(name);
            columns.push(self.pool.derived(name, ty, origin));
        }
        let table = self.new_table(&columns, false);
        Info::table(table)
    }

    pub fn fork(&mut self, branches: List) -> Info {
        let mut tables = Vec::new();
        for id in self.items(branches) {
            let info = self.bind(id);
            tables.extend(self.tables_of(info));
        }
        self.group(tables)
    }

    pub fn facet(&mut self, by: List, with: Option<Id>) -> Info {
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
            projection.push(count);
            tables.push(self.new_table(projection.columns(), false));
        }
        self.group(tables)
    }

    pub fn partition(&mut self, settings: List, by: Id, body: Id, whole_query: bool) -> Info {
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

    pub fn scan(&mut self, settings: List, order: List, partition: List, declared: List, steps: List) -> Info {
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
            let origin = default.map_or(Origin::NONE, |default| self.origin(default));
            let column = self.pool.derived(name, ty, origin);
            made.push(column);
            self.declare(name, Info::column(column));
        }
        columns.extend(made.iter().copied());
        let open = self.row.is_some_and(|row| self.pool.is_open(row));
        let state = self.new_table(&columns, open);
        self.pool.opened_by(state, self.row);
        for id in self.items(steps) {
            if let Node::ScanStep { name, .. } = self.tree.node(id) {
                let name = self.name_of(name);
                self.declare(name, Info::of(Value::Tuple(state)));
            }
        }
        let mut assigned = Vec::new();
        for id in self.items(steps) {
            let Node::ScanStep { condition, assignments, .. } = self.tree.node(id) else { continue };
            self.bind(condition);
            for assignment in self.items(assignments) {
                if let Node::ScanAssignment { name, value } = self.tree.node(assignment) {
                    self.bind(name);
                    self.bind(value);
                    assigned.push((self.name_of(name), value));
                }
            }
        }
        self.forget_locals(mark);
        // A step may read what another one has assigned: each assigned column comes from all that is assigned.
        let values: Vec<Id> = assigned.iter().map(|(_, value)| *value).collect();
        let origin = self.origin_of(&values);
        for column in columns.iter_mut().filter(|column| assigned.iter().any(|(name, _)| *name == column.name)) {
            *column = self.pool.derived(column.name, column.ty, origin);
        }
        let name = self.setting_name(settings, &["with_match_id"]);
        let name = name.unwrap_or_else(|| self.names.add("match_id"));
        columns.push(self.pool.column(name, Type::Long));
        self.row_table(&columns)
    }
}
