//! Templates and data as trees: JSON with the slack that Resource Manager takes ([`crate::json`]), its texts as expressions
//! or as they are.

use super::eval::tree::{Form, Members, Tree};
use crate::json::{self, Build, ReadError, Scalar, Slack};
use crate::source::{FileId, Origin, Span};
use std::rc::Rc;

/// The greatest size of a template, in bytes, that Resource Manager takes (its documented template limits).
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The deepest nesting of arrays and objects that is read. Published packages, which hold templates that hold pages, stay
/// below a third of it.
pub const MAX_DEPTH: usize = 100;

/// A text that was read. Of members with one name the last one holds.
#[derive(Debug, Clone)]
pub struct Read {
    pub tree: Tree,
    /// In the order of the text; a name that is a double stands behind the slack of its value.
    pub slack: Vec<(Slack, Span)>,
}

/// Reads a template: texts in brackets are expressions.
///
/// # Errors
/// If the text is no JSON, even with what Resource Manager forgives, or nested deeper than [`MAX_DEPTH`].
pub fn template(text: &str, file: FileId) -> Result<Read, ReadError> {
    read(text, file, Tree::written)
}

/// Reads a file that nothing evaluates, such as one with the values of parameters: every text is what it says.
///
/// # Errors
/// As [`template`].
pub fn data(text: &str, file: FileId) -> Result<Read, ReadError> {
    read(text, file, |text, origin| Tree::new(Form::Text(text.into()), origin))
}

type TextNode = fn(&str, Option<Origin>) -> Tree;

fn read(text: &str, file: FileId, text_node: TextNode) -> Result<Read, ReadError> {
    let mut trees = Trees { text, text_node, slack: Vec::new() };
    let tree = json::read(text, file, &mut trees)?;
    Ok(Read { tree, slack: trees.slack })
}

struct Trees<'t> {
    text: &'t str,
    text_node: TextNode,
    slack: Vec<(Slack, Span)>,
}

impl Trees<'_> {
    /// An expression that does not parse is at fault where it stops making sense, if the text has no escapes before that.
    fn narrowed(&self, tree: Tree, place: Span) -> Tree {
        let Form::Broken { text, error } = &tree.form else { return tree };
        let start = place.start as usize + 1;
        let (at, end) = (start + error.offset, place.end as usize);
        let before = self.text.get(start..at).filter(|before| text.get(..error.offset) == Some(before));
        match before {
            Some(_) if at < end => Tree { origin: Some(Origin::written(Span::new(place.file, at, end - 1))), ..tree },
            _ => tree,
        }
    }
}

impl Build for Trees<'_> {
    type Value = Tree;
    type Members = Members;
    type Refusal = ReadError;

    fn open(&mut self, depth: usize, place: Span) -> Result<(), ReadError> {
        if depth > MAX_DEPTH {
            let message = format!("arrays and objects are nested deeper than {MAX_DEPTH} levels");
            return Err(ReadError { span: place, message });
        }
        Ok(())
    }

    fn scalar(&mut self, scalar: Scalar, place: Span) -> Result<Tree, ReadError> {
        let origin = Some(Origin::written(place));
        let form = match scalar {
            Scalar::Null => Form::Null,
            Scalar::Bool(flag) => Form::Bool(flag),
            // Beyond 64 bits a whole number becomes the nearest one with a fraction.
            Scalar::Number(number) => {
                number.as_i64().map_or_else(|| Form::Real(number.as_f64().unwrap_or_default()), Form::Int)
            }
            Scalar::Text(text) => return Ok(self.narrowed((self.text_node)(&text, origin), place)),
        };
        Ok(Tree::new(form, origin))
    }

    fn array(&mut self, items: Vec<Tree>, place: Span) -> Tree {
        Tree::new(Form::Array(items), Some(Origin::written(place)))
    }

    fn member(&mut self, members: &mut Members, name: Rc<str>, _: Span, value: Tree) -> Result<(), ReadError> {
        members.push(name, value);
        Ok(())
    }

    fn again(&mut self, members: &mut Members, number: usize, value: Tree) {
        members.replace(number, value);
    }

    fn object(&mut self, members: Members, place: Span) -> Tree {
        Tree::new(Form::Object(members), Some(Origin::written(place)))
    }

    fn slack(&mut self, slack: Slack, place: Span) {
        self.slack.push((slack, place));
    }
}
