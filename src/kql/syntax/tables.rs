//! Operators that name tables: `union`, `join`, `lookup`, `find`, `search`.

use super::keyword::Keyword;
use super::parser::{Commas, Parser};
use super::settings as own;
use super::token::Tok;
use super::tree::{Condition, Id, List, Node};

impl Parser<'_, '_> {
    pub fn find(&mut self) -> Id {
        let start = self.advance();
        self.data_scope_clause();
        let settings = self.settings(own::FIND, false);
        let tables = self.table_list();
        if !settings.is_empty() || tables.is_some() {
            self.require_word(Keyword::Where);
        } else {
            self.take_word(Keyword::Where);
        }
        let predicate = self.required_value();
        let mut project = None;
        if self.take_word(Keyword::Project).is_some() {
            project = Some(self.plain_list(Self::find_column, "a column", true));
        } else {
            self.take_word(Keyword::ProjectSmart);
        }
        let mut away = None;
        if self.take_word(Keyword::HiddenProjectAway).is_some() {
            away = Some(self.plain_list(Self::find_column, "a column", true));
        }
        self.add(Node::Find { settings, tables, predicate, project, away }, start)
    }

    pub fn find_column(&mut self) -> Option<Id> {
        let start = self.here();
        if self.peek(0) == Tok::Star {
            return self.star();
        }
        if self.is(Keyword::Pack) && self.peek(1) == Tok::OpenParen {
            return self.path();
        }
        let name = self.name()?;
        if self.take(Tok::Colon).is_none() {
            return Some(name);
        }
        let ty = self.type_name(true);
        let ty = self.or_missing(ty, "a type");
        Some(self.add(Node::NameType { name, ty }, start))
    }

    /// Tables with commas between them, at least one.
    pub fn table_references(&mut self) -> List {
        self.commas(Commas {
            element: Self::table_reference,
            what: "a table",
            end: Some(Self::at_list_end),
            required: true,
            trailing: false,
        })
    }

    /// `in (…)` of `find` and `search`.
    pub fn table_list(&mut self) -> Option<List> {
        self.take_word(Keyword::In)?;
        self.require(Tok::OpenParen, "(");
        let tables = self.table_references();
        self.require(Tok::CloseParen, ")");
        Some(tables)
    }

    /// A table, several by a wildcard, a call, or a query in brackets.
    pub fn table_reference(&mut self) -> Option<Id> {
        if self.peek(0) == Tok::OpenParen {
            return Some(self.parenthesized());
        }
        if self.wildcard_length(0).is_some() {
            return self.wildcard();
        }
        let start = self.here();
        let mut left = if self.is(Keyword::Datatable)
            || self.is(Keyword::Externaldata)
            || self.is(Keyword::Materialize)
            || self.is(Keyword::Totable)
        {
            self.path()?
        } else {
            self.selector_or_call()?
        };
        while let Some(tok) = Some(self.peek(0)).filter(|tok| matches!(tok, Tok::Dot | Tok::OpenBracket)) {
            left = if tok == Tok::Dot {
                self.advance();
                let right = if self.wildcard_length(0).is_some() { self.wildcard() } else { self.selector_or_call() };
                let right = self.or_missing(right, "a name");
                self.add(Node::Path { left, right }, start)
            } else {
                let index = self.selector()?;
                self.add(Node::Element { left, index }, start)
            };
        }
        Some(left)
    }

    pub fn on_clause(&mut self) -> Option<Condition> {
        self.take_word(Keyword::On)?;
        Some(Condition::On(self.plain_list(Self::value, "an expression", true)))
    }

    pub fn join(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::JOIN, true);
        let table = self.required_value();
        let on = match self.on_clause() {
            Some(on) => on,
            None if self.take_word(Keyword::Where).is_some() => Condition::Where(self.required_value()),
            None => Condition::Missing,
        };
        self.add(Node::Join { settings, table, on }, start)
    }

    pub fn lookup(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::LOOKUP, true);
        let table = self.required_value();
        let on = self.on_clause();
        if on.is_none() {
            self.missing("`on` with the columns to look up by");
        }
        let on = on.unwrap_or(Condition::Where(table));
        self.add(Node::Lookup { settings, table, on }, start)
    }

    pub fn search(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::SEARCH, true);
        self.data_scope_clause();
        let tables = self.table_list();
        let predicate = match self.value() {
            Some(value) => Some(value),
            None => self.star().map(|star| self.star_and(star)),
        };
        let predicate = self.or_missing(predicate, "a search term");
        self.add(Node::Search { settings, tables, predicate }, start)
    }

    pub fn star_and(&mut self, star: Id) -> Id {
        let Some(at) = self.take_word(Keyword::And) else { return star };
        let right = self.required_value();
        let range = self.range(star).to(self.range(right));
        self.tree.add(Node::Binary { op: super::tree::Op::And, at, left: star, right }, range)
    }

    pub fn union(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::UNION, true);
        let tables = self.table_references();
        self.add(Node::Union { settings, tables }, start)
    }
}
