//! Texts with `{{input}}` in them: the field's own authoring form, read into parts.

use super::decode::{Decode, Decoder, text_scalar};
use super::schema::Schemas;
use crate::diag::Diagnostic;
use crate::diag::rules::shape;
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Scalar};
use serde_json::{Value as Json, json};

/// A text whose `{{…}}` are read.
#[derive(Debug, Clone)]
pub struct Template {
    pub span: Span,
    /// Never two texts after each other; empty for an empty text.
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub enum Part {
    Text(String),
    /// The name of an input and where it stands.
    Input(Spanned<String>),
}

impl Template {
    /// The text, if it has no inputs.
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The texts around and between the inputs.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Input(_) => None,
        })
    }

    pub fn inputs(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Input(name) => Some(name),
            Part::Text(_) => None,
        })
    }
}

impl Decode for Template {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = text_scalar(node, decoder)?;
        parse(scalar, node.span, decoder)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string" })
    }
}

/// Names that the service's authoring form can replace.
fn is_input_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn parse(scalar: &Scalar, span: Span, decoder: &mut Decoder<'_>) -> Option<Template> {
    let text = scalar.text.as_str();
    let mut parts = Vec::new();
    let mut sound = true;
    let mut rest = 0;
    while let Some(open) = text[rest..].find("{{").map(|i| rest + i) {
        let close = text[open..].find("}}").map(|i| open + i);
        let end = close.map_or(text.len(), |close| close + 2);
        let name = text[open + 2..close.unwrap_or(text.len())].trim();
        let place = scalar.span_of(open..end, span);
        if close.is_none() {
            decoder
                .push(Diagnostic::new(&shape::BAD_PLACEHOLDER, place, "`{{` is not closed").help("close it with `}}`"));
            sound = false;
        } else if !is_input_name(name) {
            let message = format!("`{{{{{name}}}}}` is not the name of an input");
            let help = "write the name of an input: letters and digits, a letter first";
            decoder.push(Diagnostic::new(&shape::BAD_PLACEHOLDER, place, message).help(help));
            sound = false;
        } else {
            if open > rest {
                parts.push(Part::Text(text[rest..open].to_owned()));
            }
            parts.push(Part::Input(Spanned::new(name.to_owned(), place)));
        }
        rest = end;
    }
    if rest < text.len() {
        parts.push(Part::Text(text[rest..].to_owned()));
    }
    sound.then_some(Template { span, parts })
}
