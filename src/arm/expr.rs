//! The expression language inside `[…]`.

/// An ARM template expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A string literal; printed in single quotes, quotes doubled.
    Text(String),
    Int(i64),
    /// `parameters('x')`, `concat(…)`, `resourceId(…)`, `true()`: a call by name. Names are written as given.
    Call(String, Vec<Expr>),
    /// `target.name`
    Member(Box<Expr>, String),
    /// `target[index]`
    Index(Box<Expr>, Box<Expr>),
}

impl Expr {
    pub fn text(text: impl Into<String>) -> Self {
        Expr::Text(text.into())
    }

    pub fn call(name: &str, arguments: impl IntoIterator<Item = Expr>) -> Self {
        Expr::Call(name.to_owned(), arguments.into_iter().collect())
    }

    pub fn parameter(name: impl Into<String>) -> Self {
        Expr::call("parameters", [Expr::text(name)])
    }

    pub fn variable(name: impl Into<String>) -> Self {
        Expr::call("variables", [Expr::text(name)])
    }

    pub fn member(self, name: impl Into<String>) -> Self {
        Expr::Member(Box::new(self), name.into())
    }

    pub fn index(self, index: Expr) -> Self {
        Expr::Index(Box::new(self), Box::new(index))
    }
}
