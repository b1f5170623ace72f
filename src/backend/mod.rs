//! From the resolved solution and its graph to artifacts in memory. One module a target.
//!
//! A backend reads [`crate::ir`] alone: no YAML nodes, no other backend's text, no files, no clock. It never validates.

pub mod deploy;
pub mod docs;
pub mod lineage;
pub mod lower;
pub mod manifest;
pub mod markdown;
pub mod meaning;
pub mod package;

use crate::arm;
use crate::source::Origin;
use std::collections::BTreeMap;

/// What a build can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Target {
    /// `deploy/azuredeploy.json` and its parameters file
    Arm,
    /// `deploy/main.bicep` and `main.bicepparam`
    Bicep,
    /// `package/`: the Content Hub solution as it is submitted
    Package,
    /// `manifest/content-hub.json`
    Manifest,
    /// `docs/README.md`
    Docs,
}

impl Target {
    pub const ALL: [Target; 5] = [Target::Arm, Target::Bicep, Target::Package, Target::Manifest, Target::Docs];
}

/// One file of a build.
#[derive(Debug, Clone)]
pub struct Artifact {
    pub bytes: Vec<u8>,
    /// The tree that a JSON artifact was printed from: its values know their origins.
    pub tree: Option<arm::Node>,
    /// The template passes ahead of the tree: see [`arm::print::to_json`].
    pub passes: u8,
    /// What else is blamed when something about this file is wrong.
    pub origin: Origin,
}

/// All files of a build, by their path below `output/<solution>/`, `/` between the parts.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    pub files: BTreeMap<String, Artifact>,
}

impl Bundle {
    pub fn text(&mut self, path: impl Into<String>, text: impl Into<String>, origin: Origin) {
        self.bytes(path, text.into().into_bytes(), origin);
    }

    pub fn bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>, origin: Origin) {
        self.files.insert(path.into(), Artifact { bytes, tree: None, passes: 0, origin });
    }

    /// Prints a tree as plain JSON and keeps it for findings.
    pub fn json(&mut self, path: impl Into<String>, tree: arm::Node, origin: Origin) {
        let bytes = arm::print::json(&tree).into_bytes();
        self.files.insert(path.into(), Artifact { bytes, tree: Some(tree), passes: 0, origin });
    }

    /// Prints a tree as an ARM template and keeps it for findings.
    pub fn template(&mut self, path: impl Into<String>, tree: arm::Node, origin: Origin) {
        let bytes = arm::print::template(&tree).into_bytes();
        self.files.insert(path.into(), Artifact { bytes, tree: Some(tree), passes: 1, origin });
    }
}

/// Makes the artifacts of the targets, and `model.json`, which every build has.
pub fn emit(solution: &crate::ir::Solution, graph: &crate::ir::graph::Graph, targets: &[Target]) -> Bundle {
    let mut bundle = Bundle::default();
    let wants = |target| targets.contains(&target);
    meaning::emit(solution, graph, &mut bundle);
    if wants(Target::Arm) {
        deploy::emit_arm(solution, graph, &mut bundle);
    }
    if wants(Target::Bicep) {
        deploy::emit_bicep(solution, graph, &mut bundle);
    }
    if wants(Target::Package) || wants(Target::Manifest) {
        // The manifest names the package's hash, so it needs the package even if nobody asked for its files.
        let mut files = Bundle::default();
        let zip = package::emit(solution, graph, &mut files);
        if wants(Target::Package) {
            bundle.files.append(&mut files.files);
        }
        if wants(Target::Manifest) {
            manifest::emit(solution, &zip, &mut bundle);
        }
    }
    if wants(Target::Docs) {
        docs::emit(solution, graph, &mut bundle);
    }
    bundle
}
