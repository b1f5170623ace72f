//! KQL: text in; a typed tree, the columns of the result and findings out.
//!
//! A leaf: it takes a text and returns ranges in it, and knows nothing of specs, YAML or the other modules. The way of the data:
//! [`syntax`] tokens and a tree · [`bind`] names, types, schemas · [`transform`] what ingestion-time transformations refuse ·
//! [`usage`] how tables are used.
//! What cannot be known (a function of the workspace, a watchlist's columns) makes a result open, not wrong.

pub mod bind;
pub mod catalogue;
pub mod finding;
pub mod globals;
pub mod lineage;
pub mod names;
pub mod near;
pub mod registry;
pub mod syntax;
pub mod transform;
pub mod types;
pub mod usage;
pub mod work;

pub use finding::{Finding, Kind, Range, Severity};
pub use globals::{FunctionDefinition, Globals, TableDefinition};
pub use lineage::Lineage;
pub use types::Type;
pub use usage::Usage;

use bind::Value;
use bind::schema::TableId;
use names::Names;
use syntax::tree::{List, Tree};

/// Which language is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// The whole language, as in rules, hunting queries and parsers.
    #[default]
    Analytics,
    /// What ingestion-time transformations take: an allow-list.
    Transform,
}

/// A column of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub ty: Type,
}

/// What a text gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// No result: only declarations, or nothing that could be read.
    None,
    Scalar(Type),
    /// Rows. `open`: there may be columns that are not known.
    Rows {
        columns: Vec<Column>,
        open: bool,
    },
    /// Something that is wrong, and reported.
    Error,
}

/// What an analysis found.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// In the order of the text.
    pub findings: Vec<Finding>,
    pub output: Output,
    /// Tables that the text reads, by name, also through the workspace's functions.
    pub tables: Vec<String>,
    /// [`Analysis::tables`], the workspace's functions, and names that nobody declared: all that the rows come from.
    pub sources: Vec<String>,
    /// Tables and functions that nobody declared: why a result is open.
    pub unknown: Vec<(String, Range)>,
}

impl Analysis {
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The columns of the result, if it has rows.
    pub fn columns(&self) -> Option<&[Column]> {
        match &self.output {
            Output::Rows { columns, .. } => Some(columns),
            _ => None,
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self.output, Output::Rows { open: true, .. })
    }
}

/// The most findings of one text: who reads more, mends the first ones first.
const MOST_FINDINGS: usize = 500;
/// Texts beyond this are not analysed.
const LONGEST: usize = 4 << 20;

/// Parses, binds and types `text`.
pub fn analyze(text: &str, globals: &Globals, dialect: Dialect) -> Analysis {
    study(text, globals, dialect, false, |_, _, _| ()).0
}

/// [`analyze`], and what each column of the result is made from and which columns are read.
pub fn trace(text: &str, globals: &Globals, dialect: Dialect) -> (Analysis, Lineage) {
    study(text, globals, dialect, true, |bound, _, _| lineage::of(bound))
}

/// [`analyze`], and how the text uses its tables.
pub fn examine(text: &str, globals: &Globals, dialect: Dialect) -> (Analysis, Usage) {
    study(text, globals, dialect, false, |bound, statements, own| usage::of(text, bound, globals, statements, own))
}

/// An analysis, and what `look` finds in the bound tree, traced or not: it gets the statements and the number of nodes of the
/// text itself.
fn study<T: Default>(
    text: &str,
    globals: &Globals,
    dialect: Dialect,
    traced: bool,
    look: impl FnOnce(&mut bind::Bound<'_>, List, usize) -> T,
) -> (Analysis, T) {
    if text.len() > LONGEST {
        let message = format!("this text has {} bytes; up to {LONGEST} are analysed", text.len());
        let finding = Finding::error(Kind::Budget, Range::new(0, 0), message);
        return (empty(vec![finding]), T::default());
    }
    let mut findings = Vec::new();
    let mut names = Names::new(&globals.names, text.len() / 24);
    let mut tree = Tree::with_capacity(text.len() / 6);
    let parsed = syntax::statements::parse(text, &mut tree, &mut names, &mut findings);
    if parsed.overflow {
        findings.retain(|finding| finding.kind == Kind::Budget);
        return (empty(findings), T::default());
    }
    let own = tree.len();
    let mut bound = bind::bind(text, parsed.statements, tree, names, globals, dialect, traced);
    findings.append(&mut bound.findings);
    let output = match bound.result {
        Value::Scalar(ty) => Output::Scalar(ty),
        Value::Table(table) => rows(&bound, table),
        Value::Tuple(table) => match bound.pool.columns(table) {
            [only] => Output::Scalar(only.ty),
            _ => Output::Scalar(Type::DYNAMIC),
        },
        Value::Error => Output::Error,
        _ => Output::None,
    };
    if dialect == Dialect::Transform {
        transform::check(text, &bound, parsed.statements, own, &output, &mut findings);
    }
    findings.sort_by_key(|finding| (finding.range, finding.kind));
    findings.truncate(MOST_FINDINGS);
    let seen = look(&mut bound, parsed.statements, own);
    let text_of = |name| bound.names.text(name).to_owned();
    let analysis = Analysis {
        findings,
        output,
        tables: bound.calls.tables.iter().map(|name| text_of(*name)).collect(),
        sources: bound.calls.sources.iter().map(|name| text_of(*name)).collect(),
        unknown: bound.calls.unknown.iter().map(|(name, range)| (text_of(*name), *range)).collect(),
    };
    (analysis, seen)
}

fn rows(bound: &bind::Bound<'_>, table: TableId) -> Output {
    let columns = bound.pool.columns(table).iter();
    let columns = columns.map(|column| Column { name: bound.names.text(column.name).to_owned(), ty: column.ty });
    Output::Rows { columns: columns.collect(), open: bound.pool.is_open(table) }
}

fn empty(findings: Vec<Finding>) -> Analysis {
    Analysis { findings, output: Output::None, tables: Vec::new(), sources: Vec::new(), unknown: Vec::new() }
}
