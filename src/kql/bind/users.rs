//! Functions that a query or a workspace declares: parameters, calls, and what their bodies give for each call.

use super::names::matches;
use super::schema::TableId;
use super::trace::Origin;
use super::{Binder, Callee, Info, Infos, Local, MOST_EXPANSIONS, Scope, Symbol, UserId, Value};
use crate::kql::finding::{Kind, Range};
use crate::kql::names::Name;
use crate::kql::syntax::statements::{parse_body, parse_parameters};
use crate::kql::syntax::tree::{Id, List, Node};
use crate::kql::types::{Conversion, Type};
use smallvec::SmallVec;

/// A parameter of a declared function.
#[derive(Debug, Clone, Copy)]
pub struct UserParameter {
    name: Name,
    /// A value's type, or the columns that a table must have.
    takes: Takes,
    optional: bool,
    default: Option<Id>,
}

#[derive(Debug, Clone, Copy)]
enum Takes {
    Value(Type),
    Rows(TableId),
}

/// What a declared function gives.
#[derive(Debug, Clone, Copy)]
enum Body {
    Tree(Id),
    /// Rows that are known without a body.
    Rows(TableId),
}

#[derive(Debug, Clone)]
pub struct UserFunction {
    name: Name,
    parameters: Vec<UserParameter>,
    body: Body,
    pub view: bool,
    /// How many of the locals the body sees.
    visible: usize,
    /// The number of a stored function; its text is another.
    stored: Option<u32>,
}

/// The arguments of one call.
#[derive(Debug, Clone, Default)]
pub struct Given {
    infos: Infos,
    /// What each comes from.
    origins: SmallVec<[Origin; 6]>,
    /// The parameter that each is for.
    places: Vec<Option<usize>>,
}

/// What a function gave for these arguments.
#[derive(Debug)]
pub struct Expansion {
    user: UserId,
    given: Given,
    value: Value,
    origin: Origin,
}

impl<'a> Binder<'a> {
    /// `let f = (…) { … }`: binds the body once for its own findings.
    pub fn declare_function(&mut self, name: Name, view: bool, parameters: List, body: Id) -> Info {
        let declared = self.declared_parameters(parameters, true);
        let function = UserFunction {
            name,
            parameters: declared,
            body: Body::Tree(body),
            view,
            visible: self.locals.len(),
            stored: None,
        };
        let locals: Vec<Local> = function.parameters.iter().map(|parameter| self.stand_in(parameter)).collect();
        self.body_value(body, &locals, self.locals.len(), 0);
        let user = self.add_user(function);
        Info { symbol: Symbol::Function(Callee::User(user)), ..Info::of(Value::Function(user)) }
    }

    fn add_user(&mut self, function: UserFunction) -> UserId {
        self.users.push(function);
        UserId(u32::try_from(self.users.len() - 1).unwrap_or(u32::MAX))
    }

    fn user(&self, user: UserId) -> Option<&UserFunction> {
        self.users.get(user.0 as usize)
    }

    fn stand_in(&self, parameter: &UserParameter) -> Local {
        let info = match parameter.takes {
            Takes::Value(ty) => Info { constant: true, ..Info::scalar(ty) },
            Takes::Rows(rows) => Info::table(rows),
        };
        Local { name: parameter.name, info: Info { symbol: Symbol::Variable(Origin::NONE), ..info } }
    }

    pub fn declared_parameters(&mut self, parameters: List, check: bool) -> Vec<UserParameter> {
        let mut out = Vec::new();
        let mut rows_allowed = true;
        for id in self.items(parameters) {
            let Node::Parameter { name, ty, default } = self.tree.node(id) else { continue };
            let takes = match self.tree.node(ty) {
                Node::SchemaType { columns, .. } => Takes::Rows(self.declared_rows(columns)),
                _ => Takes::Value(self.declared_type(ty).unwrap_or(Type::Unknown)),
            };
            let is_rows = matches!(takes, Takes::Rows(_));
            if check && is_rows && !rows_allowed {
                let range = self.range(id);
                self.error(Kind::Arguments, range, "tabular parameters must be declared first");
            }
            rows_allowed = is_rows;
            if let Some(default) = default {
                let info = self.bind(default);
                if let Takes::Value(wanted) = takes
                    && check
                {
                    self.check_type(default, info, wanted, Conversion::Compatible);
                }
            }
            let name = self.name_of(name);
            out.push(UserParameter { name, takes, optional: default.is_some(), default });
        }
        out
    }

