//! Objects of the service (auth, request, response, paging) as tables: each field once, with its type, range, evidence
//! and meaning. Decoding, the editor's schema and the emitted JSON all come from the same row.

use super::decode::{Decode, Decoder, first_place};
use super::raw::Unchecked;
use super::schema::Schemas;
use super::template::Template;
use crate::diag::Diagnostic;
use crate::diag::rules::shape;
use crate::source::{Span, Spanned};
use crate::syntax::Node;
use serde_json::{Value as Json, json};

/// How well a field is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In the service's documentation or published model.
    Documented,
    /// Seen in working, published connectors only.
    Observed,
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
}

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text that may hold inputs.
    Template,
    /// Text that may hold secret inputs: a credential.
    Secret,
    /// Text without inputs: the packager would leave the braces as they are.
    Text,
    Bool,
    /// A whole number within a range, ends included.
    Int(i64, i64),
    Enum(&'static [&'static str]),
    /// A JSONPath.
    Path,
    /// At least one JSONPath.
    Paths,
    /// Names to texts or whole numbers; the texts may hold inputs.
    Map,
}

/// An object of the service.
#[derive(Debug)]
pub struct ObjectSpec {
    /// As messages name it: `APIKey auth`, `request`.
    pub title: &'static str,
    pub doc: &'static str,
    pub fields: &'static [Field],
}

/// A value of a service object.
#[derive(Debug, Clone)]
pub enum Tree {
    Bool(Spanned<bool>),
    Int(Spanned<i64>),
    Text(Template),
    List(Vec<Tree>, Span),
    Map(Vec<(Spanned<String>, Tree)>, Span),
}

impl Tree {
    pub fn span(&self) -> Span {
        match self {
            Tree::Bool(value) => value.span,
            Tree::Int(value) => value.span,
            Tree::Text(template) => template.span,
            Tree::List(_, span) | Tree::Map(_, span) => *span,
        }
    }

    /// Calls `f` with every text in it.
    pub fn for_each_template<'a>(&'a self, f: &mut impl FnMut(&'a Template)) {
        match self {
            Tree::Text(template) => f(template),
            Tree::List(items, _) => items.iter().for_each(|item| item.for_each_template(f)),
            Tree::Map(items, _) => items.iter().for_each(|(_, item)| item.for_each_template(f)),
            Tree::Bool(_) | Tree::Int(_) => {}
        }
    }
}

/// A decoded service object: its members in the order of the table.
#[derive(Debug, Clone)]
pub struct ServiceObject {
    pub span: Span,
    pub spec: &'static ObjectSpec,
    pub members: Vec<Member>,
    pub unchecked: Unchecked,
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

    pub fn int(&self, name: &str) -> Option<i64> {
        match &self.get(name)?.value {
            Tree::Int(value) => Some(value.value),
            _ => None,
        }
    }

    /// The literal text of a member without inputs.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Tree::Text(template) => template.literal(),
            _ => None,
        }
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
        for (key, value) in &base.unchecked.0 {
            if !self.unchecked.0.iter().any(|(own, _)| own.value == key.value) {
                self.unchecked.0.push((key.clone(), value.clone()));
            }
        }
        self
    }
}

impl ObjectSpec {
    /// Reads a mapping by this table. Required fields are not asked for here: several pollers share what stands above.
    pub fn decode(&'static self, node: &Node, decoder: &mut Decoder<'_>) -> Option<ServiceObject> {
        let known: Vec<&str> = self.fields.iter().map(|field| field.name).chain(["unchecked"]).collect();
        decoder.mapping(node, &known)?;
        let mut members = Vec::new();
        for field in self.fields {
            if let Some(entry) = node.get(field.name) {
                let value = decoder.within(format!(".{}", field.name), |d| decode_kind(field, &entry.value, d));
                members.extend(value.map(|value| Member { field, key_span: entry.key_span, value }));
            }
        }
        let unchecked = decoder.field::<Unchecked>(node, "unchecked").unwrap_or_default();
        Some(ServiceObject { span: node.span, spec: self, members, unchecked })
    }

    pub fn schema(&self, name: &str, schemas: &mut Schemas) -> Json {
        schemas.object(name, self.doc, |_, object| {
            for field in self.fields {
                let mark = if field.mark == Mark::Observed {
                    " Observed in published connectors, not documented."
                } else {
                    ""
                };
                object.member(field.name, &format!("{}{mark}", field.doc), field.kind.schema(), false);
            }
            object.member(
                "unchecked",
                "Members that this language lacks; passed on and reported.",
                json!({ "type": "object" }),
                false,
            );
        })
    }
}

