//! Reading service objects by their tables, and the same tables as JSON Schema.

use super::{Field, Kind, Mark, Member, ObjectSpec, ServiceObject, Tree, Types};
use crate::diag::rules::shape;
use crate::diag::{Diagnostic, Rule};
use crate::model::decode::{Decode, Decoder, first_place, or_nothing};
use crate::model::schema::{ObjectSchema, Schemas};
use crate::model::template::Template;
use crate::source::{Span, Spanned};
use crate::syntax::{Node, NodeKind, Plain};
use serde_json::{Value as Json, json};

impl ObjectSpec {
    /// Reads a mapping by this table. Required fields are not asked for here: several pollers share what stands above.
    pub fn decode(&'static self, node: &Node, decoder: &mut Decoder<'_>) -> Option<ServiceObject> {
        let known: Vec<&str> = self.keys().chain(["unchecked"]).collect();
        decoder.mapping_of(self.title, node, &known)?;
        let members = self.members(node, |_| true, decoder);
        let unchecked = decoder.field::<UncheckedMembers>(node, "unchecked").unwrap_or_default();
        Some(ServiceObject { span: node.span, spec: self, members, unchecked: unchecked.0 })
    }

    /// Reads this table's members out of a mapping that has others too; a key with nothing after it is not there.
    /// `place`: where findings about all of them point.
    pub fn among(&'static self, node: &Node, place: Span, decoder: &mut Decoder<'_>) -> ServiceObject {
        let members = self.members(node, |value| value.kind != NodeKind::Null, decoder);
        ServiceObject { span: place, spec: self, members, unchecked: Vec::new() }
    }

    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.name)
    }

    pub fn schema(&self, name: &str, schemas: &mut Schemas) -> Json {
        schemas.object(name, self.doc, |schemas, object| {
            self.describe(name, schemas, object, |schema| schema);
            object.member(
                "unchecked",
                "Members that this language lacks; passed on and reported.",
                json!({ "type": "object" }),
                false,
            );
        })
    }

    /// Describes the members of [`ObjectSpec::among`].
    pub fn describe_among(&self, name: &str, schemas: &mut Schemas, object: &mut ObjectSchema) {
        self.describe(name, schemas, object, or_nothing);
    }

    fn describe(&self, name: &str, schemas: &mut Schemas, object: &mut ObjectSchema, each: fn(Json) -> Json) {
        for field in self.fields {
            let mark = match field.mark {
                Mark::Documented => "",
                Mark::Observed => " Observed in published connectors, not documented.",
                Mark::Assumed => " Assumed.",
            };
            let inner = format!("{name}{}{}", field.name[..1].to_ascii_uppercase(), &field.name[1..]);
            let schema = each(field.kind.schema(&inner, schemas));
            object.member(field.name, &format!("{}{mark}", field.doc), schema, false);
        }
    }

    fn members(&'static self, node: &Node, is_there: fn(&Node) -> bool, decoder: &mut Decoder<'_>) -> Vec<Member> {
        let mut members = Vec::new();
        for field in self.fields {
            if let Some(entry) = node.get(field.name).filter(|entry| is_there(&entry.value)) {
                let value = decoder.within(format!(".{}", field.name), |d| decode_kind(field, &entry.value, d));
                members.extend(value.map(|value| Member { field, key_span: entry.key_span, value }));
            }
        }
        members
    }
}

impl Kind {
    /// `name`: of the definition that an object becomes.
    fn schema(self, name: &str, schemas: &mut Schemas) -> Json {
        match self {
            Kind::Template
            | Kind::Url
            | Kind::SocketUrl
            | Kind::Identity
            | Kind::Credential
            | Kind::Body
            | Kind::Text
            | Kind::Path => {
                json!({ "type": "string" })
            }
            Kind::Character => json!({ "type": "string", "minLength": 1, "maxLength": 1 }),
            Kind::Bool => json!({ "type": "boolean" }),
            Kind::Int(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
            Kind::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
            Kind::Enum(values) => json!({ "enum": values }),
            Kind::Paths | Kind::Templates | Kind::Texts => {
                json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 })
            }
            Kind::Map | Kind::Headers => {
                json!({ "type": "object", "additionalProperties": { "type": ["string", "integer"] } })
            }
            Kind::Object(spec) => spec.schema(name, schemas),
            Kind::Typed(types) => types.schema(schemas),
            Kind::TypedList(types) => json!({ "type": "array", "items": types.schema(schemas), "minItems": 1 }),
        }
    }
}

