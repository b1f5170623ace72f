//! `docs/README.md`: the connector's own documentation page.

use super::Bundle;
use crate::ir::{Solution, graph::Graph};

pub fn emit(_solution: &Solution, _graph: &Graph, _bundle: &mut Bundle) {}
