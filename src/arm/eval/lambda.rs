//! Functions that take a function: `map`, `filter`, `reduce`, `sort`, `toObject`, `groupBy`, `mapValues`.

use super::fault::{Fault, Kind};
use super::functions::SpecialForm;
use super::scope::{Scope, missing};
use super::value::{Object, Value};
use crate::arm::Expr;
use std::rc::Rc;

/// `lambda('a', 'b', body)`, not evaluated.
struct Lambda<'e> {
    variables: Vec<Rc<str>>,
    body: &'e Expr,
}

impl Scope<'_, '_> {
    pub(super) fn with_lambda(&mut self, form: SpecialForm, arguments: &[Expr]) -> Result<Value, Fault> {
        match (form, arguments) {
            (SpecialForm::LambdaVariables, _) => {
                let name = self.name_of(arguments, "lambdaVariables")?;
                let found = self.lambdas.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(&name));
                found.map(|(_, value)| value.clone()).ok_or_else(|| {
                    missing("variable of a lambda", &name, self.lambdas.iter().map(|(known, _)| &**known))
                })
            }
            (SpecialForm::Map, [items, lambda]) => {
                let (items, lambda) = (self.items(items, "map")?, self.lambda(lambda, 1, 2)?);
                self.each(&items, &lambda).map(Value::array)
            }
            (SpecialForm::Filter, [items, lambda]) => self.filter(items, lambda),
            (SpecialForm::Reduce, [items, first, lambda]) => self.reduce(items, first, lambda),
            (SpecialForm::Sort, [items, lambda]) => self.sort(items, lambda),
            (SpecialForm::ToObject, [items, key]) => self.object_by(items, key, None),
            (SpecialForm::ToObject, [items, key, value]) => self.object_by(items, key, Some(value)),
            (SpecialForm::GroupBy, [items, key]) => self.group_by(items, key, None),
            (SpecialForm::GroupBy, [items, key, value]) => self.group_by(items, key, Some(value)),
            (SpecialForm::MapValues, [object, lambda]) => self.map_values(object, lambda),
            (SpecialForm::Lambda, _) => {
                Err(Fault::argument("`lambda` may stand only where a function takes one, such as in `map`"))
            }
            _ => Err(Fault::argument("a function that takes a lambda has too few or too many arguments")),
        }
    }

    fn items(&mut self, expr: &Expr, of: &str) -> Result<Rc<Vec<Value>>, Fault> {
        match self.eval(expr)? {
            Value::Array(items) => Ok(items),
            Value::Opaque(call) => {
                Err(Fault::unknown(format!("what `{of}` goes through only a deployment knows: {call}")))
            }
            other => Err(Fault::argument(format!("`{of}` goes through an array, but this is {}", other.kind()))),
        }
    }

    /// The lambda that stands as an argument, with so many variables.
    fn lambda<'e>(&mut self, expr: &'e Expr, least: usize, most: usize) -> Result<Lambda<'e>, Fault> {
        let Expr::Call(name, parts) = expr else {
            return Err(Fault::argument("here stands a `lambda(…)`"));
        };
        let Some((body, names)) = parts.split_last().filter(|_| name.eq_ignore_ascii_case("lambda")) else {
            return Err(Fault::argument("here stands a `lambda(…)`"));
        };
        let mut variables = Vec::with_capacity(names.len());
        for name in names {
            match self.eval(name)? {
                Value::Text(name) => variables.push(name),
                other => {
                    return Err(Fault::argument(format!(
                        "a lambda's variable has a name, but this is {}",
                        other.kind()
                    )));
                }
            }
        }
        if !(least..=most).contains(&variables.len()) {
            let message = format!("the lambda has {} variables; it takes {least} to {most} here", variables.len());
            return Err(Fault::argument(message));
        }
        Ok(Lambda { variables, body })
    }

    /// Evaluates a lambda's body with its variables, as far as it has so many.
    fn apply<const N: usize>(&mut self, lambda: &Lambda<'_>, values: [Value; N]) -> Result<Value, Fault> {
        self.budget.step()?;
        let depth = self.lambdas.len();
        self.lambdas.extend(lambda.variables.iter().cloned().zip(values));
        let value = self.deeper(|scope| scope.eval(lambda.body));
        self.lambdas.truncate(depth);
        value
    }

    fn each(&mut self, items: &[Value], lambda: &Lambda<'_>) -> Result<Vec<Value>, Fault> {
        self.budget.spend(std::mem::size_of_val(items))?;
        let numbered = items.iter().zip(0..);
        numbered.map(|(item, index)| self.apply(lambda, [item.clone(), Value::Int(index)])).collect()
    }

    /// What the lambda decides about an item.
    fn decides<const N: usize>(&mut self, lambda: &Lambda<'_>, values: [Value; N], of: &str) -> Result<bool, Fault> {
        match self.apply(lambda, values)? {
            Value::Bool(it) => Ok(it),
            Value::Opaque(call) => Err(Fault::unknown(format!("what `{of}` decides only a deployment knows: {call}"))),
            other => {
                Err(Fault::argument(format!("the lambda of `{of}` gives a boolean, but this is {}", other.kind())))
            }
        }
    }

    fn filter(&mut self, items: &Expr, lambda: &Expr) -> Result<Value, Fault> {
        let (items, lambda) = (self.items(items, "filter")?, self.lambda(lambda, 1, 2)?);
        let mut kept = Vec::new();
        for (item, index) in items.iter().zip(0..) {
            if self.decides(&lambda, [item.clone(), Value::Int(index)], "filter")? {
                self.budget.spend(size_of::<Value>())?;
                kept.push(item.clone());
            }
        }
        Ok(Value::array(kept))
    }

    fn reduce(&mut self, items: &Expr, first: &Expr, lambda: &Expr) -> Result<Value, Fault> {
        let items = self.items(items, "reduce")?;
        let mut value = self.eval(first)?;
        let lambda = self.lambda(lambda, 2, 3)?;
        for (item, index) in items.iter().zip(0..) {
            value = self.apply(&lambda, [value, item.clone(), Value::Int(index)])?;
            self.bounded(&value, 0)?;
        }
        Ok(value)
    }

    /// Sorts by a lambda that says whether its first item goes before its second. Merging keeps the work within n log n
    /// and stops at the first fault, which the library's sort cannot.
    fn sort(&mut self, items: &Expr, lambda: &Expr) -> Result<Value, Fault> {
        let (items, lambda) = (self.items(items, "sort")?, self.lambda(lambda, 2, 2)?);
        self.budget.spend(std::mem::size_of_val(items.as_slice()))?;
        let mut runs: Vec<Vec<Value>> = items.iter().map(|item| vec![item.clone()]).collect();
        while runs.len() > 1 {
            let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
            let mut rest = runs.into_iter();
            while let Some(left) = rest.next() {
                merged.push(match rest.next() {
                    Some(right) => self.merge(left, right, &lambda)?,
                    None => left,
                });
            }
            runs = merged;
        }
        Ok(Value::array(runs.pop().unwrap_or_default()))
    }

    fn merge(&mut self, left: Vec<Value>, right: Vec<Value>, lambda: &Lambda<'_>) -> Result<Vec<Value>, Fault> {
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            // Equal items keep their order: the right one goes first only if it has to.
            let right_first = self.decides(lambda, [b.clone(), a.clone()], "sort")?;
            merged.extend(if right_first { right.next() } else { left.next() });
        }
        merged.extend(left.chain(right));
        Ok(merged)
    }

    /// The keys that a lambda gives for the items, and the values that another one does.
    fn keyed(
        &mut self,
        items: &Expr,
        key: &Expr,
        value: Option<&Expr>,
        of: &str,
    ) -> Result<Vec<(Rc<str>, Value)>, Fault> {
        let (items, key) = (self.items(items, of)?, self.lambda(key, 1, 1)?);
        let value = value.map(|value| self.lambda(value, 1, 1)).transpose()?;
        let mut pairs = Vec::new();
        for item in items.iter() {
            let key = match self.apply(&key, [item.clone()])? {
                Value::Text(key) => key,
                Value::Opaque(call) => return Err(Fault::unknown(format!("a key only a deployment knows: {call}"))),
                other => {
                    return Err(Fault::argument(format!(
                        "the keys of `{of}` are strings, but this is {}",
                        other.kind()
                    )));
                }
            };
            let value = match &value {
                Some(value) => self.apply(value, [item.clone()])?,
                None => item.clone(),
            };
            self.budget.spend(size_of::<(Rc<str>, Value)>())?;
            pairs.push((key, value));
        }
        Ok(pairs)
    }

    fn object_by(&mut self, items: &Expr, key: &Expr, value: Option<&Expr>) -> Result<Value, Fault> {
        let mut object = Object::default();
        for (key, value) in self.keyed(items, key, value, "toObject")? {
            self.budget.steps(object.len())?;
            object.set(key, value);
        }
        Ok(Value::object(object))
    }

    fn group_by(&mut self, items: &Expr, key: &Expr, value: Option<&Expr>) -> Result<Value, Fault> {
        let mut groups: Vec<(Rc<str>, Vec<Value>)> = Vec::new();
        for (key, value) in self.keyed(items, key, value, "groupBy")? {
            self.budget.steps(groups.len())?;
            match groups.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&key)) {
                Some((_, group)) => group.push(value),
                None => groups.push((key, vec![value])),
            }
        }
        Ok(Value::object(groups.into_iter().map(|(key, group)| (key, Value::array(group))).collect()))
    }

    fn map_values(&mut self, object: &Expr, lambda: &Expr) -> Result<Value, Fault> {
        let object = match self.eval(object)? {
            Value::Object(object) => object,
            Value::Opaque(call) => {
                return Err(Fault::unknown(format!("what `mapValues` goes through only a deployment knows: {call}")));
            }
            other => {
                return Err(Fault::new(Kind::Argument, format!("`mapValues` takes an object, not {}", other.kind())));
            }
        };
        let lambda = self.lambda(lambda, 1, 1)?;
        let members = object.iter().map(|(name, value)| Ok((name.clone(), self.apply(&lambda, [value.clone()])?)));
        Ok(Value::object(members.collect::<Result<_, Fault>>()?))
    }
}
