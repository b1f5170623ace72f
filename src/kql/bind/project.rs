//! What columns an expression becomes, and how they are called.

use super::names::matches;
use super::projection::{Add, Projection};
use super::schema::Column;
use super::trace::Origin;
use super::{Binder, Callee, Info, Symbol, Value};
use crate::kql::finding::{Kind, Range};
use crate::kql::names::Name;
use crate::kql::registry::{Family, Function, Naming};
use crate::kql::syntax::tree::{Id, List, Node};
use crate::kql::types::Type;

/// Which operator makes the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Default,
    Extend,
    /// `mv-expand` and `mv-apply`: a column takes the place of the one it comes from.
    Replace,
    Summarize,
    Print,
    Rename,
    Reorder,
}

impl Style {
    fn replaces(self) -> bool {
        matches!(self, Style::Replace | Style::Extend)
    }
}

/// What is special about one expression's columns.
#[derive(Debug, Clone, Copy, Default)]
pub struct Special {
    pub ty: Option<Type>,
    pub name: Option<Name>,
    pub once: bool,
    /// The column holds what is inside the expression's value.
    pub inside: Option<&'static str>,
}

impl<'a> Binder<'a> {
    /// `project-by-names`: columns by texts that are constant; which ones others mean is not known here.
    pub fn named_columns(&mut self, list: List) -> Info {
        let mut patterns = Vec::new();
        for id in self.items(list) {
            if !self.constant_names(id, &mut patterns) {
                let open = self.new_table(&[], true);
                self.pool.opened_by(open, self.row);
                return Info::table(open);
            }
        }
        let row = self.row_columns();
        let mut columns: Vec<Column> = Vec::new();
        for pattern in patterns {
            let wanted = self.names.text(pattern).to_owned();
            let found = row.iter().filter(|column| matches(&wanted, self.names.text(column.name)));
            for column in found {
                if !columns.iter().any(|known| known.id == column.id) {
                    columns.push(*column);
                }
            }
        }
        if let Some(place) = self.tree.item(list, 0) {
            columns.iter().for_each(|column| self.read_column(place, *column));
        }
        self.row_table(&columns)
    }

    /// Adds the texts of a constant, one or an array; `false` if it is none.
    fn constant_names(&self, id: Id, names: &mut Vec<Name>) -> bool {
        if let Some(text) = self.info(id).text {
            names.push(text);
            return true;
        }
        match self.tree.node(id) {
            Node::Dynamic(inner) => self.constant_names(inner, names),
            Node::JsonArray(values) => self.tree.list(values).iter().all(|value| self.constant_names(*value, names)),
            _ => false,
        }
    }

    pub fn project(&mut self, list: List, projection: &mut Projection, style: Style, once: bool) {
        projection.reserve(list.len());
        for id in self.items(list) {
            self.project_one(id, projection, style, Special { once, ..Special::default() });
        }
    }

    pub fn project_one(&mut self, id: Id, projection: &mut Projection, style: Style, special: Special) {
        let (id, order) = match self.tree.node(id) {
            Node::Ordered { value, order } => (value, Some(order)),
            _ => (id, None),
        };
        match self.tree.node(id) {
            node if style == Style::Rename => self.project_renamed(id, node, projection),
            Node::Named { name, value } => self.project_named(&[name], value, projection, style, special),
            Node::NamedList { names, value } => {
                let names = self.items(names);
                self.project_named(&names, value, projection, style, special);
            }
            Node::Star => {
                for column in self.row_columns() {
                    let how = Add { replace: true, once: special.once, base: None };
                    self.add(projection, column, how);
                }
            }
            Node::Call { .. } => self.project_call(id, projection, style, special),
            _ => self.project_value(id, order, projection, style, special),
        }
    }

    fn add(&mut self, projection: &mut Projection, column: Column, how: Add) {
        projection.add(column, &mut self.pool, &mut self.names, how);
    }

    fn declare_column(&mut self, projection: &mut Projection, column: Column, replace: bool, place: Range) {
        if !projection.declare(column, &mut self.pool, &mut self.names, replace) {
            let name = self.names.text(column.name).to_owned();
            self.error(Kind::Duplicate, place, format!("the column `{name}` is declared twice here"));
        }
    }

    fn project_renamed(&mut self, id: Id, node: Node, projection: &mut Projection) {
        let Node::Named { name, value } = node else {
            let range = self.range(id);
            self.error(Kind::Column, range, "`new = old` is needed here");
            return;
        };
        let Some(column) = self.info(value).as_column() else {
            let range = self.range(value);
            if !self.info(value).is_error() {
                self.error(Kind::Column, range, "a column is needed here");
            }
            return;
        };
        let new = self.name_of(name);
        if !projection.rename(column.name, new, &mut self.pool) {
            let range = self.range(name);
            let text = self.names.text(new).to_owned();
            self.error(Kind::Duplicate, range, format!("the column `{text}` is there already"));
        }
    }

