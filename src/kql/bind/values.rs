//! The types of expressions: literals, paths, operators between values, sub-queries.

use super::{Binder, Info, Infos, Symbol, Value};
use crate::kql::finding::{Finding, Kind, Range};
use crate::kql::syntax::tree::{Id, List, Node, Op};
use crate::kql::types::{Conversion, Type, common_of};
use smallvec::{SmallVec, smallvec};

impl<'a> Binder<'a> {
    pub fn bind(&mut self, id: Id) -> Info {
        self.bind_as(id, false)
    }

    /// Binds a node where a table is meant: an unknown name is an unknown table there.
    pub fn bind_table(&mut self, id: Id) -> Info {
        self.bind_as(id, true)
    }

    fn bind_as(&mut self, id: Id, tabular: bool) -> Info {
        let info = match self.tree.node(id) {
            Node::Pipe { .. } => return self.pipe(id),
            Node::Binary { op, at, left, right } => return self.binary(id, op, at, left, right),
            Node::Name(name) => self.bind_name(id, name, tabular),
            Node::Call { name, arguments } => self.call(id, name, arguments, tabular),
            Node::Paren(inner) => {
                let path = self.path.take();
                let inner = self.bind_as(inner, tabular);
                self.path = path;
                Info { symbol: Symbol::None, constant: inner.constant, text: inner.text, value: inner.value }
            }
            node => self.bind_node(id, node),
        };
        self.set(id, info)
    }

    fn bind_node(&mut self, id: Id, node: Node) -> Info {
        match node {
            Node::Missing | Node::BadOperator => Info::ERROR,
            Node::Literal(Type::Decimal) if self.in_dynamic > 0 => {
                let range = self.range(id);
                self.error(Kind::Type, range, "a dynamic value cannot hold a decimal");
                Info { constant: true, ..Info::scalar(Type::Decimal) }
            }
            Node::Literal(ty) => Info { constant: true, ..Info::scalar(ty) },
            Node::String(text) => Info { constant: true, text: Some(text), ..Info::scalar(Type::String) },
            Node::Null => Info { constant: true, ..Info::scalar(Type::Null) },
            Node::Word(_) => Info { constant: true, ..Info::NONE },
            Node::TypeOf(types) => self.type_of_literal(types),
            Node::Dynamic(value) => {
                self.in_dynamic += 1;
                let inner = self.bind(value);
                self.in_dynamic -= 1;
                Info { constant: true, ..Info::scalar(self.type_or_unknown(inner).in_dynamic()) }
            }
            Node::JsonArray(values) => {
                self.bind_list(values);
                let types: Vec<Type> =
                    self.items(values).into_iter().map(|value| self.type_or_unknown(self.info(value))).collect();
                Info::scalar(common_of(types, Conversion::None).map_or(Type::ARRAY, Type::array))
            }
            Node::JsonObject(values) => {
                self.bind_list(values);
                Info::scalar(Type::BAG)
            }
            Node::Unary { op, at, value } => {
                let inner = self.bind(value);
                self.operator(op, at, &[value], &[inner], true)
            }
            Node::Many { op, at, left, values } => self.many(op, at, left, values),
            Node::Between { op, at, left, first, last } => {
                let ids = [left, first, last];
                let infos = ids.map(|id| self.bind(id));
                self.operator(op, at, &ids, &infos, false)
            }
            Node::Path { left, right } => self.path_expression(left, right),
            Node::Element { left, index } => {
                let path = self.path.take();
                let left = self.bind(left);
                let info = self.element(left, index);
                self.path = path;
                self.set(index, info)
            }
            Node::Bracket(inner) => self.bare_bracket(inner),
            Node::Star => Info::NONE,
            Node::Wildcard(_) => {
                let range = self.range(id);
                self.error(Kind::Syntax, range, "`*` in a name is not allowed here");
                Info::ERROR
            }
            Node::Named { value, .. } => Info { symbol: Symbol::None, ..self.bind(value) },
            Node::NamedList { value, .. } => Info { symbol: Symbol::None, ..self.bind(value) },
            Node::Ordered { value, .. } => self.bind(value),
            Node::ToScalar { settings, body } => self.scalar_of(settings, body),
            Node::ToTable { settings, body } => {
                self.check_settings(settings, crate::kql::syntax::settings::SUB_QUERY);
                let inner = self.sub_query(body);
                self.check_tabular(body, inner);
                inner
            }
            Node::Materialize(body) => {
                let inner = self.bind_table(body);
                self.check_tabular(body, inner);
                Info::of(inner.value)
            }
            Node::DataScope(inner) => self.bind_table(inner),
            node => self.bind_statement_or_operator(id, node),
        }
    }

