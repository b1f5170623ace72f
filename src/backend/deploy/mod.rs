//! `deploy/`: the bundle that `az deployment group create` takes, as ARM and as Bicep.
//!
//! Both are printed from one [`plan`], and every expression of it has one form, from which the ARM form follows by the
//! compiler's own rules: what `main.bicep` compiles to is `azuredeploy.json`.

mod arm_template;
mod bicep_file;
mod names;
mod nested;
mod outputs;
mod plan;
mod raw;
mod roles;

use super::Bundle;
use crate::bicep;
use crate::ir::{Playbook, Solution, Text, graph::Graph};
use crate::source::Origin;
use plan::Plan;

pub use nested::template as nested_template;
pub use plan::{MAX_CONNECTION_NAME, Parameter};
pub use raw::{Problem, problems};

/// `deploy/azuredeploy.json` and `deploy/azuredeploy.parameters.json`.
pub fn emit_arm(solution: &Solution, graph: &Graph, bundle: &mut Bundle) {
    let plan = Plan::new(solution, graph);
    let origin = Origin::derived(solution.info.span, "the deployment bundle");
    bundle.template("deploy/azuredeploy.json", arm_template::template(solution, &plan), origin);
    bundle.json("deploy/azuredeploy.parameters.json", arm_template::parameters_file(solution, &plan), origin);
    emit_playbooks(solution, bundle);
}

/// `deploy/main.bicep` and `deploy/main.bicepparam`.
pub fn emit_bicep(solution: &Solution, graph: &Graph, bundle: &mut Bundle) {
    let origin = Origin::derived(solution.info.span, "the deployment bundle");
    bundle.text("deploy/main.bicep", bicep::file(&bicep_tree(solution, graph)), origin);
    for (path, file) in bicep_modules(graph) {
        bundle.text(format!("deploy/{path}"), bicep::file(&file), origin);
    }
    let parameters = bicep_file::parameters_file(&Plan::new(solution, graph));
    bundle.text("deploy/main.bicepparam", bicep::parameters_file(&parameters), origin);
    emit_playbooks(solution, bundle);
}

/// Templates that are deployed by themselves, when someone wants them: `deploy/playbooks/<id>.json`. Bicep takes them as
/// modules as they are.
fn emit_playbooks(solution: &Solution, bundle: &mut Bundle) {
    for playbook in &solution.playbooks {
        bundle.text(playbook_file(playbook), playbook.source.value.as_str(), Origin::written(playbook.id.span));
    }
}

/// Where a carried template lies in the bundle.
pub fn playbook_file(playbook: &Playbook) -> String {
    format!("deploy/playbooks/{}.json", playbook.id.value)
}

/// What the files of its modules are printed from, each with its path from the folder of `main.bicep`.
pub fn bicep_modules(graph: &Graph) -> impl Iterator<Item = (String, bicep::File)> {
    nested::files(graph)
}

/// What `deploy/main.bicep` is printed from.
pub fn bicep_tree(solution: &Solution, graph: &Graph) -> bicep::File {
    bicep_file::file(solution, &Plan::new(solution, graph))
}

/// The parameters of the bundle, in their order: those that something in it uses.
pub fn parameters(solution: &Solution, graph: &Graph) -> Vec<Parameter> {
    Plan::new(solution, graph).parameters
}

/// The environment variable from which `main.bicepparam` reads a secret parameter.
pub fn environment_variable(parameter: &str) -> String {
    format!("SENTINEL_GEN_{}", parameter.to_ascii_uppercase())
}

/// What the template says about itself.
fn metadata(solution: &Solution) -> impl Iterator<Item = (&'static str, &Text)> {
    let info = &solution.info;
    [("name", &info.name), ("version", &info.version), ("description", &info.summary)].into_iter()
}
