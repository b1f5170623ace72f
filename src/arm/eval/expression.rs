//! Calls and members: an expression becomes a value. What needs its arguments alone is in [`super::functions`]; here is
//! what needs the template, the place of the deployment, or arguments that are not evaluated yet.

use super::fault::{Fault, Kind};
use super::functions::{self, SpecialForm};
use super::ids;
use super::scope::{Scope, missing};
use super::tree::Tree;
use super::value::Value;
use crate::arm::Expr;
use std::rc::Rc;

/// What `utcNow` gives, in seconds since 1970: 2020-01-01T00:00:00Z, whatever the clock says.
const NOW: i64 = 1_577_836_800;

/// What `newGuid` gives: no chance, and nobody's id.
const NEW_GUID: &str = "00000000-0000-0000-0000-00000000a0a0";

impl<'t> Scope<'t, '_> {
    /// What an expression gives here.
    pub fn eval(&mut self, expr: &Expr) -> Result<Value, Fault> {
        self.budget.step()?;
        match expr {
            Expr::Text(text) => {
                self.budget.spend(text.len())?;
                Ok(Value::text(text.as_str()))
            }
            Expr::Int(n) => Ok(Value::Int(*n)),
            Expr::Call(name, arguments) => self.deeper(|scope| scope.call(name, arguments)),
            Expr::Member(target, name) => {
                let target = self.deeper(|scope| scope.eval(target))?;
                self.member(&target, name)
            }
            Expr::Index(target, index) => {
                let target = self.deeper(|scope| scope.eval(target))?;
                match self.deeper(|scope| scope.eval(index))? {
                    Value::Text(name) => self.member(&target, &name),
                    Value::Int(at) => self.item(&target, at),
                    Value::Opaque(call) => self.member_of_opaque(&target, &call),
                    other => Err(Fault::argument(format!(
                        "an index is an integer or a string, but this is {}",
                        other.kind()
                    ))),
                }
            }
        }
    }

    fn member(&mut self, target: &Value, name: &str) -> Result<Value, Fault> {
        match target {
            Value::Object(object) => {
                self.budget.search(object.len())?;
                let found = object.get(name).cloned();
                found.ok_or_else(|| missing("member", name, object.iter().map(|(name, _)| &**name)))
            }
            Value::Opaque(call) => self.opaque(format!("{call}.{name}")),
            other => Err(Fault::new(Kind::Name, format!("there is no member `{name}`: this is {}", other.kind()))),
        }
    }

    fn item(&mut self, target: &Value, at: i64) -> Result<Value, Fault> {
        match target {
            Value::Array(items) => usize::try_from(at).ok().and_then(|at| items.get(at)).cloned().ok_or_else(|| {
                Fault::new(Kind::Name, format!("there is no item {at}: the array has {} items", items.len()))
            }),
            Value::Opaque(call) => self.opaque(format!("{call}.{at}")),
            other => Err(Fault::new(Kind::Name, format!("there is no item {at}: this is {}", other.kind()))),
        }
    }

    fn member_of_opaque(&mut self, target: &Value, name: &str) -> Result<Value, Fault> {
        match target {
            Value::Opaque(call) => self.opaque(format!("{call}.{name}")),
            _ => Err(Fault::unknown(format!("which member it is only a deployment knows: {name}"))),
        }
    }

    /// A value that only a deployment knows.
    fn opaque(&mut self, call: String) -> Result<Value, Fault> {
        self.budget.spend(call.len())?;
        Ok(Value::Opaque(call.into()))
    }

    fn call(&mut self, name: &str, arguments: &[Expr]) -> Result<Value, Fault> {
        if name.contains('.') {
            return self.own_function(name, arguments);
        }
        let function = functions::lookup(name).ok_or_else(|| unknown_function(name))?;
        function.takes(arguments.len())?;
        if let functions::Kind::Special(form) = function.kind {
            return self.special(form, name, arguments);
        }
        let arguments = self.all(arguments)?;
        match function.call(&arguments, self.budget) {
            Some(result) => result,
            None => Err(unknown_function(name)),
        }
    }

    pub(super) fn all(&mut self, expressions: &[Expr]) -> Result<Vec<Value>, Fault> {
        expressions.iter().map(|expression| self.eval(expression)).collect()
    }

    fn special(&mut self, form: SpecialForm, name: &str, arguments: &[Expr]) -> Result<Value, Fault> {
        match form {
            SpecialForm::If => match arguments {
                [condition, yes, no] => self.truth(condition, "if").and_then(|it| self.eval(if it { yes } else { no })),
                _ => Err(unknown_function(name)),
            },
            SpecialForm::And => self.until(arguments, "and", false),
            SpecialForm::Or => self.until(arguments, "or", true),
            SpecialForm::Coalesce => self.coalesce(arguments),
            SpecialForm::Parameters => self.name_of(arguments, name).and_then(|name| self.parameter(&name)),
            SpecialForm::Variables => {
                let wanted = self.name_of(arguments, name)?;
                if self.arguments.is_some() {
                    let message = "a function of the template's own knows its parameters, no variables";
                    return Err(Fault::new(Kind::Name, message));
                }
                self.variable(&wanted)
            }
            SpecialForm::CopyIndex => self.copy_index(arguments),
            SpecialForm::Subscription => Ok(self.env.subscription.clone()),
            SpecialForm::Tenant => Ok(self.env.tenant.clone()),
            SpecialForm::ResourceGroup => Ok(self.env.resource_group.clone()),
            SpecialForm::Deployment => Ok(self.env.deployment.clone()),
            SpecialForm::Environment => Ok(self.env.cloud.clone()),
            SpecialForm::NewGuid => self.only_in_default(name).map(|()| Value::text(NEW_GUID)),
            SpecialForm::UtcNow => self.now(name, arguments),
            SpecialForm::Runtime | SpecialForm::ManagementGroup => self.runtime(name, arguments),
            SpecialForm::ResourceId
            | SpecialForm::SubscriptionResourceId
            | SpecialForm::TenantResourceId
            | SpecialForm::ManagementGroupResourceId
            | SpecialForm::ExtensionResourceId => {
                let arguments = self.all(arguments)?;
                ids::call(form, &arguments, &self.env, self.budget)
            }
            SpecialForm::Lambda
            | SpecialForm::LambdaVariables
            | SpecialForm::Filter
            | SpecialForm::GroupBy
            | SpecialForm::Map
            | SpecialForm::MapValues
            | SpecialForm::Reduce
            | SpecialForm::Sort
            | SpecialForm::ToObject => self.with_lambda(form, arguments),
        }
    }

    /// A condition: only a boolean is one.
    pub(super) fn truth(&mut self, expr: &Expr, of: &str) -> Result<bool, Fault> {
        match self.eval(expr)? {
            Value::Bool(it) => Ok(it),
            Value::Opaque(call) => Err(Fault::unknown(format!("what `{of}` decides only a deployment knows: {call}"))),
            other => Err(Fault::argument(format!("`{of}` takes booleans, but this is {}", other.kind()))),
        }
    }

    /// `and` and `or`: arguments behind the one that decides are not evaluated.
    fn until(&mut self, arguments: &[Expr], name: &str, decides: bool) -> Result<Value, Fault> {
        for argument in arguments {
            if self.truth(argument, name)? == decides {
                return Ok(Value::Bool(decides));
            }
        }
        Ok(Value::Bool(!decides))
    }

    fn coalesce(&mut self, arguments: &[Expr]) -> Result<Value, Fault> {
        for argument in arguments {
            match self.eval(argument)? {
                Value::Null => {}
                found => return Ok(found),
            }
        }
        Ok(Value::Null)
    }

    /// The first argument, which names something.
    pub(super) fn name_of(&mut self, arguments: &[Expr], function: &str) -> Result<Rc<str>, Fault> {
        let Some(argument) = arguments.first() else {
            return Err(Fault::argument(format!("`{function}` takes a name")));
        };
        match self.eval(argument)? {
            Value::Text(name) => Ok(name),
            other => Err(Fault::argument(format!("`{function}` takes a name, but this is {}", other.kind()))),
        }
    }

    fn parameter(&mut self, name: &str) -> Result<Value, Fault> {
        if let Some(arguments) = &self.arguments {
            let found = arguments.iter().find(|(argument, _)| argument.eq_ignore_ascii_case(name));
            return found
                .map(|(_, value)| value.clone())
                .ok_or_else(|| missing("parameter", name, arguments.iter().map(|(argument, _)| &**argument)));
        }
        match self.parameters.iter().position(|parameter| parameter.name.eq_ignore_ascii_case(name)) {
            Some(at) => self.bind(at),
            None => Err(missing("parameter", name, self.parameters.iter().map(|parameter| parameter.name))),
        }
    }

    fn copy_index(&mut self, arguments: &[Expr]) -> Result<Value, Fault> {
        let (mut name, mut offset) = (None, 0);
        for argument in self.all(arguments)? {
            match argument {
                Value::Text(text) if name.is_none() => name = Some(text),
                Value::Int(n) => offset = n,
                other => {
                    let message = format!("`copyIndex` takes the name of a loop and an integer, not {}", other.kind());
                    return Err(Fault::argument(message));
                }
            }
        }
        let index = match &name {
            Some(name) => self.loops.iter().rev().find(|(of, _)| of.eq_ignore_ascii_case(name)),
            None => self.loops.last(),
        };
        let Some((_, index)) = index else {
            return Err(match &name {
                Some(name) => missing("copy loop", name, self.loops.iter().map(|(of, _)| &**of)),
                None => Fault::new(Kind::Name, "`copyIndex` stands in no copy loop"),
            });
        };
        let sum = index.checked_add(offset);
        sum.map(Value::Int).ok_or_else(|| Fault::argument("the index is no integer of 64 bits"))
    }

    fn only_in_default(&self, name: &str) -> Result<(), Fault> {
        if self.in_default {
            return Ok(());
        }
        let message = format!("`{name}` may stand in the default of a parameter only");
        Err(Fault::new(Kind::Name, message).help("declare a parameter with this default and read the parameter here"))
    }

    fn now(&mut self, name: &str, arguments: &[Expr]) -> Result<Value, Fault> {
        self.only_in_default(name)?;
        let format = match arguments.first() {
            Some(_) => self.name_of(arguments, name)?,
            None => functions::UTC_NOW_FORMAT.into(),
        };
        functions::format_utc(NOW, &format).map(Value::text)
    }

    /// `reference`, `list*` and what else asks Azure: opaque, equal where function and arguments are.
    fn runtime(&mut self, name: &str, arguments: &[Expr]) -> Result<Value, Fault> {
        let arguments = self.all(arguments)?;
        functions::opaque_call(name, &arguments, self.budget)
    }

    /// `namespace.name(…)`: a function that the template defines. It sees its arguments and nothing else of the template.
    fn own_function(&mut self, name: &str, arguments: &[Expr]) -> Result<Value, Fault> {
        let found = self.functions.get(&name.to_lowercase()).copied();
        let Some(function) = found.filter(|_| self.arguments.is_none()) else {
            return Err(match found {
                Some(_) => Fault::new(Kind::Name, "a function of the template's own cannot call another one"),
                None => missing("function", name, self.functions.keys().map(String::as_str)),
            });
        };
        let values = self.all(arguments)?;
        let names: Vec<Rc<str>> = function
            .get("parameters")
            .and_then(Tree::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|parameter| parameter.get("name").and_then(Tree::text).map(Rc::from))
            .collect();
        if names.len() != values.len() {
            let message = format!("`{name}` takes {} arguments, not {}", names.len(), values.len());
            return Err(Fault::argument(message));
        }
        let output = function.get("output").and_then(|output| output.get("value")).ok_or_else(|| {
            Fault::new(Kind::Shape, format!("the function `{name}` has no output with a value")).at(function.origin)
        })?;
        let loops = std::mem::take(&mut self.loops);
        self.arguments = Some(names.into_iter().zip(values).collect());
        let value = self.walk(output);
        self.arguments = None;
        self.loops = loops;
        value
    }
}

fn unknown_function(name: &str) -> Fault {
    missing("template function", name, functions::all().map(|function| function.name))
}
