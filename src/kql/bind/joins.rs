//! `join` and `lookup`: two tables side by side, and the conditions under which their rows meet.

use super::schema::{Column, TableId};
use super::{Binder, Info};
use crate::kql::finding::{Finding, Kind, Range};
use crate::kql::names::Name;
use crate::kql::syntax::settings as own;
use crate::kql::syntax::tree::{Condition, Id, List, Node, Op};
use crate::kql::types::Type;

impl<'a> Binder<'a> {
    pub fn join(&mut self, id: Id, settings: List, table: Id, on: Condition) -> Info {
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
                let range = Range::new(range.start, end);
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
        self.pool.opened_by(table, self.row.filter(|_| !right_only));
        self.pool.opened_by(table, right.filter(|_| !left_only));
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
                let finding = Finding::error(Kind::Join, range, "this is no condition of a join");
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
                let (side, row) = if left.is_none() { ("left", self.row) } else { ("right", self.right_row) };
                let message = format!("the {side} side of this join has no column `{text}`");
                let known = row.map_or(&[][..], |row| self.pool.columns(row)).iter();
                let known = known.map(|column| self.names.text(column.name));
                let finding = self.with_near(Finding::error(Kind::Join, range, message), &text, known);
                self.report(finding);
            }
        }
    }

    fn check_equality(&mut self, id: Id, left: Id, right: Id, pairs: &mut Vec<(Column, Column)>) {
        let (Some(a), Some(b)) = (self.side_column(left, "$left"), self.side_column(right, "$right")) else { return };
        let range = self.range(id);
        if a.ty.is_dynamic() || b.ty.is_dynamic() {
            let range = self.range(if a.ty.is_dynamic() { left } else { right });
            let finding = Finding::error(Kind::Join, range, "a join cannot compare dynamic values");
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

    pub fn lookup(&mut self, settings: List, table: Id, on: Condition) -> Info {
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
            columns.push(if keyed { self.pool.derived(column.name, column.ty, column) } else { column });
        }
        if let Some(right) = right {
            let others = self.pool.all_columns(right);
            columns.extend(others.into_iter().filter(|column| !pairs.iter().any(|(_, key)| key.id == column.id)));
            open |= self.pool.is_open(right);
        }
        self.pool.make_unique(&mut columns, &mut self.names);
        let table = self.new_table(&columns, open);
        self.pool.opened_by(table, self.row.into_iter().chain(right));
        Info::table(table)
    }
}
