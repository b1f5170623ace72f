//! ARM templates: the expression language, the JSON tree, and its printer. A leaf: knows no spec, no YAML, no Sentinel.
//!
//! Expressions are trees, never strings; only [`print`] writes brackets, and it counts the passes ahead of each string.

pub mod eval;
mod expr;
pub mod parse;
pub mod print;
pub mod read;
mod value;

pub use expr::Expr;
pub use value::{Name, Node, Object, Value};
