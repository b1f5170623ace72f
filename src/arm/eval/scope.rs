//! Everything an expression may refer to while one template is evaluated: parameters, variables, loops, functions. Here
//! trees become values; calls are evaluated in [`super::expression`].

use super::budget::Budget;
use super::environment::Environment;
use super::fault::{Fault, Hint, Kind};
use super::parameters::Parameter;
use super::tree::{Form, Member, Members, Tree};
use super::value::{Object, Value};
use crate::arm::parse::{self, ParseError, Written};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The most rounds of one copy loop, as documented for resources, properties, variables and outputs.
pub const MAX_COPIES: i64 = 800;

/// The deepest nesting of nodes, calls and variables that wait for each other: what fits a thread's stack by far.
/// Published templates stay below a quarter of it.
const MAX_DEPTH: usize = 200;

/// The deepest nesting of arrays and objects in a value, however many steps made it.
const MAX_VALUE_DEPTH: usize = 200;

/// One template under evaluation. `'t` is the template's own text, `'b` what all templates of one evaluation share.
pub(super) struct Scope<'t, 'b> {
    pub env: Environment,
    pub budget: &'b mut Budget,
    /// Parameters of the template, in its order.
    pub parameters: Vec<Parameter<'t>>,
    /// Types that parameters may refer to.
    pub definitions: Option<&'t Members>,
    pub variables: Vec<Variable<'t>>,
    /// Functions of the template's own, as `namespace.name` in lower case.
    pub functions: BTreeMap<String, &'t Tree>,
    /// Copy loops around what is evaluated, innermost last.
    pub loops: Vec<(Rc<str>, i64)>,
    /// Variables of the lambdas around what is evaluated, innermost last.
    pub lambdas: Vec<(Rc<str>, Value)>,
    /// The arguments of the function of the template's own whose output is evaluated.
    pub arguments: Option<Vec<(Rc<str>, Value)>>,
    /// Whether a parameter's default is evaluated: `newGuid` and `utcNow` may stand only there.
    pub in_default: bool,
    pub depth: usize,
}

pub(super) struct Variable<'t> {
    name: Rc<str>,
    source: Source<'t>,
    state: State,
}

#[derive(Clone, Copy)]
enum Source<'t> {
    Plain(&'t Tree),
    Loop(&'t Tree),
}

impl<'t> Source<'t> {
    fn tree(self) -> &'t Tree {
        match self {
            Source::Plain(tree) | Source::Loop(tree) => tree,
        }
    }
}

/// Of a parameter or variable, which is evaluated when it is asked for first, and once.
pub(super) enum State {
    Waiting,
    Busy,
    Done(Result<Value, Fault>),
}

impl<'t> Variable<'t> {
    /// The variables that a template declares, those of its `copy` included.
    pub fn all(section: &'t Members) -> Vec<Self> {
        let mut found = Vec::with_capacity(section.len());
        for member in section.iter() {
            match loops(&member.name, &member.tree) {
                Some(items) => found.extend(items.iter().filter_map(|item| {
                    let name = item.get("name")?.text()?.into();
                    Some(Variable { name, source: Source::Loop(item), state: State::Waiting })
                })),
                None => found.push(Variable {
                    name: member.name.clone(),
                    source: Source::Plain(&member.tree),
                    state: State::Waiting,
                }),
            }
        }
        found
    }
}

/// The loops of a member `copy`; anything else that has this name is data.
fn loops<'t>(name: &str, tree: &'t Tree) -> Option<&'t [Tree]> {
    let items = tree.items().filter(|_| name.eq_ignore_ascii_case("copy"))?;
    items.iter().all(|item| item.get("input").is_some()).then_some(items)
}

