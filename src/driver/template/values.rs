//! The values of a template's parameters: from a parameters file, from `--param` and from `--secret`.
//!
//! A secret never gets into what is shown, also not changed beyond recognition: see [`Values::stand_ins`].

use crate::arm::eval::Type;
use crate::arm::eval::tree::Tree;
use crate::arm::eval::value::{Object, Value};
use crate::arm::read;
use crate::diag::rules::azure;
use crate::diag::{Diagnostic, Diagnostics, Rule, did_you_mean};
use crate::driver::arguments::Arguments;
use crate::driver::secret::{MASKED, Source};
use crate::source::{FileId, Span};
use std::rc::Rc;

/// The values that were given, each by the name of its parameter.
#[derive(Default)]
pub struct Values {
    given: Vec<(String, Value)>,
    secrets: Vec<(String, Value)>,
}

/// A parameter that may get a value.
#[derive(Debug, Clone)]
pub struct Declared<'a> {
    pub name: &'a str,
    pub ty: Option<Type>,
}

/// The parameters that templates declare, each name once.
pub fn declared<'a>(templates: impl IntoIterator<Item = &'a Tree>) -> Vec<Declared<'a>> {
    let mut found: Vec<Declared<'a>> = Vec::new();
    for members in templates.into_iter().filter_map(|template| template.get("parameters").and_then(Tree::members)) {
        for member in members.iter() {
            let ty = member.tree.get("type").and_then(Tree::text).and_then(Type::parse);
            declare(&mut found, &member.name, ty);
        }
    }
    found
}

/// Adds a parameter. What one template keeps secret is secret in the others, too.
pub fn declare<'a>(found: &mut Vec<Declared<'a>>, name: &'a str, ty: Option<Type>) {
    match found.iter_mut().find(|known| known.name.eq_ignore_ascii_case(name)) {
        Some(known) if ty.is_some_and(Type::is_secure) => known.ty = ty,
        Some(_) => {}
        None => found.push(Declared { name, ty }),
    }
}

/// What the options say, as the user typed it.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// What the option for `params` is called.
    pub option: &'static str,
    /// `NAME=VALUE`
    pub params: &'a [String],
    /// `NAME=SOURCE`
    pub secrets: &'a [String],
}

/// Matches the options with the parameters, and reads the secrets.
pub fn gather(
    options: Options<'_>,
    declared: &[Declared<'_>],
    arguments: &mut Arguments,
    diagnostics: &mut Diagnostics,
) -> Values {
    let mut gatherer = Gatherer {
        option: options.option,
        declared,
        arguments,
        diagnostics,
        places: Vec::new(),
        values: Values::default(),
    };
    options.params.iter().for_each(|option| gatherer.param(option));
    options.secrets.iter().for_each(|option| gatherer.secret(option));
    gatherer.values
}

struct Gatherer<'a> {
    option: &'static str,
    declared: &'a [Declared<'a>],
    arguments: &'a mut Arguments,
    diagnostics: &'a mut Diagnostics,
    /// Which parameters have a value, and where it was given.
    places: Vec<(String, Span)>,
    values: Values,
}

