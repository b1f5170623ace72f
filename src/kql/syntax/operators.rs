//! Operators behind pipes. Which word begins which operator, and how its parts stand.

use super::keyword::{Keyword, Naming};
use super::parser::{Commas, Parser};
use super::settings as own;
use super::token::Tok;
use super::tree::{GraphOp, Id, List, Node, ParseKind};
use crate::kql::finding::Kind;
use crate::kql::near::nearest;

impl Parser<'_, '_> {
    /// Whether an operator begins here for certain, rather than a name that is spelt like one.
    pub fn is_operator_start(&self) -> bool {
        let Tok::Keyword(word) = self.peek(0) else { return false };
        match word {
            Keyword::Evaluate => self.name_length(1, Naming::Name).is_some() || self.hint_at(1),
            Keyword::Facet => self.next_is(1, Keyword::By),
            Keyword::Partition | Keyword::Reduce => self.next_is(1, Keyword::By) || self.hint_at(1),
            Keyword::Range => {
                let name = self.name_length(1, Naming::Name);
                name.is_some_and(|length| self.next_is(1 + length, Keyword::From))
            }
            Keyword::Render => {
                own::CHARTS.contains(&self.text_of(self.token(1).range)) || self.is_name_word(1, Naming::Name)
            }
            Keyword::Fork | Keyword::Lookup | Keyword::HiddenPartitionby => false,
            _ => is_operator(word) && word.naming() < Naming::Name,
        }
    }

    fn hint_at(&self, ahead: usize) -> bool {
        let text = self.text_of(self.token(ahead).range);
        matches!(self.peek(ahead), Tok::Keyword(_)) && (text.starts_with("hint.") || text == "kind")
    }

