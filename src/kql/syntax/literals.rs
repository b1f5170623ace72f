//! Literals: numbers, texts and their escapes, dynamic values, `typeof`.

use super::keyword::Keyword;
use super::parser::{Commas, Parser};
use super::token::Tok;
use super::tree::{Id, List, Node, Op};
use crate::kql::finding::Kind;
use crate::kql::types::Type;

type Level<'t, 'g> = fn(&mut Parser<'t, 'g>) -> Option<Id>;

impl<'t, 'g> Parser<'t, 'g> {
    pub fn literal(&mut self) -> Option<Id> {
        let ty = match self.peek(0) {
            Tok::String => return self.strings(),
            Tok::Bool => Type::Bool,
            Tok::Long => Type::Long,
            Tok::Real => Type::Real,
            Tok::Decimal => Type::Decimal,
            Tok::Int => Type::Int,
            Tok::Guid => Type::Guid,
            Tok::RawGuid => {
                let range = self.here();
                let help = format!("write guid({})", self.text_of(range));
                self.report_with_help(Kind::Syntax, range, "a guid cannot stand bare", help);
                Type::Guid
            }
            Tok::DateTime => Type::DateTime,
            Tok::TimeSpan => Type::TimeSpan,
            Tok::Keyword(Keyword::Dynamic) => return self.dynamic(),
            Tok::Plus | Tok::Minus => return self.signed_number(),
            Tok::Keyword(Keyword::Typeof) => return self.type_of(),
            _ => return None,
        };
        let range = self.advance();
        Some(self.tree.add(Node::Literal(ty), range))
    }

    fn signed_number(&mut self) -> Option<Id> {
        let ty = match self.peek(1) {
            Tok::Long => Type::Long,
            Tok::Real => Type::Real,
            Tok::TimeSpan => Type::TimeSpan,
            _ => return None,
        };
        if !self.token(1).joined {
            return None;
        }
        let start = self.advance();
        self.advance();
        Some(self.add(Node::Literal(ty), start))
    }

    /// One string, or several that are joined.
    pub fn strings(&mut self) -> Option<Id> {
        let start = self.take(Tok::String)?;
        let mut value = string_value(self.text_of(start));
        while let Some(range) = self.take(Tok::String) {
            value.to_mut().push_str(&string_value(self.text_of(range)));
        }
        let name = self.names.add(&value);
        Some(self.add(Node::String(name), start))
    }

    fn dynamic(&mut self) -> Option<Id> {
        if self.peek(1) != Tok::OpenParen {
            return None;
        }
        let start = self.advance();
        self.advance();
        let value = self.json();
        let value = self.or_missing(value, "a JSON value");
        self.require(Tok::CloseParen, ")");
        Some(self.add(Node::Dynamic(value), start))
    }

    fn json(&mut self) -> Option<Id> {
        self.deeper(Self::json_value)
    }

    fn json_value(&mut self) -> Option<Id> {
        let start = self.here();
        match self.peek(0) {
            Tok::Minus => {
                if !matches!(self.peek(1), Tok::Long | Tok::Real) {
                    return None;
                }
                let at = self.advance();
                let value = self.literal()?;
                Some(self.add(Node::Unary { op: Op::UnaryMinus, at, value }, start))
            }
            Tok::OpenBracket => {
                self.advance();
                let values = self.json_list(Self::json);
                self.require(Tok::CloseBracket, "]");
                Some(self.add(Node::JsonArray(values), start))
            }
            Tok::OpenBrace => {
                self.advance();
                let pairs = self.json_list(Self::json_pair);
                self.require(Tok::CloseBrace, "}");
                Some(self.add(Node::JsonObject(pairs), start))
            }
            Tok::Keyword(Keyword::Null) => {
                self.advance();
                Some(self.add(Node::Null, start))
            }
            Tok::Plus | Tok::Int => None,
            Tok::Keyword(Keyword::Typeof) => None,
            _ => self.literal(),
        }
    }

    fn json_list(&mut self, element: Level<'t, 'g>) -> List {
        self.commas(Commas {
            element,
            what: "a JSON value",
            end: Some(Self::at_list_end),
            required: false,
            trailing: false,
        })
    }

    fn json_pair(&mut self) -> Option<Id> {
        if self.peek(0) == Tok::String {
            self.advance();
            self.require(Tok::Colon, ":");
            let value = self.json();
            return Some(self.or_missing(value, "a JSON value"));
        }
        if self.peek(0) == Tok::Colon {
            let missing = self.missing("a property's name");
            self.advance();
            let value = self.json();
            return Some(value.unwrap_or(missing));
        }
        let value = self.json()?;
        let range = self.range(value);
        self.report(Kind::Syntax, range, "a property needs a name in quotes and `:`");
        Some(value)
    }

    pub fn type_of(&mut self) -> Option<Id> {
        let start = self.here();
        if !self.is(Keyword::Typeof) || self.peek(1) != Tok::OpenParen {
            return None;
        }
        self.advance();
        self.advance();
        let types = self.commas(Commas {
            element: Self::type_element,
            what: "a type",
            end: Some(Self::at_list_end),
            required: true,
            trailing: false,
        });
        self.require(Tok::CloseParen, ")");
        Some(self.add(Node::TypeOf(types), start))
    }

    fn type_element(&mut self) -> Option<Id> {
        if self.peek(0) == Tok::Star {
            return self.star();
        }
        if self.peek(1) == Tok::Colon {
            return self.name_and_type();
        }
        self.type_name(true)
    }
}

/// What a string literal says: its prefix and quotes taken off, its escapes read.
fn string_value(literal: &str) -> std::borrow::Cow<'_, str> {
    let body = literal.trim_start_matches(['h', 'H']);
    if let Some(fenced) = ["```", "~~~"].into_iter().find_map(|fence| body.strip_prefix(fence)) {
        return fenced.get(..fenced.len().saturating_sub(3)).unwrap_or_default().into();
    }
    let verbatim = body.starts_with('@');
    let quoted = body.trim_start_matches('@');
    let quote = quoted.chars().next().unwrap_or('"');
    let inner = quoted.strip_prefix(quote).unwrap_or(quoted);
    let inner = inner.strip_suffix(quote).unwrap_or(inner);
    if verbatim {
        let doubled: String = [quote, quote].iter().collect();
        if inner.contains(&doubled) { inner.replace(&doubled, &quote.to_string()).into() } else { inner.into() }
    } else if inner.contains('\\') {
        unescape(inner).into()
    } else {
        inner.into()
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let escape = rest.get(at + 1..).unwrap_or_default();
        let kind = escape.chars().next().unwrap_or('\\');
        let (character, length) = match kind {
            'a' => (Some('\u{7}'), 1),
            'b' => (Some('\u{8}'), 1),
            'f' => (Some('\u{c}'), 1),
            'n' => (Some('\n'), 1),
            'r' => (Some('\r'), 1),
            't' => (Some('\t'), 1),
            'v' => (Some('\u{b}'), 1),
            'u' => (code(escape, 1..5, 16), 5),
            'U' => (code(escape, 1..9, 16), 9),
            'x' => (code(escape, 1..3, 16), 3),
            '0'..='7' => {
                let digits = escape.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
                (code(escape, 0..digits, 8), digits)
            }
            other => (Some(other), other.len_utf8()),
        };
        out.extend(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn code(text: &str, digits: std::ops::Range<usize>, radix: u32) -> Option<char> {
    text.get(digits).and_then(|digits| u32::from_str_radix(digits, radix).ok()).and_then(char::from_u32)
}
