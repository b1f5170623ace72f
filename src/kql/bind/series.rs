//! Arrays into rows and rows into arrays: `mv-expand`, `mv-apply`, `make-series`.

use super::project::{Special, Style};
use super::projection::{Add, Projection};
use super::{Binder, Info, Scope};
use crate::kql::finding::Kind;
use crate::kql::syntax::settings as own;
use crate::kql::syntax::tree::{Id, List, Node};
use crate::kql::types::{Conversion, Type};

impl<'a> Binder<'a> {
    fn expanded(&mut self, settings: List, items: List, projection: &mut Projection) {
        for id in self.items(items) {
            let Node::Expand { value: Some(value), ty } = self.tree.node(id) else { continue };
            let info = self.bind(value);
            let range = self.range(value);
            self.check_that(range, info, "dynamic", Type::is_dynamic);
            let written = ty.and_then(|ty| {
                self.bind(ty);
                self.written_type(ty)
            });
            let before = self.type_or_unknown(info);
            let kind = self.setting_word(settings, &["bagexpansion", "kind"]);
            let ty = written.unwrap_or(match before {
                Type::Dynamic(crate::kql::types::Shape::Bag) if kind == "array" => Type::ARRAY,
                Type::Dynamic(crate::kql::types::Shape::Bag) => Type::BAG,
                ty => ty.element().unwrap_or(ty),
            });
            let inside = Special { ty: Some(ty), inside: Some("[*]"), ..Special::default() };
            self.project_one(value, projection, Style::Replace, inside);
        }
        if let Some(name) = self.setting_name(settings, &["with_itemindex"]) {
            let column = self.pool.column(name, Type::Long);
            projection.add(column, &mut self.pool, &mut self.names, Add::default());
        }
    }

    pub fn mv_expand(&mut self, settings: List, items: List, limit: Option<Id>) -> Info {
        self.check_settings(settings, own::MV_EXPAND);
        let mut projection = Projection::of(self.columns_apart()).skip_all();
        self.expanded(settings, items, &mut projection);
        if let Some(limit) = limit {
            self.bind(limit);
            self.check_integer(limit);
        }
        self.finish(projection)
    }

    pub fn mv_apply(&mut self, settings: List, items: List, limit: Option<Id>, context: Option<Id>, body: Id) -> Info {
        self.check_settings(settings, own::MV_APPLY);
        let mut projection = Projection::of(self.columns_apart()).skip_all();
        self.expanded(settings, items, &mut projection);
        for extra in [limit, context].into_iter().flatten() {
            self.bind(extra);
        }
        if let Some(limit) = limit {
            self.check_integer(limit);
        }
        let applied: Vec<u32> = self
            .items(items)
            .into_iter()
            .filter_map(|id| match self.tree.node(id) {
                Node::Expand { value, .. } => value.and_then(|value| self.info(value).as_column()),
                _ => None,
            })
            .map(|column| column.id)
            .collect();
        let inner = self.finish(projection);
        let outer = self.row;
        self.row = inner.as_table();
        let result = self.bind(body);
        self.row = outer;
        let mut projection = Projection::default();
        let kept = outer.map_or_else(Vec::new, |row| self.pool.columns(row).to_vec());
        for column in kept.into_iter().filter(|column| !applied.contains(&column.id)) {
            projection.add(column, &mut self.pool, &mut self.names, Add { once: true, ..Add::default() });
        }
        if let Some(table) = result.as_table() {
            for column in self.pool.columns(table).to_vec() {
                projection.add(column, &mut self.pool, &mut self.names, Add { replace: true, ..Add::default() });
            }
        }
        self.finish(projection)
    }

    pub fn make_series(&mut self, settings: List, aggregates: List, on: Id, by: Option<List>) {
        self.check_settings(settings, own::MAKE_SERIES);
        self.scope = Scope::Aggregate;
        for id in self.items(aggregates) {
            if let Node::SeriesItem { value, .. } = self.tree.node(id) {
                self.bind(value);
            }
        }
        self.scope = Scope::Normal;
        for id in self.items(aggregates) {
            let Node::SeriesItem { value, default } = self.tree.node(id) else { continue };
            let info = self.info(value);
            self.check_scalar(value, info);
            // A default is converted; the reference library does not look at its type either.
            default.into_iter().for_each(|default| {
                self.bind(default);
            });
        }
        self.bind(on);
        if let Some(by) = by {
            self.bind_list(by);
            self.check_scalars(by);
        }
        let info = self.info(on);
        self.check_scalar(on, info);
    }

    pub fn series_result(&mut self, aggregates: List, on: Id, by: Option<List>) -> Info {
        let mut projection = Projection::default();
        if let Some(by) = by {
            self.project(by, &mut projection, Style::Default, false);
        }
        let array = Special { ty: Some(Type::DYNAMIC), ..Special::default() };
        for id in self.items(aggregates) {
            if let Node::SeriesItem { value, .. } = self.tree.node(id) {
                self.project_one(value, &mut projection, Style::Summarize, array);
            }
        }
        self.project_one(on, &mut projection, Style::Default, array);
        self.finish(projection)
    }

    pub fn check_series_bound(&mut self, bound: Id, on: Id) {
        let wanted = self.type_or_unknown(self.info(on));
        let info = self.info(bound);
        self.check_type(bound, info, wanted, Conversion::Promotable);
    }

    /// A step must be what can be added to the axis.
    pub fn check_interval(&mut self, step: Id, on: Id) {
        let axis = self.type_or_unknown(self.info(on));
        let info = self.info(step);
        let ty = self.type_or_unknown(info);
        let fits = match axis {
            Type::DateTime | Type::TimeSpan => ty == Type::TimeSpan,
            Type::Unknown => true,
            _ if axis.is_numeric() => ty.is_numeric() && (ty.stands_for(axis, Conversion::Promotable) || ty == axis),
            _ => false,
        };
        if !fits && ty != Type::Unknown && !info.is_error() {
            let range = self.range(step);
            self.error(Kind::Type, range, format!("{} is no step along {}", ty.name(), axis.name()));
        }
    }
}
