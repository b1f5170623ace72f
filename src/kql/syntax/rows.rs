//! Tables written out and declarations of columns: `datatable`, `externaldata`, schemas, types, parameters.

use super::keyword::{Keyword, Naming};
use super::parser::{Commas, Parser};
use super::settings;
use super::token::Tok;
use super::tree::{Id, List, Node};
use crate::kql::finding::Kind;
use crate::kql::types::Type;

impl Parser<'_, '_> {
    pub fn data_table(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(settings::NONE, false);
        let schema = self.row_schema();
        self.require(Tok::OpenBracket, "[");
        self.take(Tok::Comma);
        let values = self.commas(Commas {
            element: Self::literal,
            what: "a value",
            end: Some(Self::at_list_end),
            required: false,
            trailing: true,
        });
        self.require(Tok::CloseBracket, "]");
        self.add(Node::DataTable { settings, schema, values }, start)
    }

    pub fn context_table(&mut self) -> Id {
        let start = self.advance();
        if self.literal().is_none() {
            self.required_value();
        }
        let schema = self.row_schema();
        self.add(Node::ContextTable { schema }, start)
    }

    pub fn external_data(&mut self) -> Id {
        let start = self.advance();
        let settings = self.settings(settings::NONE, false);
        let schema = self.row_schema();
        self.require(Tok::OpenBracket, "[");
        let addresses = self.commas(Commas {
            element: Self::pipe,
            what: "an address",
            end: Some(Self::at_list_end),
            required: false,
            trailing: true,
        });
        self.require(Tok::CloseBracket, "]");
        if self.take_word(Keyword::With).is_some() {
            self.require(Tok::OpenParen, "(");
            self.commas(Commas {
                element: Self::property,
                what: "a property",
                end: Some(Self::at_list_end),
                required: false,
                trailing: false,
            });
            self.require(Tok::CloseParen, ")");
        }
        self.add(Node::ExternalData { settings, schema, addresses }, start)
    }

    /// `name = value` behind `with (`; any name, any plain value.
    pub fn property(&mut self) -> Option<Id> {
        let start = self.here();
        let name = self.target_name()?;
        self.require(Tok::Equal, "=");
        let value = match self.peek(0) {
            Tok::String | Tok::Long | Tok::Real | Tok::Bool | Tok::DateTime | Tok::Guid | Tok::RawGuid => {
                self.literal()
            }
            _ => self.target_name(),
        };
        let value = self.or_missing(value, "a value");
        Some(self.add(Node::Setting { name, value }, start))
    }

    pub fn data_scope(&mut self, selector: Id) -> Id {
        let start = self.range(selector);
        self.data_scope_clause();
        self.add(Node::DataScope(selector), start)
    }

    pub fn data_scope_clause(&mut self) {
        if self.take_word(Keyword::Datascope).is_some() {
            self.require(Tok::Equal, "=");
            if self.listed_word(&["all", "hotcache"]).is_none() {
                self.missing("`all` or `hotcache`");
            }
        }
    }

    /// `(name: type, …)`.
    pub fn row_schema(&mut self) -> List {
        if self.peek(0) != Tok::OpenParen {
            self.missing("`(name: type, …)`");
            return self.list_of(&[]);
        }
        self.advance();
        self.take(Tok::Comma);
        let columns = self.column_declarations();
        self.require(Tok::CloseParen, ")");
        columns
    }

    pub fn column_declarations(&mut self) -> List {
        self.commas(Commas {
            element: Self::name_and_type,
            what: "a column",
            end: Some(Self::at_list_end),
            required: false,
            trailing: true,
        })
    }

    pub fn name_and_type(&mut self) -> Option<Id> {
        let start = self.here();
        let name = match self.target_name() {
            Some(name) => name,
            None if self.peek(0) == Tok::Colon => self.missing("a name"),
            None => return None,
        };
        self.require(Tok::Colon, ":");
        let ty = if self.peek(0) == Tok::OpenParen { self.schema_type() } else { self.type_name(false) };
        let ty = self.or_missing(ty, "a type");
        Some(self.add(Node::NameType { name, ty }, start))
    }

