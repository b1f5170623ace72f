//! The one internal model: valid by construction, ordered, nothing left for a backend to guess.
//!
//! A [`Solution`] is made by `sema` alone, and only from a spec without errors; backends read it and never validate.
//! [`graph`] holds the Azure resources that it means, once, for every target.

mod carried;
mod content;
pub mod expr;
pub mod graph;
mod lineage;
mod nested;
mod playbook;
mod solution;
mod submission;
pub mod value;
mod workbook;

pub use carried::*;
pub use content::*;
pub use expr::Expr;
pub use lineage::*;
pub use nested::*;
pub use playbook::*;
pub use solution::*;
pub use submission::*;
pub use value::{Object, Value, ValueKind};
pub use workbook::*;
