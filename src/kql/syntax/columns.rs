//! Operators that choose, order and group columns and rows: `project…`, `sort`, `summarize`, `top…`, `sample…`.

use super::keyword::Keyword;
use super::parser::{Commas, Parser};
use super::settings as own;
use super::token::Tok;
use super::tree::{Id, List, Node, Order};

impl Parser<'_, '_> {
    pub fn take_operator(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::NONE, true);
        let count = self.required_named();
        self.add(Node::Take { settings, count }, start)
    }

    pub fn sample(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::NONE, true);
        let count = self.required_named();
        self.add(Node::Sample { settings, count }, start)
    }

    pub fn sample_distinct(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::NONE, true);
        let count = self.required_named();
        self.require_word(Keyword::Of);
        let of = self.required_named();
        self.add(Node::SampleDistinct { settings, count, of }, start)
    }

    pub fn columns_operator(&mut self, node: fn(List) -> Node) -> Id {
        let start = self.advance();
        let columns = self.commas(Commas {
            element: |p| if p.wildcard_length(0).is_some() { p.wildcard() } else { p.simple_path() },
            what: "a column",
            end: Some(Self::at_list_end),
            required: false,
            trailing: false,
        });
        self.add(node(columns), start)
    }

    pub fn order(&mut self) -> Order {
        let order = match self.peek(0) {
            Tok::Keyword(Keyword::Asc) => Order::Ascending,
            Tok::Keyword(Keyword::Desc) => Order::Descending,
            Tok::Keyword(Keyword::GrannyAsc) => Order::NaturalAscending,
            Tok::Keyword(Keyword::GrannyDesc) => Order::NaturalDescending,
            _ => return Order::None,
        };
        self.advance();
        order
    }

    pub fn reorder(&mut self) -> Id {
        let start = self.advance();
        let columns = self.commas(Commas {
            element: |p| {
                let start = p.here();
                let value = if p.wildcard_length(0).is_some() { p.wildcard() } else { p.name() }?;
                let order = p.order();
                Some(if order == Order::None { value } else { p.add(Node::Ordered { value, order }, start) })
            },
            what: "a column",
            end: Some(Self::at_list_end),
            required: false,
            trailing: false,
        });
        self.add(Node::ProjectReorder(columns), start)
    }

    pub fn ordered(&mut self) -> Option<Id> {
        let start = self.here();
        let value = self.named_expression()?;
        let order = self.order();
        let nulls = self.take_word(Keyword::Nulls).is_some();
        if nulls && self.take_word(Keyword::First).is_none() && self.take_word(Keyword::Last).is_none() {
            self.missing("`first` or `last`");
        }
        let plain = order == Order::None && !nulls;
        Some(if plain { value } else { self.add(Node::Ordered { value, order }, start) })
    }

    pub fn sort(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::SORT, false);
        self.require_word(Keyword::By);
        let by = self.commas(Commas {
            element: Self::ordered,
            what: "an expression",
            end: Some(Self::at_list_end),
            required: true,
            trailing: false,
        });
        self.add(Node::Sort { settings, by }, start)
    }

    pub fn serialize(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::NONE, true);
        let values = self.expressions(false);
        self.add(Node::Serialize { settings, values }, start)
    }

    pub fn summarize(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::SUMMARIZE, true);
        let aggregates = self.commas(Commas {
            element: Self::named_expression,
            what: "an expression",
            end: Some(|p| p.at_list_end() || p.is(Keyword::By)),
            required: false,
            trailing: false,
        });
        let (mut by, mut bin) = (None, None);
        if self.take_word(Keyword::By).is_some() {
            by = Some(self.commas(Commas {
                element: Self::named_expression,
                what: "an expression",
                end: Some(|p| p.at_list_end() || p.is_bin_clause()),
                required: true,
                trailing: false,
            }));
            if self.is_bin_clause() {
                self.advance();
                self.advance();
                bin = Some(self.required_value());
            }
        }
        self.add(Node::Summarize { settings, aggregates, by, bin }, start)
    }

    /// `bin=1h` behind the groups: an old notation.
    pub fn is_bin_clause(&self) -> bool {
        let literal =
            matches!(self.peek(2), Tok::Long | Tok::Real | Tok::TimeSpan | Tok::Int | Tok::DateTime | Tok::Decimal);
        self.is(Keyword::Bin) && self.peek(1) == Tok::Equal && literal
    }

    pub fn top(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::TOP, true);
        let count = self.required_named();
        self.require_word(Keyword::By);
        let by = self.ordered();
        let by = self.or_missing(by, "an expression");
        self.add(Node::Top { settings, count, by }, start)
    }

    pub fn top_hitters(&mut self) -> Id {
        let start = self.advance();
        let count = self.required_named();
        self.require_word(Keyword::Of);
        let of = self.required_named();
        let by = self.take_word(Keyword::By).map(|_| self.required_named());
        self.add(Node::TopHitters { count, of, by }, start)
    }

    pub fn top_nested(&mut self) -> Id {
        let start = self.here();
        let clauses = self.commas(Commas {
            element: Self::top_clause,
            what: "a top-nested clause",
            end: Some(Self::at_list_end),
            required: true,
            trailing: false,
        });
        self.add(Node::TopNested(clauses), start)
    }

    pub fn top_clause(&mut self) -> Option<Id> {
        let start = self.take_word(Keyword::TopNested)?;
        let count = self.named_expression();
        self.require_word(Keyword::Of);
        let of = self.required_named();
        let mut others = None;
        if self.take_word(Keyword::With).is_some() {
            self.require_word(Keyword::Others);
            self.require(Tok::Equal, "=");
            others = Some(self.required_value());
        }
        self.require_word(Keyword::By);
        let by = self.ordered();
        let by = self.or_missing(by, "an expression");
        Some(self.add(Node::TopClause { count, of, others, by }, start))
    }
}
