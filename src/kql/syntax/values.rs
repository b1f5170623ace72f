//! Expressions that give values: literals, paths, calls, operators by precedence, named expressions.

use super::keyword::{Keyword, Naming};
use super::parser::{CHAIN, Commas, Parser};
use super::token::Tok;
use super::tree::{Id, List, Node, Op};
use crate::kql::finding::Kind;

/// Operators on texts and terms; one may follow a value.
fn text_operator(tok: Tok) -> Option<Op> {
    Some(match tok {
        Tok::EqualTilde => Op::EqualTilde,
        Tok::BangTilde => Op::BangTilde,
        Tok::Colon => Op::Search,
        Tok::Keyword(word) => match word {
            Keyword::Has => Op::Has,
            Keyword::BangHas => Op::NotHas,
            Keyword::HasCs => Op::HasCs,
            Keyword::BangHasCs => Op::NotHasCs,
            Keyword::Hasprefix => Op::HasPrefix,
            Keyword::BangHasprefix => Op::NotHasPrefix,
            Keyword::HasprefixCs => Op::HasPrefixCs,
            Keyword::BangHasprefixCs => Op::NotHasPrefixCs,
            Keyword::Hassuffix => Op::HasSuffix,
            Keyword::BangHassuffix => Op::NotHasSuffix,
            Keyword::HassuffixCs => Op::HasSuffixCs,
            Keyword::BangHassuffixCs => Op::NotHasSuffixCs,
            Keyword::Like => Op::Like,
            Keyword::Notlike => Op::NotLike,
            Keyword::Likecs => Op::LikeCs,
            Keyword::Notlikecs => Op::NotLikeCs,
            Keyword::Contains => Op::Contains,
            Keyword::Notcontains | Keyword::BangContains => Op::NotContains,
            Keyword::Containscs | Keyword::ContainsCs => Op::ContainsCs,
            Keyword::Notcontainscs | Keyword::BangContainsCs => Op::NotContainsCs,
            Keyword::Startswith => Op::StartsWith,
            Keyword::BangStartswith => Op::NotStartsWith,
            Keyword::StartswithCs => Op::StartsWithCs,
            Keyword::BangStartswithCs => Op::NotStartsWithCs,
            Keyword::Endswith => Op::EndsWith,
            Keyword::BangEndswith => Op::NotEndsWith,
            Keyword::EndswithCs => Op::EndsWithCs,
            Keyword::BangEndswithCs => Op::NotEndsWithCs,
            Keyword::MatchesRegex => Op::MatchRegex,
            _ => return None,
        },
        _ => return None,
    })
}

fn product_operator(tok: Tok) -> Option<Op> {
    match tok {
        Tok::Star => Some(Op::Multiply),
        Tok::Slash => Some(Op::Divide),
        Tok::Percent => Some(Op::Modulo),
        _ => None,
    }
}

fn sum_operator(tok: Tok) -> Option<Op> {
    match tok {
        Tok::Plus => Some(Op::Add),
        Tok::Minus => Some(Op::Subtract),
        _ => None,
    }
}

fn order_operator(tok: Tok) -> Option<Op> {
    match tok {
        Tok::Less => Some(Op::LessThan),
        Tok::LessEqual => Some(Op::LessThanOrEqual),
        Tok::Greater => Some(Op::GreaterThan),
        Tok::GreaterEqual => Some(Op::GreaterThanOrEqual),
        _ => None,
    }
}

type Level<'t, 'g> = fn(&mut Parser<'t, 'g>) -> Option<Id>;

impl<'t, 'g> Parser<'t, 'g> {
    /// An expression without a name and without pipes.
    pub fn value(&mut self) -> Option<Id> {
        self.deeper(Self::either)
    }

    pub fn required_value(&mut self) -> Id {
        let value = self.value();
        self.or_missing(value, "an expression")
    }

    fn either(&mut self) -> Option<Id> {
        self.chain(Self::both, |tok| (tok == Tok::Keyword(Keyword::Or)).then_some(Op::Or))
    }

    fn both(&mut self) -> Option<Id> {
        self.chain(Self::equality, |tok| (tok == Tok::Keyword(Keyword::And)).then_some(Op::And))
    }

    fn sum(&mut self) -> Option<Id> {
        self.chain(Self::product, sum_operator)
    }

    fn product(&mut self) -> Option<Id> {
        self.chain(Self::term, product_operator)
    }

    /// Operators of one rank, from left to right.
    fn chain(&mut self, operand: Level<'t, 'g>, operator: fn(Tok) -> Option<Op>) -> Option<Id> {
        let mut left = operand(self)?;
        let mut steps = 0;
        while let Some(op) = operator(self.peek(0)) {
            left = self.binary(op, left, operand);
            steps += 1;
            if steps > CHAIN {
                self.give_up("too many operators in a row to be analysed", "use `in (…)` with a list, or `let` parts");
            }
        }
        Some(left)
    }

