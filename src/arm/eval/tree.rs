//! What the evaluator reads: a template as written, each text taken apart once, each node with its origin.
//!
//! It is made from a file ([`super::read`]), from a tree that a build is about to print, or from the value that an
//! earlier pass left. It evaluates nothing.

use super::value::Value;
use crate::arm::parse::{self, ParseError, Written};
use crate::arm::{self, Expr, print};
use crate::source::Origin;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A node of a template and where it comes from.
#[derive(Debug, Clone)]
pub struct Tree {
    pub form: Form,
    pub origin: Option<Origin>,
}

#[derive(Debug, Clone)]
pub enum Form {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    /// The text as it arrives: without the bracket that hides one which looks like an expression.
    Text(Rc<str>),
    Expr(Rc<Expr>),
    /// In brackets like an expression, but none. A mistake only where it is evaluated.
    Broken {
        text: Rc<str>,
        error: Rc<ParseError>,
    },
    Array(Vec<Tree>),
    Object(Members),
}

/// The members of an object, in the order of the text.
#[derive(Debug, Clone, Default)]
pub struct Members(Vec<Member>);

#[derive(Debug, Clone)]
pub struct Member {
    /// As written: it may be an expression itself.
    pub name: Rc<str>,
    pub tree: Tree,
}

impl Members {
    /// The member of this name. Case does not matter, and the exact name goes first.
    pub fn get(&self, name: &str) -> Option<&Tree> {
        let exact = self.0.iter().find(|member| *member.name == *name);
        exact.or_else(|| self.0.iter().find(|member| member.name.eq_ignore_ascii_case(name))).map(|member| &member.tree)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Member> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends a member; one with the same name, to the letter, is replaced in its place.
    pub(in crate::arm) fn push(&mut self, name: Rc<str>, tree: Tree) {
        self.0.push(Member { name, tree });
    }

    pub(in crate::arm) fn replace(&mut self, at: usize, tree: Tree) {
        if let Some(member) = self.0.get_mut(at) {
            member.tree = tree;
        }
    }
}

impl FromIterator<Member> for Members {
    fn from_iter<I: IntoIterator<Item = Member>>(members: I) -> Self {
        Members(members.into_iter().collect())
    }
}

impl Tree {
    pub fn new(form: Form, origin: Option<Origin>) -> Self {
        Tree { form, origin }
    }

    /// A text as it stands in a template.
    pub fn written(text: &str, origin: Option<Origin>) -> Self {
        Tree { form: Form::written(text), origin }
    }

    /// What a build is about to print with [`print::template`], without printing it.
    pub fn of_template(node: &arm::Node) -> Self {
        from_node(node, 1)
    }

    /// What an earlier pass left, to be evaluated once more. Origins are those of the tree that the value was made from,
    /// as far as the two have the same shape.
    pub fn of_value(value: &Value, source: Option<&Tree>) -> Self {
        let origin = source.and_then(|tree| tree.origin);
        let form = match value {
            Value::Null => Form::Null,
            Value::Bool(b) => Form::Bool(*b),
            Value::Int(n) => Form::Int(*n),
            Value::Real(n) => Form::Real(*n),
            Value::Text(text) | Value::Opaque(text) => Form::written(text),
            Value::Array(items) => {
                let sources = source.and_then(Tree::items).unwrap_or_default();
                let item = |(at, item)| Tree::of_value(item, sources.get(at)).or_origin(origin);
                Form::Array(items.iter().enumerate().map(item).collect())
            }
            Value::Object(object) => {
                let sources = source.and_then(Tree::members).map(Members::iter).unwrap_or_default();
                let sources: BTreeMap<&str, &Tree> = sources.map(|member| (&*member.name, &member.tree)).collect();
                let member = |(name, value): (&Rc<str>, &Value)| Member {
                    name: name.clone(),
                    tree: Tree::of_value(value, sources.get(&**name).copied()).or_origin(origin),
                };
                Form::Object(object.iter().map(member).collect())
            }
        };
        Tree { form, origin }
    }

