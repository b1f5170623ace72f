//! The hand-over to the real Azure CLI: which commands, with which values, and what came back.
//!
//! [`command`] says what is run, [`inputs`] gathers the values, [`parameters`] holds them in a private
//! file, [`connection`] knows what several connections are called, [`process`] runs az, [`deploy`] and [`teardown`] put it together.
//!
//! No value of a secret may reach an argument list, the output folder, a message or a dry run: secrets travel in
//! [`Secret`](super::secret::Secret), which shows itself as asterisks, and everything that az prints goes through [`Mask`](super::secret::Mask).

pub mod command;
pub mod connection;
pub mod deploy;
pub mod inputs;
pub mod parameters;
pub mod process;
pub mod removal;
pub mod runner;
pub mod teardown;

use super::Verdict;
use super::arguments::Arguments;
use super::console::Console;
use super::discover::{self, SpecFile};
use super::run;
use crate::backend::Target;
use crate::diag::rules::azure;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::ir::Solution;
use crate::ir::graph::Graph;
use crate::pipeline::Compilation;
use std::path::Path;

/// Where in Azure.
#[derive(Debug, Clone)]
pub struct Place {
    pub resource_group: String,
    pub workspace: String,
    /// Name or id; `None`: the one that az has as its default.
    pub subscription: Option<String>,
}

/// How a hand-over ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Before az ran, or without its help.
    Ours(Verdict),
    /// az failed, with this exit code.
    Az(u8),
    /// By a signal of this number.
    Signal(u8),
}

impl Ending {
    /// The exit code of the whole command. A signal gives 128 and its number, as shells have it.
    pub fn code(self) -> u8 {
        match self {
            Ending::Ours(verdict) => verdict.code(),
            Ending::Az(code) => code,
            Ending::Signal(signal) => signal.saturating_add(128),
        }
    }
}

/// A spec that compiled, and the command line that findings may point into.
struct Subject {
    spec: SpecFile,
    compiled: Compilation,
    solution: Solution,
    graph: Graph,
}

/// Finds and compiles the one spec of a command. What is found on the way is shown; `Err` ends the command.
fn subject(
    path: &Path,
    targets: &[Target],
    arguments: &mut Arguments,
    place: &Place,
    console: &Console,
) -> Result<Subject, Verdict> {
    let mut diagnostics = Diagnostics::default();
    let found = discover::one(path, arguments, &mut diagnostics);
    check_place(place, arguments, &mut diagnostics);
    let (Some(spec), false) = (found, diagnostics.has_errors()) else {
        console.findings(&diagnostics.sorted(), &arguments.clone().into_sources());
        return Err(Verdict::Failed);
    };
    let mut compiled = run::compile(&spec, targets);
    // Notices are for those who write the spec.
    compiled.diagnostics.retain(|finding| finding.severity > Severity::Notice);
    console.findings(&compiled.diagnostics, &compiled.sources);
    match (compiled.solution.take(), compiled.graph.take()) {
        (Some(solution), Some(graph)) if compiled.bundle.is_some() => Ok(Subject { spec, compiled, solution, graph }),
        _ => Err(Verdict::Errors),
    }
}

/// Names go into addresses of resources; one that Azure would not take must not get that far.
fn check_place(place: &Place, arguments: &mut Arguments, diagnostics: &mut Diagnostics) {
    let group = &place.resource_group;
    arguments.word("--resource-group");
    let span = arguments.word(group);
    let fits = |c: char| c.is_alphanumeric() || "-_.()".contains(c);
    if group.is_empty() || group.chars().count() > 90 || group.ends_with('.') || !group.chars().all(fits) {
        let message = format!("`{group}` cannot be the name of a resource group");
        diagnostics.push(Diagnostic::new(&azure::UNUSABLE_NAME, span, message).help(
            "give its name alone: 1 to 90 letters, digits, `-`, `_`, `.`, `(` and `)`, with no period at the end",
        ));
    }
    let workspace = &place.workspace;
    arguments.word("--workspace");
    let span = arguments.word(workspace);
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let edges = workspace.starts_with('-') || workspace.ends_with('-');
    if !(4..=63).contains(&workspace.len()) || edges || !workspace.chars().all(fits) {
        let message = format!("`{workspace}` cannot be the name of a Log Analytics workspace");
        diagnostics.push(Diagnostic::new(&azure::UNUSABLE_NAME, span, message).help(
            "give its name alone, not its id: 4 to 63 letters, digits and hyphens, with no hyphen at either end",
        ));
    }
}
