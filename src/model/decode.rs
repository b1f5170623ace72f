//! Fault-tolerant decoding: nodes into typed data, every finding collected, every field described once.
//!
//! One definition ([`decode_struct!`]) gives the decoding, the known keys of "did you mean", and the JSON Schema of the
//! editor. Must not resolve names and must not know what a value means beyond its type.

use super::other_kind;
use super::schema::Schemas;
use crate::diag::rules::{files, shape};
use crate::diag::{Diagnostic, Diagnostics, Severity, did_you_mean, unreadable};
use crate::source::{FileError, Files, Span, Spanned};
use crate::syntax::{self, Entry, Node, NodeKind, Plain, Style};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Where decoding stands in the spec, and what it has found.
pub struct Decoder<'a> {
    pub diagnostics: &'a mut Diagnostics,
    files: Files<'a>,
    /// The files that were read so far, and where they are named.
    named: BTreeMap<String, Span>,
    path: Vec<String>,
    /// Whether this is a file of another tool's format, which may have keys that we do not know.
    foreign: bool,
}

/// Something that can be read from a node.
pub trait Decode: Sized {
    /// `None` only after a finding.
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self>;

    /// What an item of a list stands for: itself, where it does not name several.
    fn decode_item(node: &Node, decoder: &mut Decoder<'_>) -> Vec<Self> {
        Self::decode(node, decoder).into_iter().collect()
    }

    /// An item that is a file of its own.
    fn decode_file(file: &Spanned<String>, decoder: &mut Decoder<'_>) -> Option<Self> {
        let root = decoder.file(file)?;
        if decoder.is_of_another_kind(&root) {
            return None;
        }
        Self::decode(&root, decoder)
    }

    /// What stands for a key that is not there; `None` makes the key required.
    fn absent() -> Option<Self> {
        None
    }

    /// The JSON Schema of the same thing.
    fn schema(schemas: &mut Schemas) -> Json;
}

/// What people look for at the top of a spec under a list of its own, and where it goes.
const UNLISTED: [(&str, &str); 3] = [
    (
        "savedSearches",
        "write a hunting query or a parser, or the saved search itself under `resources` with `stage: install`",
    ),
    (
        "automationRules",
        "write each under `resources` with `stage: deploy`: no package lists them as content (observed)",
    ),
    ("notebooks", "leave them out: Microsoft's packager leaves them out of every package (observed)"),
];

impl<'a> Decoder<'a> {
    pub fn new(files: Files<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        Decoder { diagnostics, files, named: BTreeMap::new(), path: Vec::new(), foreign: false }
    }

    /// A spec may name a file once; a finding, and `false`, the second time.
    pub fn claim(&mut self, name: &Spanned<String>) -> bool {
        if let Some(first) = self.named.insert(name.value.clone(), name.span) {
            let message = format!("the file `{}` is named twice", name.value);
            let finding = Diagnostic::new(&shape::DUPLICATE_NAME, name.span, message).label("again here");
            self.push(finding.also(first, "first here").help("remove one"));
            return false;
        }
        true
    }

    /// The tree of another file, which a spec may name once; what is wrong with its YAML is found at this place of the spec.
    pub fn file(&mut self, name: &Spanned<String>) -> Option<Node> {
        if !self.claim(name) {
            return None;
        }
        let mut found = Diagnostics::default();
        let root = syntax::parse_named(&mut self.files, name, &mut found);
        for finding in found.iter().cloned() {
            let inner = &finding.path;
            let dot = if inner.is_empty() || inner.starts_with('[') { "" } else { "." };
            let path = format!("{}{dot}{inner}", self.path());
            self.diagnostics.push(finding.at(path));
        }
        root
    }

