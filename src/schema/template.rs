//! What a template must keep that no schema says and no evaluation sees: how long a file and an expression may be as they
//! are written, and that names resolve also where nothing asks for the value.

use super::explain::Fault;
use super::place::escaped;
use crate::arm::parse::MAX_LENGTH;
use crate::arm::read::MAX_BYTES;
use crate::arm::{Expr, Name, Node, Object, Value as Tree, print};
use crate::diag::did_you_mean;
use crate::diag::rules::template as rules;

fn fault(rule: &'static crate::diag::Rule, pointer: String, message: String) -> Fault {
    Fault { rule, pointer, message, help: None }
}

/// A printed template or parameter file as a whole.
pub fn file_size(bytes: usize) -> Option<Fault> {
    let message = || format!("the file has {bytes} bytes; a deployment takes at most {MAX_BYTES}");
    (bytes > MAX_BYTES).then(|| fault(&rules::LIMIT, String::new(), message()))
}

/// The names that one template declares.
#[derive(Debug, Clone, Default)]
struct Scope<'a> {
    parameters: Vec<&'a str>,
    variables: Vec<&'a str>,
}

impl<'a> Scope<'a> {
    fn of(template: &'a Object) -> Self {
        let names = |section: &str| match template.get(section).map(|node| &node.value) {
            Some(Tree::Object(members)) => members.members.iter().map(|(name, _)| name.as_str()).collect(),
            _ => Vec::new(),
        };
        Scope { parameters: names("parameters"), variables: names("variables") }
    }
}

/// A parameters file gives values to what the template declares, and to nothing else.
pub fn given_parameters(template: &Node, file: &Node) -> Vec<Fault> {
    let (Tree::Object(template), Tree::Object(file)) = (&template.value, &file.value) else { return Vec::new() };
    let declared = Scope::of(template).parameters;
    let given = Scope::of(file).parameters;
    let unknown = given.into_iter().filter(|name| !declared.iter().any(|known| known.eq_ignore_ascii_case(name)));
    unknown
        .map(|name| Fault {
            rule: &rules::UNKNOWN_NAME,
            pointer: format!("/parameters/{}", escaped(name)),
            message: format!("`{name}` is no parameter of the template"),
            help: Some(format!("name one of its parameters: {}", declared.join(", "))),
        })
        .collect()
}

/// Every expression of a template's tree, with the templates around it: names resolve, and none is too long.
pub fn expressions(tree: &Node, faults: &mut Vec<Fault>) {
    if let Tree::Object(template) = &tree.value {
        let mut walk = Walk { scopes: vec![Scope::of(template)], way: Vec::new(), faults };
        walk.node(tree);
    }
}

struct Walk<'a, 'f> {
    /// The outermost first.
    scopes: Vec<Scope<'a>>,
    /// The way to the node; a pointer is made of it only for a fault.
    way: Vec<Step<'a>>,
    faults: &'f mut Vec<Fault>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

impl<'a> Walk<'a, '_> {
    fn node(&mut self, node: &'a Node) {
        match &node.value {
            Tree::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.step(Step::Item(i), item);
                }
            }
            Tree::Object(object) => self.members(object),
            Tree::Template(object) => {
                self.scopes.push(Scope::of(object));
                self.members(object);
                self.scopes.pop();
            }
            Tree::Inner(object) => {
                let around = self.scopes.pop();
                self.scopes.push(Scope::of(object));
                self.members(object);
                self.scopes.pop();
                self.scopes.extend(around);
            }
            Tree::Computed(members) => {
                for (name, member) in members {
                    match name {
                        Name::Text(name) => self.step(Step::Member(name), member),
                        Name::Expr { delay, expr } => {
                            self.expression(usize::from(*delay), expr);
                            self.node(member);
                        }
                    }
                }
            }
            Tree::Expr { delay, expr } => self.expression(usize::from(*delay), expr),
            Tree::Null | Tree::Bool(_) | Tree::Int(_) | Tree::Real(_) | Tree::Text(_) => {}
        }
    }

    fn members(&mut self, object: &'a Object) {
        for (name, member) in &object.members {
            self.step(Step::Member(name), member);
        }
    }

    fn step(&mut self, step: Step<'a>, node: &'a Node) {
        self.way.push(step);
        self.node(node);
        self.way.pop();
    }

    fn pointer(&self) -> String {
        let part = |step: &Step<'_>| match step {
            Step::Member(name) => format!("/{}", escaped(name)),
            Step::Item(i) => format!("/{i}"),
        };
        self.way.iter().map(part).collect()
    }

    fn expression(&mut self, delay: usize, expr: &Expr) {
        // Far from the limit there is no need to print it: quotes at most double a text.
        if 2 * length_at_most(expr) > MAX_LENGTH {
            let length = print::expression_text(expr).chars().count();
            if length > MAX_LENGTH {
                let message = format!("the expression has {length} characters; at most {MAX_LENGTH} are taken");
                self.faults.push(fault(&rules::LIMIT, self.pointer(), message));
            }
        }
        // The printer takes a delay that is too large for the innermost template's.
        let Some(scope) = self.scopes.get(delay).or(self.scopes.last()) else { return };
        let mut unknown = Vec::new();
        names(expr, &mut |function, name| {
            let known = if function == "parameters" { &scope.parameters } else { &scope.variables };
            // Names are compared without case.
            if !known.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                let near = did_you_mean(name, known.iter().copied());
                let help = match near {
                    Some(near) => format!("write `{near}`"),
                    None if known.is_empty() => format!("this template has no {function}"),
                    None => format!("{function} there: {}", known.join(", ")),
                };
                unknown.push((format!("`{function}('{name}')` names nothing in the template that evaluates it"), help));
            }
        });
        for (message, help) in unknown {
            let (rule, pointer) = (&rules::UNKNOWN_NAME, self.pointer());
            self.faults.push(Fault { rule, pointer, message, help: Some(help) });
        }
    }
}

/// The characters of an expression if no quote is doubled, or more.
fn length_at_most(expr: &Expr) -> usize {
    match expr {
        Expr::Text(text) => text.len() + 2,
        Expr::Int(_) => 20,
        Expr::Member(target, name) => length_at_most(target) + name.len() + 4,
        Expr::Index(target, index) => length_at_most(target) + length_at_most(index) + 2,
        Expr::Call(name, arguments) => {
            name.len() + 2 + arguments.iter().map(|argument| length_at_most(argument) + 2).sum::<usize>()
        }
    }
}

/// Calls `f` with each `parameters('name')` and `variables('name')` in an expression.
fn names(expr: &Expr, f: &mut impl FnMut(&str, &str)) {
    match expr {
        Expr::Text(_) | Expr::Int(_) => {}
        Expr::Member(target, _) => names(target, f),
        Expr::Index(target, index) => {
            names(target, f);
            names(index, f);
        }
        Expr::Call(function, arguments) => {
            let known = ["parameters", "variables"].into_iter().find(|known| function.eq_ignore_ascii_case(known));
            if let (Some(function), [Expr::Text(name)]) = (known, arguments.as_slice()) {
                f(function, name);
            }
            arguments.iter().for_each(|argument| names(argument, f));
        }
    }
}