impl Gatherer<'_> {
    fn report(&mut self, rule: &'static Rule, span: Span, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(rule, span, message).help(help));
    }

    fn param(&mut self, option: &str) {
        self.arguments.word(self.option);
        let Some((name, value)) = option.split_once('=') else {
            // It may be a secret without its name: it is not shown.
            let span = self.arguments.word(MASKED);
            let message = format!("{} takes a name and a value", self.option);
            self.report(&azure::MALFORMED_OPTION, span, message, format!("write {} NAME=VALUE", self.option));
            return;
        };
        // Before the name is known to be that of no secret, the value is not shown.
        let Some(declared) = self.find(name) else {
            let span = self.arguments.word(&format!("{name}={MASKED}"));
            self.unknown(name, span);
            return;
        };
        if declared.ty.is_some_and(Type::is_secure) {
            let span = self.arguments.word(&format!("{name}={MASKED}"));
            let message = format!("`{name}` is a secret: on the command line others can read it");
            let help = format!(
                "write --secret {name}=env:VARIABLE, file:PATH or prompt, and change the secret if it was a real one"
            );
            self.report(&azure::SECRET_IN_PARAM, span, message, help);
            return;
        }
        let span = self.arguments.word(option);
        match typed(value, declared.ty) {
            Some(value) if self.first(name, span) => self.values.given.push((name.to_owned(), value)),
            Some(_) => {}
            None => {
                let message = format!("`{name}` does not take `{value}`");
                self.report(&azure::VALUE_NOT_ALLOWED, span, message, form(declared.ty));
            }
        }
    }

    fn secret(&mut self, option: &str) {
        let (name, source, span) = match Source::named(option, self.arguments) {
            Ok(named) => named,
            Err(finding) => return self.diagnostics.push(*finding),
        };
        let Some(declared) = self.find(name) else {
            self.unknown(name, span);
            return;
        };
        if !declared.ty.is_some_and(Type::is_secure) {
            let message = format!("`{name}` is not a secret");
            self.report(&azure::NOT_A_SECRET, span, message, format!("write --param {name}=VALUE"));
            return;
        }
        if !self.first(name, span) {
            return;
        }
        match source.get(name) {
            Ok(secret) => match typed(secret.reveal(), declared.ty) {
                Some(value) => self.values.secrets.push((name.to_owned(), value)),
                None => {
                    let message = format!("`{name}` does not take what {source} says");
                    self.report(&azure::VALUE_NOT_ALLOWED, span, message, form(declared.ty));
                }
            },
            Err(why) => {
                let message = format!("the secret `{name}` is not to be had: {why}");
                self.report(&azure::SECRET_UNAVAILABLE, span, message, "correct the source, or name another one");
            }
        }
    }

    fn find(&self, name: &str) -> Option<Declared<'static>> {
        // The name is not kept: only what is said of it.
        let found = self.declared.iter().find(|declared| declared.name.eq_ignore_ascii_case(name));
        found.map(|declared| Declared { name: "", ty: declared.ty })
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let names: Vec<&str> = self.declared.iter().map(|declared| declared.name).collect();
        let help = match did_you_mean(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => "leave it out: the template has no parameters".to_owned(),
            None => format!("take one of: {}", names.join(", ")),
        };
        self.report(&azure::UNKNOWN_PARAM, span, format!("the template has no parameter `{name}`"), help);
    }

    /// Whether the parameter has no value yet.
    fn first(&mut self, name: &str, span: Span) -> bool {
        if let Some((_, first)) = self.places.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            let finding = Diagnostic::new(&azure::GIVEN_TWICE, span, format!("`{name}` is given twice"))
                .also(*first, "given here first")
                .help("leave one of them out");
            self.diagnostics.push(finding);
            return false;
        }
        self.places.push((name.to_owned(), span));
        true
    }
}

/// A text as the value of a parameter: itself, or the JSON that it is.
fn typed(text: &str, ty: Option<Type>) -> Option<Value> {
    match ty {
        Some(Type::Text | Type::SecureText) => Some(Value::text(text)),
        _ => read::data(text, FileId(0)).ok().map(|read| read.tree.data()),
    }
}

fn form(ty: Option<Type>) -> &'static str {
    match ty {
        Some(Type::Int) => "write a whole number",
        Some(Type::Bool) => "write true or false",
        _ => "write it as JSON",
    }
}

impl Values {
    /// The values as a parameters file has them, behind those of the file itself.
    pub fn object(&self, file: Option<&Object>) -> Object {
        let mut object = file.cloned().unwrap_or_default();
        for (name, value) in &self.given {
            object.set(name.as_str(), wrapped(value.clone()));
        }
        for (name, value) in &self.secrets {
            object.set(name.as_str(), wrapped(value.clone()));
        }
        object
    }

    /// The same with a stand-in for each secret, of the same type and length. Where an evaluation with it gives something else
    /// than one with the secret, the secret has come through, however it was changed. `None` without secrets.
    pub fn stand_ins(&self, file: Option<&Object>) -> Option<Object> {
        if self.secrets.is_empty() {
            return None;
        }
        let mut object = self.object(file);
        for (name, value) in &self.secrets {
            object.set(name.as_str(), wrapped(stand_in(value)));
        }
        Some(object)
    }
}

fn wrapped(value: Value) -> Value {
    let mut given = Object::default();
    given.push("value", value);
    Value::object(given)
}

/// What a stand-in is made of: a character of no script, which is in no template.
pub const STAND_IN: char = '\u{e000}';

/// Of the same shape: a text that is the JSON of an object stays one, for templates that take it apart.
fn stand_in(value: &Value) -> Value {
    match value {
        Value::Text(text) => match read::data(text, FileId(0)).map(|read| read.tree.data()) {
            Ok(inner @ Value::Object(_)) => Value::text(stand_in(&inner).to_json().to_string()),
            _ => Value::text(STAND_IN.to_string().repeat(text.chars().count())),
        },
        Value::Array(items) => Value::array(items.iter().map(stand_in).collect()),
        Value::Object(object) => {
            Value::object(object.iter().map(|(name, value)| (Rc::clone(name), stand_in(value))).collect())
        }
        Value::Int(n) => Value::Int(n ^ 1),
        Value::Real(n) => Value::Real(n + 1.0),
        Value::Bool(it) => Value::Bool(!it),
        Value::Null | Value::Opaque(_) => value.clone(),
    }
}
