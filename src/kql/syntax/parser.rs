//! The parser's frame: the token in hand, what is missing, lists, names.
//!
//! Grammar is in `statements`, `operators`, `rows`, `settings` and `values`. The parser never stops at a fault: it reports what
//! is missing, puts [`Node::Missing`] there and goes on.

use super::keyword::{Keyword, Naming};
use super::token::{Tok, Token};
use super::tree::{Id, List, Node, Tree};
use crate::kql::finding::{Finding, Kind, Range};
use crate::kql::names::Names;
use crate::kql::work::steps;

/// How deeply brackets may nest; each level costs stack here and in the binder.
const DEPTH: u32 = 100;
/// How many operators between values may follow each other.
pub const CHAIN: u32 = 4_000;
/// How many operators may follow each other in a pipe, and how many statements in a query.
pub const STEPS: usize = 1_000;

pub struct Parser<'t, 'g> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    pub at: usize,
    pub tree: &'t mut Tree,
    pub names: &'t mut Names<'g>,
    pub findings: &'t mut Vec<Finding>,
    /// Nodes of the lists that are being read, innermost last.
    pub stack: Vec<Id>,
    pub depth: u32,
    /// Nesting or a chain went beyond what is analysed.
    pub overflow: bool,
}

/// Says whether a list ends here.
pub type End<'t, 'g> = fn(&Parser<'t, 'g>) -> bool;
/// Reads one element of a list, if one begins here.
pub type Element<'t, 'g> = fn(&mut Parser<'t, 'g>) -> Option<Id>;

/// How a list between commas is read.
pub struct Commas<'t, 'g> {
    pub element: Element<'t, 'g>,
    /// What an element is called when it is missing.
    pub what: &'static str,
    /// Without: the list ends where no comma follows.
    pub end: Option<End<'t, 'g>>,
    /// An empty list is reported.
    pub required: bool,
    /// A comma may stand last.
    pub trailing: bool,
}

impl<'t, 'g> Parser<'t, 'g> {
    pub fn peek(&self, ahead: usize) -> Tok {
        steps(1);
        self.tokens.get(self.at + ahead).map_or(Tok::End, |token| token.tok)
    }

    pub fn token(&self, ahead: usize) -> Token {
        let end = self.text.len();
        let end = Range::new(u32::try_from(end).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        self.tokens.get(self.at + ahead).copied().unwrap_or(Token { tok: Tok::End, range: end, joined: false })
    }

    pub fn here(&self) -> Range {
        self.token(0).range
    }

    /// The end of the token before.
    pub fn behind(&self) -> Range {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or_else(Range::default, |token| Range::new(token.range.end, token.range.end))
    }

    pub fn is(&self, keyword: Keyword) -> bool {
        self.peek(0) == Tok::Keyword(keyword)
    }

    pub fn next_is(&self, ahead: usize, keyword: Keyword) -> bool {
        self.peek(ahead) == Tok::Keyword(keyword)
    }

    pub fn advance(&mut self) -> Range {
        let range = self.here();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        range
    }

    pub fn take(&mut self, tok: Tok) -> Option<Range> {
        (self.peek(0) == tok && tok != Tok::End).then(|| self.advance())
    }

    pub fn take_word(&mut self, keyword: Keyword) -> Option<Range> {
        self.take(Tok::Keyword(keyword))
    }

    /// The token, or a finding that it is missing.
    pub fn require(&mut self, tok: Tok, text: &str) -> Option<Range> {
        let found = self.take(tok);
        if found.is_none() {
            let place = self.fault_place();
            self.report(Kind::Syntax, place, format!("`{text}` is missing here"));
        }
        found
    }

    pub fn require_word(&mut self, keyword: Keyword) -> Option<Range> {
        self.require(Tok::Keyword(keyword), keyword.text())
    }

    /// Where something is missing: the token that stands there instead, or the end of the one before.
    pub fn fault_place(&self) -> Range {
        let here = self.here();
        if self.peek(0) == Tok::End { self.behind() } else { here }
    }

    pub fn report(&mut self, kind: Kind, range: Range, message: impl Into<String>) {
        self.findings.push(Finding::error(kind, range, message));
    }

    pub fn report_with_help(&mut self, kind: Kind, range: Range, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding::error(kind, range, message).help(help));
    }

    /// A line that begins with `#`: an instruction to a client, of which two are known.
    pub fn directive(&mut self, range: Range) {
        let line = self.text_of(range).trim_start_matches('#');
        let word = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if !["crp", "connect"].contains(&word) {
            let message = "a line that begins with `#` is an instruction to a client, and this one is not known";
            self.report_with_help(Kind::Token, range, message, "a comment begins with `//`");
        }
    }

    /// Reports that `what` is missing here, and gives a node for it.
    pub fn missing(&mut self, what: &str) -> Id {
        let place = self.fault_place();
        match self.peek(0) {
            Tok::Keyword(word) if word.naming() < Naming::Name => {
                let text = word.text();
                let help = format!("a name that is a word of the language is written ['{text}']");
                self.report_with_help(Kind::ReservedName, place, format!("{what} is missing before `{text}`"), help);
            }
            _ => self.report(Kind::Syntax, place, format!("{what} is missing here")),
        }
        self.tree.add(Node::Missing, place)
    }

    pub fn or_missing(&mut self, found: Option<Id>, what: &str) -> Id {
        found.unwrap_or_else(|| self.missing(what))
    }

    pub fn range(&self, id: Id) -> Range {
        self.tree.range(id)
    }

    /// The end of what has been read.
    pub fn since(&self, start: Range) -> Range {
        Range::new(start.start, self.behind().end)
    }

    pub fn add(&mut self, node: Node, start: Range) -> Id {
        let range = self.since(start);
        self.tree.add(node, range)
    }

