//! The template functions: which there are, how many arguments each takes, and what those give that need nothing but
//! their arguments.
//!
//! Source of every rule, if nothing else is said: Microsoft's reference of the ARM template functions. Where it is silent
//! or contradicts itself and no observation decides, a function does not guess: its fault is of kind
//! [`Unknown`](super::fault::Kind::Unknown).

mod arguments;
mod cidr;
mod collections;
mod date;
mod encoding;
mod format;
mod hash;
mod logic;
mod objects;
mod order;
mod registry;
mod strings;
mod text;
mod uri;

pub use date::{UTC_NOW_FORMAT, format_utc};
pub use registry::{Function, Kind, Pure, SpecialForm, all, lookup};
pub use text::{opaque_call, simple};