    fn declared_rows(&mut self, columns: List) -> TableId {
        let mut made = Vec::new();
        for column in self.items(columns) {
            if let Node::NameType { name, ty } = self.tree.node(column) {
                let ty = self.declared_type(ty).unwrap_or(Type::Unknown);
                let name = self.name_of(name);
                made.push(self.pool.column(name, ty));
            }
        }
        self.new_table(&made, false)
    }

    pub fn declared_type(&self, id: Id) -> Option<Type> {
        match self.tree.node(id) {
            Node::Type(ty) => ty,
            _ => None,
        }
    }

    /// The workspace's function of that name, read at its first use.
    pub fn stored_function(&mut self, name: Name) -> Option<UserId> {
        let globals = self.globals;
        let number = globals.functions.0.find(self.names.text(name))?;
        if let Some((_, user)) = self.stored.iter().find(|entry| entry.0 == number) {
            return Some(*user);
        }
        let definition = globals.functions.1.get(number as usize)?;
        let mut ignored = Vec::new();
        let parameters = if definition.parameters.trim().is_empty() {
            Vec::new()
        } else {
            let parsed = parse_parameters(&definition.parameters, &mut self.tree, &mut self.names, &mut ignored);
            self.silent += 1;
            let parameters = self.declared_parameters(parsed.statements, false);
            self.silent -= 1;
            parameters
        };
        let body = match &definition.body {
            Some(text) => {
                let parsed = parse_body(text, &mut self.tree, &mut self.names, &mut ignored);
                match self.tree.item(parsed.statements, 0).filter(|_| !parsed.overflow) {
                    Some(body) => Body::Tree(body),
                    None => Body::Rows(self.unknown_rows(name)),
                }
            }
            None => Body::Rows(self.instance(&definition.result, name)),
        };
        let stored = Some(number);
        let user = self.add_user(UserFunction { name, parameters, body, view: false, visible: 0, stored });
        self.stored.push((number, user));
        self.note_source(name);
        Some(user)
    }

    pub fn least_arguments(&self, user: UserId) -> usize {
        self.user(user).map_or(0, |user| user.parameters.iter().filter(|p| !p.optional).count())
    }

    /// The tables of the views, functions that count as tables for searches and wildcards, whose names are as `pattern` says.
    pub fn view_tables(&mut self, pattern: &str) -> Vec<TableId> {
        let mut tables = Vec::new();
        for at in (0..self.users.len()).filter_map(|at| u32::try_from(at).ok()).map(UserId) {
            let matching = self.user(at).is_some_and(|user| {
                user.view && user.parameters.is_empty() && matches(pattern, self.names.text(user.name))
            });
            if matching && let (Value::Table(table), _) = self.expand(at, Given::default()) {
                tables.push(table);
            }
        }
        tables
    }

    pub fn user_call(&mut self, name: Id, user: UserId, arguments: List, piped: Option<Info>) -> Info {
        let Some(function) = self.user(user).cloned() else { return Info::ERROR };
        let range = self.range(name);
        let outer = self.scope;
        self.scope = if outer == Scope::Aggregate { outer } else { Scope::Normal };
        let mut given = self.items(arguments);
        for id in &given {
            self.bind(*id);
        }
        self.scope = outer;
        let mut infos: Infos = given.iter().map(|id| self.info(*id)).collect();
        let mut origins: SmallVec<[Origin; 6]> = given.iter().map(|id| self.origin_of_argument(*id)).collect();
        if let Some(piped) = piped {
            given.insert(0, name);
            infos.insert(0, piped);
            origins.insert(0, Origin::NONE);
        }
        let places = self.check_user_arguments(&function, &given, &infos, range);
        let (value, origin) = self.expand(user, Given { infos, origins, places });
        self.trace_call(name, origin);
        Info { symbol: Symbol::Function(Callee::User(user)), ..Info::of(value) }
    }

