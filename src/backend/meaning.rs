//! `model.json`: the resolved meaning, canonical and versioned, without places and secrets; what `diff` compares first.

use super::Bundle;
use crate::ir::{Solution, graph::Graph};

pub fn emit(_solution: &Solution, _graph: &Graph, _bundle: &mut Bundle) {}