    /// The list of what was put on the stack since `mark`.
    pub fn close_list(&mut self, mark: usize) -> List {
        let list = self.tree.add_list(self.stack.get(mark..).unwrap_or_default());
        self.stack.truncate(mark);
        list
    }

    pub fn list_of(&mut self, ids: &[Id]) -> List {
        self.tree.add_list(ids)
    }

    /// Runs `read` one level deeper; too deep, it reports that once and reads nothing more.
    pub fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Option<Id>) -> Option<Id> {
        if self.depth >= DEPTH {
            self.give_up("nested too deeply to be analysed", "move inner parts into `let` statements");
            return None;
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Stops reading: the rest is skipped.
    pub fn give_up(&mut self, message: &str, help: &str) {
        if !self.overflow {
            self.overflow = true;
            let place = self.here();
            self.report_with_help(Kind::Budget, place, message, help);
        }
        self.at = self.tokens.len().saturating_sub(1);
    }

    /// Elements between commas.
    pub fn commas(&mut self, commas: Commas<'t, 'g>) -> List {
        let mark = self.stack.len();
        let ended = |p: &Self| commas.end.is_some_and(|end| end(p));
        let read = |p: &mut Self| if ended(p) { None } else { (commas.element)(p) };
        let mut element = read(self);
        if element.is_none() && self.peek(0) == Tok::Comma {
            element = Some(self.missing(commas.what));
        }
        while let Some(id) = element.take() {
            self.stack.push(id);
            if self.peek(0) == Tok::End || ended(self) {
                break;
            }
            if self.take(Tok::Comma).is_some() {
                element = read(self);
                if element.is_none() && !commas.trailing {
                    let missing = self.missing(commas.what);
                    self.stack.push(missing);
                }
            } else if commas.end.is_some() {
                let place = self.fault_place();
                element = (commas.element)(self);
                if element.is_some() {
                    self.report(Kind::Syntax, place, "`,` is missing here");
                }
            }
        }
        if commas.required && self.stack.len() == mark {
            let missing = self.missing(commas.what);
            self.stack.push(missing);
        }
        self.close_list(mark)
    }

    /// Where lists in brackets, in a pipe or in a statement end.
    pub fn at_list_end(&self) -> bool {
        matches!(
            self.peek(0),
            Tok::CloseParen | Tok::CloseBracket | Tok::CloseBrace | Tok::Bar | Tok::Semicolon | Tok::End
        )
    }

    pub fn expressions(&mut self, required: bool) -> List {
        self.commas(Commas {
            element: Self::named_expression,
            what: "an expression",
            end: Some(Self::at_list_end),
            required,
            trailing: false,
        })
    }

    // Names.

    pub fn is_name_word(&self, ahead: usize, least: Naming) -> bool {
        match self.peek(ahead) {
            Tok::Identifier => true,
            Tok::Keyword(word) => word.naming() >= least,
            _ => false,
        }
    }

    fn strings_length(&self, ahead: usize) -> usize {
        (0..).take_while(|i| self.peek(ahead + i) == Tok::String).count()
    }

    /// How many tokens a name that begins `ahead` takes: a word, or `['…']`.
    pub fn name_length(&self, ahead: usize, least: Naming) -> Option<usize> {
        match self.peek(ahead) {
            Tok::OpenBracket => {
                let strings = self.strings_length(ahead + 1);
                (strings > 0 && self.peek(ahead + 1 + strings) == Tok::CloseBracket).then_some(strings + 2)
            }
            _ => self.is_name_word(ahead, least).then_some(1),
        }
    }

    pub fn name_with(&mut self, least: Naming) -> Option<Id> {
        let start = self.here();
        self.name_length(0, least)?;
        if self.peek(0) == Tok::OpenBracket {
            self.advance();
            let value = self.strings()?;
            self.take(Tok::CloseBracket);
            let name = match self.tree.node(value) {
                Node::String(name) => name,
                _ => return None,
            };
            return Some(self.add(Node::Name(name), start));
        }
        Some(self.word_as_name())
    }

    /// The token in hand as a name, whatever word it is.
    pub fn word_as_name(&mut self) -> Id {
        let range = self.advance();
        let name = self.names.add(self.text_of(range));
        self.tree.add(Node::Name(name), range)
    }

    pub fn text_of(&self, range: Range) -> &'t str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    pub fn name(&mut self) -> Option<Id> {
        self.name_with(Naming::Name)
    }

    pub fn target_name(&mut self) -> Option<Id> {
        self.name_with(Naming::Target)
    }

    pub fn declared_name(&mut self) -> Id {
        let name = self.name();
        self.or_missing(name, "a name")
    }

    /// A name with `*` in it; its parts stand without space between them.
    pub fn wildcard_length(&self, ahead: usize) -> Option<usize> {
        let part = |i: usize| self.token(ahead + i).joined;
        let mut length = match self.peek(ahead) {
            Tok::Star => 1,
            _ if self.is_name_word(ahead, Naming::Target) && self.peek(ahead + 1) == Tok::Star && part(1) => 2,
            _ => return None,
        };
        while part(length)
            && (matches!(self.peek(ahead + length), Tok::Star | Tok::Long | Tok::Identifier)
                || matches!(self.peek(ahead + length), Tok::Keyword(word) if word.naming() >= Naming::Target))
        {
            length += 1;
        }
        Some(length)
    }

    pub fn wildcard(&mut self) -> Option<Id> {
        let length = self.wildcard_length(0)?;
        let start = self.here();
        for _ in 0..length {
            self.advance();
        }
        let range = self.since(start);
        let name = self.names.add(self.text_of(range));
        Some(self.tree.add(Node::Wildcard(name), range))
    }
}