    /// The parameter of each argument, by place or by name; reports what does not fit.
    fn check_user_arguments(
        &mut self,
        function: &UserFunction,
        given: &[Id],
        infos: &[Info],
        range: Range,
    ) -> Vec<Option<usize>> {
        let parameters = &function.parameters;
        let least = parameters.iter().filter(|parameter| !parameter.optional).count();
        let counted = (least..=parameters.len()).contains(&given.len());
        if !counted {
            let name = self.names.text(function.name).to_owned();
            let count = given.len();
            let takes =
                if least == parameters.len() { format!("{least}") } else { format!("{least} to {}", parameters.len()) };
            self.error(Kind::Arguments, range, format!("`{name}` takes {takes} arguments, not {count}"));
        }
        let mut places = Vec::with_capacity(given.len());
        let mut disordered = false;
        for (at, id) in given.iter().enumerate() {
            let place = match self.tree.node(*id) {
                Node::Named { name, .. } => {
                    let wanted = self.name_of(name);
                    let found = parameters.iter().position(|parameter| parameter.name == wanted);
                    if found.is_none() && counted {
                        let known: Vec<String> =
                            parameters.iter().map(|p| self.names.text(p.name).to_owned()).collect();
                        let word = self.names.text(wanted).to_owned();
                        let place = self.range(name);
                        let message = format!("the function has no parameter `{word}`");
                        let known = known.iter().map(String::as_str).collect();
                        self.unknown(Kind::Arguments, place, message, known, &word);
                    }
                    disordered |= found != Some(at);
                    found
                }
                _ => {
                    if disordered && counted {
                        let place = self.range(*id);
                        self.error(Kind::Arguments, place, "after an argument out of order, all need their names");
                    }
                    (at < parameters.len()).then_some(at)
                }
            };
            places.push(place);
        }
        if counted {
            for ((id, info), place) in given.iter().zip(infos).zip(&places) {
                let parameter = place.and_then(|place| parameters.get(place)).copied();
                if let Some(parameter) = parameter {
                    self.check_user_argument(parameter, *id, *info);
                }
            }
            let missing = (0..parameters.len())
                .find(|at| !places.contains(&Some(*at)) && parameters.get(*at).is_some_and(|p| !p.optional));
            if let Some(missing) = missing.and_then(|at| parameters.get(at)) {
                let name = self.names.text(missing.name).to_owned();
                self.error(Kind::Arguments, range, format!("the argument for `{name}` is missing"));
            }
        }
        places
    }

    fn check_user_argument(&mut self, parameter: UserParameter, id: Id, info: Info) {
        let id = self.underlying(id);
        match parameter.takes {
            // A scalar is converted where it does not fit.
            Takes::Value(_) => {
                if info.as_table().is_some() {
                    // A table's first value would be taken; the reference library says nothing.
                }
            }
            Takes::Rows(rows) => {
                let Some(table) = info.as_table() else {
                    if !info.is_error() {
                        self.check_tabular(id, info);
                    }
                    return;
                };
                let wanted = self.pool.columns(rows).to_vec();
                for column in wanted {
                    let found = self.pool.find(table, column.name);
                    let fits = found.is_some_and(|found| found.ty.stands_for(column.ty, Conversion::None));
                    if !fits {
                        let name = self.names.text(column.name).to_owned();
                        let range = self.range(id);
                        let ty = column.ty.name();
                        self.error(Kind::Tabular, range, format!("this table lacks the column `{name}` of type {ty}"));
                        return;
                    }
                }
            }
        }
    }

