//! `package/`: the solution as it is submitted to the Azure-Sentinel repository, `Package/` included.
//!
//! Two things come out of one solution and must stay in step: the source files, written so that Microsoft's packaging
//! tool makes the same package of them again, and the package itself. Bodies of resources come from the graph; this
//! module wraps and places them and decides nothing about them. Shapes, names and their order are those of the
//! packaging tool (third major version of the format, its own table of apiVersions); texts that people read are ours.
//!
//! [`layout`] where files lie · [`sources`], [`poller_source`], [`rule_source`], [`query_source`] what goes in ·
//! [`template`], [`connector`], [`connections`], [`carried`], [`rule`], [`hunting`], [`parser`], [`watchlist`],
//! [`summary`], [`workbook`], [`playbook`] what comes out · [`ui`] the installation page · [`fixtures`], [`submission`] what the
//! repository's checks want beside it · [`archive`] the zip.

use super::Bundle;
use crate::ir::graph::{Graph, Resource, Symbol};
use crate::ir::{Solution, SolutionInfo, Text};
use crate::source::{Origin, Spanned};
use crate::{arm, ir};

mod archive;
mod carried;
mod connections;
mod connector;
mod fixtures;
mod hunting;
pub(super) mod layout;
mod notation;
mod parser;
mod parts;
mod playbook;
mod poller_source;
mod query_source;
mod rule;
mod rule_source;
mod sources;
mod submission;
mod summary;
mod template;
mod ui;
mod watchlist;
pub(super) mod words;
mod workbook;
mod yaml;

pub use archive::Zip;

/// Everything below `package/`.
pub fn emit(solution: &Solution, graph: &Graph, bundle: &mut Bundle) -> Zip {
    let package = Package { solution, graph };
    sources::emit(&package, bundle);
    fixtures::emit(&package, bundle);
    let folder = format!("{}/Package", layout::solution_folder(package.info()));
    let template_path = format!("{folder}/mainTemplate.json");
    let ui_path = format!("{folder}/createUiDefinition.json");
    let (template, parameters) = template::build(&package);
    bundle.template(template_path.clone(), template, package.origin(PACKAGE));
    bundle.template(format!("{folder}/testParameters.json"), parameters, package.origin(PACKAGE));
    bundle.json(ui_path.clone(), ui::definition(&package).at(package.origin(PACKAGE)), package.origin(PACKAGE));
    let written = |path: &str| bundle.files.get(path).map_or(&[][..], |artifact| &artifact.bytes);
    let bytes = archive::pack(&[
        ("createUiDefinition.json", written(&ui_path)),
        ("mainTemplate.json", written(&template_path)),
    ]);
    let path = format!("{folder}/{}.zip", package.info().version.value);
    let zip = Zip::of(path.clone(), &bytes);
    bundle.bytes(path, bytes, package.origin(PACKAGE));
    zip
}

/// The derivation that a finding in a package names when the author wrote nothing of it.
const PACKAGE: &str = "package: shape of a content hub solution";

/// What every part of this backend reads.
pub(super) struct Package<'a> {
    pub solution: &'a Solution,
    pub graph: &'a Graph,
}

impl<'a> Package<'a> {
    pub fn info(&self) -> &'a SolutionInfo {
        &self.solution.info
    }

    /// The origin of what is derived from the whole of `solution:`.
    pub fn origin(&self, rule: &'static str) -> Origin {
        Origin::derived(self.info().span, rule)
    }

    pub fn resource(&self, symbol: &Symbol) -> Option<&'a Resource> {
        self.graph.find(symbol)
    }

    /// The tables that Connect must create for a connector, in the order of the packaging tool: first the one that the
    /// last poller's stream fills, then the others as the streams name them. Tables that no connector fills are made by
    /// the first connector, so that rules find them.
    pub fn tables_of(&self, connector: &ir::Connector) -> Vec<&'a ir::Table> {
        let last = connector.pollers.last().map(|poller| &poller.stream.value);
        let streams = connector.streams.iter();
        let (matched, others): (Vec<_>, Vec<_>) = streams.partition(|stream| Some(&stream.name.value) == last);
        let named = matched.into_iter().chain(others).map(|stream| &stream.table.value);
        let is_first = self.solution.codeless().next().is_some_and(|first| first.id == connector.id);
        let unfilled =
            self.solution.tables.iter().map(|table| &table.name.value).filter(|name| is_first && !self.is_filled(name));
        let mut tables: Vec<&ir::Table> = Vec::new();
        for name in named.chain(unfilled) {
            let known = tables.iter().any(|table| table.name.value == *name);
            let found = self.solution.tables.iter().find(|table| table.name.value == *name);
            tables.extend(found.filter(|_| !known));
        }
        tables
    }

    fn is_filled(&self, table: &str) -> bool {
        let mut streams = self.solution.codeless().flat_map(|connector| &connector.streams);
        streams.any(|stream| stream.table.value == table)
    }
}

/// The author's own words, with their place.
fn written(text: &Text) -> arm::Node {
    arm::Node::from(text.value.clone()).at(Origin::written(text.span))
}

/// What the author wrote in another spelling, with its place.
fn respelt<T>(written: &Spanned<T>, value: impl Into<arm::Node>) -> arm::Node {
    value.into().at(Origin::written(written.span))
}

/// A list of the author's own words.
fn written_all(texts: &[Text]) -> arm::Node {
    texts.iter().map(written).collect::<Vec<_>>().into()
}
