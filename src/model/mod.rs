//! The spec language as typed data. Decoding collects every finding; names are still unresolved here.
//!
//! Must not know targets, and must not decide what a value means: `sema` does.

mod alert;
mod connector;
mod content;
pub mod decode;
mod other_kind;
mod parser;
mod pasted;
mod playbook;
mod prose;
mod raw;
mod schema;
mod service;
mod solution;
mod submission;
mod template;
mod watchlist;
mod workbook;

pub use alert::{AlertDetails, EventGrouping, Format, Grouping, IncidentConfiguration, SentinelEntities};
pub use connector::{
    AnyConnector, CarriedConnector, CarriedKind, CarriedPage, Condition, Connections, Connector, ConnectorKind, Custom,
    DataType, EVENT_FILTERS, Extra, InstructionStep, ListedConnector, Nesting, Poller, Step, StepInfo, Steps, Stream,
};
pub use content::{HuntingQuery, Loose, SummaryRule};
pub use decode::{Hole, Map};
pub use parser::{AsimParser, FunctionParser, Parser, ParserAbout, ParserParameter, SavedSearch, TextParser};
pub use pasted::Pasted;
pub use playbook::{Playbook, PlaybookFiles};
pub use prose::Prose;
pub use raw::{Kept, Raw, Unchecked};
pub use schema::Schemas;
pub use service::{Demand, Field, Kind, Mark, Member, ObjectSpec, ServiceObject, Tree};
pub use solution::{
    Allowance, AnalyticRule, Categories, Checks, Column, EntityMapping, FieldMapping, Input, InputChoice, Release,
    RequiredConnector, Resource, Solution, Support, Table,
};
pub use submission::{Alert, CustomDetection, SampleData};
pub use template::{Part, Template};
pub use watchlist::{AnyWatchlist, Watchlist, WatchlistTemplate};
pub use workbook::Workbook;

use crate::diag::Diagnostics;
use crate::source::{Files, Spanned};
use crate::syntax::Document;
use decode::{Decode, Decoder, decode_struct};

decode_struct! {
    /// A Microsoft Sentinel solution: what is ingested, by which connectors, and the content that comes with it.
    pub struct Spec {
        /// The version of this language: 1.
        "version" version: Spanned<i64>,
        /// Identity, texts, support and dates of the solution.
        "solution" solution: Hole<Solution>,
        /// What the person who connects is asked for; used as {{name}} in connector texts.
        "inputs" inputs: Map<Input>,
        /// Custom tables.
        "tables" tables: Vec<Table>,
        /// Codeless connectors, written out here; and others, carried from their files.
        "connectors" connectors: Vec<ListedConnector>,
        /// Scheduled and NRT rules, with the keys of the repository's rule YAML.
        "analyticRules" analytic_rules: Vec<Pasted<AnalyticRule>>,
        /// Queries that people run, with the keys of the repository's YAML.
        "huntingQueries" hunting_queries: Vec<Pasted<HuntingQuery>>,
        /// Functions that queries call, with the keys of the repository's YAML; a file may also be a query alone (.txt, .kql) or a
        /// saved search (.json).
        "parsers" parsers: Vec<Pasted<Parser>>,
        /// Tables of values that queries look things up in.
        "watchlists" watchlists: Vec<Pasted<AnyWatchlist>>,
        /// Queries that run by the clock and keep their results in a table, with the keys of the repository's YAML.
        "summaryRules" summary_rules: Vec<Pasted<SummaryRule>>,
        /// Workbooks: a JSON file each, with the keys of the repository's WorkbooksMetadata.json.
        "workbooks" workbooks: Vec<Workbook>,
        /// Playbooks, Logic Apps custom connectors and function apps, each by its template.
        "playbooks" playbooks: Vec<Playbook>,
        /// Custom detections of Microsoft Defender XDR, with the keys of the repository's YAML; the package is made without them.
        "customDetections" custom_detections: Vec<Pasted<CustomDetection>>,
        /// Events for the repository's Sample Data folder.
        "sampleData" sample_data: Vec<SampleData>,
        /// Whole ARM resources that the language has no words for, with the stage that they belong to.
        "resources" resources: Vec<Resource>,
        /// Warnings that are meant, each with its reason.
        "checks" checks: Option<Checks>,
    }
}

impl Spec {
    /// Whether there is anything that a package lists as content.
    pub fn has_content(&self) -> bool {
        let queries = self.analytic_rules.len() + self.hunting_queries.len() + self.parsers.len();
        let others = self.connectors.len() + self.watchlists.len() + self.summary_rules.len();
        let pages = self.workbooks.len() + self.playbooks.len();
        queries + others + pages > 0
    }
}

/// Reads the tree of a parsed file. `None` if nothing of it can be used; every finding is in `diagnostics`.
/// `files` are what the spec may name.
pub fn decode(document: &Document, files: Files<'_>, diagnostics: &mut Diagnostics) -> Option<Spec> {
    let root = document.root.as_ref()?;
    Spec::decode(root, &mut Decoder::new(files, diagnostics))
}

/// The JSON Schema of the spec language, for editors.
pub fn json_schema() -> serde_json::Value {
    let mut schemas = Schemas::default();
    let root = Spec::schema(&mut schemas);
    schemas.document(root)
}
