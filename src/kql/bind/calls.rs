//! Calls: which function a name means where it stands, its arguments, and what it gives.

use super::{Binder, Callee, Info, Infos, Scope, Symbol, Value};
use crate::kql::Dialect;
use crate::kql::finding::{Finding, Kind, Range};
use crate::kql::names::Name;
use crate::kql::registry::{Argument, Family, Function, Returns, Signature, transform_registry};
use crate::kql::syntax::tree::{Id, List, Node, Op};
use crate::kql::types::{Conversion, Type, common};

impl<'a> Binder<'a> {
    pub fn call(&mut self, id: Id, name: Id, arguments: List, tabular: bool) -> Info {
        let text = self.name_of(name);
        let callee = self.callee(id, name, text, tabular);
        let path = self.path.take();
        let piped = self.piped.take();
        let info = match callee {
            Ok(Callee::BuiltIn(function)) => self.built_in_call(name, function, arguments, piped),
            Ok(Callee::User(user)) => self.user_call(name, user, arguments, piped),
            Err(info) => {
                let scope = std::mem::replace(&mut self.scope, Scope::Normal);
                self.bind_list(arguments);
                self.scope = scope;
                info
            }
        };
        self.path = path;
        self.set(name, Info { value: Value::None, ..info });
        info
    }

    fn callee(&mut self, id: Id, name: Id, text: Name, tabular: bool) -> Result<Callee, Info> {
        let registry = self.registry;
        let range = self.range(name);
        if let Some(path) = self.path {
            return match path {
                Value::Database => {
                    let word = self.names.text(text);
                    let known = ["table", "external_table", "materialized_view", "database"];
                    match registry.function(word).filter(|_| known.contains(&word)) {
                        Some(function) => Ok(Callee::BuiltIn(function)),
                        None => {
                            let open = self.unknown_rows(text);
                            Err(Info::table(open))
                        }
                    }
                }
                Value::Error => Err(Info::ERROR),
                _ => {
                    let message = format!("`{}` is not a function of this value", self.names.text(text));
                    self.error(Kind::Function, range, message);
                    Err(Info::ERROR)
                }
            };
        }
        let found = match self.scope {
            Scope::Plugin => registry.plugin(self.names.text(text)).map(Callee::BuiltIn),
            Scope::Aggregate => {
                let aggregate = registry.aggregate(self.names.text(text)).map(Callee::BuiltIn);
                aggregate.or_else(|| self.normal_callee(text))
            }
            Scope::Normal => self.normal_callee(text),
        };
        found.ok_or_else(|| self.no_callee(id, range, text, tabular))
    }

    fn normal_callee(&mut self, name: Name) -> Option<Callee> {
        let word = self.names.text(name);
        if let Some(function) = self.registry.function(word).filter(|function| !function.graph) {
            return Some(Callee::BuiltIn(function));
        }
        if self.dialect == Dialect::Transform
            && let Some(function) = transform_registry().function(word)
        {
            return Some(Callee::BuiltIn(function));
        }
        if let Some(Info { value: Value::Function(user), .. }) = self.local(name) {
            return Some(Callee::User(user));
        }
        self.stored_function(name).map(Callee::User)
    }

