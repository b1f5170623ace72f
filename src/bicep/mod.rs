//! Bicep: a small tree of a file, its printer, and what the compiler makes of an expression. A leaf: knows ARM
//! expressions, but no spec, no YAML, no Sentinel.
//!
//! [`arm_form`] is why Bicep and ARM output cannot drift apart: an expression is made once, here, and its ARM form is
//! what the Bicep compiler itself would write for it.

pub mod arm_form;
mod expr;
pub mod from_arm;
mod print;
#[cfg(test)]
mod tests;
mod tree;

pub use arm_form::{Meaning, Meanings};
pub use expr::{Expr, Operator, Piece};
pub use print::{file, parameters_file};
pub use tree::{File, Metadata, Module, Output, Param, ParametersFile, Resource, Type, Var};

/// Whether a text can be a name in Bicep: a declared symbol, or a property without quotes.
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !matches!(text, "true" | "false" | "null")
}