    fn project_named(&mut self, names: &[Id], value: Id, projection: &mut Projection, style: Style, special: Special) {
        let info = self.info(value);
        if let Value::Tuple(table) = info.value {
            let columns = self.pool.columns(table).to_vec();
            self.project_tuple(names, info, &columns, projection, style, special);
            return;
        }
        let [name] = names else {
            if let Some(first) = names.first() {
                let range = self.range(*first);
                self.error(Kind::Column, range, "this expression gives one value, not several");
            }
            return;
        };
        let ty = special.ty.unwrap_or_else(|| self.type_or_unknown(info));
        let place = self.range(*name);
        let chosen = self.name_of(*name);
        let origin = self.special_origin(value, special);
        let made = self.pool.derived(chosen, ty, origin);
        match info.as_column() {
            Some(source) => {
                self.declare_column(projection, made, true, place);
                if special.once {
                    projection.skip(source.id);
                }
            }
            None => self.declare_column(projection, made, style.replaces(), place),
        }
    }

    fn project_tuple(
        &mut self,
        names: &[Id],
        info: Info,
        columns: &[Column],
        projection: &mut Projection,
        style: Style,
        special: Special,
    ) {
        for (at, column) in columns.iter().enumerate() {
            match names.get(at) {
                Some(name) => {
                    let place = self.range(*name);
                    let chosen = self.name_of(*name);
                    let made = self.pool.derived(chosen, special.ty.unwrap_or(column.ty), *column);
                    let replace = style.replaces() || names.len() == 1;
                    self.declare_column(projection, made, replace, place);
                    if special.once {
                        projection.skip(column.id);
                    }
                }
                None if style != Style::Print => self.add_tuple_column(info, *column, projection, special.once),
                None => {}
            }
        }
        for name in names.iter().skip(columns.len()) {
            let range = self.range(*name);
            self.error(Kind::Column, range, "there is no value for this name");
        }
    }

    /// A column of a function with several results; aggregates of old put their name before it.
    fn add_tuple_column(&mut self, info: Info, column: Column, projection: &mut Projection, once: bool) {
        let prefix = match info.symbol {
            Symbol::Function(Callee::BuiltIn(function)) if function.family == Family::Aggregate => function.prefix,
            _ => None,
        };
        let mut column = column;
        if let Some(prefix) = prefix {
            let text = format!("{prefix}_{}", self.names.text(column.name));
            column.name = self.names.add(&text);
        }
        self.add(projection, column, Add { once, ..Add::default() });
    }

    fn project_call(&mut self, id: Id, projection: &mut Projection, style: Style, special: Special) {
        let info = self.info(id);
        if let Some(column) = self.result_column(id) {
            let made = self.retyped(id, column, special);
            let place = self.range(id);
            self.declare_column(projection, made, style == Style::Replace, place);
            if special.once {
                projection.skip(column.id);
            }
            return;
        }
        if let Value::Tuple(table) = info.value {
            let columns = self.pool.columns(table).to_vec();
            if style == Style::Print && columns.len() == 1 {
                self.add_named(id, projection, style, special, columns.first().map_or(Type::Unknown, |c| c.ty));
                return;
            }
            for column in columns {
                self.add_tuple_column(info, column, projection, special.once);
            }
            return;
        }
        let ty = self.type_or_unknown(info);
        self.add_named(id, projection, style, special, special.ty.unwrap_or(ty));
    }

    /// Adds a column under the name that the expression gives it, or a number.
    fn add_named(&mut self, id: Id, projection: &mut Projection, style: Style, special: Special, ty: Type) {
        if let (Style::Print, Some(name)) = (style, special.name) {
            let origin = self.origin(id);
            let column = self.pool.derived(name, ty, origin);
            self.add(projection, column, Add { base: Some(name), ..Add::default() });
            return;
        }
        let name = match self.result_name(id, None) {
            Some(text) => self.names.add(&text),
            None => special.name.unwrap_or_else(|| self.default_name(style == Style::Extend)),
        };
        let origin = self.special_origin(id, special);
        let column = self.pool.derived(name, ty, origin);
        self.add(projection, column, Add { replace: style.replaces(), ..Add::default() });
    }

    fn default_name(&mut self, with_row: bool) -> Name {
        loop {
            let name = self.names.add(&format!("Column{}", self.next_column));
            self.next_column += 1;
            let taken = with_row && self.row.is_some_and(|row| self.pool.find(row, name).is_some());
            if !taken && self.local(name).is_none() {
                return name;
            }
        }
    }

    fn project_value(
        &mut self,
        id: Id,
        order: Option<crate::kql::syntax::tree::Order>,
        projection: &mut Projection,
        style: Style,
        special: Special,
    ) {
        let info = self.info(id);
        let range = self.range(id);
        if let Some(column) = self.result_column(id) {
            let made = self.retyped(id, column, special);
            self.declare_column(projection, made, style == Style::Replace, range);
            if special.once {
                projection.skip(column.id);
            }
            return;
        }
        if let Symbol::Columns(group) = info.symbol {
            if style == Style::Reorder {
                for column in self.ordered_columns(group, order) {
                    self.add(projection, column, Add { once: true, ..Add::default() });
                }
            } else {
                self.error(Kind::Column, range, "this means more than one column");
            }
            return;
        }
        if matches!(self.tree.node(id), Node::Missing) {
            return;
        }
        let ty = match info.value {
            Value::Scalar(ty) => ty,
            Value::Tuple(_) => self.type_or_unknown(info),
            _ => Type::Unknown,
        };
        self.add_named(id, projection, style, special, special.ty.unwrap_or(ty));
    }

