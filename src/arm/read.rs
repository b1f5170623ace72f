//! JSON as Resource Manager reads it: comments, a comma behind the last item, names without quotes. Each node knows its
//! place in the file. Never panics, whatever the bytes, and reads nothing but JSON: what a template is, others know.

use super::eval::tree::{Form, Members, Tree};
use crate::source::{FileId, Origin, Span};
use std::collections::HashMap;
use std::rc::Rc;
use thiserror::Error;

/// The greatest size of a template, in bytes, that Resource Manager takes (its documented template limits).
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The deepest nesting of arrays and objects that is read. Published packages, which hold templates that hold pages, stay
/// below a third of it.
pub const MAX_DEPTH: usize = 100;

/// Why a text is not read, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ReadError {
    pub span: Span,
    pub message: String,
}

/// In which way a text that was read is not strict JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slack {
    Comment,
    TrailingComma,
    UnquotedName(String),
    /// The last of them holds.
    DuplicateName(String),
}

/// A text that was read.
#[derive(Debug, Clone)]
pub struct Read {
    pub tree: Tree,
    /// In the order of the text.
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
    let mut reader = Reader { text, at: 0, depth: 0, file, text_node, slack: Vec::new() };
    if text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    let tree = reader.value()?;
    match reader.peek()? {
        None => Ok(Read { tree, slack: reader.slack }),
        Some(c) => Err(reader.error(format!("nothing may follow the value, but here is `{c}`"))),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    file: FileId,
    text_node: TextNode,
    slack: Vec<(Slack, Span)>,
}

impl<'a> Reader<'a> {
    fn error(&self, message: impl Into<String>) -> ReadError {
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        ReadError { span: self.span(self.at, self.at + width), message: message.into() }
    }

