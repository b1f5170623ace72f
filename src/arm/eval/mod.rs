//! The evaluator of templates: what Resource Manager makes of one, without Azure. It knows the language alone: no spec,
//! no Sentinel, no clock, no chance; what only a deployment can tell stays opaque.

pub mod budget;
pub mod fault;
pub mod functions;
pub mod value;