    fn binary(&mut self, op: Op, left: Id, operand: Level<'t, 'g>) -> Id {
        let at = self.advance();
        let right = operand(self);
        let right = self.or_missing(right, "an expression");
        let range = self.range(left).to(self.range(right));
        self.tree.add(Node::Binary { op, at, left, right }, range)
    }

    fn equality(&mut self) -> Option<Id> {
        if self.peek(0) == Tok::Star && self.peek(1) == Tok::EqualEqual {
            let star = self.star()?;
            return Some(self.binary(Op::Equal, star, Self::relation));
        }
        let left = self.relation()?;
        Some(match self.peek(0) {
            Tok::EqualEqual => self.binary(Op::Equal, left, Self::relation),
            Tok::BangEqual | Tok::LessGreater => self.binary(Op::NotEqual, left, Self::relation),
            Tok::Keyword(word) => match word {
                Keyword::In if !self.next_is(1, Keyword::Range) => self.many(Op::In, left),
                Keyword::InTilde => self.many(Op::InCs, left),
                Keyword::BangIn => self.many(Op::NotIn, left),
                Keyword::BangInTilde => self.many(Op::NotInCs, left),
                Keyword::HasAny => self.many(Op::HasAny, left),
                Keyword::HasAll => self.many(Op::HasAll, left),
                Keyword::Between => self.between(Op::Between, left),
                Keyword::BangBetween => self.between(Op::NotBetween, left),
                _ => left,
            },
            _ => left,
        })
    }

    /// `in (…)`: values, or one query.
    fn many(&mut self, op: Op, left: Id) -> Id {
        let at = self.advance();
        // Without a bracket there is nothing that ends, and looking for its end would go through all that follows.
        let open = self.require(Tok::OpenParen, "(");
        let values = if open.is_some() && self.is_query_ahead() {
            let query = self.pipe();
            let query = self.or_missing(query, "an expression");
            self.list_of(&[query])
        } else {
            self.commas(Commas {
                element: Self::value,
                what: "an expression",
                end: Some(Self::at_list_end),
                required: true,
                trailing: false,
            })
        };
        self.require(Tok::CloseParen, ")");
        let start = self.range(left);
        self.add(Node::Many { op, at, left, values }, start)
    }

    /// Whether a pipe stands before this expression's end, or an operator begins it.
    fn is_query_ahead(&self) -> bool {
        if self.is_operator_start() {
            return true;
        }
        let mut depth = 0usize;
        for ahead in 0.. {
            match self.peek(ahead) {
                Tok::End | Tok::Semicolon => return false,
                Tok::Comma if depth == 0 => return false,
                Tok::Bar if depth == 0 => return true,
                Tok::OpenParen => depth += 1,
                Tok::CloseParen => match depth.checked_sub(1) {
                    Some(outer) => depth = outer,
                    None => return false,
                },
                _ => {}
            }
        }
        false
    }

    fn between(&mut self, op: Op, left: Id) -> Id {
        let at = self.advance();
        self.require(Tok::OpenParen, "(");
        let first = self.required_value();
        self.require(Tok::DotDot, "..");
        let last = self.required_value();
        self.require(Tok::CloseParen, ")");
        let start = self.range(left);
        self.add(Node::Between { op, at, left, first, last }, start)
    }

    fn relation(&mut self) -> Option<Id> {
        let left = self.sum()?;
        Some(match order_operator(self.peek(0)) {
            Some(op) => self.binary(op, left, Self::sum),
            None => left,
        })
    }

    fn term(&mut self) -> Option<Id> {
        if self.peek(0) == Tok::Star
            && let Some(op) = text_operator(self.peek(1))
        {
            let star = self.star()?;
            return Some(self.binary(op, star, Self::signed));
        }
        let left = self.signed()?;
        Some(match text_operator(self.peek(0)) {
            Some(op) => self.binary(op, left, Self::signed),
            None => left,
        })
    }

    pub fn signed(&mut self) -> Option<Id> {
        let op = match self.peek(0) {
            Tok::Minus => Op::UnaryMinus,
            Tok::Plus => Op::UnaryPlus,
            _ => return self.path(),
        };
        let start = self.here();
        let at = self.advance();
        let value = self.path();
        let value = self.or_missing(value, "an expression");
        Some(self.add(Node::Unary { op, at, value }, start))
    }

    pub fn star(&mut self) -> Option<Id> {
        let range = self.take(Tok::Star)?;
        Some(self.tree.add(Node::Star, range))
    }