    fn error_at(&self, start: usize, message: impl Into<String>) -> ReadError {
        ReadError { span: self.span(start, self.at), message: message.into() }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn note(&mut self, slack: Slack, start: usize) {
        let span = self.span(start, self.at);
        self.slack.push((slack, span));
    }

    /// The next character that is neither white space nor in a comment; it becomes the place of an error.
    fn peek(&mut self) -> Result<Option<char>, ReadError> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            let start = self.at;
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                let end = comment.find("*/").ok_or_else(|| self.error("this comment has no end `*/`"))?;
                self.at += 2 + end + 2;
            } else {
                return Ok(rest.chars().next());
            }
            self.note(Slack::Comment, start);
        }
    }

    fn eat(&mut self, wanted: char) -> Result<bool, ReadError> {
        let found = self.peek()? == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        Ok(found)
    }

    fn expected(&mut self, what: &str) -> Result<ReadError, ReadError> {
        let found = self.peek()?.map_or("the text ends".to_owned(), |c| format!("here is `{c}`"));
        Ok(self.error(format!("expected {what}, but {found}")))
    }

    fn value(&mut self) -> Result<Tree, ReadError> {
        let first = self.peek()?;
        let start = self.at;
        let nested = matches!(first, Some('{' | '['));
        self.depth += usize::from(nested);
        if self.depth > MAX_DEPTH {
            return Err(self.error(format!("arrays and objects are nested deeper than {MAX_DEPTH} levels")));
        }
        let form = match first {
            Some('{') => self.object()?,
            Some('[') => self.array()?,
            Some('"') => {
                let text = self.string()?;
                let tree = (self.text_node)(&text, Some(Origin::written(self.span(start, self.at))));
                return Ok(self.narrowed(tree, start));
            }
            Some(c) if c == '-' || c.is_ascii_digit() => self.number()?,
            Some(c) if c.is_ascii_alphabetic() => self.word()?,
            _ => return Err(self.expected("a value")?),
        };
        self.depth -= usize::from(nested);
        Ok(Tree::new(form, Some(Origin::written(self.span(start, self.at)))))
    }

    /// An expression that does not parse is at fault where it stops making sense, if the text has no escapes before that.
    fn narrowed(&self, tree: Tree, start: usize) -> Tree {
        let Form::Broken { text, error } = &tree.form else { return tree };
        let at = start + 1 + error.offset;
        let before = self.text.get(start + 1..at).filter(|before| text.get(..error.offset) == Some(before));
        match before {
            Some(_) if at < self.at => Tree { origin: Some(Origin::written(self.span(at, self.at - 1))), ..tree },
            _ => tree,
        }
    }

    fn array(&mut self) -> Result<Form, ReadError> {
        self.at += 1;
        let mut items = Vec::new();
        while !self.eat(']')? {
            items.push(self.value()?);
            if !self.comma(']')? {
                break;
            }
        }
        Ok(Form::Array(items))
    }

    fn object(&mut self) -> Result<Form, ReadError> {
        self.at += 1;
        let mut members = Members::default();
        let mut places: HashMap<Rc<str>, usize> = HashMap::new();
        while !self.eat('}')? {
            let start = self.at;
            let name = self.name()?;
            let place = self.span(start, self.at);
            if !self.eat(':')? {
                return Err(self.expected("`:`")?);
            }
            let tree = self.value()?;
            if let Some(at) = places.get(&name) {
                self.slack.push((Slack::DuplicateName(name.to_string()), place));
                members.replace(*at, tree);
            } else {
                places.insert(name.clone(), members.len());
                members.push(name, tree);
            }
            if !self.comma('}')? {
                break;
            }
        }
        Ok(Form::Object(members))
    }

    /// Reads what stands behind an item: whether another one may follow. Takes the closing bracket if not.
    fn comma(&mut self, close: char) -> Result<bool, ReadError> {
        if self.eat(close)? {
            return Ok(false);
        }
        if !self.eat(',')? {
            return Err(self.expected(&format!("`,` or `{close}`"))?);
        }
        let start = self.at - 1;
        if self.peek()? == Some(close) {
            let span = self.span(start, start + 1);
            self.slack.push((Slack::TrailingComma, span));
        }
        Ok(true)
    }

    fn name(&mut self) -> Result<Rc<str>, ReadError> {
        let start = self.at;
        match self.peek()? {
            Some('"') => Ok(self.string()?.into()),
            Some(c) if c.is_ascii_alphabetic() || c == '_' || c == '$' => {
                let rest = self.rest();
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
                self.at += end;
                let name = rest.get(..end).unwrap_or_default();
                self.note(Slack::UnquotedName(name.to_owned()), start);
                Ok(name.into())
            }
            Some('\'') => Err(self.error("a name stands in double quotes")),
            _ => Err(self.expected("the name of a member")?),
        }
    }

    /// A text in double quotes. Line breaks in it are taken, as Resource Manager takes them.
    fn string(&mut self) -> Result<String, ReadError> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let end = rest.find(['"', '\\']).unwrap_or(rest.len());
            text.push_str(rest.get(..end).unwrap_or_default());
            self.at += end;
            match self.rest().chars().next() {
                Some('"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(_) => text.push(self.escape()?),
                None => {
                    self.at = start;
                    return Err(self.error("this text has no closing quote"));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, ReadError> {
        let start = self.at;
        let letter = self.rest().chars().nth(1);
        self.at += 1 + letter.map_or(0, char::len_utf8);
        Ok(match letter {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode(start),
            _ => return Err(self.error_at(start, "JSON has no such escape; a backslash is written `\\\\`")),
        })
    }

    /// The digits behind `\u`, and those of the other half of a pair.
    fn unicode(&mut self, start: usize) -> Result<char, ReadError> {
        let first = self.four_digits(start)?;
        let pair = (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u");
        let code = if pair {
            self.at += 2;
            let second = self.four_digits(start)?;
            match (0xDC00..0xE000).contains(&second) {
                true => 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00),
                false => first,
            }
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| self.error_at(start, "half of a surrogate pair is no character"))
    }

    fn four_digits(&mut self, start: usize) -> Result<u32, ReadError> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += if code.is_some() { 4 } else { 0 };
        code.ok_or_else(|| self.error_at(start, "`\\u` takes four hexadecimal digits"))
    }

    fn number(&mut self) -> Result<Form, ReadError> {
        let start = self.at;
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'))).unwrap_or(rest.len());
        self.at += end;
        let digits = rest.get(..end).unwrap_or_default();
        let number: Option<serde_json::Number> = serde_json::from_str(digits).ok();
        let number = number.ok_or_else(|| self.error_at(start, format!("`{digits}` is no number of JSON")))?;
        // Beyond 64 bits a whole number becomes the nearest one with a fraction.
        Ok(number.as_i64().map_or_else(|| Form::Real(number.as_f64().unwrap_or_default()), Form::Int))
    }

    fn word(&mut self) -> Result<Form, ReadError> {
        let start = self.at;
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        self.at += end;
        match rest.get(..end).unwrap_or_default() {
            "true" => Ok(Form::Bool(true)),
            "false" => Ok(Form::Bool(false)),
            "null" => Ok(Form::Null),
            word => Err(self.error_at(start, format!("`{word}` stands without quotes: a text is written \"{word}\""))),
        }
    }
}