    /// `(*)` or `(name: type, …)`, as a parameter's type.
    fn schema_type(&mut self) -> Option<Id> {
        let start = self.advance();
        let any = self.take(Tok::Star).is_some();
        let columns = if any { self.list_of(&[]) } else { self.deep_declarations() };
        self.require(Tok::CloseParen, ")");
        if !any && columns.is_empty() {
            let range = self.since(start);
            self.report(Kind::Syntax, range, "a column declaration is missing here");
        }
        Some(self.add(Node::SchemaType { columns, any }, start))
    }

    fn deep_declarations(&mut self) -> List {
        let mut columns = self.list_of(&[]);
        let read = self.deeper(|p| {
            columns = p.column_declarations();
            Some(p.tree.add(Node::Missing, p.here()))
        });
        debug_assert!(read.is_some() || self.overflow);
        columns
    }

    /// A type's name. The `wide` names are only for `typeof` and the like.
    pub fn type_name(&mut self, wide: bool) -> Option<Id> {
        let range = self.here();
        let word = match self.peek(0) {
            Tok::Keyword(word) => Some(word),
            Tok::Identifier => None,
            _ => return None,
        };
        let text = self.text_of(range);
        let declared = word.and_then(|word| column_type(word).map(|(ty, narrow)| (ty, narrow || wide)));
        let ty = match declared {
            Some((ty, true)) => Some(ty),
            Some((_, false)) => None,
            None if word.is_some_and(|word| word.naming() < Naming::Name) => return None,
            None => None,
        };
        self.advance();
        if ty.is_none() {
            let help = "the types are bool, datetime, decimal, dynamic, guid, int, long, real, string and timespan";
            self.report_with_help(Kind::TypeName, range, format!("`{text}` is not a type that can stand here"), help);
        }
        Some(self.tree.add(Node::Type(ty), range))
    }

    pub fn parameter(&mut self) -> Option<Id> {
        let start = self.here();
        let declared = self.name_and_type()?;
        let Node::NameType { name, ty } = self.tree.node(declared) else { return None };
        let mut default = None;
        if self.take(Tok::Equal).is_some() {
            let found = self.literal().or_else(|| self.default_word());
            default = Some(self.or_missing(found, "a default value"));
        }
        Some(self.add(Node::Parameter { name, ty, default }, start))
    }

    fn default_word(&mut self) -> Option<Id> {
        if !self.is_name_word(0, Naming::Name) {
            return None;
        }
        let range = self.advance();
        let name = self.names.add(self.text_of(range));
        Some(self.tree.add(Node::Word(name), range))
    }

    pub fn parameters(&mut self, required: bool) -> List {
        self.require(Tok::OpenParen, "(");
        let parameters = self.commas(Commas {
            element: Self::parameter,
            what: "a parameter",
            end: Some(Self::at_list_end),
            required,
            trailing: false,
        });
        self.require(Tok::CloseParen, ")");
        parameters
    }
}

/// The type that a word names, and whether columns and parameters may be declared with that word.
fn column_type(word: Keyword) -> Option<(Type, bool)> {
    Some(match word {
        Keyword::Bool | Keyword::Boolean => (Type::Bool, true),
        Keyword::Date | Keyword::Datetime => (Type::DateTime, true),
        Keyword::Decimal => (Type::Decimal, true),
        Keyword::Double | Keyword::Real => (Type::Real, true),
        Keyword::Dynamic => (Type::DYNAMIC, true),
        Keyword::Guid | Keyword::Uniqueid => (Type::Guid, true),
        Keyword::Int | Keyword::Int8 => (Type::Int, true),
        Keyword::Int64 | Keyword::Long => (Type::Long, true),
        Keyword::String => (Type::String, true),
        Keyword::Time | Keyword::Timespan => (Type::TimeSpan, true),
        Keyword::Float => (Type::Real, false),
        Keyword::Int16 | Keyword::Int32 | Keyword::Uint | Keyword::Uint16 | Keyword::Uint32 | Keyword::Uint8 => {
            (Type::Int, false)
        }
        Keyword::Uint64 | Keyword::Ulong => (Type::Long, false),
        _ => return None,
    })
}
