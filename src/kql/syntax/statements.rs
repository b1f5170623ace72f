//! Statements, declared functions and pipes.

use super::keyword::{Keyword, Naming};
use super::parser::{Commas, Parser, STEPS};
use super::token::{Tok, tokens};
use super::tree::{Id, List, Node, Tree};
use crate::kql::finding::{Finding, Kind};
use crate::kql::names::Names;

/// What came of a text.
pub struct Parsed {
    pub statements: List,
    /// Something nested or ran on beyond what is analysed; the tree is not whole.
    pub overflow: bool,
}

/// Reads a query: statements between semicolons.
pub fn parse(text: &str, tree: &mut Tree, names: &mut Names<'_>, findings: &mut Vec<Finding>) -> Parsed {
    with_parser(text, tree, names, findings, |p| {
        while let Some(range) = p.take(Tok::Directive) {
            p.directive(range);
        }
        let statements = p.statements();
        if !p.overflow && p.peek(0) != Tok::End {
            let range = p.here();
            let told = p.findings.last().is_some_and(|finding| finding.range.start >= range.start);
            let help = "a query ends here; look for a bracket or a `;` too many before";
            if told {
                return statements;
            }
            p.report_with_help(Kind::Leftover, range, "this does not belong to the query before it", help);
        }
        statements
    })
}

/// Reads the body of a stored function, with or without its braces: a list of one [`Node::Body`].
pub fn parse_body(text: &str, tree: &mut Tree, names: &mut Names<'_>, findings: &mut Vec<Finding>) -> Parsed {
    with_parser(text, tree, names, findings, |p| {
        let body = if p.peek(0) == Tok::OpenBrace { p.function_body() } else { p.open_body() };
        p.list_of(&[body])
    })
}

/// Reads the parameters of a stored function: `(a: string, b: long = 5)`.
pub fn parse_parameters(text: &str, tree: &mut Tree, names: &mut Names<'_>, findings: &mut Vec<Finding>) -> Parsed {
    with_parser(text, tree, names, findings, |p| p.parameters(false))
}

fn with_parser<'t, 'g>(
    text: &'t str,
    tree: &'t mut Tree,
    names: &'t mut Names<'g>,
    findings: &'t mut Vec<Finding>,
    read: impl FnOnce(&mut Parser<'_, 'g>) -> List,
) -> Parsed {
    let tokens = tokens(text, findings);
    let mut parser =
        Parser { text, tokens: &tokens, at: 0, tree, names, findings, stack: Vec::new(), depth: 0, overflow: false };
    let statements = read(&mut parser);
    Parsed { statements, overflow: parser.overflow }
}

impl Parser<'_, '_> {
    /// Statements between semicolons. Where one is missing, the next statement is read as such.
    fn statements(&mut self) -> List {
        let mark = self.stack.len();
        let mut statement = self.statement();
        while let Some(id) = statement {
            self.stack.push(id);
            if self.stack.len() - mark > STEPS {
                self.give_up("too many statements to be analysed", "split the query");
            }
            if self.take(Tok::Semicolon).is_some() {
                statement = self.statement();
                continue;
            }
            let place = self.fault_place();
            let faults = self.findings.len();
            statement = self.statement();
            if statement.is_some() {
                let help = "statements end with `;`, operators begin with `|`";
                let fault = Finding::error(Kind::Syntax, place, "`;` or `|` is missing here").help(help);
                self.findings.insert(faults, fault);
            }
        }
        self.close_list(mark)
    }

    fn statement(&mut self) -> Option<Id> {
        match self.peek(0) {
            Tok::Keyword(Keyword::Let) if self.name_length(1, Naming::Name).is_some() => self.let_statement(),
            Tok::Keyword(Keyword::Set) => Some(self.set_statement()),
            Tok::Keyword(Keyword::Alias) if self.next_is(1, Keyword::Database) => Some(self.alias_statement()),
            Tok::Keyword(Keyword::Declare) if self.next_is(1, Keyword::Pattern) => Some(self.pattern_statement()),
            Tok::Keyword(Keyword::Declare) if self.next_is(1, Keyword::QueryParameters) => {
                Some(self.query_parameters())
            }
            Tok::Keyword(Keyword::Restrict) if self.next_is(1, Keyword::Access) => Some(self.restrict_statement()),
            _ => self.pipe(),
        }
    }

    pub fn let_statement(&mut self) -> Option<Id> {
        let start = self.take_word(Keyword::Let)?;
        let name = self.declared_name();
        self.require(Tok::Equal, "=");
        let value = if self.is(Keyword::Materialize) {
            Some(self.materialize())
        } else if self.is(Keyword::EntityGroup) && !self.is_call_start(0) {
            Some(self.entity_group())
        } else if self.is_function_start() {
            Some(self.function())
        } else {
            self.pipe()
        };
        let value = self.or_missing(value, "an expression");
        Some(self.add(Node::Let { name, value }, start))
    }

    fn materialize(&mut self) -> Id {
        let start = self.advance();
        self.require(Tok::OpenParen, "(");
        let body = self.deeper(Self::pipe);
        let body = self.or_missing(body, "a query");
        self.require(Tok::CloseParen, ")");
        self.add(Node::Materialize(body), start)
    }

