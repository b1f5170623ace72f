//! ARM expressions from text, as authors write them in whole resources. Never panics, whatever the bytes.
//!
//! Knows the grammar alone: whether a function or a parameter exists is for others to say.

use super::Expr;
use thiserror::Error;

/// The greatest length of one expression, in characters, that Resource Manager takes (its documented template limits).
pub const MAX_LENGTH: usize = 24_576;

/// The deepest nesting of calls and indexes that is read; published templates stay far below.
pub const MAX_DEPTH: usize = 100;

/// How many members and indexes (`.name`, `[0]`) one expression may have in all: each makes the tree deeper by one.
pub const MAX_LINKS: usize = 200;

/// What is wrong with an expression, and at which byte of the given text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ParseError {
    pub offset: usize,
    pub message: String,
}

/// A string of a template: the text that arrives, or an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    Literal(String),
    Expr(Expr),
}

/// Reads a string as a template engine does: `[…]` is an expression, `[[…]` is the literal `[…]`, all else is literal.
///
/// # Errors
/// If it is an expression that does not parse; offsets count from the first byte of `text`.
pub fn string(text: &str) -> Result<Written, ParseError> {
    let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return Ok(Written::Literal(text.to_owned()));
    };
    if inner.starts_with('[') {
        return Ok(Written::Literal(format!("{inner}]")));
    }
    match expression(inner) {
        Ok(expr) => Ok(Written::Expr(expr)),
        Err(error) => Err(ParseError { offset: error.offset + 1, ..error }),
    }
}