impl<'t> Scope<'t, '_> {
    /// A node as it arrives: expressions evaluated, loops unrolled.
    pub fn walk(&mut self, tree: &'t Tree) -> Result<Value, Fault> {
        self.walk_node(tree).map_err(|fault| fault.at(tree.origin))
    }

    fn walk_node(&mut self, tree: &'t Tree) -> Result<Value, Fault> {
        self.budget.step()?;
        Ok(match &tree.form {
            Form::Null => Value::Null,
            Form::Bool(b) => Value::Bool(*b),
            Form::Int(n) => Value::Int(*n),
            Form::Real(n) => Value::Real(*n),
            Form::Text(text) => Value::Text(text.clone()),
            Form::Expr(expr) => self.eval(expr)?,
            Form::Broken { text, error } => return Err(no_expression(text, error)),
            Form::Array(items) => {
                self.budget.spend(items.len() * size_of::<Value>())?;
                self.deeper(|scope| items.iter().map(|item| scope.walk(item)).collect::<Result<Vec<_>, _>>())?.into()
            }
            Form::Object(members) => Value::object(self.deeper(|scope| scope.object(members))?),
        })
    }

    /// Does something one level deeper.
    pub fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth >= MAX_DEPTH {
            let message = format!("values that wait for each other are nested deeper than {MAX_DEPTH} levels");
            return Err(Fault::new(Kind::Bound, message));
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        done
    }

    fn object(&mut self, members: &'t Members) -> Result<Object, Fault> {
        self.budget.spend(members.len() * size_of::<(Rc<str>, Value)>())?;
        let mut object = Object::with_capacity(members.len());
        members.iter().try_for_each(|member| self.add_member(member, &mut object))?;
        Ok(object)
    }

    /// A member as it arrives; a loop becomes the members that it makes.
    pub fn add_member(&mut self, member: &'t Member, object: &mut Object) -> Result<(), Fault> {
        if let Some(items) = loops(&member.name, &member.tree) {
            for item in items {
                let name = loop_name(item)?;
                let value = self.copies(item, name.clone())?;
                self.budget.search(object.len())?;
                object.set(name, value);
            }
        } else if member.name.starts_with('[') {
            let name = self.name(&member.name).map_err(|fault| fault.at(member.tree.origin))?;
            let value = self.walk(&member.tree)?;
            self.budget.search(object.len())?;
            object.set(name, value);
        } else {
            let value = self.walk(&member.tree)?;
            object.push(member.name.clone(), value);
        }
        Ok(())
    }

    /// The name of a member, which may be an expression.
    fn name(&mut self, written: &Rc<str>) -> Result<Rc<str>, Fault> {
        match parse::string(written) {
            Ok(Written::Expr(expr)) => match self.eval(&expr)? {
                Value::Text(name) | Value::Opaque(name) => Ok(name),
                other => Err(Fault::new(Kind::Shape, format!("a name is a string, but this is {}", other.kind()))),
            },
            Ok(Written::Literal(name)) => Ok(name.into()),
            Err(error) => Err(no_expression(written, &error)),
        }
    }

    /// The items that a loop of properties or variables makes.
    pub fn copies(&mut self, item: &'t Tree, name: Rc<str>) -> Result<Value, Fault> {
        let (Some(count), Some(input)) = (item.get("count"), item.get("input")) else {
            return Err(Fault::new(Kind::Shape, "a copy loop has a `count` and an `input`").at(item.origin));
        };
        let count = self.count(count)?;
        self.rounds(&name, count, |scope| scope.walk(input)).map(Value::array)
    }

    /// How often a loop runs.
    pub fn count(&mut self, tree: &'t Tree) -> Result<i64, Fault> {
        let fault = match self.walk(tree)? {
            Value::Int(count) if (0..=MAX_COPIES).contains(&count) => return Ok(count),
            Value::Int(count) => {
                Fault::new(Kind::Limit, format!("a copy loop runs 0 to {MAX_COPIES} times, not {count} times"))
            }
            Value::Opaque(call) => Fault::unknown(format!("how often the loop runs only a deployment knows: {call}")),
            other => Fault::new(Kind::Shape, format!("the count of a copy loop is an integer, not {}", other.kind())),
        };
        Err(fault.at(tree.origin))
    }

    /// Does something in each round of a loop.
    pub fn rounds<T>(
        &mut self,
        name: &Rc<str>,
        count: i64,
        mut round: impl FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.deeper(|scope| {
            let mut made = Vec::new();
            for index in 0..count {
                scope.budget.step()?;
                scope.loops.push((name.clone(), index));
                let done = round(scope);
                scope.loops.pop();
                made.push(done?);
            }
            Ok(made)
        })
    }

    /// The value of a variable, which is evaluated when it is asked for first.
    pub fn variable(&mut self, name: &str) -> Result<Value, Fault> {
        let Some(at) = self.variables.iter().position(|variable| variable.name.eq_ignore_ascii_case(name)) else {
            let known = self.variables.iter().map(|variable| &*variable.name);
            return Err(missing("variable", name, known));
        };
        let Some(variable) = self.variables.get_mut(at) else {
            return Err(missing("variable", name, std::iter::empty()));
        };
        let source = variable.source;
        match &variable.state {
            State::Done(value) => return value.clone(),
            State::Busy => {
                return Err(Fault::new(Kind::Name, format!("the variable `{name}` is defined by means of itself")));
            }
            State::Waiting => variable.state = State::Busy,
        }
        let value = self.alone(|scope| match source {
            Source::Plain(tree) => scope.walk(tree),
            Source::Loop(item) => scope.copies(item, loop_name(item)?),
        });
        let value = value.map_err(|fault| fault.at(source.tree().origin));
        if let Some(variable) = self.variables.get_mut(at) {
            variable.state = State::Done(value.clone());
        }
        value
    }

    /// Evaluates what stands in no loop and no function, and will be part of other values.
    pub fn alone(&mut self, work: impl FnOnce(&mut Self) -> Result<Value, Fault>) -> Result<Value, Fault> {
        let loops = std::mem::take(&mut self.loops);
        let lambdas = std::mem::take(&mut self.lambdas);
        let arguments = self.arguments.take();
        let value = self.deeper(work).and_then(|value| self.bounded(&value, 0).map(|()| value));
        (self.loops, self.lambdas, self.arguments) = (loops, lambdas, arguments);
        value
    }

    /// Evaluates every variable: an unused one that is broken fails a deployment too.
    pub fn all_variables(&mut self, faults: &mut Vec<Fault>) {
        let names: Vec<Rc<str>> = self.variables.iter().map(|variable| variable.name.clone()).collect();
        faults.extend(names.iter().filter_map(|name| self.variable(name).err()));
    }

    /// Holds a value that others will be made of against the bounds: shared parts count each time they are met, as they
    /// will when it is printed.
    pub fn bounded(&mut self, value: &Value, depth: usize) -> Result<(), Fault> {
        if depth > MAX_VALUE_DEPTH {
            let message = format!("arrays and objects are nested deeper than {MAX_VALUE_DEPTH} levels");
            return Err(Fault::new(Kind::Bound, message));
        }
        self.budget.step()?;
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.bounded(item, depth + 1)),
            Value::Object(object) => object.iter().try_for_each(|(_, item)| self.bounded(item, depth + 1)),
            Value::Text(text) | Value::Opaque(text) => self.budget.spend(text.len()),
            _ => Ok(()),
        }
    }
}

fn loop_name(item: &Tree) -> Result<Rc<str>, Fault> {
    let name = item.get("name").and_then(Tree::text).map(Rc::from);
    name.ok_or_else(|| Fault::new(Kind::Shape, "a copy loop has a `name`, which is a string").at(item.origin))
}

fn no_expression(text: &str, error: &ParseError) -> Fault {
    let why = &error.message;
    if text.chars().count() > parse::MAX_LENGTH {
        return Fault::new(Kind::Limit, why.clone());
    }
    Fault::new(Kind::Syntax, format!("a text in brackets is an expression, but this one is not: {why}"))
        .help("correct the expression; a text that is none begins with `[[`")
}

/// `what` of this name is not there.
pub(super) fn missing<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Fault {
    let known = known.map(str::to_owned).collect();
    Fault::new(Kind::Name, format!("there is no {what} `{name}`")).hint(Hint::Known { name: name.to_owned(), known })
}