impl Kind {
    fn schema(self) -> Json {
        match self {
            Kind::Template | Kind::Secret | Kind::Text => json!({ "type": "string" }),
            Kind::Bool => json!({ "type": "boolean" }),
            Kind::Int(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
            Kind::Enum(values) => json!({ "enum": values }),
            Kind::Path => json!({ "type": "string" }),
            Kind::Paths => json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 }),
            Kind::Map => json!({ "type": "object", "additionalProperties": { "type": ["string", "integer"] } }),
        }
    }
}

fn decode_kind(field: &'static Field, node: &Node, decoder: &mut Decoder<'_>) -> Option<Tree> {
    match field.kind {
        Kind::Template | Kind::Secret => Template::decode(node, decoder).map(Tree::Text),
        Kind::Text | Kind::Path => plain_text(node, decoder).map(Tree::Text),
        Kind::Bool => Spanned::<bool>::decode(node, decoder).map(Tree::Bool),
        Kind::Int(min, max) => ranged(field.name, node, min, max, decoder).map(Tree::Int),
        Kind::Enum(values) => one_of(node, values, decoder)
            .map(|text| Tree::Text(Template { span: text.span, parts: vec![super::Part::Text(text.value)] })),
        Kind::Paths => {
            let items = Vec::<PlainText>::decode(node, decoder)?;
            if items.is_empty() {
                decoder.push(Diagnostic::new(&shape::TEXT_LENGTH, first_place(node), "at least one path is needed"));
                return None;
            }
            Some(Tree::List(items.into_iter().map(|item| Tree::Text(item.0)).collect(), node.span))
        }
        Kind::Map => {
            let items = super::Map::<TextOrInt>::decode(node, decoder)?;
            Some(Tree::Map(items.0.into_iter().map(|(key, value)| (key, value.0)).collect(), node.span))
        }
    }
}

/// A whole number within a range, ends included.
pub fn ranged(name: &str, node: &Node, min: i64, max: i64, decoder: &mut Decoder<'_>) -> Option<Spanned<i64>> {
    let value = Spanned::<i64>::decode(node, decoder)?;
    if (min..=max).contains(&value.value) {
        return Some(value);
    }
    let range = if max == i64::MAX { format!("{min} or more") } else { format!("{min} to {max}") };
    let message = format!("`{name}` is {}; the service takes {range}", value.value);
    decoder.push(Diagnostic::new(&shape::OUT_OF_RANGE, node.span, message));
    None
}

/// One of a closed list of words, in exactly that spelling.
pub fn one_of(node: &Node, values: &[&str], decoder: &mut Decoder<'_>) -> Option<Spanned<String>> {
    let text = match node.as_scalar() {
        Some(scalar) => Spanned::new(scalar.text.clone(), node.span),
        None => Spanned::<String>::decode(node, decoder)?,
    };
    if values.contains(&text.value.as_str()) {
        return Some(text);
    }
    let help = match crate::diag::did_you_mean(&text.value, values.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", values.join(", ")),
    };
    let message = format!("`{}` is not a value of this key", text.value);
    decoder.push(Diagnostic::new(&shape::UNKNOWN_VALUE, node.span, message).help(help));
    None
}

/// Text in which braces are no placeholders, because nothing would replace them.
struct PlainText(Template);

impl Decode for PlainText {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        plain_text(node, decoder).map(PlainText)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string" })
    }
}

fn plain_text(node: &Node, decoder: &mut Decoder<'_>) -> Option<Template> {
    let template = Template::decode(node, decoder)?;
    if let Some(input) = template.inputs().next() {
        let message = format!("`{{{{{}}}}}` cannot stand here: nothing replaces it at this place", input.value);
        let help = "write the value itself; inputs are replaced in the endpoint, headers, query parameters, paging and credentials";
        decoder.push(Diagnostic::new(&shape::BAD_PLACEHOLDER, input.span, message).help(help));
        return None;
    }
    Some(template)
}

struct TextOrInt(Tree);

impl Decode for TextOrInt {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        match node.as_scalar().map(|scalar| scalar.plain()) {
            Some(crate::syntax::Plain::Int(value)) => Some(TextOrInt(Tree::Int(Spanned::new(value, node.span)))),
            _ => Template::decode(node, decoder).map(Tree::Text).map(TextOrInt),
        }
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": ["string", "integer"] })
    }
}