/// Reads an expression without its brackets: `concat('a', parameters('x'))`.
///
/// # Errors
/// If the text is no expression, is beyond [`MAX_LENGTH`], [`MAX_DEPTH`] or [`MAX_LINKS`].
pub fn expression(text: &str) -> Result<Expr, ParseError> {
    let length = text.chars().count();
    if length > MAX_LENGTH {
        return Err(ParseError {
            offset: 0,
            message: format!("the expression has {length} characters; Resource Manager takes {MAX_LENGTH}"),
        });
    }
    let mut parser = Parser { text, at: 0, depth: 0, links: 0 };
    let expr = parser.value()?;
    match parser.peek() {
        None => Ok(expr),
        Some(c) => Err(parser.error(format!("nothing may follow the expression, but here is `{c}`"))),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    links: usize,
}

impl<'a> Parser<'a> {
    fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError { offset: self.at, message: message.into() }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character that is no white space; it becomes the place of an error.
    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Takes the characters that `wanted` accepts, and says which.
    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// A literal or a call, with the members and indexes behind it.
    fn value(&mut self) -> Result<Expr, ParseError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(format!("the expression is nested deeper than {MAX_DEPTH} levels")));
        }
        let value = match self.peek() {
            Some('\'') => self.text_literal(),
            Some(c) if c == '-' || c.is_ascii_digit() => self.number(),
            Some(c) if is_name_start(c) => {
                let call = self.call()?;
                self.postfixes(call)
            }
            Some('"') => Err(self.error("a text stands in single quotes: 'text'")),
            Some(c) => Err(self.error(format!("expected a text, a number or a function call, but here is `{c}`"))),
            None => Err(self.error("expected a text, a number or a function call, but the expression ends")),
        }?;
        self.depth -= 1;
        Ok(value)
    }

    fn text_literal(&mut self) -> Result<Expr, ParseError> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| c != '\''));
            if self.rest().starts_with("''") {
                self.at += 2;
                text.push('\'');
            } else if self.rest().starts_with('\'') {
                self.at += 1;
                return Ok(Expr::Text(text));
            } else {
                self.at = start;
                return Err(self.error("this text has no closing quote; a quote inside a text is doubled: 'it''s'"));
            }
        }
    }

    fn number(&mut self) -> Result<Expr, ParseError> {
        let start = self.at;
        self.at += usize::from(self.rest().starts_with('-'));
        self.take_while(|c| c.is_ascii_digit());
        let digits = self.text.get(start..self.at).unwrap_or_default();
        let whole = digits.parse().map(Expr::Int);
        let fraction = self.rest().starts_with('.');
        self.at = start;
        let expr = whole.map_err(|_| self.error("this is no whole number of 64 bits"))?;
        if fraction {
            return Err(self.error(format!("expressions know whole numbers only; write json('{digits}.…')")));
        }
        self.at = start + digits.len();
        Ok(expr)
    }

    /// `name(…)`, or `namespace.name(…)` for a function of the template's own.
    fn call(&mut self) -> Result<Expr, ParseError> {
        let start = self.at;
        let mut name = self.take_while(is_name_part).to_owned();
        if self.peek() == Some('.') {
            self.at += 1;
            name = format!("{name}.{}", self.name("the function of this namespace")?);
        }
        if !self.eat('(') {
            self.at = start;
            return Err(self.error(format!(
                "`{name}` stands alone: call it, `{name}(…)`, or put a text in quotes, '{name}'; a parameter is parameters('{name}')"
            )));
        }
        let mut arguments = Vec::new();
        if !self.eat(')') {
            loop {
                arguments.push(self.value()?);
                if self.eat(')') {
                    break;
                }
                if !self.eat(',') {
                    return Err(self.expected("`,` or `)`"));
                }
            }
        }
        Ok(Expr::Call(name, arguments))
    }

    fn postfixes(&mut self, mut target: Expr) -> Result<Expr, ParseError> {
        loop {
            if self.eat('.') {
                let name = self.name("the name of a member")?;
                target = target.member(name);
            } else if self.eat('[') {
                let index = self.value()?;
                if !self.eat(']') {
                    return Err(self.expected("`]`"));
                }
                target = target.index(index);
            } else {
                return Ok(target);
            }
            self.links += 1;
            if self.links > MAX_LINKS {
                return Err(self.error(format!("the expression has more than {MAX_LINKS} members and indexes")));
            }
        }
    }

    fn name(&mut self, what: &str) -> Result<&'a str, ParseError> {
        if self.peek().is_some_and(is_name_start) {
            return Ok(self.take_while(is_name_part));
        }
        Err(self.expected(what))
    }

    fn expected(&mut self, what: &str) -> ParseError {
        let found = self.peek().map_or("the expression ends".to_owned(), |c| format!("here is `{c}`"));
        self.error(format!("expected {what}, but {found}"))
    }
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::print::expression_text;
    use proptest::prelude::*;

    #[test]
    fn published_forms_are_read() {
        let cases = [
            ("'it''s'", "'it''s'"),
            (" concat( 'a' ,parameters( 'x' ) ) ", "concat('a', parameters('x'))"),
            ("resourceGroup().location", "resourceGroup().location"),
            ("variables('v')[0]['two words'].z", "variables('v')[0]['two words'].z"),
            ("if(equals(parameters('n'), -1), true(), false())", "if(equals(parameters('n'), -1), true(), false())"),
            ("contoso.unique('a')", "contoso.unique('a')"),
            (
                "reference(resourceId('a/b', 'c'), '2024-03-11').logsIngestion.endpoint\n",
                "reference(resourceId('a/b', 'c'), '2024-03-11').logsIngestion.endpoint",
            ),
        ];
        for (text, printed) in cases {
            assert_eq!(expression(text).map(|e| expression_text(&e)), Ok(printed.to_owned()), "{text}");
        }
    }

    #[test]
    fn errors_say_where_and_what() {
        let cases = [
            ("", 0, "but the expression ends"),
            ("parameters", 0, "`parameters` stands alone"),
            ("concat('a'", 10, "expected `,` or `)`, but the expression ends"),
            ("concat('a' 'b')", 11, "here is `'`"),
            ("concat('a, 'b')", 12, "here is `b`"),
            ("concat('a)", 7, "no closing quote"),
            ("concat(\"a\")", 7, "single quotes"),
            ("concat('a'))", 11, "nothing may follow"),
            ("variables('v')[0", 16, "expected `]`"),
            ("variables('v').", 15, "the name of a member"),
            ("variables('v').0", 15, "the name of a member, but here is `0`"),
            ("1.5", 0, "whole numbers only"),
            ("99999999999999999999", 0, "64 bits"),
            ("-", 0, "64 bits"),
            ("é", 0, "here is `é`"),
            ("a.b", 0, "`a.b` stands alone"),
        ];
        for (text, offset, part) in cases {
            let error = expression(text).expect_err(text);
            assert_eq!(error.offset, offset, "{text}: {error}");
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn strings_are_read_as_the_engine_reads_them() {
        let literal = |text: &str| Ok(Written::Literal(text.to_owned()));
        assert_eq!(string("plain"), literal("plain"));
        assert_eq!(string("[open"), literal("[open"));
        assert_eq!(string("["), literal("["));
        assert_eq!(string("[[x]"), literal("[x]"));
        assert_eq!(string("[[[x]"), literal("[[x]"));
        assert_eq!(string("[parameters('x')]"), Ok(Written::Expr(Expr::parameter("x"))));
        assert_eq!(string("[x]").map_err(|e| e.offset), Err(1));
    }

    #[test]
    fn budgets_hold() {
        let deep = |n: usize| format!("{}1{}", "f(".repeat(n), ")".repeat(n));
        assert!(expression(&deep(MAX_DEPTH - 1)).is_ok());
        assert!(expression(&deep(MAX_DEPTH)).is_err());
        assert!(expression(&format!("f(){}", ".a".repeat(MAX_LINKS))).is_ok());
        assert!(expression(&format!("f(){}", ".a".repeat(MAX_LINKS + 1))).is_err());
        assert!(expression(&format!("'{}'", "é".repeat(MAX_LENGTH - 2))).is_ok());
        assert!(expression(&format!("'{}'", "é".repeat(MAX_LENGTH - 1))).is_err());
    }

    fn any_expr() -> impl Strategy<Value = Expr> {
        let leaf = prop_oneof![".{0,8}".prop_map(Expr::Text), any::<i64>().prop_map(Expr::Int)];
        leaf.prop_recursive(4, 24, 3, |inner| {
            let call = ("[a-zA-Z_][a-zA-Z0-9_]{0,6}(\\.[a-z]{1,3})?", prop::collection::vec(inner.clone(), 0..3))
                .prop_map(|(name, arguments)| Expr::Call(name, arguments));
            let link = prop_oneof!["[a-z_][A-Z0-9_]{0,4}".prop_map(Ok), inner.prop_map(Err)];
            (call, prop::collection::vec(link, 0..3)).prop_map(|(call, links)| {
                links.into_iter().fold(call, |target, link| match link {
                    Ok(name) => target.member(name),
                    Err(index) => target.index(index),
                })
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]


        #[test]
        fn what_is_printed_is_read_back(expr in any_expr()) {
            prop_assert_eq!(expression(&expression_text(&expr)), Ok(expr));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[\\PC\\s]{0,40}", noise in "[a-c'\\[\\].,()0-9 -]{0,40}") {
            for text in [text, noise] {
                if let Err(error) = string(&text) {
                    prop_assert!(error.offset <= text.len());
                }
                let _ = expression(&text);
            }
        }
    }
}
