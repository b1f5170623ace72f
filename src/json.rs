//! JSON texts, each value with its place, as Resource Manager reads them: comments, a comma behind the last item, names
//! without quotes. What is built of the values is the caller's ([`Build`]), and so is what to say of that slack.
//!
//! A leaf. Never panics, whatever the bytes, and reads nothing but JSON: what a file is about, others know.

use crate::source::{FileId, Span};
use std::collections::HashMap;
use std::rc::Rc;
use thiserror::Error;

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
    DuplicateName {
        name: String,
        /// Where the name stands first.
        first: Span,
    },
}

/// A value that holds no others.
pub enum Scalar {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
}

/// What makes something of a text, value by value, inner ones first.
pub trait Build {
    type Value;
    type Members: Default;
    /// Why the text is not read on: an error of the text, or a bound of the builder's own.
    type Refusal: From<ReadError>;

    /// An array or object begins at `place`, `depth` deep, from 1.
    ///
    /// # Errors
    /// If there is no room for it.
    fn open(&mut self, depth: usize, place: Span) -> Result<(), Self::Refusal>;

    /// # Errors
    /// If there is no room for it.
    fn scalar(&mut self, scalar: Scalar, place: Span) -> Result<Self::Value, Self::Refusal>;

    fn array(&mut self, items: Vec<Self::Value>, place: Span) -> Self::Value;

    /// A member with a name that the object does not have yet. `place`: of the name.
    ///
    /// # Errors
    /// If the builder refuses the name.
    fn member(
        &mut self,
        members: &mut Self::Members,
        name: Rc<str>,
        place: Span,
        value: Self::Value,
    ) -> Result<(), Self::Refusal>;

    /// A member with the name that member `number` has already, from 0.
    fn again(&mut self, members: &mut Self::Members, number: usize, value: Self::Value);

    fn object(&mut self, members: Self::Members, place: Span) -> Self::Value;

    /// What is not strict, in the order of the text but for names, which are known to be doubles behind their values.
    fn slack(&mut self, slack: Slack, place: Span);
}

/// Reads a text, with or without a byte order mark.
///
/// # Errors
/// If the text is no JSON, even with that slack, or the builder refuses it.
pub fn read<B: Build>(text: &str, file: FileId, build: &mut B) -> Result<B::Value, B::Refusal> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader { text, at: start, depth: 0, file, build };
    let value = reader.value()?;
    match reader.peek()? {
        None => Ok(value),
        Some(c) => Err(reader.error(format!("nothing may follow the value, but here is `{c}`")).into()),
    }
}

struct Reader<'a, B> {
    text: &'a str,
    at: usize,
    /// Open arrays and objects.
    depth: usize,
    file: FileId,
    build: &'a mut B,
}

impl<'a, B: Build> Reader<'a, B> {
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
        self.build.slack(slack, span);
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

    fn value(&mut self) -> Result<B::Value, B::Refusal> {
        let first = self.peek()?;
        let start = self.at;
        let scalar = match first {
            Some('{' | '[') => {
                self.depth += 1;
                self.build.open(self.depth, self.span(start, start + 1))?;
                self.at += 1;
                let value = if first == Some('{') { self.object(start)? } else { self.array(start)? };
                self.depth -= 1;
                return Ok(value);
            }
            Some('"') => Scalar::Text(self.string()?),
            Some(c) if c == '-' || c.is_ascii_digit() => Scalar::Number(self.number()?),
            Some(c) if c.is_ascii_alphabetic() => self.word()?,
            _ => return Err(self.expected("a value")?.into()),
        };
        let place = self.span(start, self.at);
        self.build.scalar(scalar, place)
    }

    fn array(&mut self, start: usize) -> Result<B::Value, B::Refusal> {
        let mut items = Vec::new();
        while !self.eat(']')? {
            items.push(self.value()?);
            if !self.comma(']')? {
                break;
            }
        }
        let place = self.span(start, self.at);
        Ok(self.build.array(items, place))
    }

    fn object(&mut self, start: usize) -> Result<B::Value, B::Refusal> {
        let mut members = B::Members::default();
        let mut known: HashMap<Rc<str>, (usize, Span)> = HashMap::new();
        while !self.eat('}')? {
            let start = self.at;
            let name = self.name()?;
            let place = self.span(start, self.at);
            if !self.eat(':')? {
                return Err(self.expected("`:`")?.into());
            }
            let value = self.value()?;
            if let Some((number, first)) = known.get(&name) {
                self.build.slack(Slack::DuplicateName { name: name.to_string(), first: *first }, place);
                self.build.again(&mut members, *number, value);
            } else {
                known.insert(name.clone(), (known.len(), place));
                self.build.member(&mut members, name, place, value)?;
            }
            if !self.comma('}')? {
                break;
            }
        }
        let place = self.span(start, self.at);
        Ok(self.build.object(members, place))
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
            self.build.slack(Slack::TrailingComma, span);
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

    fn number(&mut self) -> Result<serde_json::Number, ReadError> {
        let start = self.at;
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'))).unwrap_or(rest.len());
        self.at += end;
        let digits = rest.get(..end).unwrap_or_default();
        serde_json::from_str(digits).map_err(|_| self.error_at(start, format!("`{digits}` is no number of JSON")))
    }

    fn word(&mut self) -> Result<Scalar, ReadError> {
        let start = self.at;
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        self.at += end;
        match rest.get(..end).unwrap_or_default() {
            "true" => Ok(Scalar::Bool(true)),
            "false" => Ok(Scalar::Bool(false)),
            "null" => Ok(Scalar::Null),
            word => Err(self.error_at(start, format!("`{word}` stands without quotes: a text is written \"{word}\""))),
        }
    }
}