    /// A primary expression and the members behind it.
    pub fn path(&mut self) -> Option<Id> {
        if self.is(Keyword::Totable) {
            return self.sub_query();
        }
        let start = self.here();
        let mut left = self.primary()?;
        let mut steps = 0;
        loop {
            left = match self.peek(0) {
                Tok::Dot => {
                    self.advance();
                    let right = self.selector_or_call();
                    let right = self.or_missing(right, "a name");
                    self.add(Node::Path { left, right }, start)
                }
                Tok::OpenBracket => {
                    let index = self.bracket();
                    self.add(Node::Element { left, index }, start)
                }
                _ => return Some(left),
            };
            steps += 1;
            if steps > 200 {
                self.give_up(
                    "too many members in a row to be analysed",
                    "use `let` or `extend` for a part of the path",
                );
            }
        }
    }

    fn bracket(&mut self) -> Id {
        let start = self.advance();
        let value = self.value();
        let value = self.or_missing(value, "a name or a number");
        self.require(Tok::CloseBracket, "]");
        self.add(Node::Bracket(value), start)
    }

    pub fn selector_or_call(&mut self) -> Option<Id> {
        if self.is_call_start(0) { self.call() } else { self.selector() }
    }

    pub fn selector(&mut self) -> Option<Id> {
        if self.peek(0) == Tok::OpenBracket {
            return self.bracketed_selector();
        }
        self.bare_selector()
    }

    pub fn bare_selector(&mut self) -> Option<Id> {
        let special = [Keyword::Kind, Keyword::Withsource, Keyword::WithSource];
        if matches!(self.peek(0), Tok::Keyword(word) if special.contains(&word)) {
            return Some(self.word_as_name());
        }
        self.name()
    }

    pub fn bracketed_name(&mut self) -> Option<Id> {
        if self.peek(0) != Tok::OpenBracket {
            return None;
        }
        if let Some(length) = self.wildcard_length(1) {
            let start = self.advance();
            let wildcard = self.wildcard()?;
            debug_assert!(length > 0);
            self.require(Tok::CloseBracket, "]");
            let range = self.since(start);
            self.tree.set_range(wildcard, range);
            return Some(wildcard);
        }
        self.name()
    }

    fn bracketed_selector(&mut self) -> Option<Id> {
        if let Some(name) = self.bracketed_name() {
            return Some(name);
        }
        Some(self.bracket())
    }

    fn primary(&mut self) -> Option<Id> {
        match self.peek(0) {
            Tok::Long
            | Tok::Real
            | Tok::Bool
            | Tok::Int
            | Tok::Decimal
            | Tok::TimeSpan
            | Tok::DateTime
            | Tok::Guid
            | Tok::RawGuid
            | Tok::String => self.literal(),
            Tok::OpenParen => Some(self.parenthesized()),
            Tok::Keyword(word) => match word {
                Keyword::Dynamic => self.literal(),
                Keyword::Datatable => Some(self.data_table()),
                Keyword::HiddenContextualDatatable => Some(self.context_table()),
                Keyword::Externaldata | Keyword::ExternalData => Some(self.external_data()),
                Keyword::Toscalar => self.sub_query(),
                Keyword::Typeof if self.peek(1) == Tok::OpenParen => self.type_of(),
                _ => self.named_primary(),
            },
            _ => self.named_primary(),
        }
    }

    fn named_primary(&mut self) -> Option<Id> {
        if self.is_call_start(0) {
            return self.call();
        }
        if let Some(selector) = self.selector() {
            if self.is(Keyword::Datascope) {
                return Some(self.data_scope(selector));
            }
            return Some(selector);
        }
        self.reserved_name()
    }

    /// A reserved word where only a name can be meant.
    fn reserved_name(&mut self) -> Option<Id> {
        let Tok::Keyword(word) = self.peek(0) else { return None };
        let follows = match self.peek(1) {
            Tok::EqualEqual
            | Tok::BangEqual
            | Tok::EqualTilde
            | Tok::BangTilde
            | Tok::Greater
            | Tok::GreaterEqual
            | Tok::Less
            | Tok::LessEqual
            | Tok::Star
            | Tok::Slash
            | Tok::Percent
            | Tok::CloseParen
            | Tok::CloseBracket
            | Tok::CloseBrace
            | Tok::Dot
            | Tok::Comma
            | Tok::Colon
            | Tok::Bar => true,
            tok @ Tok::Keyword(next) => {
                text_operator(tok).is_some()
                    || matches!(
                        next,
                        Keyword::And
                            | Keyword::Or
                            | Keyword::In
                            | Keyword::InTilde
                            | Keyword::BangIn
                            | Keyword::BangInTilde
                            | Keyword::HasAny
                            | Keyword::HasAll
                            | Keyword::Between
                            | Keyword::BangBetween
                    )
            }
            _ => false,
        };
        if !follows {
            return None;
        }
        let range = self.here();
        let text = word.text();
        let help = format!("write ['{text}']");
        self.report_with_help(Kind::ReservedName, range, format!("`{text}` is a word of the language"), help);
        Some(self.word_as_name())
    }