    /// The files that a name with `*` in it stands for; any other stands for itself. None after a finding.
    pub fn files_named(&mut self, name: &Spanned<String>) -> Vec<Spanned<String>> {
        if !name.value.contains('*') {
            return vec![name.clone()];
        }
        match self.files.matching(&name.value) {
            Ok(files) => files.into_iter().map(|file| Spanned::new(file, name.span)).collect(),
            Err(error) => {
                let finding = match error {
                    FileError::NotFound => {
                        let message = format!("no file fits `{}`", name.value);
                        let help =
                            "the path starts at the spec's folder; `*` is any characters of one name, `**` any folders";
                        Diagnostic::new(&files::FILE_NOT_FOUND, name.span, message).help(help)
                    }
                    error => unreadable(&error, &name.value, name.span),
                };
                self.push(finding);
                Vec::new()
            }
        }
    }

    /// Whether an item's file belongs into another list; reports it.
    pub fn is_of_another_kind(&mut self, root: &Node) -> bool {
        let finding = other_kind::finding(root, &self.path());
        let found = finding.is_some();
        finding.into_iter().for_each(|finding| self.push(finding));
        found
    }

    /// `analyticRules[2].query`
    pub fn path(&self) -> String {
        self.path.concat()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        let path = self.path();
        self.diagnostics.push(diagnostic.at(path));
    }

    /// Decodes below a key or an index.
    pub fn within<T>(&mut self, segment: String, f: impl FnOnce(&mut Self) -> T) -> T {
        let segment = if self.path.is_empty() { segment.trim_start_matches('.').to_owned() } else { segment };
        self.path.push(segment);
        let result = f(self);
        self.path.pop();
        result
    }

    /// Decodes what is carried as it stands: a key that is not known there is carried too, and only a warning.
    pub fn foreign<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.foreign, true);
        let result = f(self);
        self.foreign = before;
        result
    }

    /// The entries of a mapping whose keys are all known; reports what is not.
    pub fn mapping<'n>(&mut self, node: &'n Node, known: &[&str]) -> Option<&'n [Entry]> {
        self.mapping_of("this mapping", node, known)
    }

    /// [`Decoder::mapping`] of something that has a name.
    pub fn mapping_of<'n>(&mut self, of: &str, node: &'n Node, known: &[&str]) -> Option<&'n [Entry]> {
        let Some(entries) = node.entries() else {
            self.wrong_type(node, "a mapping", None);
            return None;
        };
        for entry in entries {
            if !known.contains(&entry.key.as_str()) {
                self.unknown_key(of, entry, known);
            }
        }
        Some(entries)
    }

    fn unknown_key(&mut self, of: &str, entry: &Entry, known: &[&str]) {
        let unlisted = UNLISTED.iter().find(|(key, _)| self.path.is_empty() && entry.key.eq_ignore_ascii_case(key));
        let help = match (unlisted, did_you_mean(&entry.key, known.iter().copied())) {
            (Some((_, help)), _) => (*help).to_owned(),
            (None, Some(name)) => format!("did you mean `{name}`?"),
            (None, None) => format!("write one of {}", known.join(", ")),
        };
        let why = if unlisted.is_some() { ": the language has no list of them" } else { "" };
        let message = format!("`{}` is not a key of {of}{why}", entry.key);
        let mut finding = Diagnostic::new(&shape::UNKNOWN_KEY, entry.key_span, message).label("unknown key").help(help);
        if self.foreign {
            finding.severity = Severity::Warning;
        }
        self.push(finding);
    }

    /// The value of a key, or what stands for it when it is absent.
    pub fn field<T: Decode>(&mut self, node: &Node, key: &str) -> Option<T> {
        match node.get(key) {
            Some(entry) => self.within(format!(".{key}"), |decoder| T::decode(&entry.value, decoder)),
            None => T::absent().or_else(|| {
                let message = format!("`{key}` is missing");
                self.push(Diagnostic::new(&shape::MISSING_KEY, first_place(node), message).label("in this mapping"));
                None
            }),
        }
    }

    /// Something of another type stands here.
    pub fn wrong_type(&mut self, node: &Node, expected: &str, help: Option<String>) {
        let message = format!("expected {expected}, found {}", node.describe());
        let mut finding = Diagnostic::new(&shape::WRONG_TYPE, first_place(node), message).label("here");
        finding.help = help;
        self.push(finding);
    }
}