    /// The value of a tree that [`crate::arm::read::data`] has read.
    pub fn data(&self) -> Value {
        match &self.form {
            Form::Null => Value::Null,
            Form::Bool(b) => Value::Bool(*b),
            Form::Int(n) => Value::Int(*n),
            Form::Real(n) => Value::Real(*n),
            Form::Text(text) | Form::Broken { text, .. } => Value::Text(text.clone()),
            Form::Expr(expr) => Value::text(format!("[{}]", print::expression_text(expr))),
            Form::Array(items) => Value::array(items.iter().map(Tree::data).collect()),
            Form::Object(members) => {
                Value::object(members.iter().map(|member| (member.name.clone(), member.tree.data())).collect())
            }
        }
    }

    pub fn or_origin(mut self, origin: Option<Origin>) -> Self {
        self.origin = self.origin.or(origin);
        self
    }

    pub fn members(&self) -> Option<&Members> {
        match &self.form {
            Form::Object(members) => Some(members),
            _ => None,
        }
    }

    pub fn items(&self) -> Option<&[Tree]> {
        match &self.form {
            Form::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match &self.form {
            Form::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The member of this name, if it is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Tree> {
        self.members().and_then(|members| members.get(name))
    }

    pub fn is_null(&self) -> bool {
        matches!(self.form, Form::Null)
    }

    /// What kind of JSON it is, as messages call it.
    pub fn kind(&self) -> &'static str {
        match self.form {
            Form::Null => "null",
            Form::Bool(_) => "a boolean",
            Form::Int(_) => "an integer",
            Form::Real(_) => "a number with a fraction",
            Form::Text(_) => "a string",
            Form::Expr(_) | Form::Broken { .. } => "an expression",
            Form::Array(_) => "an array",
            Form::Object(_) => "an object",
        }
    }
}

impl Form {
    fn written(text: &str) -> Self {
        match parse::string(text) {
            Ok(Written::Literal(text)) => Form::Text(text.into()),
            Ok(Written::Expr(expr)) => Form::Expr(Rc::new(expr)),
            Err(error) => Form::Broken { text: text.into(), error: Rc::new(error) },
        }
    }
}

/// `passes`: how many evaluations are ahead of what is printed here; the next one takes one bracket away.
fn from_node(node: &arm::Node, passes: u8) -> Tree {
    let form = match &node.value {
        arm::Value::Null => Form::Null,
        arm::Value::Bool(b) => Form::Bool(*b),
        arm::Value::Int(n) => Form::Int(*n),
        arm::Value::Real(n) => Form::Real(*n),
        arm::Value::Text(text) => Form::Text(print::literal(text, passes - 1).into()),
        arm::Value::Array(items) => Form::Array(items.iter().map(|item| from_node(item, passes)).collect()),
        arm::Value::Object(object) | arm::Value::Inner(object) => Form::Object(from_members(object, passes)),
        arm::Value::Template(object) => Form::Object(from_members(object, passes.saturating_add(1))),
        arm::Value::Computed(members) => Form::Object(
            members
                .iter()
                .map(|(name, node)| Member {
                    name: print::computed_name(name, passes).into(),
                    tree: from_node(node, passes),
                })
                .collect(),
        ),
        arm::Value::Expr { delay, expr } => match (*delay).min(passes - 1) {
            0 => Form::Expr(Rc::new(expr.clone())),
            delay => Form::Text(format!("{}{}]", "[".repeat(usize::from(delay)), print::expression_text(expr)).into()),
        },
    };
    Tree { form, origin: node.origin }
}

fn from_members(object: &arm::Object, passes: u8) -> Members {
    let member = |(name, node): &(String, arm::Node)| Member {
        name: print::member_name(name, passes).into(),
        tree: from_node(node, passes),
    };
    object.members.iter().map(member).collect()
}