    pub fn parenthesized(&mut self) -> Id {
        let start = self.advance();
        let inner = self.deeper(Self::pipe);
        let inner = self.or_missing(inner, "an expression");
        self.require(Tok::CloseParen, ")");
        self.add(Node::Paren(inner), start)
    }

    // Calls.

    pub fn is_call_start(&self, ahead: usize) -> bool {
        let length = self.name_length(ahead, Naming::Name);
        length.is_some_and(|length| self.peek(ahead + length) == Tok::OpenParen)
    }

    pub fn call(&mut self) -> Option<Id> {
        let start = self.here();
        let name = self.name()?;
        let arguments = self.arguments();
        Some(self.add(Node::Call { name, arguments }, start))
    }

    fn arguments(&mut self) -> List {
        self.require(Tok::OpenParen, "(");
        let arguments = self.commas(Commas {
            element: Self::argument,
            what: "an expression",
            end: Some(Self::at_list_end),
            required: false,
            trailing: false,
        });
        self.require(Tok::CloseParen, ")");
        arguments
    }

    fn argument(&mut self) -> Option<Id> {
        if self.peek(0) == Tok::Star && matches!(self.peek(1), Tok::CloseParen | Tok::Comma) {
            return self.star();
        }
        self.named_expression()
    }

    /// A call that must stand here, e.g. behind `evaluate`.
    pub fn required_call(&mut self) -> Id {
        if self.is_call_start(0) {
            let call = self.call();
            return self.or_missing(call, "a function call");
        }
        let start = self.here();
        let Some(name) = self.name() else { return self.missing("a function call") };
        self.require(Tok::OpenParen, "(");
        let arguments = self.list_of(&[]);
        self.add(Node::Call { name, arguments }, start)
    }

    // Named expressions.

    /// `name = value`, `(a, b) = value`, or a value.
    pub fn named_expression(&mut self) -> Option<Id> {
        let start = self.here();
        let named = self.name_length(0, Naming::Target).filter(|length| self.peek(*length) == Tok::Equal);
        if named.is_some() {
            let name = self.target_name()?;
            self.take(Tok::Equal);
            let value = self.required_value();
            return Some(self.add(Node::Named { name, value }, start));
        }
        if let Some(length) = self.dashed_length() {
            return Some(self.dashed_name(length));
        }
        if self.is_name_list() {
            self.advance();
            let names = self.commas(Commas {
                element: Self::target_name,
                what: "a name",
                end: Some(Self::at_list_end),
                required: true,
                trailing: false,
            });
            self.require(Tok::CloseParen, ")");
            self.require(Tok::Equal, "=");
            let value = self.required_value();
            return Some(self.add(Node::NamedList { names, value }, start));
        }
        self.value()
    }

    /// The tokens of `a-b` before `=`: no name, but meant as one.
    fn dashed_length(&self) -> Option<usize> {
        let word = |i: usize| matches!(self.peek(i), Tok::Identifier | Tok::Keyword(_));
        if !word(0) {
            return None;
        }
        let part = |i: &usize| self.token(*i).joined && (word(*i) || self.peek(*i) == Tok::Minus);
        let length = 1 + (1..).take_while(part).count();
        (self.peek(length) == Tok::Equal).then_some(length)
    }

    fn dashed_name(&mut self, length: usize) -> Id {
        let start = self.here();
        for _ in 0..length {
            self.advance();
        }
        let range = self.since(start);
        let text = self.text_of(range);
        let help = format!("write ['{text}']");
        self.report_with_help(Kind::ReservedName, range, format!("`{text}` is not a name that can stand bare"), help);
        let name = self.names.add(text);
        let name = self.tree.add(Node::Name(name), range);
        self.take(Tok::Equal);
        let value = self.required_value();
        self.add(Node::Named { name, value }, start)
    }

    fn is_name_list(&self) -> bool {
        if self.peek(0) != Tok::OpenParen {
            return false;
        }
        let mut at = 1;
        loop {
            match self.name_length(at, Naming::Target) {
                Some(length) => at += length,
                None => return self.peek(at) == Tok::CloseParen && self.peek(at + 1) == Tok::Equal,
            }
            match self.peek(at) {
                Tok::Comma => at += 1,
                Tok::CloseParen => return self.peek(at + 1) == Tok::Equal,
                _ => return false,
            }
        }
    }
}