fn decode_kind(field: &'static Field, node: &Node, decoder: &mut Decoder<'_>) -> Option<Tree> {
    match field.kind {
        Kind::Template | Kind::Url | Kind::SocketUrl | Kind::Identity | Kind::Credential | Kind::Body => {
            Template::decode(node, decoder).map(Tree::Text)
        }
        Kind::Text | Kind::Path => plain_text(node, decoder).map(Tree::Text),
        Kind::Character => character(field.name, node, decoder).map(Tree::Text),
        Kind::Bool => Spanned::<bool>::decode(node, decoder).map(Tree::Bool),
        Kind::Int(min, max) => ranged(field.name, node, min, max, decoder).map(Tree::Int),
        Kind::Positive => positive(field.name, node, decoder),
        Kind::Enum(values) => one_of(node, values, decoder)
            .map(|text| Tree::Text(Template { span: text.span, parts: vec![crate::model::Part::Text(text.value)] })),
        Kind::Paths => {
            let items = Vec::<PlainText>::decode(node, decoder)?;
            let items = items.into_iter().map(|item| item.0).collect();
            some_texts(items, "path", &shape::TEXT_LENGTH, node, decoder)
        }
        Kind::Texts => {
            let items = Vec::<PlainText>::decode(node, decoder)?;
            let items = items.into_iter().map(|item| item.0).collect();
            some_texts(items, "text", &shape::OUT_OF_RANGE, node, decoder)
        }
        Kind::Templates => {
            let items = Vec::<Template>::decode(node, decoder)?;
            some_texts(items, "text", &shape::OUT_OF_RANGE, node, decoder)
        }
        Kind::Map | Kind::Headers => {
            let items = crate::model::Map::<TextOrInt>::decode(node, decoder)?;
            Some(Tree::Map(items.0.into_iter().map(|(key, value)| (key, value.0)).collect(), node.span))
        }
        Kind::Object(spec) => spec.decode(node, decoder).map(Tree::Object),
        Kind::Typed(types) => types.decode(node, decoder).map(Tree::Object),
        Kind::TypedList(types) => typed_list(types, node, decoder),
    }
}

/// At least one object of these types; those that cannot be read are left out, with their findings.
fn typed_list(types: &'static Types, node: &Node, decoder: &mut Decoder<'_>) -> Option<Tree> {
    let Some(items) = node.items() else {
        decoder.wrong_type(node, "a list", None);
        return None;
    };
    if items.is_empty() {
        let message = format!("at least one {} is needed", types.of);
        decoder.push(Diagnostic::new(&shape::OUT_OF_RANGE, node.span, message).help("add one, or remove the key"));
        return None;
    }
    let one = |(i, item)| decoder.within(format!("[{i}]"), |decoder| types.decode(item, decoder));
    Some(Tree::List(items.iter().enumerate().filter_map(one).map(Tree::Object).collect(), node.span))
}

fn some_texts(
    items: Vec<Template>,
    what: &str,
    rule: &'static Rule,
    node: &Node,
    decoder: &mut Decoder<'_>,
) -> Option<Tree> {
    if items.is_empty() {
        // Of items that could not be read everything is said.
        if node.items().is_none_or(|written| written.is_empty()) {
            decoder.push(Diagnostic::new(rule, first_place(node), format!("at least one {what} is needed")));
        }
        return None;
    }
    Some(Tree::List(items.into_iter().map(Tree::Text).collect(), node.span))
}