/// Where a node is pointed at: the whole of a short one, the first line of a long one is up to the renderer; a mapping
/// by its first key, for else half the file would be marked.
pub fn first_place(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Mapping(entries) => entries.first().map_or(node.span, |entry| entry.key_span),
        NodeKind::Sequence(items) => items.first().map_or(node.span, first_place),
        NodeKind::Null | NodeKind::Scalar(_) => node.span,
    }
}

impl Decode for Spanned<String> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        text_scalar(node, decoder).map(|scalar| Spanned::new(scalar.text.clone(), node.span))
    }

    fn schema(_: &mut Schemas) -> Json {
        serde_json::json!({ "type": "string" })
    }
}

/// The scalar of a node that has to be text; numbers and booleans without quotes are refused, with what to quote.
pub fn text_scalar<'n>(node: &'n Node, decoder: &mut Decoder<'_>) -> Option<&'n crate::syntax::Scalar> {
    match node.as_scalar() {
        Some(scalar) if scalar.plain() == Plain::Text => Some(scalar),
        Some(scalar) => {
            let help = format!("put it in quotes: \"{}\"", scalar.text);
            decoder.wrong_type(node, "text", Some(help));
            None
        }
        None => {
            decoder.wrong_type(node, "text", None);
            None
        }
    }
}

impl Decode for Spanned<bool> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        match node.as_scalar().map(|s| (s.plain(), s)) {
            Some((Plain::Bool(value), _)) => Some(Spanned::new(value, node.span)),
            Some((_, scalar)) => {
                let help = match scalar.text.to_ascii_lowercase().as_str() {
                    "yes" | "on" | "y" | "true" => Some("write true, without quotes".to_owned()),
                    "no" | "off" | "n" | "false" => Some("write false, without quotes".to_owned()),
                    _ => None,
                };
                decoder.wrong_type(node, "true or false", help);
                None
            }
            None => {
                decoder.wrong_type(node, "true or false", None);
                None
            }
        }
    }

    fn schema(_: &mut Schemas) -> Json {
        serde_json::json!({ "type": "boolean" })
    }
}

impl Decode for Spanned<i64> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        match node.as_scalar().map(|s| (s.plain(), s)) {
            Some((Plain::Int(value), _)) => Some(Spanned::new(value, node.span)),
            Some((_, scalar)) => {
                let quoted = scalar.style == Style::Quoted && scalar.text.parse::<i64>().is_ok();
                let help = quoted.then(|| format!("write it without quotes: {}", scalar.text));
                decoder.wrong_type(node, "a whole number", help);
                None
            }
            None => {
                decoder.wrong_type(node, "a whole number", None);
                None
            }
        }
    }

    fn schema(_: &mut Schemas) -> Json {
        serde_json::json!({ "type": "integer" })
    }
}

/// A key with nothing after it is a key that is not there: published rule files have such keys.
impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if node.kind == NodeKind::Null {
            return Some(None);
        }
        T::decode(node, decoder).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        or_nothing(T::schema(schemas))
    }
}

/// A list; items that cannot be read are left out, with a finding each. Nothing after the key is an empty list.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if node.kind == NodeKind::Null {
            return Some(Vec::new());
        }
        let Some(items) = node.items() else {
            let help = node.as_scalar().map(|s| format!("write a list: [{}]", s.text));
            decoder.wrong_type(node, "a list", help.filter(|h| h.len() < 80));
            return None;
        };
        let decoded = items.iter().enumerate();
        Some(decoded.flat_map(|(i, item)| decoder.within(format!("[{i}]"), |d| T::decode_item(item, d))).collect())
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let items = T::schema(schemas);
        or_nothing(serde_json::json!({ "type": "array", "items": items }))
    }
}

/// The schema of something that may also be left empty.
pub fn or_nothing(mut schema: Json) -> Json {
    match schema.get("type") {
        Some(Json::String(ty)) => schema["type"] = serde_json::json!([ty, "null"]),
        Some(Json::Array(_)) => {}
        _ if schema.as_object().is_some_and(serde_json::Map::is_empty) => {}
        _ => schema = serde_json::json!({ "anyOf": [schema, { "type": "null" }] }),
    }
    schema
}

