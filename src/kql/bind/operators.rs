//! Statements, pipes, and the operators that work on the columns of one row.

use super::project::{Special, Style};
use super::projection::{Add, Projection};
use super::schema::Column;
use super::trace::Origin;
use super::{Binder, Callee, Info, Scope, Symbol, Value};
use crate::kql::finding::Kind;
use crate::kql::syntax::settings as own;
use crate::kql::syntax::tree::{Id, List, Node};
use crate::kql::types::Type;

impl<'a> Binder<'a> {
    pub fn bind_statement_or_operator(&mut self, id: Id, node: Node) -> Info {
        match node {
            Node::Let { name, value } => self.let_statement(name, value),
            Node::Function { view, parameters, body } => {
                let none = self.names.add("");
                self.declare_function(none, view, parameters, body)
            }
            Node::Set { value, .. } => {
                if let Some(value) = value
                    && !matches!(self.tree.node(value), Node::Name(_))
                {
                    self.bind(value);
                }
                Info::NONE
            }
            Node::QueryParameters(parameters) => {
                for id in self.items(parameters) {
                    let Node::Parameter { name, ty, default } = self.tree.node(id) else { continue };
                    if let Some(default) = default {
                        self.bind(default);
                    }
                    let ty = self.declared_type(ty).unwrap_or(Type::Unknown);
                    let name = self.name_of(name);
                    let symbol = Symbol::Variable(Origin::NONE);
                    self.declare(name, Info { symbol, constant: true, ..Info::scalar(ty) });
                }
                Info::NONE
            }
            Node::Alias { value, .. } => self.bind(value),
            Node::Pattern { name } => {
                let name = self.name_of(name);
                self.declare(name, Info::of(Value::Database));
                Info::NONE
            }
            Node::Restrict(_) | Node::EntityGroup(_) => Info::NONE,
            Node::Expand { value, .. } | Node::SeriesItem { value: _, default: value } => {
                value.map_or(Info::NONE, |value| self.bind(value))
            }
            _ => self.operator_node(id, node),
        }
    }

    fn let_statement(&mut self, name: Id, value: Id) -> Info {
        let declared = self.name_of(name);
        let info = match self.tree.node(value) {
            Node::Function { view, parameters, body } => {
                let info = self.declare_function(declared, view, parameters, body);
                self.set(value, info)
            }
            _ => self.bind(value),
        };
        if self.is_declared_here(declared) {
            let range = self.range(name);
            let text = self.names.text(declared).to_owned();
            self.error(Kind::Duplicate, range, format!("`{text}` is declared already"));
        }
        let symbol = match info.value {
            Value::Function(user) => Symbol::Function(Callee::User(user)),
            Value::Scalar(_) => Symbol::Variable(self.origin(value)),
            _ => Symbol::Variable(Origin::NONE),
        };
        self.declare(declared, Info { symbol, ..info });
        Info::NONE
    }

    /// A pipe of any length, without recursion on the left.
    pub fn pipe(&mut self, id: Id) -> Info {
        let mut chain = Vec::new();
        let mut first = id;
        while let Node::Pipe { left, operator } = self.tree.node(first) {
            chain.push((first, operator));
            first = left;
        }
        let fuzzy = self.fuzzy;
        if let Some((_, operator)) = chain.last()
            && let Some(set) = self.fuzzy_setting(*operator)
        {
            self.fuzzy = set;
        }
        let mut left = self.bind_table(first);
        self.fuzzy = fuzzy;
        while let Some((pipe, operator)) = chain.pop() {
            let row = self.row;
            let scope = std::mem::replace(&mut self.scope, Scope::Normal);
            self.row = match left.value {
                Value::Table(table) => Some(table),
                Value::Tables(group) => {
                    let tables = self.grouped(group).to_vec();
                    Some(self.pool.unify_by_type(&tables, &mut self.names))
                }
                Value::Error | Value::None | Value::Graph | Value::Scalar(Type::Unknown) => {
                    Some(self.new_table(&[], true))
                }
                _ => {
                    let range = self.range(first);
                    self.error(Kind::Tabular, range, "a table is needed left of `|`");
                    Some(self.new_table(&[], true))
                }
            };
            left = self.bind(operator);
            (self.row, self.scope) = (row, scope);
            left = self.set(pipe, Info::of(left.value));
            first = pipe;
        }
        left
    }

    pub fn fuzzy_setting(&self, operator: Id) -> Option<bool> {
        let Node::Union { settings, .. } = self.tree.node(operator) else { return None };
        let value = self.setting_value(settings, &["isfuzzy", "__isFuzzy"])?;
        let text = self.text_of(value);
        matches!(self.tree.node(value), Node::Literal(Type::Bool)).then(|| text.eq_ignore_ascii_case("true"))
    }