    /// What is said of a call of nothing that can be called here.
    fn no_callee(&mut self, id: Id, range: Range, name: Name, tabular: bool) -> Info {
        if let Some(Info { value: Value::Database, .. }) = self.local(name) {
            // A declared pattern: its bodies are read over.
            return if tabular { Info::table(self.new_table(&[], true)) } else { Info::of(Value::Database) };
        }
        let word = &self.names.text(name).to_owned();
        if super::names::is_elsewhere(word) && self.scope != Scope::Plugin {
            // Another workspace or a resource: what is there is not known here.
            self.calls.unknown.push((name, range));
            self.error(Kind::Function, range, format!("`{word}` refers to data that is not known here"));
            return if tabular { Info::table(self.unknown_rows(name)) } else { Info::of(Value::Database) };
        }
        if self.scope != Scope::Aggregate && self.registry.aggregate(word).is_some() {
            let message = format!("the aggregate `{word}` can only stand in summarize and the like");
            self.error(Kind::FunctionPlace, range, message);
            return Info::ERROR;
        }
        if self.scope != Scope::Plugin && self.registry.plugin(word).is_some() {
            let message = format!("`{word}` is a plug-in: write `| evaluate {word}(…)`");
            self.error(Kind::FunctionPlace, range, message);
            return Info::ERROR;
        }
        if self.scope == Scope::Plugin {
            let known: Vec<&str> = self.registry.plugin_names().collect();
            self.unknown(Kind::Function, range, format!("the plug-in `{word}` does not exist"), known, word);
            return Info::ERROR;
        }
        self.note_source(name);
        if self.silent == 0 {
            self.calls.unknown.push((name, range));
        }
        if self.fuzzy {
            let whole = self.range(id);
            let message = format!("the function `{word}` is not known here; the union goes on without it");
            self.warning(Kind::Fuzzy, whole, message);
            let open = self.unknown_rows(name);
            return Info::table(open);
        }
        if word.starts_with("__") && !tabular {
            return Info::scalar(Type::Unknown);
        }
        let globals = self.globals;
        let locals: Vec<String> = self.locals.iter().map(|local| self.names.text(local.name).to_owned()).collect();
        let mut known: Vec<&str> = locals.iter().map(String::as_str).collect();
        known.extend(globals.known_names());
        for function in self.registry.names() {
            known.push(function);
        }
        self.unknown(Kind::Function, range, format!("the function `{word}` is not known here"), known, word);
        if tabular { Info::table(self.unknown_rows(name)) } else { Info::ERROR }
    }

    fn built_in_call(&mut self, name: Id, function: &'static Function, arguments: List, piped: Option<Info>) -> Info {
        let range = self.range(name);
        if self.silent == 0 && function.family == Family::Function {
            self.calls.functions.push((function.name, range));
        }
        let outer = self.scope;
        let inner = match function.family {
            Family::Aggregate => Scope::Normal,
            _ if outer == Scope::Aggregate => Scope::Aggregate,
            _ => Scope::Normal,
        };
        self.scope = inner;
        let mut ids = self.items(arguments);
        match function.signatures.as_slice() {
            [only] => self.bind_arguments(only, &ids),
            _ => ids.iter().for_each(|id| {
                self.bind(*id);
            }),
        }
        self.scope = outer;
        if self.pool.trace.is_on() {
            self.read_by_call(name, function, &ids);
        }
        let mut infos: Infos = ids.iter().map(|id| self.argument_info(*id)).collect();
        if let Some(piped) = piped {
            ids.insert(0, name);
            infos.insert(0, piped);
        }
        self.built_in_result(function, &ids, &infos, range)
    }

    /// Binds arguments whose parameters say in which scope they stand.
    fn bind_arguments(&mut self, signature: &'static Signature, ids: &[Id]) {
        for (at, id) in ids.iter().enumerate() {
            let kind = self.argument_kind(signature, ids, at);
            let first = ids.first().map(|first| self.info(*first)).filter(|_| at > 0);
            let (row, scope) = (self.row, self.scope);
            match (kind, first.map(|first| first.value)) {
                (Some(Argument::Aggregate), _) => self.scope = Scope::Aggregate,
                (Some(Argument::ColumnOfFirst), Some(Value::Table(table))) => self.row = Some(table),
                (Some(Argument::ColumnOfBoth), Some(Value::Table(table))) => {
                    let names: Vec<Name> = self.row_columns().iter().map(|column| column.name).collect();
                    let both = self.pool.all_columns(table).into_iter().filter(|c| names.contains(&c.name));
                    let both: Vec<_> = both.collect();
                    self.row = Some(self.new_table(&both, false));
                }
                _ => {}
            }
            let tables =
                signature.parameters.get(at).is_some_and(|p| p.accepts == crate::kql::registry::Accepts::Tabular);
            if tables {
                self.bind_table(*id);
            } else {
                self.bind(*id);
            }
            (self.row, self.scope) = (row, scope);
        }
    }

    fn argument_kind(&self, signature: &'static Signature, ids: &[Id], at: usize) -> Option<Argument> {
        if signature.expressions {
            return None;
        }
        let infos: Infos = ids.iter().map(|id| self.info(*id)).collect();
        let laid = self.layout(signature, ids, &infos);
        laid.get(at).map(|parameter| parameter.argument)
    }

