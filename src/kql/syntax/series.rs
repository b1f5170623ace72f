//! Operators with clauses of their own: `make-series`, `mv-expand`, `mv-apply`, `parse`, `scan`, graphs, `macro-expand`.

use super::keyword::Keyword;
use super::parser::{Commas, Parser};
use super::settings as own;
use super::token::Tok;
use super::tree::{GraphOp, Id, List, Node, ParseKind};

impl Parser<'_, '_> {
    pub fn make_series(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::MAKE_SERIES, true);
        let aggregates = self.commas(Commas {
            element: Self::series_item,
            what: "an aggregate",
            end: Some(|p| p.at_list_end() || p.is(Keyword::On)),
            required: true,
            trailing: false,
        });
        self.require_word(Keyword::On);
        let on = self.named_expression();
        let on = self.or_missing(on, "an expression");
        let stepped = self.is(Keyword::From) || self.is(Keyword::To) || self.is(Keyword::Step);
        if !stepped {
            return self.make_series_in(start, settings, aggregates, on);
        }
        let from = self.take_word(Keyword::From).map(|_| self.required_value());
        let to = self.take_word(Keyword::To).map(|_| self.required_value());
        self.require_word(Keyword::Step);
        let step = self.required_value();
        let by = self.series_groups();
        self.add(Node::MakeSeries { settings, aggregates, on, from, to, step, by }, start)
    }

    fn make_series_in(&mut self, start: crate::kql::finding::Range, settings: List, aggregates: List, on: Id) -> Id {
        self.require_word(Keyword::In);
        self.require_word(Keyword::Range);
        self.require(Tok::OpenParen, "(");
        let range = self.expressions(false);
        self.require(Tok::CloseParen, ")");
        let by = self.series_groups();
        self.add(Node::MakeSeriesIn { settings, aggregates, on, range, by }, start)
    }

    fn series_groups(&mut self) -> Option<List> {
        self.take_word(Keyword::By)?;
        Some(self.plain_list(Self::named_expression, "an expression", true))
    }

    fn series_item(&mut self) -> Option<Id> {
        let start = self.here();
        let value = self.named_expression()?;
        let mut default = None;
        if self.take_word(Keyword::Default).is_some() {
            self.require(Tok::Equal, "=");
            let found = self.named_expression();
            default = Some(self.or_missing(found, "a default value"));
        }
        Some(self.add(Node::SeriesItem { value, default }, start))
    }

    fn written_type(&mut self) -> Option<Id> {
        self.take_word(Keyword::To)?;
        let ty = if self.is(Keyword::Typeof) { self.literal() } else { None };
        Some(self.or_missing(ty, "`typeof(…)`"))
    }

    fn expand(&mut self) -> Option<Id> {
        let start = self.here();
        let value = if self.is(Keyword::To) { Some(self.missing("an expression")) } else { self.named_expression() };
        value?;
        let ty = self.written_type();
        Some(self.add(Node::Expand { value, ty }, start))
    }

    pub fn mv_expand(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::MV_EXPAND, true);
        let items = self.commas(Commas {
            element: Self::expand,
            what: "an expression",
            end: Some(|p| p.at_list_end() || p.is_clause(Keyword::Limit)),
            required: true,
            trailing: false,
        });
        let limit = self.take_word(Keyword::Limit).map(|_| self.required_value());
        self.add(Node::MvExpand { settings, items, limit }, start)
    }

    /// A clause's word, rather than a column that is called so.
    fn is_clause(&self, word: Keyword) -> bool {
        self.is(word) && !matches!(self.peek(1), Tok::Comma | Tok::Equal | Tok::Keyword(Keyword::To))
    }

    pub fn mv_apply(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::MV_APPLY, true);
        let items = self.applied();
        let limit = self.take_word(Keyword::Limit).map(|_| self.required_value());
        let context = self.take_word(Keyword::Id).map(|_| self.required_value());
        self.require_word(Keyword::On);
        let body = if self.take(Tok::OpenParen).is_some() {
            let body = self.deeper(Self::sub_pipe);
            let body = self.or_missing(body, "a query");
            self.require(Tok::CloseParen, ")");
            body
        } else {
            self.missing("`(` and a query")
        };
        self.add(Node::MvApply { settings, items, limit, context, body }, start)
    }

    fn applied(&mut self) -> List {
        self.commas(Commas {
            element: Self::expand,
            what: "an expression",
            end: Some(|p| {
                let clause = p.is_clause(Keyword::Limit) || p.is_clause(Keyword::Id) || p.is_clause(Keyword::On);
                p.at_list_end() || clause
            }),
            required: true,
            trailing: false,
        })
    }

    pub fn parse_operator(&mut self, kind: ParseKind) -> Id {
        let start = self.advance();
        let settings = self.settings(own::PARSE, true);
        let value = self.required_value();
        self.require_word(Keyword::With);
        let mark = self.stack.len();
        while let Some(part) = self.pattern_part() {
            self.stack.push(part);
        }
        let pattern = self.close_list(mark);
        self.add(Node::Parse { kind, settings, value, pattern }, start)
    }

    fn pattern_part(&mut self) -> Option<Id> {
        match self.peek(0) {
            Tok::Star => self.star(),
            Tok::String => self.strings(),
            _ => {
                let start = self.here();
                let name = match self.peek(0) {
                    Tok::Colon => self.missing("a name"),
                    _ => self.target_name()?,
                };
                if self.take(Tok::Colon).is_none() {
                    return Some(name);
                }
                let ty = self.type_name(false);
                let ty = self.or_missing(ty, "a type");
                Some(self.add(Node::NameType { name, ty }, start))
            }
        }
    }

    pub fn parse_kv(&mut self) -> Id {
        let start = self.advance();
        let value = self.required_value();
        self.require_word(Keyword::As);
        let schema = self.row_schema();
        let mut with = self.list_of(&[]);
        if self.take_word(Keyword::With).is_some() {
            self.require(Tok::OpenParen, "(");
            with = self.setting_list(own::PARSE_KV);
            self.require(Tok::CloseParen, ")");
        }
        self.add(Node::ParseKv { value, schema, with }, start)
    }

    pub fn scan(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::SCAN, false);
        let order = self.scan_list(Keyword::Order);
        let partition = self.scan_list(Keyword::Partition);
        let declared =
            if self.take_word(Keyword::Declare).is_some() { self.parameters(false) } else { self.list_of(&[]) };
        self.require_word(Keyword::With);
        self.require(Tok::OpenParen, "(");
        let mark = self.stack.len();
        while let Some(step) = self.scan_step() {
            self.stack.push(step);
        }
        let steps = self.close_list(mark);
        self.require(Tok::CloseParen, ")");
        self.add(Node::Scan { settings, order, partition, declared, steps }, start)
    }

    fn scan_list(&mut self, word: Keyword) -> List {
        if self.take_word(word).is_none() {
            return self.list_of(&[]);
        }
        self.require_word(Keyword::By);
        let end =
            |p: &Self| p.at_list_end() || p.is(Keyword::Partition) || p.is(Keyword::Declare) || p.is(Keyword::With);
        self.commas(Commas {
            element: Self::ordered,
            what: "an expression",
            end: Some(end),
            required: true,
            trailing: false,
        })
    }

    fn scan_step(&mut self) -> Option<Id> {
        let start = self.take_word(Keyword::Step)?;
        let name = self.target_name();
        let name = self.or_missing(name, "a step's name");
        self.take_word(Keyword::Optional);
        if self.take_word(Keyword::Output).is_some() {
            self.require(Tok::Equal, "=");
            if self.listed_word(&["all", "last", "none"]).is_none() {
                self.missing("`all`, `last` or `none`");
            }
        }
        self.require(Tok::Colon, ":");
        let condition = self.required_value();
        let assignments = if self.take(Tok::FatArrow).is_some() {
            self.commas(Commas {
                element: Self::scan_assignment,
                what: "an assignment",
                end: Some(Self::at_list_end),
                required: true,
                trailing: false,
            })
        } else {
            self.list_of(&[])
        };
        self.require(Tok::Semicolon, ";");
        Some(self.add(Node::ScanStep { name, condition, assignments }, start))
    }

    fn scan_assignment(&mut self) -> Option<Id> {
        let start = self.here();
        let name = self.target_name()?;
        self.require(Tok::Equal, "=");
        let value = self.required_value();
        Some(self.add(Node::ScanAssignment { name, value }, start))
    }

    /// A graph's operator, read over up to the next pipe: rules have no graphs.
    pub fn graph(&mut self, op: GraphOp) -> Id {
        let start = self.advance();
        self.skip_operator();
        self.add(Node::Graph(op), start)
    }

    pub fn macro_expand(&mut self) -> Id {
        let start = self.advance();
        self.skip_operator();
        self.add(Node::MacroExpand, start)
    }
}
