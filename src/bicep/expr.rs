//! Values and expressions: in Bicep they are one language.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    /// `'…${x}…'`; made by [`Expr::interpolation`], which keeps texts apart from each other by expressions.
    Interpolation(Vec<Piece>),
    Array(Vec<Expr>),
    /// Members in order; a key is a [`Expr::Text`] or an [`Expr::Interpolation`].
    Object(Vec<(Expr, Expr)>),
    /// A declared parameter, variable or resource.
    Name(String),
    Call(String, Vec<Expr>),
    /// `target.name`
    Member(Box<Expr>, String),
    /// `target[index]`
    Index(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `condition ? yes : no`
    Ternary(Box<Expr>, Box<Expr>, Box<Expr>),
}

/// A part of an interpolated text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Expr(Expr),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Multiply,
    Divide,
    Modulo,
    Add,
    Subtract,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Coalesce,
}

impl Operator {
    /// The sign, and the function that stands for it in ARM; `!=` has none and is a negated `equals`.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Operator::Multiply => ("*", "mul"),
            Operator::Divide => ("/", "div"),
            Operator::Modulo => ("%", "mod"),
            Operator::Add => ("+", "add"),
            Operator::Subtract => ("-", "sub"),
            Operator::Less => ("<", "less"),
            Operator::LessOrEqual => ("<=", "lessOrEquals"),
            Operator::Greater => (">", "greater"),
            Operator::GreaterOrEqual => (">=", "greaterOrEquals"),
            Operator::Equal => ("==", "equals"),
            Operator::NotEqual => ("!=", ""),
            Operator::And => ("&&", "and"),
            Operator::Or => ("||", "or"),
            Operator::Coalesce => ("??", "coalesce"),
        }
    }

    /// The higher one binds first.
    pub(super) fn precedence(self) -> u8 {
        match self {
            Operator::Multiply | Operator::Divide | Operator::Modulo => 7,
            Operator::Add | Operator::Subtract => 6,
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => 5,
            Operator::Equal | Operator::NotEqual => 4,
            Operator::And => 3,
            Operator::Or => 2,
            Operator::Coalesce => 1,
        }
    }
}

/// Functions whose result is a text.
const TEXT_FUNCTIONS: [&str; 21] = [
    "base64",
    "base64ToString",
    "extensionResourceId",
    "format",
    "guid",
    "join",
    "padLeft",
    "replace",
    "resourceId",
    "string",
    "subscriptionResourceId",
    "substring",
    "tenantResourceId",
    "toLower",
    "toUpper",
    "trim",
    "uniqueString",
    "uri",
    "uriComponent",
    "uriComponentToString",
    "utcNow",
];

impl Expr {
    pub fn text(text: impl Into<String>) -> Self {
        Expr::Text(text.into())
    }

    pub fn name(name: impl Into<String>) -> Self {
        Expr::Name(name.into())
    }

    pub fn call(name: &str, arguments: impl IntoIterator<Item = Expr>) -> Self {
        Expr::Call(name.to_owned(), arguments.into_iter().collect())
    }

    pub fn member(self, name: impl Into<String>) -> Self {
        Expr::Member(Box::new(self), name.into())
    }

    pub fn binary(operator: Operator, left: Expr, right: Expr) -> Self {
        Expr::Binary(operator, Box::new(left), Box::new(right))
    }

    pub fn ternary(condition: Expr, yes: Expr, no: Expr) -> Self {
        Expr::Ternary(Box::new(condition), Box::new(yes), Box::new(no))
    }

    pub fn object(members: impl IntoIterator<Item = (String, Expr)>) -> Self {
        Expr::Object(members.into_iter().map(|(name, value)| (Expr::Text(name), value)).collect())
    }

    /// The texts of all parts after each other, in the simplest form that says so: a text, the only part, or an
    /// interpolated text.
    pub fn interpolation(parts: impl IntoIterator<Item = Expr>) -> Self {
        let mut pieces = Vec::new();
        for part in parts {
            push_part(&mut pieces, part);
        }
        match pieces.as_mut_slice() {
            [] => Expr::text(""),
            [Piece::Text(text)] => Expr::Text(std::mem::take(text)),
            [Piece::Expr(only)] if only.is_text() => std::mem::replace(only, Expr::Null),
            _ => Expr::Interpolation(pieces),
        }
    }

    /// The pieces of a text; any other expression is one piece.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        match self {
            Expr::Interpolation(pieces) => pieces.clone(),
            Expr::Text(text) => vec![Piece::Text(text.clone())],
            other => vec![Piece::Expr(other.clone())],
        }
    }

    /// Whether the value is certainly a text. A name counts as one: what interpolates names declares them as texts.
    pub(super) fn is_text(&self) -> bool {
        match self {
            Expr::Text(_) | Expr::Interpolation(_) | Expr::Name(_) => true,
            Expr::Call(name, _) => TEXT_FUNCTIONS.contains(&name.as_str()),
            Expr::Member(target, name) => matches!(**target, Expr::Name(_)) && (name == "id" || name == "name"),
            Expr::Ternary(_, yes, no) => yes.is_text() && no.is_text(),
            _ => false,
        }
    }

    /// Calls `f` with every declared name that the expression uses.
    pub fn for_each_name<'a>(&'a self, f: &mut impl FnMut(&'a str)) {
        match self {
            Expr::Name(name) => f(name),
            Expr::Null | Expr::Bool(_) | Expr::Int(_) | Expr::Text(_) => {}
            Expr::Interpolation(pieces) => {
                for piece in pieces {
                    if let Piece::Expr(expr) = piece {
                        expr.for_each_name(f);
                    }
                }
            }
            Expr::Array(items) | Expr::Call(_, items) => items.iter().for_each(|item| item.for_each_name(f)),
            Expr::Object(members) => {
                for (key, value) in members {
                    key.for_each_name(f);
                    value.for_each_name(f);
                }
            }
            Expr::Member(target, _) | Expr::Not(target) => target.for_each_name(f),
            Expr::Index(left, right) | Expr::Binary(_, left, right) => {
                left.for_each_name(f);
                right.for_each_name(f);
            }
            Expr::Ternary(condition, yes, no) => {
                condition.for_each_name(f);
                yes.for_each_name(f);
                no.for_each_name(f);
            }
        }
    }
}

fn push_part(pieces: &mut Vec<Piece>, part: Expr) {
    match part {
        Expr::Text(text) => push_text(pieces, text),
        Expr::Int(n) => push_text(pieces, n.to_string()),
        Expr::Interpolation(inner) => {
            for piece in inner {
                match piece {
                    Piece::Text(text) => push_text(pieces, text),
                    Piece::Expr(expr) => pieces.push(Piece::Expr(expr)),
                }
            }
        }
        other => pieces.push(Piece::Expr(other)),
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: String) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(&text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece::Text(text)),
    }
}