    /// What an argument is; `*` is all columns.
    pub fn argument_info(&mut self, id: Id) -> Info {
        if matches!(self.tree.node(id), Node::Star) {
            let columns = self.row_columns();
            let table = self.new_table(&columns, false);
            return Info { symbol: Symbol::Columns(table), ..Info::of(Value::Tuple(table)) };
        }
        self.info(id)
    }

    fn built_in_result(&mut self, function: &'static Function, ids: &[Id], infos: &[Info], place: Range) -> Info {
        let found = self.best_signatures(function, ids, infos, false);
        let constant = function.fold && infos.iter().all(|info| info.constant);
        let symbol = Symbol::Function(Callee::BuiltIn(function));
        let info = Info { constant, symbol, ..Info::NONE };
        if let [only] = found.as_slice() {
            self.check_signature(function, only, ids, infos, place);
            let value = self.call_result(function, only, ids, infos, place);
            let value = self.sharpened(function, ids, infos, value);
            return Info { value, ..info };
        }
        let least = function.signatures.iter().map(|signature| signature.least).min().unwrap_or(0);
        if ids.is_empty() && least > 0 {
            self.error(Kind::Arguments, place, format!("`{}` needs arguments", function.name));
        } else if !infos.iter().any(|info| info.is_error() || self.type_of(*info) == Some(Type::Unknown)) {
            let names: Vec<&str> = infos.iter().map(|info| self.value_name(*info)).collect();
            let message = format!("`{}` does not take ({})", function.name, names.join(", "));
            self.report(Finding::error(Kind::Arguments, place, message));
        }
        let value = self.common_result(found.as_slice(), ids, infos);
        Info { value, ..info }
    }

