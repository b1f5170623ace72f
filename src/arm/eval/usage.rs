//! Which parameters a template declares and never reads. Looks at the text alone: a parameter that only a branch reads
//! which is not taken is used all the same.

use super::tree::{Form, Tree};
use crate::arm::Expr;
use crate::arm::parse::{self, Written};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The declared parameters that no expression of the template names.
pub(super) fn unused(template: &Tree) -> Vec<Rc<str>> {
    let mut reads = Reads::default();
    reads.tree(template);
    let declared = template.get("parameters").and_then(Tree::members);
    let names = declared.into_iter().flat_map(|members| members.iter().map(|member| &member.name));
    names.filter(|name| !reads.all && !reads.names.contains(&name.to_lowercase())).cloned().collect()
}

#[derive(Default)]
struct Reads {
    names: BTreeSet<String>,
    /// A name that is put together may be any.
    all: bool,
}

impl Reads {
    fn tree(&mut self, tree: &Tree) {
        match &tree.form {
            Form::Expr(expr) => self.expression(expr),
            Form::Array(items) => items.iter().for_each(|item| self.tree(item)),
            Form::Object(members) => {
                let own_scope = tree.get("expressionEvaluationOptions").and_then(|options| options.get("scope"));
                let inner = own_scope.and_then(Tree::text).is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
                for member in members.iter().filter(|member| !(inner && member.name.eq_ignore_ascii_case("template"))) {
                    if let Some(Written::Expr(expr)) =
                        parse::string(&member.name).ok().filter(|_| member.name.starts_with('['))
                    {
                        self.expression(&expr);
                    }
                    self.tree(&member.tree);
                }
            }
            _ => {}
        }
    }

    fn expression(&mut self, expr: &Expr) {
        match expr {
            Expr::Call(name, arguments) => {
                match arguments.as_slice() {
                    [Expr::Text(parameter)] if name.eq_ignore_ascii_case("parameters") => {
                        self.names.insert(parameter.to_lowercase());
                    }
                    _ => self.all |= name.eq_ignore_ascii_case("parameters"),
                }
                arguments.iter().for_each(|argument| self.expression(argument));
            }
            Expr::Member(target, _) => self.expression(target),
            Expr::Index(target, index) => {
                self.expression(target);
                self.expression(index);
            }
            Expr::Text(_) | Expr::Int(_) => {}
        }
    }
}
