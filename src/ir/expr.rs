//! Expressions in the product's own terms: what the person who connects gives, and what other resources have.
//! Each target writes them in its own notation: parameters and symbols in Bicep, brackets in ARM, one or two passes.

use super::graph::Symbol;

/// A value that is known only when something is deployed or connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    Text(String),
    Int(i64),
    /// What was given for an input, by its name; with its default for an empty box, and without a closing slash if the
    /// input is a URL. Every target does both in the same way: see [`crate::ir::Input::normalized`].
    Input(String),
    /// Texts after each other.
    Concat(Vec<Expr>),
    Call(Function, Vec<Expr>),
    /// The id of the Log Analytics workspace.
    WorkspaceId,
    /// The region of everything that has one.
    Location,
    /// The resource id of another resource of the graph.
    Id(Symbol),
    /// The name of another resource of the graph, as its last segment.
    Name(Symbol),
    /// The logs-ingestion URL of the data collection endpoint: known at run time only.
    IngestionEndpoint(Symbol),
    /// The immutable id of the data collection rule: known at run time only.
    ImmutableId(Symbol),
    /// An ARM expression of the author's own (`resources:`), already parsed.
    Raw(crate::arm::Expr),
}

/// Functions that mean the same in ARM and in Bicep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Empty,
    Equals,
    First,
    If,
    Last,
    Replace,
    ResourceId,
    Split,
    ToLower,
    Trim,
    UniqueString,
}

impl Function {
    /// The name in ARM and in Bicep.
    pub fn name(self) -> &'static str {
        match self {
            Function::Empty => "empty",
            Function::Equals => "equals",
            Function::First => "first",
            Function::If => "if",
            Function::Last => "last",
            Function::Replace => "replace",
            Function::ResourceId => "resourceId",
            Function::Split => "split",
            Function::ToLower => "toLower",
            Function::Trim => "trim",
            Function::UniqueString => "uniqueString",
        }
    }
}