    /// Reports an operator that needs something left of it and stands first.
    fn needs_input(&mut self, id: Id) {
        if self.row.is_none() {
            let range = self.range(id);
            let word = self.text_of(id).split_whitespace().next().unwrap_or_default().to_owned();
            let end = range.start + u32::try_from(word.len()).unwrap_or(0);
            let range = crate::kql::finding::Range::new(range.start, end);
            self.error(Kind::Placement, range, format!("`{word}` needs a table and `|` before it"));
        }
    }

    fn needs_no_input(&mut self, id: Id) {
        if self.row.is_some() {
            let range = self.range(id);
            let word = self.text_of(id).split_whitespace().next().unwrap_or_default().to_owned();
            let end = range.start + u32::try_from(word.len()).unwrap_or(0);
            let range = crate::kql::finding::Range::new(range.start, end);
            self.error(Kind::Placement, range, format!("`{word}` must stand first, not behind `|`"));
        }
    }

    /// The same rows as flow in.
    pub fn same_rows(&mut self) -> Info {
        match self.row {
            Some(row) => {
                let table = self.pool.same(row);
                Info::table(table)
            }
            None => {
                let empty = self.new_table(&[], false);
                Info::table(empty)
            }
        }
    }

    pub fn finish(&mut self, projection: Projection) -> Info {
        self.row_table(projection.columns())
    }

    fn operator_node(&mut self, id: Id, node: Node) -> Info {
        match node {
            Node::Print(_) | Node::Range { .. } => self.needs_no_input(id),
            Node::Union { .. }
            | Node::Search { .. }
            | Node::Find { .. }
            | Node::Evaluate { .. }
            | Node::DataTable { .. }
            | Node::ExternalData { .. }
            | Node::ContextTable { .. }
            | Node::MacroExpand
            | Node::AssertSchema(_)
            | Node::Branch { .. } => {}
            _ => self.needs_input(id),
        }
        match node {
            Node::Where { settings, condition } => {
                self.check_settings(settings, own::NONE);
                self.bind(condition);
                self.check_bool(condition);
                self.same_rows()
            }
            Node::Take { settings, count } | Node::Sample { settings, count } => {
                self.check_settings(settings, own::NONE);
                self.bind(count);
                self.check_integer(count);
                self.same_rows()
            }
            Node::SampleDistinct { settings, count, of } => self.sample_distinct(settings, count, of),
            Node::Count { name } => {
                let name = name.unwrap_or_else(|| self.names.add("Count"));
                let column = self.pool.column(name, Type::Long);
                let table = self.new_table(&[column], false);
                Info::table(table)
            }
            Node::Project(list) => {
                self.bind_list(list);
                self.check_scalars(list);
                let mut projection = Projection::default();
                self.project(list, &mut projection, Style::Default, false);
                self.finish(projection)
            }
            Node::ProjectAway(list) => self.keep_columns(list, false),
            Node::ProjectKeep(list) => self.keep_columns(list, true),
            Node::ProjectRename(list) => {
                self.bind_list(list);
                let mut projection = Projection::of(self.row_columns()).skip_all().declare_all();
                self.project(list, &mut projection, Style::Rename, false);
                self.finish(projection)
            }
            Node::ProjectReorder(list) => self.reorder(list),
            Node::ProjectByNames(list) => {
                self.bind_list(list);
                self.named_columns(list)
            }
            Node::Extend(list) => self.extend(list, Style::Extend),
            Node::Serialize { settings, values } => {
                self.check_settings(settings, own::NONE);
                self.extend(values, Style::Default)
            }
            Node::Summarize { settings, aggregates, by, bin } => self.summarize(settings, aggregates, by, bin),
            Node::Distinct { settings, values } => self.distinct(settings, values),
            Node::Top { settings, count, by } => {
                self.check_settings(settings, own::TOP);
                self.bind(count);
                self.bind(by);
                self.check_integer(count);
                let info = self.info(by);
                self.check_scalar(by, info);
                self.same_rows()
            }
            Node::TopHitters { count, of, by } => self.top_hitters(count, of, by),
            Node::TopNested(clauses) => self.top_nested(clauses),
            Node::Consume(settings) => {
                self.check_settings(settings, own::CONSUME);
                Info::NONE
            }
            Node::ExecuteAndCache | Node::AssertSchema(_) => self.same_rows(),
            Node::Sort { settings, by } => {
                self.check_settings(settings, own::SORT);
                self.bind_list(by);
                if self.check_scalars(by) {
                    self.check_not_dynamic(by);
                }
                self.same_rows()
            }
            Node::As { settings, name } => {
                self.check_settings(settings, own::AS);
                let info = self.same_rows();
                let name = self.name_of(name);
                self.declare(name, Info { symbol: Symbol::Variable(Origin::NONE), ..info });
                info
            }
            Node::Print(list) => self.print(list),
            Node::MvExpand { settings, items, limit } => self.mv_expand(settings, items, limit),
            Node::MvApply { settings, items, limit, context, body } => {
                self.mv_apply(settings, items, limit, context, body)
            }
            Node::MakeSeries { settings, aggregates, on, from, to, step, by } => {
                self.make_series(settings, aggregates, on, by);
                for bound in [from, to].into_iter().flatten() {
                    self.bind(bound);
                    self.check_series_bound(bound, on);
                }
                self.bind(step);
                self.check_interval(step, on);
                self.series_result(aggregates, on, by)
            }
            Node::MakeSeriesIn { settings, aggregates, on, range, by } => {
                self.make_series(settings, aggregates, on, by);
                self.bind_list(range);
                let bounds = self.items(range);
                if bounds.len() != 3 {
                    let place = self.range(id);
                    self.error(Kind::Arguments, place, "`in range (…)` takes a start, an end and a step");
                }
                for bound in bounds.iter().take(2) {
                    self.check_series_bound(*bound, on);
                }
                if let Some(step) = bounds.get(2) {
                    self.check_interval(*step, on);
                }
                self.series_result(aggregates, on, by)
            }
            node => self.table_node(id, node),
        }
    }