    fn entity_group(&mut self) -> Id {
        let start = self.advance();
        self.require(Tok::OpenBracket, "[");
        let members = self.commas(Commas {
            element: Self::value,
            what: "an expression",
            end: Some(Self::at_list_end),
            required: true,
            trailing: false,
        });
        self.require(Tok::CloseBracket, "]");
        self.add(Node::EntityGroup(members), start)
    }

    /// Whether a function is declared here: `(` and `)`, `*` or a typed name.
    fn is_function_start(&self) -> bool {
        let at = usize::from(self.is(Keyword::View));
        if self.peek(at) != Tok::OpenParen {
            return false;
        }
        if matches!(self.peek(at + 1), Tok::CloseParen | Tok::Star) {
            return true;
        }
        let name = self.name_length(at + 1, Naming::Target);
        name.is_some_and(|length| self.peek(at + 1 + length) == Tok::Colon)
    }

    fn function(&mut self) -> Id {
        let start = self.here();
        let view = self.take_word(Keyword::View).is_some();
        let parameters = self.parameters(false);
        let body = if self.peek(0) == Tok::OpenBrace { self.function_body() } else { self.missing("`{`") };
        self.add(Node::Function { view, parameters, body }, start)
    }

    fn function_body(&mut self) -> Id {
        let start = self.advance();
        let mark = self.stack.len();
        let found = self.deeper(|p| Some(p.body_parts(mark)));
        let body = self.or_missing(found, "a query");
        self.require(Tok::CloseBrace, "}");
        let range = self.since(start);
        self.tree.set_range(body, range);
        body
    }

    /// A stored body without braces.
    fn open_body(&mut self) -> Id {
        let mark = self.stack.len();
        self.body_parts(mark)
    }

    fn body_parts(&mut self, mark: usize) -> Id {
        let start = self.here();
        while !self.at_list_end() {
            let statement = match self.peek(0) {
                Tok::Keyword(Keyword::Let) => self.let_statement(),
                Tok::Keyword(Keyword::Declare) => Some(self.query_parameters()),
                _ => None,
            };
            let Some(statement) = statement else { break };
            self.stack.push(statement);
            if self.stack.len() - mark > STEPS {
                self.give_up("too many statements to be analysed", "split the function");
            }
            self.require(Tok::Semicolon, ";");
        }
        let statements = self.close_list(mark);
        let result = self.pipe();
        self.take(Tok::Semicolon);
        self.add(Node::Body { statements, result }, start)
    }

    fn set_statement(&mut self) -> Id {
        let start = self.advance();
        let name = self.declared_name();
        let value = self.take(Tok::Equal).map(|_| self.required_value());
        self.add(Node::Set { name, value }, start)
    }

    fn alias_statement(&mut self) -> Id {
        let start = self.advance();
        self.require_word(Keyword::Database);
        let name = self.declared_name();
        self.require(Tok::Equal, "=");
        let value = self.required_value();
        self.add(Node::Alias { name, value }, start)
    }

    fn query_parameters(&mut self) -> Id {
        let start = self.advance();
        self.require_word(Keyword::QueryParameters);
        let parameters = self.parameters(true);
        self.add(Node::QueryParameters(parameters), start)
    }

    fn restrict_statement(&mut self) -> Id {
        let start = self.advance();
        self.require_word(Keyword::Access);
        self.require_word(Keyword::To);
        self.require(Tok::OpenParen, "(");
        let tables = self.table_references();
        self.require(Tok::CloseParen, ")");
        self.add(Node::Restrict(tables), start)
    }

    /// `declare pattern …`: read over its braces; patterns are not used in Sentinel content.
    fn pattern_statement(&mut self) -> Id {
        let start = self.advance();
        self.advance();
        let name = self.declared_name();
        if self.take(Tok::Equal).is_some() {
            let mut depth = 0usize;
            while self.peek(0) != Tok::End {
                match self.peek(0) {
                    Tok::OpenBrace => depth += 1,
                    Tok::CloseBrace => depth = depth.saturating_sub(1),
                    Tok::Semicolon if depth == 0 => break,
                    _ => {}
                }
                self.advance();
            }
        }
        self.add(Node::Pattern { name }, start)
    }

    // Pipes.

    /// A query: something that gives rows or a value, and the operators behind it.
    pub fn pipe(&mut self) -> Option<Id> {
        let first = if self.is_operator_start() {
            self.unpiped_operator().or_else(|| self.piped_operator()).or_else(|| self.value())
        } else {
            self.value().or_else(|| self.unpiped_operator()).or_else(|| self.piped_operator())
        };
        first.map(|first| self.operators_behind(first))
    }

    /// A query that begins with an operator, as in `mv-apply … on (…)`.
    pub fn sub_pipe(&mut self) -> Option<Id> {
        let first =
            if self.is(Keyword::HiddenContextualDatatable) { self.context_table() } else { self.required_operator() };
        Some(self.operators_behind(first))
    }

    pub fn operators_behind(&mut self, first: Id) -> Id {
        let start = self.range(first);
        let mut left = first;
        let mut steps = 0;
        while self.take(Tok::Bar).is_some() {
            let operator = self.required_operator();
            left = self.add(Node::Pipe { left, operator }, start);
            steps += 1;
            if steps > STEPS {
                self.give_up("too many operators in a row to be analysed", "split the query");
            }
        }
        left
    }
}