/// A mapping from names to things, in the author's order.
#[derive(Debug, Clone)]
pub struct Map<T>(pub Vec<(Spanned<String>, T)>);

impl<T: Decode> Decode for Map<T> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if node.kind == NodeKind::Null {
            return Some(Map(Vec::new()));
        }
        let Some(entries) = node.entries() else {
            decoder.wrong_type(node, "a mapping", None);
            return None;
        };
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            if let Some(value) = decoder.within(format!(".{}", entry.key), |d| T::decode(&entry.value, d)) {
                items.push((Spanned::new(entry.key.clone(), entry.key_span), value));
            }
        }
        Some(Map(items))
    }

    fn absent() -> Option<Self> {
        Some(Map(Vec::new()))
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let items = T::schema(schemas);
        or_nothing(serde_json::json!({ "type": "object", "additionalProperties": items }))
    }
}

/// A required part that may be broken: the rest of the spec is checked all the same.
#[derive(Debug, Clone)]
pub struct Hole<T>(pub Option<T>);

impl<T: Decode> Decode for Hole<T> {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        Some(Hole(T::decode(node, decoder)))
    }

    fn schema(schemas: &mut Schemas) -> Json {
        T::schema(schemas)
    }
}

/// Defines a mapping of the spec: `"key" field: Type,` with the documentation of each. A type whose [`Decode::absent`]
/// is `Some` makes the key optional. Fields after `beside` have keys that depend on what stands in the mapping: whoever
/// knows them checks the keys, gives the values to `read`, and has a [`Decode`] of his own.
macro_rules! decode_struct {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* $key:literal $field:ident: $ty:ty, )*
        }
    ) => {
        $crate::model::decode::decode_struct! {
            $(#[doc = $doc])*
            pub struct $name { $( $(#[doc = $field_doc])* $key $field: $ty, )* } beside {}
        }

        impl $crate::model::decode::Decode for $name {
            fn decode(
                node: &$crate::syntax::Node,
                decoder: &mut $crate::model::decode::Decoder<'_>,
            ) -> Option<Self> {
                decoder.mapping(node, $name::KEYS)?;
                $name::read(node, decoder)
            }

            fn schema(schemas: &mut $crate::model::schema::Schemas) -> serde_json::Value {
                schemas.object(stringify!($name), concat!($($doc),*), $name::members)
            }
        }
    };
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* $key:literal $field:ident: $ty:ty, )*
        } beside {
            $( $(#[doc = $other_doc:literal])* $other:ident: $other_ty:ty, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// The whole mapping.
            pub span: $crate::source::Span,
            $( $(#[doc = $field_doc])* pub $field: $ty, )*
            $( $(#[doc = $other_doc])* pub $other: $other_ty, )*
        }

        impl $name {
            pub(crate) const KEYS: &'static [&'static str] = &[$($key),*];

            /// Reads the keys; the mapping may have others.
            #[allow(clippy::too_many_arguments, reason = "one for each field that is read elsewhere")]
            pub(crate) fn read(
                node: &$crate::syntax::Node,
                $( $other: $other_ty, )*
                decoder: &mut $crate::model::decode::Decoder<'_>,
            ) -> Option<Self> {
                $( let $field = decoder.field::<$ty>(node, $key); )*
                Some($name { span: node.span, $( $field: $field?, )* $( $other, )* })
            }

            /// Describes the keys.
            pub(crate) fn members(
                schemas: &mut $crate::model::schema::Schemas,
                object: &mut $crate::model::schema::ObjectSchema,
            ) {
                $(
                    let value = <$ty as $crate::model::decode::Decode>::schema(schemas);
                    let required = <$ty as $crate::model::decode::Decode>::absent().is_none();
                    object.member($key, concat!($($field_doc),*), value, required);
                )*
            }
        }
    };
}
pub(crate) use decode_struct;