    fn sample_distinct(&mut self, settings: List, count: Id, of: Id) -> Info {
        self.check_settings(settings, own::NONE);
        self.bind(count);
        let info = self.bind(of);
        self.check_integer(count);
        if self.check_column(of, info) && self.type_or_unknown(info).is_dynamic() {
            self.check_not(of, info, "dynamic", Type::is_dynamic);
        }
        let mut projection = Projection::default();
        self.project_one(of, &mut projection, Style::Default, Special::default());
        self.finish(projection)
    }

    fn bind_columns(&mut self, list: List) -> Vec<Column> {
        let mut columns = Vec::new();
        for id in self.items(list) {
            let inner = match self.tree.node(id) {
                Node::Ordered { value, .. } => value,
                _ => id,
            };
            let info = match self.tree.node(inner) {
                Node::Wildcard(pattern) => self.bind_column_wildcard(inner, pattern),
                _ => self.bind(inner),
            };
            self.set(inner, info);
            self.set(id, info);
            match info.symbol {
                Symbol::Column(column) => columns.push(column),
                Symbol::Columns(group) => columns.extend(self.pool.columns(group).to_vec()),
                _ if info.is_error() => {}
                _ => {
                    let range = self.range(id);
                    self.error(Kind::Column, range, "a column is needed here");
                }
            }
        }
        columns
    }

    fn keep_columns(&mut self, list: List, keep: bool) -> Info {
        let chosen = self.bind_columns(list);
        let declared = self.row.map_or_else(Vec::new, |row| self.pool.columns(row).to_vec());
        let columns: Vec<Column> = declared
            .into_iter()
            .filter(|column| chosen.iter().any(|chosen| chosen.name == column.name) == keep)
            .collect();
        self.row_table(&columns)
    }

    fn reorder(&mut self, list: List) -> Info {
        self.bind_columns(list);
        let mut projection = Projection::default();
        self.project(list, &mut projection, Style::Reorder, true);
        let rest = self.row.map_or_else(Vec::new, |row| self.pool.columns(row).to_vec());
        for column in rest {
            projection.add(column, &mut self.pool, &mut self.names, Add::default());
        }
        self.finish(projection)
    }

    fn extend(&mut self, list: List, style: Style) -> Info {
        self.bind_list(list);
        self.check_scalars(list);
        let mut projection = Projection::of(self.columns_apart()).skip_all();
        self.project(list, &mut projection, style, false);
        self.finish(projection)
    }

    fn summarize(&mut self, settings: List, aggregates: List, by: Option<List>, bin: Option<Id>) -> Info {
        self.check_settings(settings, own::SUMMARIZE);
        let mut projection = Projection::default();
        let outer = std::mem::take(&mut self.groups_by);
        if let Some(by) = by {
            self.bind_list(by);
            if self.check_scalars(by) {
                self.check_not_dynamic(by);
            }
            let next = self.next_column;
            self.project(by, &mut projection, Style::Default, false);
            debug_assert!(self.next_column >= next);
            self.groups_by = self.group_columns(by);
            let added: Vec<u32> = projection.columns().iter().map(|column| column.id).collect();
            added.into_iter().for_each(|id| projection.skip(id));
        }
        if let Some(bin) = bin {
            self.bind(bin);
        }
        self.scope = Scope::Aggregate;
        self.bind_list(aggregates);
        self.scope = Scope::Normal;
        self.check_scalars(aggregates);
        self.project(aggregates, &mut projection, Style::Summarize, false);
        self.groups_by = outer;
        self.finish(projection)
    }

