//! From the spec as written to the solution as meant: names, defaults, ids, cross-checks.

use crate::diag::Diagnostics;
use crate::ir::{Solution, graph::Graph};
use crate::model::Spec;
use crate::source::{Sources, World};

pub fn resolve(
    _spec: &Spec,
    _world: &dyn World,
    _shown: &str,
    _sources: &mut Sources,
    _diagnostics: &mut Diagnostics,
) -> Option<(Solution, Graph)> {
    None
}
