//! The evaluator of templates: what Resource Manager makes of one, without Azure. It knows the language alone: no spec,
//! no Sentinel, no clock, no chance; what only a deployment can tell stays opaque.

pub mod budget;
mod environment;
mod expand;
mod expression;
pub mod fault;
pub mod functions;
mod graph;
mod ids;
mod lambda;
mod parameters;
mod scope;
mod size;
mod template;
pub mod tree;
mod usage;
pub mod value;

pub use environment::{Environment, Place};
pub use expand::{Expansion, Output, Resource, expand};
pub use parameters::Type;