    pub fn required_operator(&mut self) -> Id {
        if let Some(operator) = self.piped_operator().or_else(|| self.unpiped_operator()) {
            return operator;
        }
        let mut place = self.fault_place();
        if matches!(self.peek(0), Tok::Identifier | Tok::Keyword(_)) {
            place.end = self.end_of_hyphenated();
            let text = self.text_of(place);
            let near = nearest(text, OPERATORS.iter().map(|word| word.text()));
            let help = near.map_or("write an operator such as where, extend or summarize".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
            self.report_with_help(Kind::Operator, place, format!("`{text}` is not an operator"), help);
            self.skip_operator();
        } else {
            self.report(Kind::Operator, place, "an operator is missing behind `|`");
        }
        self.tree.add(Node::BadOperator, place)
    }

    /// Where a word with parts between hyphens ends, as in `mv-expnd`.
    fn end_of_hyphenated(&self) -> u32 {
        let mut last = 0;
        while self.peek(last + 1) == Tok::Minus
            && matches!(self.peek(last + 2), Tok::Identifier | Tok::Keyword(_))
            && (last + 1..=last + 2).all(|ahead| self.token(ahead).joined)
        {
            last += 2;
        }
        self.token(last).range.end
    }

    /// Steps over the rest of what was meant as an operator.
    pub fn skip_operator(&mut self) {
        let mut depth = 0usize;
        loop {
            match self.peek(0) {
                Tok::End => return,
                Tok::Bar | Tok::Semicolon | Tok::CloseParen | Tok::CloseBrace | Tok::CloseBracket if depth == 0 => {
                    return;
                }
                Tok::OpenParen | Tok::OpenBracket | Tok::OpenBrace => depth += 1,
                Tok::CloseParen | Tok::CloseBracket | Tok::CloseBrace => depth -= 1,
                _ => {}
            }
            self.advance();
        }
    }

    pub fn unpiped_operator(&mut self) -> Option<Id> {
        let Tok::Keyword(word) = self.peek(0) else { return None };
        match word {
            Keyword::Evaluate | Keyword::Find | Keyword::Search | Keyword::Union => self.piped_operator(),
            Keyword::Print => Some(self.print()),
            Keyword::MacroExpand => Some(self.macro_expand()),
            _ => None,
        }
    }

    pub fn piped_operator(&mut self) -> Option<Id> {
        let Tok::Keyword(word) = self.peek(0) else { return None };
        let calls = self.peek(1) == Tok::OpenParen;
        Some(match word {
            Keyword::As => self.as_operator(),
            Keyword::Consume => self.simple(own::CONSUME, Node::Consume),
            Keyword::Count if !calls => self.count(),
            Keyword::Distinct => self.distinct(),
            Keyword::Evaluate => self.evaluate(),
            Keyword::HiddenExecuteAndCache => {
                let start = self.advance();
                self.add(Node::ExecuteAndCache, start)
            }
            Keyword::Extend => self.list_operator(Node::Extend, true),
            Keyword::Facet => self.facet(),
            Keyword::Filter | Keyword::Where => self.filter(),
            Keyword::Find => self.find(),
            Keyword::Fork => self.fork(),
            Keyword::Getschema => self.get_schema(),
            Keyword::Invoke => self.invoke(),
            Keyword::Join => self.join(),
            Keyword::Lookup => self.lookup(),
            Keyword::MakeSeries => self.make_series(),
            Keyword::Mvapply | Keyword::MvApply => self.mv_apply(),
            Keyword::Mvexpand | Keyword::MvExpand => self.mv_expand(),
            Keyword::Parse => self.parse_operator(ParseKind::Parse),
            Keyword::ParseWhere => self.parse_operator(ParseKind::ParseWhere),
            Keyword::ParseKv => self.parse_kv(),
            Keyword::HiddenPartitionby => self.partition_by(),
            Keyword::Partition => self.partition(),
            Keyword::Project => self.list_operator(Node::Project, false),
            Keyword::ProjectAway => self.columns_operator(Node::ProjectAway),
            Keyword::ProjectKeep => self.columns_operator(Node::ProjectKeep),
            Keyword::ProjectRename => self.list_operator(Node::ProjectRename, false),
            Keyword::ProjectReorder => self.reorder(),
            Keyword::ProjectByNames => self.list_operator(Node::ProjectByNames, false),
            Keyword::Range if !calls => self.range_operator(),
            Keyword::Reduce => self.reduce(),
            Keyword::Render => self.render(),
            Keyword::Sample => self.sample(),
            Keyword::SampleDistinct => self.sample_distinct(),
            Keyword::Scan => self.scan(),
            Keyword::Search => self.search(),
            Keyword::Serialize => self.serialize(),
            Keyword::Sort | Keyword::Order => self.sort(),
            Keyword::Summarize => self.summarize(),
            Keyword::Take | Keyword::Limit => self.take_operator(),
            Keyword::Top => self.top(),
            Keyword::TopHitters => self.top_hitters(),
            Keyword::TopNested => self.top_nested(),
            Keyword::Union => self.union(),
            Keyword::AssertSchema => {
                let start = self.advance();
                let schema = self.row_schema();
                self.add(Node::AssertSchema(schema), start)
            }
            Keyword::MakeGraph => self.graph(GraphOp::Make),
            Keyword::GraphMatch => self.graph(GraphOp::Match),
            Keyword::GraphShortestPaths => self.graph(GraphOp::ShortestPaths),
            Keyword::GraphToTable => self.graph(GraphOp::ToTable),
            Keyword::GraphMarkComponents | Keyword::GraphWhereNodes | Keyword::GraphWhereEdges => {
                self.graph(GraphOp::Other)
            }
            _ => return None,
        })
    }

    fn simple(&mut self, settings: &'static [own::Setting], node: fn(List) -> Node) -> Id {
        let start = self.advance();
        let settings = self.settings(settings, false);
        self.add(node(settings), start)
    }

    fn list_operator(&mut self, node: fn(List) -> Node, required: bool) -> Id {
        let start = self.advance();
        let values = self.expressions(required);
        self.add(node(values), start)
    }

    pub fn required_named(&mut self) -> Id {
        let value = self.named_expression();
        self.or_missing(value, "an expression")
    }

    fn as_operator(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::AS, true);
        let name = self.declared_name();
        self.add(Node::As { settings, name }, start)
    }

    fn count(&mut self) -> Id {
        let start = self.advance();
        let mut name = None;
        if self.take_word(Keyword::As).is_some() {
            let range = self.here();
            match self.require(Tok::Identifier, "a name") {
                Some(_) => name = Some(self.names.add(self.text_of(range))),
                None => name = Some(self.names.add("")),
            }
        }
        self.add(Node::Count { name }, start)
    }

