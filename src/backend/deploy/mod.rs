//! `deploy/`: the bundle that `az deployment group create` takes, as ARM and as Bicep.

use super::Bundle;
use crate::ir::{Solution, graph::Graph};

/// `deploy/azuredeploy.json` and `deploy/azuredeploy.parameters.json`.
pub fn emit_arm(_solution: &Solution, _graph: &Graph, _bundle: &mut Bundle) {}

/// `deploy/main.bicep` and `deploy/main.bicepparam`.
pub fn emit_bicep(_solution: &Solution, _graph: &Graph, _bundle: &mut Bundle) {}
