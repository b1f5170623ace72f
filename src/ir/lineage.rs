//! Where the columns of the solution's tables come from, and what reads them: derived from everything else, so it is no
//! part of what a build means (`model.json`) and `diff` says nothing of it.

use super::ColumnType;

/// The tables of the solution, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    pub tables: Vec<TableLineage>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLineage {
    pub table: String,
    /// In the table's order.
    pub columns: Vec<ColumnLineage>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLineage {
    pub name: String,
    pub ty: ColumnType,
    /// One for each stream whose transform fills the column.
    pub fills: Vec<Fill>,
    /// Rules first, then the queries of connector pages; each once.
    pub readers: Vec<Reader>,
}

/// What a stream's transform puts into a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// The connector's short id.
    pub connector: String,
    /// `Custom-PulumiAuditLogs`
    pub stream: String,
    /// The expression, on one line; `None` if the column only passes through.
    pub expression: Option<String>,
    /// Empty: the transform makes the value itself.
    pub sources: Vec<FieldSource>,
}

/// A field of the events that a column is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSource {
    /// A column of the stream.
    pub column: String,
    /// The member inside its value: empty, `.name`, `[0].id`.
    pub member: String,
    /// The value itself, perhaps converted; else something computed from it.
    pub direct: bool,
    /// Where it stands in an answer, as a JSONPath: each place where pollers of the stream find events, once.
    pub paths: Vec<String>,
    /// Names of the pollers that add the column to each event themselves (`addOnAttributes`).
    pub added_by: Vec<String>,
}

/// A query that reads a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub kind: ReaderKind,
    /// The GUID of a rule or query; a parser's name; the connector's short id; a workbook's key.
    pub id: String,
    /// The name of a rule, a query or a parser; what the connector page or the workbook calls the query.
    pub name: String,
    /// Where the query names the column, as lines and columns of its text, both from 1.
    pub places: Vec<(usize, usize)>,
    /// What else of the rule holds a value of it: `identifier` of an entity, `custom detail`, `alert detail`, …
    pub named_by: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReaderKind {
    AnalyticRule,
    Parser,
    HuntingQuery,
    SummaryRule,
    Workbook,
    Playbook,
    SampleQuery,
    GraphQuery,
    DataTypeQuery,
    ConnectivityQuery,
}

impl ReaderKind {
    /// Content of the solution, known by its own name; the others are queries of a connector page or a workbook.
    pub fn is_content(self) -> bool {
        matches!(
            self,
            ReaderKind::AnalyticRule
                | ReaderKind::Parser
                | ReaderKind::HuntingQuery
                | ReaderKind::SummaryRule
                | ReaderKind::Playbook
        )
    }

    /// As people say it.
    pub fn name(self) -> &'static str {
        match self {
            ReaderKind::AnalyticRule => "analytic rule",
            ReaderKind::Parser => "parser",
            ReaderKind::HuntingQuery => "hunting query",
            ReaderKind::SummaryRule => "summary rule",
            ReaderKind::Workbook => "workbook query",
            ReaderKind::Playbook => "playbook",
            ReaderKind::SampleQuery => "sample query",
            ReaderKind::GraphQuery => "graph query",
            ReaderKind::DataTypeQuery => "data type query",
            ReaderKind::ConnectivityQuery => "connectivity query",
        }
    }

    /// As programs read it.
    pub fn id(self) -> &'static str {
        match self {
            ReaderKind::AnalyticRule => "analyticRule",
            ReaderKind::Parser => "parser",
            ReaderKind::HuntingQuery => "huntingQuery",
            ReaderKind::SummaryRule => "summaryRule",
            ReaderKind::Workbook => "workbook",
            ReaderKind::Playbook => "playbook",
            ReaderKind::SampleQuery => "sampleQuery",
            ReaderKind::GraphQuery => "graphQuery",
            ReaderKind::DataTypeQuery => "dataTypeQuery",
            ReaderKind::ConnectivityQuery => "connectivityQuery",
        }
    }
}
