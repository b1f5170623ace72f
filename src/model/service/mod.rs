//! Objects of the service (auth, request, response, paging) as tables: each field once, with its type, range, evidence
//! and meaning, and what the fields of an object ask of each other. Decoding, the editor's schema and the emitted JSON
//! all come from the same row.

mod decode;
mod types;

pub use types::Types;

use super::template::Template;
use crate::source::{Span, Spanned};

/// How well a field or a demand is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In the service's documentation or published model.
    Documented,
    /// Seen in working, published connectors only.
    Observed,
    /// Follows from what the fields mean; nobody says so.
    Assumed,
}

/// One field of a service object.
#[derive(Debug)]
pub struct Field {
    /// In the canonical casing.
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    pub mark: Mark,
    pub doc: &'static str,
    /// Its name in the resource: the service does not mind case, and this is how published connectors have it.
    pub emitted: &'static str,
}

/// A documented field that may be left out.
pub const fn field(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, required: false, mark: Mark::Documented, doc, emitted: name }
}

impl Field {
    pub const fn emitted(self, emitted: &'static str) -> Field {
        Field { emitted, ..self }
    }

    pub const fn required(self) -> Field {
        Field { required: true, ..self }
    }

    pub const fn observed(self) -> Field {
        Field { mark: Mark::Observed, ..self }
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text that may hold inputs.
    Template,
    /// An absolute https URL; inputs may stand in it.
    Url,
    /// An absolute wss URL; inputs may stand in it.
    SocketUrl,
    /// Who signs in: text that may hold inputs, secret ones too.
    Identity,
    /// A credential: text with a secret input.
    Credential,
    /// The body of a request: text that may hold inputs, secret ones too.
    Body,
    /// Text without inputs: the packager would leave the braces as they are.
    Text,
    Bool,
    /// A whole number within a range, ends included.
    Int(i64, i64),
    /// A number above zero.
    Positive,
    Enum(&'static [&'static str]),
    /// One character.
    Character,
    /// A JSONPath.
    Path,
    /// At least one JSONPath.
    Paths,
    /// Names to texts or whole numbers; the texts may hold inputs.
    Map,
    /// Names to texts; the texts may hold inputs, secret ones too.
    Headers,
    /// At least one text that may hold inputs.
    Templates,
    /// At least one text without inputs.
    Texts,
    Object(&'static ObjectSpec),
    /// An object of which one member says the type.
    Typed(&'static Types),
    /// At least one such object.
    TypedList(&'static Types),
}

/// An object of the service.
#[derive(Debug)]
pub struct ObjectSpec {
    /// As messages name it: `APIKey auth`, `request`.
    pub title: &'static str,
    pub doc: &'static str,
    pub fields: &'static [Field],
    pub demands: &'static [(Demand, Mark)],
}

/// What fields of one object ask of each other.
#[derive(Debug, Clone, Copy)]
pub enum Demand {
    /// The first needs each of the others.
    Needs(&'static str, &'static [&'static str]),
    /// One of these has to be there; the second ends the sentence "… does not say".
    OneOf(&'static [&'static str], &'static str),
    /// No two of these at once.
    Alternatives(&'static [&'static str]),
    /// Where the field has this literal value.
    Where {
        field: &'static str,
        value: &'static str,
        needs: &'static [&'static str],
        excludes: &'static [&'static str],
    },
    /// Each means something only where the field has this literal value.
    Only { keys: &'static [&'static str], field: &'static str, value: &'static str },
}

/// A value of a service object.
#[derive(Debug, Clone)]
pub enum Tree {
    Null(Span),
    Bool(Spanned<bool>),
    Int(Spanned<i64>),
    Real(Spanned<f64>),
    Text(Template),
    List(Vec<Tree>, Span),
    Map(Vec<(Spanned<String>, Tree)>, Span),
    Object(ServiceObject),
}

impl Tree {
    pub fn span(&self) -> Span {
        match self {
            Tree::Bool(value) => value.span,
            Tree::Int(value) => value.span,
            Tree::Real(value) => value.span,
            Tree::Text(template) => template.span,
            Tree::Object(object) => object.span,
            Tree::Null(span) | Tree::List(_, span) | Tree::Map(_, span) => *span,
        }
    }

    /// Calls `f` with every text in it.
    pub fn for_each_template<'a>(&'a self, f: &mut impl FnMut(&'a Template)) {
        match self {
            Tree::Text(template) => f(template),
            Tree::List(items, _) => items.iter().for_each(|item| item.for_each_template(f)),
            Tree::Map(items, _) => items.iter().for_each(|(_, item)| item.for_each_template(f)),
            Tree::Object(object) => object.for_each_template(f),
            Tree::Null(_) | Tree::Bool(_) | Tree::Int(_) | Tree::Real(_) => {}
        }
    }

    pub fn as_object(&self) -> Option<&ServiceObject> {
        match self {
            Tree::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// A decoded service object: its members in the order of the table.
#[derive(Debug, Clone)]
pub struct ServiceObject {
    pub span: Span,
    pub spec: &'static ObjectSpec,
    pub members: Vec<Member>,
    /// Members that the table lacks, as they are.
    pub unchecked: Vec<(Spanned<String>, Tree)>,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub field: &'static Field,
    pub key_span: Span,
    pub value: Tree,
}

impl ServiceObject {
    pub fn get(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.field.name == name)
    }

    /// As messages name it; types with one table keep their own names.
    pub fn title(&self) -> String {
        match self.text("pagingType") {
            Some(ty) if ty.ends_with("Paging") => ty.to_owned(),
            Some(ty) => format!("{ty} paging"),
            None => self.spec.title.to_owned(),
        }
    }

    pub fn int(&self, name: &str) -> Option<i64> {
        match &self.get(name)?.value {
            Tree::Int(value) => Some(value.value),
            _ => None,
        }
    }

    /// Whether a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name).map(|member| &member.value), Some(Tree::Bool(flag)) if flag.value)
    }

    /// The literal text of a member without inputs.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Tree::Text(template) => template.literal(),
            _ => None,
        }
    }

    /// Calls `f` with every text in it.
    pub fn for_each_template<'a>(&'a self, f: &mut impl FnMut(&'a Template)) {
        self.members.iter().for_each(|member| member.value.for_each_template(f));
        self.unchecked.iter().for_each(|(_, value)| value.for_each_template(f));
    }

    /// The object under a name.
    pub fn object(&self, name: &str) -> Option<&ServiceObject> {
        self.get(name)?.value.as_object()
    }

    /// [`ServiceObject::over`], and the same for the objects in both; one that says its type is replaced as a whole.
    pub fn over_parts(mut self, base: &ServiceObject) -> ServiceObject {
        for member in &mut self.members {
            if let (Kind::Object(_), Tree::Object(own)) = (member.field.kind, &mut member.value)
                && let Some(inherited) = base.object(member.field.name)
            {
                *own = own.clone().over(inherited);
            }
        }
        self.over(base)
    }

    /// This object over `base`: what stands here wins, the rest is inherited. Both have the same spec.
    pub fn over(mut self, base: &ServiceObject) -> ServiceObject {
        for member in &base.members {
            if self.get(member.field.name).is_none() {
                self.members.push(member.clone());
            }
        }
        let order = |member: &Member| self.spec.fields.iter().position(|field| field.name == member.field.name);
        self.members.sort_by_key(order);
        for (key, value) in &base.unchecked {
            if !self.unchecked.iter().any(|(own, _)| own.value == key.value) {
                self.unchecked.push((key.clone(), value.clone()));
            }
        }
        self
    }
}