    fn distinct(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::DISTINCT, true);
        let values = self.commas(Commas {
            element: |p| if p.peek(0) == Tok::Star { p.star() } else { p.named_expression() },
            what: "an expression",
            end: Some(Self::at_list_end),
            required: true,
            trailing: false,
        });
        self.add(Node::Distinct { settings, values }, start)
    }

    fn evaluate(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::EVALUATE, false);
        let call = self.required_call();
        let (mut schema, mut star) = (None, false);
        if self.take(Tok::Colon).is_some() {
            if self.peek(0) == Tok::OpenParen {
                self.advance();
                self.take(Tok::Comma);
                star = self.take(Tok::Star).is_some();
                self.take(Tok::Comma);
                schema = Some(self.column_declarations());
                self.require(Tok::CloseParen, ")");
            } else {
                self.missing("`(name: type, …)`");
            }
        }
        self.add(Node::Evaluate { settings, call, schema, star }, start)
    }

    fn facet(&mut self) -> Id {
        let start = self.advance();
        self.require_word(Keyword::By);
        let by = self.commas(Commas {
            element: Self::simple_path,
            what: "a column",
            end: Some(|p| p.at_list_end() || p.is(Keyword::With)),
            required: true,
            trailing: false,
        });
        let mut with = None;
        if self.take_word(Keyword::With).is_some() {
            let bracket = self.take(Tok::OpenParen).is_some();
            let body = self.deeper(|p| if bracket { p.sub_pipe() } else { Some(p.required_operator()) });
            with = Some(self.or_missing(body, "an operator"));
            if bracket {
                self.require(Tok::CloseParen, ")");
            }
        }
        self.add(Node::Facet { by, with }, start)
    }

    /// A column and its members, without calls.
    pub fn simple_path(&mut self) -> Option<Id> {
        let start = self.here();
        let mut left = self.selector()?;
        loop {
            left = match self.peek(0) {
                Tok::Dot => {
                    self.advance();
                    let right = self.selector();
                    let right = self.or_missing(right, "a name");
                    self.add(Node::Path { left, right }, start)
                }
                Tok::OpenBracket => {
                    let index = self.selector()?;
                    self.add(Node::Element { left, index }, start)
                }
                _ => return Some(left),
            };
        }
    }

    fn filter(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::NONE, true);
        let condition = self.required_named();
        self.add(Node::Where { settings, condition }, start)
    }

    fn fork(&mut self) -> Id {
        let start = self.advance();
        let mark = self.stack.len();
        loop {
            let begin = self.here();
            let named = self.name_length(0, Naming::Name).filter(|length| self.peek(*length) == Tok::Equal);
            if named.is_none() && self.peek(0) != Tok::OpenParen {
                break;
            }
            let name = named.and_then(|_| self.name());
            if name.is_some() {
                self.take(Tok::Equal);
            }
            self.require(Tok::OpenParen, "(");
            let body = self.deeper(Self::sub_pipe);
            let body = self.or_missing(body, "a query");
            self.require(Tok::CloseParen, ")");
            let branch = self.add(Node::Branch { name, body }, begin);
            self.stack.push(branch);
        }
        if self.stack.len() == mark {
            let missing = self.missing("a branch in brackets");
            self.stack.push(missing);
        }
        let branches = self.close_list(mark);
        self.add(Node::Fork(branches), start)
    }

    fn get_schema(&mut self) -> Id {
        let start = self.advance();
        let csl = self.is(Keyword::Kind) && self.peek(1) == Tok::Equal;
        if csl {
            self.advance();
            self.advance();
            if self.listed_word(&["csl"]).is_none() {
                self.missing("`csl`");
            }
        }
        self.add(Node::GetSchema { csl }, start)
    }

    fn invoke(&mut self) -> Id {
        let start = self.advance();
        let begin = self.here();
        let first = if self.is_call_start(0) { self.call() } else { None };
        let mut left = self.or_missing(first, "a function call");
        while self.peek(0) == Tok::Dot && self.is_call_start(1) {
            self.advance();
            let right = self.call();
            let right = self.or_missing(right, "a function call");
            left = self.add(Node::Path { left, right }, begin);
        }
        self.add(Node::Invoke(left), start)
    }

    fn partition_by(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::PARTITION, false);
        let by = self.simple_path();
        let by = self.or_missing(by, "a column");
        if self.take_word(Keyword::Id).is_some() && self.literal().is_none() {
            self.missing("a value");
        }
        let body = self.bracketed_query();
        self.add(Node::PartitionBy { settings, by, body }, start)
    }

    /// `(operators)`, as behind `mv-apply … on`.
    fn bracketed_query(&mut self) -> Id {
        self.require(Tok::OpenParen, "(");
        let body = self.deeper(Self::sub_pipe);
        let body = self.or_missing(body, "a query");
        self.require(Tok::CloseParen, ")");
        body
    }

    fn partition(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::PARTITION, false);
        self.require_word(Keyword::By);
        let by = self.simple_path();
        let by = self.or_missing(by, "a column");
        if self.take_word(Keyword::In).is_some() {
            let scope = self.path();
            self.or_missing(scope, "an expression");
        }
        let whole_query = self.take(Tok::OpenBrace).is_some();
        let body = if whole_query {
            let body = self.deeper(Self::pipe);
            let body = self.or_missing(body, "a query");
            self.require(Tok::CloseBrace, "}");
            body
        } else {
            self.bracketed_query()
        };
        self.add(Node::Partition { settings, by, body, whole_query }, start)
    }

    fn range_operator(&mut self) -> Id {
        let start = self.advance();
        let name = self.declared_name();
        self.require_word(Keyword::From);
        let from = self.required_value();
        self.require_word(Keyword::To);
        let to = self.required_value();
        self.require_word(Keyword::Step);
        let step = self.required_value();
        self.add(Node::Range { name, from, to, step }, start)
    }

    fn print(&mut self) -> Id {
        let start = self.advance();
        let values = self.expressions(true);
        self.add(Node::Print(values), start)
    }

    fn reduce(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(own::REDUCE, false);
        self.require_word(Keyword::By);
        let value = self.required_named();
        let with = if self.take_word(Keyword::With).is_some() {
            self.setting_list(own::REDUCE_WITH)
        } else {
            self.list_of(&[])
        };
        self.add(Node::Reduce { settings, value, with }, start)
    }

    fn render(&mut self) -> Id {
        let start = self.advance();
        let chart = match self.listed_word(own::CHARTS).or_else(|| self.take(Tok::Identifier)) {
            Some(chart) => chart,
            None => {
                let missing = self.missing("a chart");
                self.range(missing)
            }
        };
        let settings = self.settings(own::RENDER, true);
        let mut with = self.list_of(&[]);
        if self.take_word(Keyword::With).is_some() {
            self.require(Tok::OpenParen, "(");
            self.take(Tok::Comma);
            with = self.setting_list(own::RENDER_WITH);
            self.require(Tok::CloseParen, ")");
        }
        self.add(Node::Render { chart, settings, with }, start)
    }
}