    /// `a + b`, and chains of them without recursion on the left.
    fn binary(&mut self, id: Id, op: Op, at: Range, left: Id, right: Id) -> Info {
        let mut chain: SmallVec<[_; 4]> = smallvec![(id, op, at, right)];
        let mut first = left;
        while let Node::Binary { op, at, left, right } = self.tree.node(first) {
            chain.push((first, op, at, right));
            first = left;
        }
        let mut left = if matches!(self.tree.node(first), Node::Star) {
            self.read_row(first);
            self.set(first, Info::scalar(Type::DYNAMIC))
        } else {
            self.bind(first)
        };
        let mut left_id = first;
        while let Some((id, op, at, right)) = chain.pop() {
            let value = self.bind(right);
            let info = self.operator(op, at, &[left_id, right], &[left, value], true);
            left = self.set(id, info);
            left_id = id;
        }
        left
    }

    fn many(&mut self, op: Op, at: Range, left: Id, values: List) -> Info {
        let mut ids = self.items(values);
        ids.insert(0, left);
        let infos: Infos = ids.iter().map(|id| self.bind(*id)).collect();
        self.operator(op, at, &ids, &infos, false)
    }

    /// `left.right`: a member, or a function or table of a database.
    fn path_expression(&mut self, left: Id, right: Id) -> Info {
        let left_info = self.bind(left);
        if matches!(self.tree.node(right), Node::Bracket(_)) {
            let path = self.path.take();
            let info = self.element(left_info, right);
            self.path = path;
            return self.set(right, info);
        }
        if let (Value::Scalar(ty), Node::Name(_)) = (left_info.value, self.tree.node(right))
            && !ty.is_dynamic()
            && ty != Type::Unknown
        {
            return self.no_members(left, ty, right);
        }
        let before = self.path.replace(match left_info.value {
            Value::Tuple(_) | Value::Database | Value::Error | Value::Table(_) => left_info.value,
            Value::Scalar(ty) => Value::Scalar(ty),
            other => other,
        });
        let info = self.bind(right);
        self.path = before;
        info
    }

    /// `left[index]`.
    fn element(&mut self, left: Info, bracket: Id) -> Info {
        let Node::Bracket(index) = self.tree.node(bracket) else {
            // `a['b']`: the parser read a name.
            return self.element_by_name(left, bracket);
        };
        let info = self.bind(index);
        if info.is_error() {
            return Info::ERROR;
        }
        let ty = self.type_or_unknown(info);
        let range = self.range(index);
        match left.value {
            Value::Error => Info::ERROR,
            Value::Tuple(parts) => {
                let number = self.text_of(index).parse::<usize>().ok();
                let part = number.and_then(|number| self.pool.columns(parts).get(number).copied());
                Info::scalar(part.map_or(Type::Unknown, |part| part.ty))
            }
            Value::Scalar(Type::Unknown) | Value::None => Info::scalar(Type::Unknown),
            Value::Scalar(container) if container.has_members() => {
                let result = container.element().unwrap_or(Type::DYNAMIC);
                let array = container.is_array() && container != Type::DYNAMIC;
                let fits = match container {
                    Type::DYNAMIC => ty.is_index() || ty.is_key(),
                    _ if array => ty.is_index(),
                    _ => ty.is_key(),
                };
                if !fits && ty != Type::Unknown {
                    let wanted = if array { "a whole number" } else { "a name in quotes or a whole number" };
                    self.error(Kind::Type, range, format!("{wanted} is needed as the index, not {}", ty.name()));
                }
                Info::scalar(result)
            }
            _ => {
                self.no_elements(left, bracket, "elements");
                Info::ERROR
            }
        }
    }

    fn element_by_name(&mut self, left: Info, selector: Id) -> Info {
        match left.value {
            Value::Error => Info::ERROR,
            Value::Scalar(Type::Unknown) | Value::Tuple(_) | Value::None => Info::scalar(Type::Unknown),
            Value::Scalar(ty) if ty.has_members() => {
                if ty.is_array() && ty != Type::DYNAMIC {
                    let range = self.range(selector);
                    self.error(Kind::Type, range, "a whole number is needed as the index, not string");
                }
                Info::scalar(ty.element().unwrap_or(Type::DYNAMIC))
            }
            _ => {
                self.no_elements(left, selector, "members");
                Info::ERROR
            }
        }
    }

