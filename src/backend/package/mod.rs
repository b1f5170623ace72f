//! `package/`: the solution as it is submitted to the Azure-Sentinel repository, `Package/` included.

use super::Bundle;
use crate::ir::{Solution, graph::Graph};

/// What the manifest says of the package's zip.
#[derive(Debug, Clone, Default)]
pub struct Zip {
    /// Below `output/<solution>/`.
    pub path: String,
    /// Hexadecimal, lower case.
    pub sha256: String,
    pub size: u64,
}

/// Everything below `package/`.
pub fn emit(_solution: &Solution, _graph: &Graph, _bundle: &mut Bundle) -> Zip {
    Zip::default()
}
