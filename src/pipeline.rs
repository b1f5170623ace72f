//! The way from a spec to artifacts in memory, in one place.
//!
//! Must not touch files: texts come from a [`World`], artifacts go to the caller.

use crate::backend::{self, Bundle, Target};
use crate::diag::{Diagnostic, Diagnostics, rules};
use crate::ir::{Solution, graph::Graph};
use crate::source::{Files, Sources, World};
use crate::{model, proof, schema, sema, syntax};

/// What came of one spec. Findings are always there; the rest only without errors up to that step.
#[derive(Debug, Clone, Default)]
pub struct Compilation {
    pub sources: Sources,
    /// Sorted.
    pub diagnostics: Diagnostics,
    pub solution: Option<Solution>,
    pub graph: Option<Graph>,
    /// `None` after any error.
    pub bundle: Option<Bundle>,
}

/// Compiles the spec `file` of `world`; `shown` is how messages name it, and its folder is how they name other files.
pub fn compile(world: &dyn World, file: &str, shown: &str, targets: &[Target]) -> Compilation {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let document = syntax::parse(world, file, shown, &mut sources, &mut diagnostics);
    let spec = model::decode(&document, Files::new(world, shown, &mut sources), &mut diagnostics);
    let files = Files::new(world, shown, &mut sources);
    let resolved = spec.and_then(|spec| sema::resolve(&spec, files, &mut diagnostics));
    let mut done = Compilation { sources, ..Compilation::default() };
    if let Some((solution, graph)) = resolved {
        for problem in backend::deploy::problems(&solution, &graph) {
            diagnostics.push(Diagnostic::new(&rules::solution::RAW_RESOURCE, problem.origin.span, problem.message));
        }
        proof::playbook::check(&solution.playbooks, &mut diagnostics);
        if !diagnostics.has_errors() {
            let bundle = backend::emit(&solution, &graph, targets);
            schema::verify(&bundle, &mut diagnostics);
            if !diagnostics.has_errors() {
                proof::build::check(&bundle, &solution, &mut diagnostics);
            }
            done.bundle = (!diagnostics.has_errors()).then_some(bundle);
        }
        done.solution = Some(solution);
        done.graph = Some(graph);
    }
    done.diagnostics = diagnostics.sorted();
    done
}