    /// A dot behind something that is not dynamic.
    fn no_members(&mut self, left: Id, ty: Type, right: Id) -> Info {
        let (range, place) = (self.range(right), self.range(left));
        let value = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        let message = format!("`{value}` is {} and has no members", ty.name());
        let mut finding = Finding::error(Kind::Name, range, message);
        if ty == Type::String {
            finding.help = Some(format!("read JSON text first: parse_json({value})"));
        }
        self.report(finding);
        Info::ERROR
    }

    /// Brackets behind something that is not dynamic.
    fn no_elements(&mut self, left: Info, bracket: Id, what: &str) {
        let range = self.range(bracket);
        let mut finding = Finding::error(Kind::Type, range, format!("only dynamic values have {what}"));
        if self.type_of(left) == Some(Type::String) {
            finding.help = Some("read JSON text first: parse_json(…)".to_owned());
        }
        self.report(finding);
    }

    /// Brackets around an expression where nothing stands that could be indexed.
    fn bare_bracket(&mut self, inner: Id) -> Info {
        let info = self.bind(inner);
        if info.is_error() {
            return Info::ERROR;
        }
        let range = self.range(inner);
        self.error(Kind::Type, range, "brackets here need a name in quotes");
        Info::ERROR
    }

    fn type_of_literal(&mut self, types: List) -> Info {
        for ty in self.items(types) {
            self.bind_type(ty);
        }
        Info { constant: true, ..Info::scalar(Type::TypeLiteral) }
    }

    fn bind_type(&mut self, id: Id) {
        if let Node::Star = self.tree.node(id)
            && self.row.is_none()
        {
            let range = self.range(id);
            self.error(Kind::Column, range, "there are no columns here that `*` could mean");
        }
    }