const OPERATORS: &[Keyword] = &[
    Keyword::As,
    Keyword::AssertSchema,
    Keyword::Consume,
    Keyword::Count,
    Keyword::Distinct,
    Keyword::Evaluate,
    Keyword::HiddenExecuteAndCache,
    Keyword::Extend,
    Keyword::Facet,
    Keyword::Filter,
    Keyword::Find,
    Keyword::Fork,
    Keyword::Getschema,
    Keyword::GraphMatch,
    Keyword::GraphToTable,
    Keyword::GraphMarkComponents,
    Keyword::Invoke,
    Keyword::Join,
    Keyword::Limit,
    Keyword::Lookup,
    Keyword::MacroExpand,
    Keyword::MakeGraph,
    Keyword::MakeSeries,
    Keyword::Mvapply,
    Keyword::MvApply,
    Keyword::Mvexpand,
    Keyword::MvExpand,
    Keyword::Order,
    Keyword::Parse,
    Keyword::ParseWhere,
    Keyword::ParseKv,
    Keyword::Partition,
    Keyword::Print,
    Keyword::Project,
    Keyword::ProjectAway,
    Keyword::ProjectKeep,
    Keyword::ProjectRename,
    Keyword::ProjectByNames,
    Keyword::ProjectReorder,
    Keyword::Range,
    Keyword::Reduce,
    Keyword::Render,
    Keyword::Sample,
    Keyword::SampleDistinct,
    Keyword::Scan,
    Keyword::Search,
    Keyword::Serialize,
    Keyword::Sort,
    Keyword::Summarize,
    Keyword::Take,
    Keyword::Top,
    Keyword::TopHitters,
    Keyword::TopNested,
    Keyword::Union,
    Keyword::Where,
];

fn is_operator(word: Keyword) -> bool {
    OPERATORS.contains(&word)
}
