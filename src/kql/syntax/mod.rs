//! Text into a tree: words, tokens, nodes, and the parser that always ends with a tree.
//!
//! Must not know tables, columns or functions.

pub mod columns;
pub mod keyword;
pub mod literals;
pub mod operators;
pub mod parser;
pub mod rows;
pub mod series;
pub mod settings;
pub mod statements;
pub mod tables;
pub mod token;
pub mod tree;
pub mod values;