    /// The type that `typeof(T)` writes down; `None`: a schema or nothing usable.
    pub fn written_type(&self, id: Id) -> Option<Type> {
        let Node::TypeOf(types) = self.tree.node(id) else { return None };
        match self.tree.list(types) {
            [only] => match self.tree.node(*only) {
                Node::Type(ty) => Some(ty.unwrap_or(Type::Unknown)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The columns that `typeof(*, a: string)` writes down.
    pub fn written_schema(&mut self, id: Id) -> Option<Vec<super::schema::Column>> {
        let Node::TypeOf(types) = self.tree.node(id) else { return None };
        let origin = self.origin_of_row();
        let mut columns = Vec::new();
        for part in self.items(types) {
            match self.tree.node(part) {
                Node::Star => columns.extend(self.row_columns()),
                Node::NameType { name, ty } => {
                    let ty = self.declared_type(ty).unwrap_or(Type::Unknown);
                    let name = self.name_of(name);
                    columns.push(self.pool.derived(name, ty, origin));
                }
                _ => return None,
            }
        }
        Some(columns)
    }

    fn scalar_of(&mut self, settings: List, body: Id) -> Info {
        self.check_settings(settings, crate::kql::syntax::settings::SUB_QUERY);
        let inner = self.sub_query(body);
        let constant = |ty| Info { constant: true, ..Info::scalar(ty) };
        match inner.value {
            Value::Table(table) => match self.pool.columns(table).first().copied() {
                Some(column) => constant(column.ty),
                None => {
                    let open = self.pool.is_open(table);
                    if !open {
                        let range = self.range(body);
                        self.error(Kind::Tabular, range, "this query gives no columns");
                    } else if let Some(column) = self.pool.all_columns(table).first() {
                        return constant(column.ty);
                    } else if self.findings.is_empty() {
                        return constant(Type::Unknown);
                    }
                    Info { constant: true, ..Info::ERROR }
                }
            },
            Value::Scalar(_) | Value::Tuple(_) => Info { constant: true, symbol: Symbol::None, ..inner },
            Value::Error => Info::ERROR,
            _ => {
                let range = self.range(body);
                self.error(Kind::Tabular, range, "a query or a value is needed here");
                Info::ERROR
            }
        }
    }

    /// A query inside an expression: it sees no columns of the row around it.
    pub fn sub_query(&mut self, body: Id) -> Info {
        let row = self.row.take();
        let info = self.bind_table(body);
        self.row = row;
        info
    }

    // Operators between values.

    pub fn operator(&mut self, op: Op, at: Range, ids: &[Id], infos: &[Info], all: bool) -> Info {
        let Some(function) = self.registry.operator(op) else { return Info::NONE };
        let found = self.best_signatures(function, ids, infos, all);
        let constant = infos.iter().all(|info| info.constant);
        if let [only] = found.as_slice() {
            self.check_signature(function, only, ids, infos, at);
            let value = self.operator_result(op, only, ids, infos);
            return Info { constant, ..Info::of(value) };
        }
        if !infos.iter().any(|info| matches!(info.value, Value::Error | Value::Scalar(Type::Unknown) | Value::None)) {
            self.operands_do_not_fit(op, at, ids, infos);
        }
        let found =
            if found.as_slice().is_empty() && all { self.best_signatures(function, ids, infos, false) } else { found };
        Info::of(self.common_result(found.as_slice(), ids, infos))
    }

    fn operands_do_not_fit(&mut self, op: Op, at: Range, ids: &[Id], infos: &[Info]) {
        if self.silent > 0 {
            return;
        }
        let names: Vec<&str> = infos.iter().map(|info| self.value_name(*info)).collect();
        let text = self.text.get(at.start as usize..at.end as usize).unwrap_or_default();
        let message = match names.as_slice() {
            [only] => format!("`{text}` does not take {only}"),
            _ => format!("`{text}` does not go between {}", names.join(" and ")),
        };
        let mut finding = Finding::error(Kind::Operands, at, message);
        finding.help = self.column_for_table(ids, infos).or_else(|| self.operand_help(op, infos));
        let finding = self.with_operand(finding, ids, infos);
        self.report(finding);
    }

    /// Adds the operand that is a literal, or else where one is declared: it is what can be changed most easily.
    fn with_operand(&self, finding: Finding, ids: &[Id], infos: &[Info]) -> Finding {
        let literal = ids.iter().zip(infos).rev().find(|(id, _)| self.is_literal(**id));
        if let Some((id, info)) = literal {
            return finding.also(self.range(*id), format!("this is {}", self.value_name(*info)));
        }
        ids.iter().rev().fold(finding, |finding, id| match finding.also {
            Some(_) => finding,
            None => self.with_declaration(finding, self.text_of(*id)),
        })
    }

    /// A table's name where a column's was meant, as `Event` is a table of every workspace.
    fn column_for_table(&mut self, ids: &[Id], infos: &[Info]) -> Option<String> {
        let is_table = |(_, info): &(&Id, &Info)| matches!(info.value, Value::Table(_));
        let (id, _) = ids.iter().zip(infos).find(is_table)?;
        let Node::Name(name) = self.tree.node(*id) else { return None };
        let columns = self.row_columns();
        let columns = columns.iter().map(|column| self.names.text(column.name));
        let text = self.names.text(name);
        let near = crate::kql::near::nearest(text, columns)?;
        Some(format!("`{text}` is a table; did you mean the column `{near}`?"))
    }

    fn operand_help(&self, op: Op, infos: &[Info]) -> Option<String> {
        let types: Vec<Type> = infos.iter().filter_map(|info| self.type_of(*info)).collect();
        let has = |ty: Type| types.contains(&ty);
        let ordering = matches!(op, Op::LessThan | Op::LessThanOrEqual | Op::GreaterThan | Op::GreaterThanOrEqual);
        Some(match op {
            Op::Add if has(Type::String) => "join texts with strcat(…)".to_owned(),
            _ if ordering && has(Type::String) && has(Type::DateTime) => {
                "write the time as datetime(…) or convert with todatetime(…)".to_owned()
            }
            _ if ordering && has(Type::String) => {
                "texts have no order: convert with tolong(…), todouble(…) or todatetime(…)".to_owned()
            }
            _ if has(Type::DateTime) && (has(Type::Long) || has(Type::Int)) => {
                "a time goes with a timespan such as 1h, or with another time".to_owned()
            }
            Op::And | Op::Or => "both sides must be conditions".to_owned(),
            _ => return None,
        })
    }

    pub fn value_name(&self, info: Info) -> &'static str {
        match info.value {
            Value::Scalar(ty) => ty.name(),
            Value::Table(_) | Value::Tables(_) => "a table",
            Value::Tuple(_) => self.type_of(info).map_or("several values", Type::name),
            Value::Columns(_) => "several columns",
            Value::Function(_) => "a function",
            Value::Database => "a database",
            Value::Graph => "a graph",
            Value::None | Value::Error => "unknown",
        }
    }
}