    /// What a function gives for these arguments, and what a single value of it comes from.
    pub fn expand(&mut self, user: UserId, given: Given) -> (Value, Origin) {
        let Some(function) = self.user(user).cloned() else { return (Value::Error, Origin::NONE) };
        let body = match function.body {
            Body::Rows(rows) => return (Value::Table(rows), Origin::NONE),
            Body::Tree(body) => body,
        };
        if self.expanding.contains(&user) || self.expansions >= MOST_EXPANSIONS {
            return (Value::Scalar(Type::Unknown), Origin::NONE);
        }
        if let Some(known) = self.expanded.iter().find(|known| known.user == user && same(&known.given, &given)) {
            return (known.value, known.origin);
        }
        self.expansions += 1;
        let mut locals = Vec::with_capacity(function.parameters.len());
        for (at, parameter) in function.parameters.iter().enumerate() {
            let place = given.places.iter().position(|place| *place == Some(at));
            let mut local = self.stand_in(parameter);
            match place.and_then(|at| given.infos.get(at)) {
                Some(info) => {
                    let origin = place.and_then(|at| given.origins.get(at)).copied().unwrap_or_default();
                    let value = match parameter.takes {
                        Takes::Value(ty) => Value::Scalar(ty),
                        Takes::Rows(_) => info.value,
                    };
                    let symbol = Symbol::Variable(origin);
                    local.info = Info { value, symbol, constant: info.constant, text: info.text };
                }
                None => {
                    if let Some(default) = parameter.default {
                        let info = self.info(default);
                        local.info = Info { constant: true, text: info.text, ..local.info };
                    }
                }
            }
            locals.push(local);
        }
        self.expanding.push(user);
        self.silent += 1;
        let text = self.text;
        let elsewhere = self.pool.trace.elsewhere;
        if let Some(stored) = function.stored {
            self.pool.trace.elsewhere += 1;
            let definition = self.globals.functions.1.get(stored as usize);
            self.text = definition.and_then(|definition| definition.body.as_deref()).unwrap_or_default();
        }
        let value = self.body_value(body, &locals, function.visible, 1);
        let result = match self.tree.node(body) {
            Node::Body { result, .. } => result,
            _ => Some(body),
        };
        let origin = match (value, result) {
            (Value::Scalar(_), Some(result)) => self.origin(result),
            _ => Origin::NONE,
        };
        self.text = text;
        self.pool.trace.elsewhere = elsewhere;
        self.silent -= 1;
        self.expanding.pop();
        let value = match value {
            Value::Error | Value::None => Value::Scalar(Type::Unknown),
            value => value,
        };
        self.expanded.push(Expansion { user, given, value, origin });
        (value, origin)
    }

    /// Binds a body with its parameters, in a scope of its own.
    fn body_value(&mut self, body: Id, parameters: &[Local], visible: usize, first_column: u32) -> Value {
        let Node::Body { statements, result } = self.tree.node(body) else {
            return self.bind(body).value;
        };
        let hidden = self.locals.split_off(visible.min(self.locals.len()));
        let seen = self.locals.len();
        self.locals.extend_from_slice(parameters);
        let row = self.row.take();
        let right = self.right_row.take();
        let path = self.path.take();
        let piped = self.piped.take();
        let scope = std::mem::replace(&mut self.scope, Scope::Normal);
        let fuzzy = if first_column == 0 { self.fuzzy } else { std::mem::replace(&mut self.fuzzy, false) };
        let next = std::mem::replace(&mut self.next_column, 1);
        let block = std::mem::replace(&mut self.block, self.locals.len());
        self.bind_list(statements);
        let value = match result {
            Some(result) => self.bind(result).value,
            None => Value::None,
        };
        (self.row, self.right_row, self.path, self.piped) = (row, right, path, piped);
        (self.scope, self.fuzzy, self.next_column, self.block) = (scope, fuzzy, next, block);
        self.locals.truncate(seen);
        self.locals.extend(hidden);
        value
    }

    /// Makes a name known from here on.
    pub fn declare(&mut self, name: Name, info: Info) {
        self.locals.push(Local { name, info });
    }

    /// Whether a statement of this block declares the name already.
    pub fn is_declared_here(&self, name: Name) -> bool {
        self.locals.get(self.block..).is_some_and(|block| block.iter().any(|local| local.name == name))
    }

    pub fn local_mark(&self) -> usize {
        self.locals.len()
    }

    pub fn forget_locals(&mut self, mark: usize) {
        self.locals.truncate(mark);
    }
}

fn same(a: &Given, b: &Given) -> bool {
    let one = |a: &Info, b: &Info| {
        let values = match (a.value, b.value) {
            (Value::Scalar(a), Value::Scalar(b)) => a == b,
            (Value::Table(a), Value::Table(b)) => a == b,
            _ => false,
        };
        values && a.text == b.text && a.constant == b.constant
    };
    let infos = a.infos.len() == b.infos.len() && a.infos.iter().zip(&b.infos).all(|(a, b)| one(a, b));
    infos && a.origins == b.origins && a.places == b.places
}