/// A whole number within a range, ends included.
fn ranged(name: &str, node: &Node, min: i64, max: i64, decoder: &mut Decoder<'_>) -> Option<Spanned<i64>> {
    let value = Spanned::<i64>::decode(node, decoder)?;
    if (min..=max).contains(&value.value) {
        return Some(value);
    }
    let range = if max == i64::MAX { format!("{min} or more") } else { format!("{min} to {max}") };
    let message = format!("`{name}` is {}; the service takes {range}", value.value);
    decoder.push(Diagnostic::new(&shape::OUT_OF_RANGE, node.span, message));
    None
}

fn character(name: &str, node: &Node, decoder: &mut Decoder<'_>) -> Option<Template> {
    let text = plain_text(node, decoder)?;
    if text.literal().is_some_and(|text| text.chars().count() == 1) {
        return Some(text);
    }
    let message = format!("`{name}` is not one character");
    decoder.push(Diagnostic::new(&shape::OUT_OF_RANGE, node.span, message).help("write exactly one character"));
    None
}

fn positive(name: &str, node: &Node, decoder: &mut Decoder<'_>) -> Option<Tree> {
    let (tree, is_positive) = match node.as_scalar().map(|scalar| scalar.plain()) {
        Some(Plain::Int(value)) => (Tree::Int(Spanned::new(value, node.span)), value > 0),
        Some(Plain::Real(value)) => (Tree::Real(Spanned::new(value, node.span)), value > 0.0),
        _ => {
            decoder.wrong_type(node, "a number", None);
            return None;
        }
    };
    if !is_positive {
        let message = format!("`{name}` is not above 0");
        decoder.push(Diagnostic::new(&shape::OUT_OF_RANGE, node.span, message));
    }
    is_positive.then_some(tree)
}

/// One of a closed list of words, in exactly that spelling.
fn one_of(node: &Node, values: &[&str], decoder: &mut Decoder<'_>) -> Option<Spanned<String>> {
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

/// `unchecked` of a service object: inputs are put in there too, for an object of an unknown type holds nothing else.
#[derive(Default)]
struct UncheckedMembers(Vec<(Spanned<String>, Tree)>);

impl Decode for UncheckedMembers {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        match any(node, decoder)? {
            Tree::Map(members, _) => Some(UncheckedMembers(members)),
            _ => {
                decoder.wrong_type(node, "a mapping", None);
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(UncheckedMembers::default())
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "object" })
    }
}

/// Any YAML; `{{name}}` in its texts is an input.
fn any(node: &Node, decoder: &mut Decoder<'_>) -> Option<Tree> {
    Some(match &node.kind {
        NodeKind::Null => Tree::Null(node.span),
        NodeKind::Scalar(scalar) => match scalar.plain() {
            Plain::Bool(value) => Tree::Bool(Spanned::new(value, node.span)),
            Plain::Int(value) => Tree::Int(Spanned::new(value, node.span)),
            Plain::Real(value) => Tree::Real(Spanned::new(value, node.span)),
            Plain::Text => Tree::Text(Template::decode(node, decoder)?),
        },
        NodeKind::Sequence(items) => {
            Tree::List(items.iter().map(|item| any(item, decoder)).collect::<Option<_>>()?, node.span)
        }
        NodeKind::Mapping(entries) => {
            let member = |entry: &crate::syntax::Entry| {
                let value = decoder.within(format!(".{}", entry.key), |d| any(&entry.value, d))?;
                Some((Spanned::new(entry.key.clone(), entry.key_span), value))
            };
            Tree::Map(entries.iter().map(member).collect::<Option<_>>()?, node.span)
        }
    })
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
            Some(Plain::Int(value)) => Some(TextOrInt(Tree::Int(Spanned::new(value, node.span)))),
            _ => Template::decode(node, decoder).map(Tree::Text).map(TextOrInt),
        }
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": ["string", "integer"] })
    }
}