    fn group_columns(&self, by: List) -> Vec<u32> {
        self.tree
            .list(by)
            .iter()
            .filter_map(|id| self.result_column(self.underlying(*id)))
            .map(|column| column.id)
            .collect()
    }

    fn distinct(&mut self, settings: List, values: List) -> Info {
        self.check_settings(settings, own::DISTINCT);
        self.bind_list(values);
        let star = self.items(values).into_iter().find(|id| matches!(self.tree.node(*id), Node::Star));
        star.into_iter().for_each(|star| self.read_row(star));
        let mut projection = Projection::default();
        self.project(values, &mut projection, Style::Default, false);
        if self.check_scalars(values) {
            self.check_not_dynamic(values);
            let dynamic = projection.columns().iter().find(|column| column.ty.is_dynamic()).copied();
            if let (Some(star), Some(column)) = (star, dynamic) {
                let range = self.range(star);
                let name = self.names.text(column.name).to_owned();
                self.error(Kind::Type, range, format!("`*` has the dynamic column `{name}`, which has no equality"));
            }
        }
        self.finish(projection)
    }

    fn top_hitters(&mut self, count: Id, of: Id, by: Option<Id>) -> Info {
        self.bind(count);
        let info = self.bind(of);
        self.check_integer(count);
        self.check_column(of, info);
        let mut projection = Projection::default();
        self.project_one(of, &mut projection, Style::Default, Special::default());
        let (prefix, source, ty) = match by {
            Some(by) => {
                let info = self.bind(by);
                let range = self.range(by);
                self.check_that(range, info, "a number", Type::is_numeric);
                ("approximate_sum_", by, self.type_or_unknown(info))
            }
            None => ("approximate_count_", of, Type::Long),
        };
        let name = self.result_name(source, Some("")).unwrap_or_default();
        let name = self.names.add(&format!("{prefix}{name}"));
        let origin = by.map_or(Origin::NONE, |by| self.origin_of(&[by]));
        let column = self.pool.derived(name, ty, origin);
        projection.add(column, &mut self.pool, &mut self.names, Add::default());
        self.finish(projection)
    }

    fn top_nested(&mut self, clauses: List) -> Info {
        let mut columns = Vec::new();
        let mut unique = super::schema::UniqueNames::default();
        for id in self.items(clauses) {
            let Node::TopClause { count, of, others, by } = self.tree.node(id) else { continue };
            if let Some(count) = count {
                self.bind(count);
                self.check_integer(count);
            }
            let info = self.bind(of);
            self.check_scalar(of, info);
            if let Some(others) = others {
                self.bind(others);
            }
            self.scope = Scope::Aggregate;
            let value = self.bind(by);
            self.scope = Scope::Normal;
            self.check_scalar(by, value);
            let text = self.result_name(of, Some("")).unwrap_or_default();
            let name = self.names.add(&text);
            let name = unique.add(name, None, &mut self.names);
            let ty = self.type_or_unknown(info);
            let origin = self.origin(of);
            columns.push(self.pool.derived(name, ty, origin));
            let declared = match self.tree.node(by) {
                Node::Ordered { value, .. } => self.tree.node(value),
                node => node,
            };
            let by_name = match declared {
                Node::Named { name, .. } => self.name_of(name),
                _ => {
                    let text = format!("aggregated_{}", self.names.text(name));
                    self.names.add(&text)
                }
            };
            let by_name = unique.add(by_name, None, &mut self.names);
            let ty = self.type_or_unknown(value);
            let origin = self.origin(by);
            columns.push(self.pool.derived(by_name, ty, origin));
        }
        self.row_table(&columns)
    }

    fn print(&mut self, list: List) -> Info {
        let mut projection = Projection::default();
        self.bind_list(list);
        for (at, id) in self.items(list).into_iter().enumerate() {
            let info = self.info(id);
            self.check_scalar(id, info);
            let name = Some(self.names.add(&format!("print_{at}")));
            self.project_one(id, &mut projection, Style::Print, Special { name, ..Special::default() });
        }
        let table = self.new_table(projection.columns(), false);
        Info::table(table)
    }
}