    fn ordered_columns(
        &self,
        group: super::schema::TableId,
        order: Option<crate::kql::syntax::tree::Order>,
    ) -> Vec<Column> {
        use crate::kql::syntax::tree::Order;
        let mut columns = self.pool.columns(group).to_vec();
        let key = |column: &Column| self.names.text(column.name).to_lowercase();
        match order {
            Some(Order::Ascending | Order::NaturalAscending) => columns.sort_by_key(key),
            Some(Order::Descending | Order::NaturalDescending) => columns.sort_by_key(|c| std::cmp::Reverse(key(c))),
            _ => {}
        }
        columns
    }

    fn special_origin(&mut self, id: Id, special: Special) -> Origin {
        match special.inside {
            Some(path) => self.origin_inside(id, path),
            None => self.origin(id),
        }
    }

    /// The column that an expression is, in the type that is meant here.
    fn retyped(&mut self, id: Id, column: Column, special: Special) -> Column {
        let ty = special.ty.unwrap_or(column.ty);
        match special.inside {
            Some(path) => {
                let origin = self.origin_inside(id, path);
                self.pool.derived(column.name, ty, origin)
            }
            None => Column { ty, ..column },
        }
    }

    /// The column that an expression is, also through a conversion that keeps its type's place.
    pub fn result_column(&self, id: Id) -> Option<Column> {
        match self.tree.node(id) {
            Node::Paren(inner) => self.result_column(inner),
            _ => self.info(id).as_column(),
        }
    }

    /// The name that an expression gives its column. `default`: what it falls back on; `None` says it has none.
    pub fn result_name(&self, id: Id, default: Option<&str>) -> Option<String> {
        let fallback = || default.map(str::to_owned);
        match self.tree.node(id) {
            Node::Paren(inner) => self.result_name(inner, default),
            Node::Name(name) => Some(self.names.text(name).to_owned()),
            Node::Wildcard(name) => Some(self.names.text(name).to_owned()),
            Node::Missing => Some(String::new()),
            Node::Bracket(inner) => match self.tree.node(inner) {
                Node::String(text) => Some(self.names.text(text).to_owned()),
                Node::Literal(Type::Long | Type::Int) => Some(self.text_of(inner).to_owned()),
                _ => fallback(),
            },
            Node::Path { left, right } | Node::Element { left, index: right } => {
                let container = self.info(left).value;
                let members = matches!(container, Value::Scalar(ty) if ty.has_members() || ty == Type::Unknown);
                if !members {
                    return self.result_name(right, default);
                }
                let left = self.result_name(left, None).filter(|left| !left.trim().is_empty());
                let right = self.result_name(right, None);
                match left {
                    Some(left) => Some(format!("{left}_{}", right.unwrap_or_default())),
                    None => right,
                }
            }
            Node::Ordered { value, .. } => self.result_name(value, default),
            Node::Named { name, .. } => Some(self.names.text(self.name_of(name)).to_owned()),
            Node::Call { arguments, .. } => self.call_name(id, arguments, default),
            _ => fallback(),
        }
    }

    pub fn text_of(&self, id: Id) -> &'a str {
        let range = self.range(id);
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    fn call_name(&self, id: Id, arguments: List, default: Option<&str>) -> Option<String> {
        let fallback = default.map(str::to_owned);
        let Symbol::Function(Callee::BuiltIn(function)) = self.info(id).symbol else { return fallback };
        let function: &'static Function = function;
        let arguments = self.tree.list(arguments);
        let first = arguments.first().copied();
        match function.naming {
            Naming::None => fallback,
            Naming::PrefixAndFirst => match (function.prefix, first) {
                (Some(prefix), Some(first)) => {
                    Some(format!("{prefix}_{}", self.result_name(first, default).unwrap_or_default()))
                }
                (Some(prefix), None) => Some(format!("{prefix}_")),
                (None, Some(first)) => self.result_name(first, default),
                (None, None) => None,
            },
            Naming::First => first.and_then(|first| self.result_name(first, default)),
            Naming::OnlyArgument if arguments.len() == 1 => first.and_then(|first| self.result_name(first, default)),
            Naming::OnlyArgument => fallback,
            Naming::FirstIfColumn => {
                let name = first.and_then(|first| self.info(first).text);
                let column = name.filter(|name| self.row.is_some_and(|row| self.pool.find(row, *name).is_some()));
                column.map(|name| self.names.text(name).to_owned()).or(fallback)
            }
            Naming::PrefixOnly => function.prefix.map(str::to_owned),
        }
    }
}