    /// What several possible signatures have in common.
    pub fn common_result(&mut self, found: &[&'static Signature], ids: &[Id], infos: &[Info]) -> Value {
        let mut results = found.iter().map(|signature| signature.returns.clone());
        let Some(first) = results.next() else { return Value::Error };
        let first = self.plain_result(&first, ids, infos);
        for result in results {
            let result = self.plain_result(&result, ids, infos);
            let same = match (first, result) {
                (Value::Scalar(a), Value::Scalar(b)) => b.stands_for(a, Conversion::None),
                _ => false,
            };
            if !same {
                let unknown = infos.iter().any(|info| info.is_error() || self.type_of(*info) == Some(Type::Unknown));
                return if unknown { Value::Scalar(Type::Unknown) } else { Value::Error };
            }
        }
        first
    }

    fn plain_result(&mut self, returns: &Returns, ids: &[Id], infos: &[Info]) -> Value {
        match returns {
            Returns::Type(ty) => Value::Scalar(*ty),
            Returns::Argument(at) => infos.get(*at).map_or(Value::Error, |info| info.value),
            Returns::Widest => self.widest(infos),
            Returns::TypeIn(at) => {
                let id = at.map_or(ids.last(), |at| ids.get(at));
                let ty = id.and_then(|id| self.written_type(*id));
                Value::Scalar(ty.unwrap_or(Type::Unknown))
            }
            _ => Value::Scalar(Type::Unknown),
        }
    }

    fn widest(&self, infos: &[Info]) -> Value {
        let numbers = infos.iter().filter_map(|info| self.type_of(*info)).filter(|ty| ty.is_numeric());
        let widest = numbers.fold(None, |widest: Option<Type>, ty| match widest {
            Some(before) if !before.promotes_to(ty) => Some(before),
            _ => Some(ty),
        });
        widest.map_or(Value::Error, |ty| Value::Scalar(ty.long_for_int()))
    }

    /// A dynamic result of single dynamic values is what it would be of the values inside.
    fn sharpened(&mut self, function: &'static Function, ids: &[Id], infos: &[Info], value: Value) -> Value {
        let single = |info: &Info| self.type_of(*info).is_some_and(|ty| ty.unwrapped() != ty);
        if !matches!(value, Value::Scalar(Type::DYNAMIC)) || !infos.iter().any(single) {
            return value;
        }
        let unwrapped: Infos = infos.iter().map(|info| self.unwrap(*info)).collect();
        self.silent += 1;
        let found = self.best_signatures(function, ids, &unwrapped, function.family == Family::Operator);
        let inside = match found.as_slice() {
            [only] => self.call_result(function, only, ids, &unwrapped, Range::default()),
            _ => Value::Error,
        };
        self.silent -= 1;
        match inside {
            Value::Scalar(ty) if !ty.is_dynamic() && ty != Type::Unknown => Value::Scalar(ty.in_dynamic()),
            _ => value,
        }
    }

    fn unwrap(&self, info: Info) -> Info {
        match info.value {
            Value::Scalar(ty) => Info { value: Value::Scalar(ty.unwrapped()), ..info },
            _ => info,
        }
    }

    pub fn operator_result(&mut self, op: Op, signature: &'static Signature, ids: &[Id], infos: &[Info]) -> Value {
        let Some(function) = self.registry.operator(op) else { return Value::Error };
        let value = match &signature.returns {
            Returns::Custom => match infos.first().map(|info| (self.type_of(*info), info.constant)) {
                Some((Some(Type::Int), false)) => Value::Scalar(Type::Long),
                Some((Some(ty), _)) => Value::Scalar(ty),
                _ => Value::Error,
            },
            returns => self.plain_result(returns, ids, infos),
        };
        let value = match value {
            Value::Tuple(_) => Value::Scalar(self.type_or_unknown(Info::of(value))),
            value => value,
        };
        self.sharpened(function, ids, infos, value)
    }

    fn call_result(
        &mut self,
        function: &'static Function,
        signature: &'static Signature,
        ids: &[Id],
        infos: &[Info],
        place: Range,
    ) -> Value {
        let typed = |ty: Option<Type>| ty.map_or(Value::Error, Value::Scalar);
        match &signature.returns {
            Returns::Table(columns) => {
                let mut made = Vec::new();
                for (name, ty) in columns {
                    let name = self.names.add(name);
                    made.push(self.pool.column(name, *ty));
                }
                Value::Table(self.new_table(&made, false))
            }
            Returns::Argument(at) => {
                let value = infos.get(*at).map_or(Value::Error, |info| info.value);
                if function.name == "column_ifexists" || function.name == "columnifexists" {
                    return self.column_if_exists(ids, infos, value);
                }
                match value {
                    Value::Tuple(_) => typed(self.type_of(Info::of(value))),
                    _ => value,
                }
            }
            Returns::ArgumentArray => typed(infos.first().map(|info| self.type_or_unknown(*info).array())),
            Returns::ArgumentPromoted => {
                typed(infos.first().and_then(|info| self.type_of(*info)).map(Type::long_for_int))
            }
            Returns::Common | Returns::CommonNotDynamic => {
                let laid = self.layout(signature, ids, infos);
                let skip = signature.returns == Returns::CommonNotDynamic;
                typed(self.common_argument(&laid, infos, skip))
            }
            Returns::NamedTable => self.named_table(ids, infos, place),
            Returns::NamedDatabase => Value::Database,
            Returns::Open => Value::Table(self.new_table(&[], true)),
            Returns::Custom => self.custom_result(function, signature, ids, infos),
            returns => self.plain_result(returns, ids, infos),
        }
    }

    /// `column_ifexists("name", default)`: the column's own type, if there is one.
    fn column_if_exists(&mut self, ids: &[Id], infos: &[Info], default: Value) -> Value {
        let column = infos.first().and_then(|info| self.named_column(*info));
        if let (Some(id), Some(column)) = (ids.first(), column) {
            self.read_column(*id, column);
        }
        match (column, default) {
            (Some(column), Value::Scalar(default)) => {
                Value::Scalar(common(Some(default), column.ty, Conversion::None).map_or(default, |_| default))
            }
            _ => default,
        }
    }

    /// `table("name")`.
    fn named_table(&mut self, ids: &[Id], infos: &[Info], place: Range) -> Value {
        let Some(name) = infos.first().and_then(|info| info.text) else {
            return Value::Table(self.new_table(&[], true));
        };
        if let Some(local) = self.local(name)
            && let Value::Table(table) = local.value
        {
            return Value::Table(table);
        }
        if let Some(table) = self.known_table(name) {
            return Value::Table(table);
        }
        let range = ids.first().map_or(place, |id| self.range(*id));
        Value::Table(self.unknown_table(range, name))
    }
}
