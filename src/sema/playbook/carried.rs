//! A carried template, as far as it can be known without a deployment: its parameters with their defaults, its variables, its
//! resources, and which text an expression of them gives.

use crate::arm::Expr;
use crate::arm::eval::tree::{Form, Member, Members, Tree};
use crate::source::{FileId, Span};

/// How often one name may lead to the next: more than any template needs, and the end of a circle.
const MAX_STEPS: usize = 16;

#[derive(Debug, Clone, Copy)]
pub struct Carried<'t> {
    pub tree: &'t Tree,
    pub file: FileId,
}

impl<'t> Carried<'t> {
    pub fn section(self, name: &str) -> impl Iterator<Item = &'t Member> {
        self.tree.get(name).and_then(Tree::members).into_iter().flat_map(Members::iter)
    }

    pub fn parameter(self, name: &str) -> Option<&'t Tree> {
        self.tree.get("parameters")?.get(name)
    }

    pub fn resources(self) -> &'t [Tree] {
        self.tree.get("resources").and_then(Tree::items).unwrap_or_default()
    }

    /// The resources of a type, with their numbers from 1.
    pub fn of_type(self, ty: &'static str) -> impl Iterator<Item = (usize, &'t Tree)> {
        (1..).zip(self.resources()).filter(move |(_, resource)| is_type(resource, ty))
    }

    /// The place of a node; of the template's first line, if it has none.
    pub fn span(self, tree: &Tree) -> Span {
        tree.origin.map_or(Span::start_of(self.file), |origin| origin.span)
    }

    /// Where something is pointed at that lacks a member: at its type or name, for the whole of it is half a file.
    pub fn head(self, tree: &Tree) -> Span {
        self.span(["type", "name", "$schema"].into_iter().find_map(|name| tree.get(name)).unwrap_or(tree))
    }

    /// The text that a node gives, if the parameters keep their defaults.
    pub fn text(self, tree: &Tree) -> Option<String> {
        self.text_of(tree, MAX_STEPS)
    }

    fn text_of(self, tree: &Tree, steps: usize) -> Option<String> {
        match &tree.form {
            Form::Text(text) => Some(text.to_string()),
            Form::Expr(expr) => self.constant(expr, steps),
            _ => None,
        }
    }

    fn constant(self, expr: &Expr, steps: usize) -> Option<String> {
        let steps = steps.checked_sub(1)?;
        match expr {
            Expr::Text(text) => Some(text.clone()),
            Expr::Call(name, arguments) if name.eq_ignore_ascii_case("concat") => {
                arguments.iter().map(|argument| self.constant(argument, steps)).collect()
            }
            _ => self.text_of(self.named(expr)?, steps),
        }
    }

    /// The default of a parameter, or the value of a variable, that an expression asks for.
    pub fn named(self, expr: &Expr) -> Option<&'t Tree> {
        let Expr::Call(function, arguments) = expr else { return None };
        let [Expr::Text(name)] = arguments.as_slice() else { return None };
        if function.eq_ignore_ascii_case("parameters") {
            return self.parameter(name)?.get("defaultValue");
        }
        let variables = self.tree.get("variables").filter(|_| function.eq_ignore_ascii_case("variables"));
        variables?.get(name)
    }

    /// What stands behind the last slash of an id, however it is put together.
    pub fn last_segment(self, id: &Tree) -> Option<String> {
        let text = match &id.form {
            Form::Expr(expr) => self.last_text(expr, MAX_STEPS)?,
            _ => self.text(id)?,
        };
        text.rsplit('/').next().map(str::to_owned)
    }

    fn last_text(self, expr: &Expr, steps: usize) -> Option<String> {
        let inner = steps.checked_sub(1)?;
        match expr {
            Expr::Call(name, _) if ["parameters", "variables"].iter().any(|of| name.eq_ignore_ascii_case(of)) => {
                match &self.named(expr)?.form {
                    Form::Expr(expr) => self.last_text(expr, inner),
                    Form::Text(text) => Some(text.to_string()),
                    _ => None,
                }
            }
            Expr::Call(_, arguments) => self.last_text(arguments.last()?, inner),
            other => self.constant(other, steps),
        }
    }
}

pub fn is_type(resource: &Tree, ty: &str) -> bool {
    resource.get("type").and_then(Tree::text).is_some_and(|found| found.eq_ignore_ascii_case(ty))
}

/// Calls `f` with every text of a tree, those inside of its expressions included, and the node that it stands in.
pub fn texts<'t>(tree: &'t Tree, f: &mut impl FnMut(&'t str, &'t Tree)) {
    match &tree.form {
        Form::Text(text) => f(text, tree),
        Form::Broken { text, .. } => f(text, tree),
        Form::Expr(expr) => expression_texts(expr, &mut |text| f(text, tree)),
        Form::Array(items) => items.iter().for_each(|item| texts(item, f)),
        Form::Object(members) => members.iter().for_each(|member| texts(&member.tree, f)),
        Form::Null | Form::Bool(_) | Form::Int(_) | Form::Real(_) => {}
    }
}

fn expression_texts<'t>(expr: &'t Expr, f: &mut impl FnMut(&'t str)) {
    match expr {
        Expr::Text(text) => f(text),
        Expr::Int(_) => {}
        Expr::Call(_, arguments) => arguments.iter().for_each(|argument| expression_texts(argument, f)),
        Expr::Member(target, _) => expression_texts(target, f),
        Expr::Index(target, index) => {
            expression_texts(target, f);
            expression_texts(index, f);
        }
    }
}

/// Calls `f` with every object of a tree and the name that it has where it stands.
pub fn objects<'t>(name: &'t str, tree: &'t Tree, f: &mut impl FnMut(&'t str, &'t Tree)) {
    match &tree.form {
        Form::Object(members) => {
            f(name, tree);
            members.iter().for_each(|member| objects(&member.name, &member.tree, f));
        }
        Form::Array(items) => items.iter().for_each(|item| objects(name, item, f)),
        _ => {}
    }
}
