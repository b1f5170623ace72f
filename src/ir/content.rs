//! Content items beside analytic rules.

use super::{EntityMapping, Object, RequiredConnector, Solution, Text, graph::Symbol};
use crate::source::Spanned;

/// A kind of content item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentKind {
    Connectors,
    Parsers,
    Workbooks,
    AnalyticRules,
    HuntingQueries,
    Watchlists,
    SummaryRules,
    Playbooks,
}

impl ContentKind {
    /// In the order of a package whose spec does not say another.
    pub const ALL: [ContentKind; 8] = [
        ContentKind::Connectors,
        ContentKind::Parsers,
        ContentKind::Workbooks,
        ContentKind::AnalyticRules,
        ContentKind::HuntingQueries,
        ContentKind::Watchlists,
        ContentKind::SummaryRules,
        ContentKind::Playbooks,
    ];

    /// The key of the spec.
    pub fn key(self) -> &'static str {
        match self {
            ContentKind::Connectors => "connectors",
            ContentKind::Parsers => "parsers",
            ContentKind::Workbooks => "workbooks",
            ContentKind::AnalyticRules => "analyticRules",
            ContentKind::HuntingQueries => "huntingQueries",
            ContentKind::Watchlists => "watchlists",
            ContentKind::SummaryRules => "summaryRules",
            ContentKind::Playbooks => "playbooks",
        }
    }

    /// How many items of it a solution has.
    pub fn count(self, solution: &Solution) -> usize {
        match self {
            ContentKind::Connectors => solution.connectors.len(),
            ContentKind::Parsers => solution.parsers.len(),
            ContentKind::Workbooks => solution.workbooks.len(),
            ContentKind::AnalyticRules => solution.analytic_rules.len(),
            ContentKind::HuntingQueries => solution.hunting_queries.len(),
            ContentKind::Watchlists => solution.watchlists.len(),
            ContentKind::SummaryRules => solution.summary_rules.len(),
            ContentKind::Playbooks => solution.playbooks.len(),
        }
    }
}

/// A table of values that queries look things up in.
#[derive(Debug, Clone)]
pub struct Watchlist {
    /// In the graph.
    pub symbol: Symbol,
    /// The file's name without `.json`.
    pub file_base: String,
    /// The name of the resource.
    pub id: Text,
    /// What queries call it.
    pub alias: Text,
    pub display_name: Text,
    pub description: Option<Text>,
    /// In the package; the deploy bundle has its own.
    pub api_version: Text,
    /// The resource's own `kind`, often an empty text.
    pub kind: Option<Text>,
    /// Complete, the CSV included.
    pub properties: Object,
    /// Rows below the heading.
    pub rows: usize,
}

/// A query that runs by the clock and keeps its results in a table.
#[derive(Debug, Clone)]
pub struct SummaryRule {
    /// A GUID in lower case.
    pub id: Text,
    /// The author's short name, if the GUID was derived from one.
    pub short_id: Option<Text>,
    /// In the graph.
    pub symbol: Symbol,
    /// The file's name without `.yaml`.
    pub file_base: String,
    pub display_name: Text,
    pub description: Option<Text>,
    pub version: Text,
    pub query: Text,
    /// Minutes.
    pub bin_size: Spanned<i64>,
    pub destination_table: Text,
    pub required_data_connectors: Vec<RequiredConnector>,
}

/// A query that people run when they look for something.
#[derive(Debug, Clone)]
pub struct HuntingQuery {
    /// A GUID in lower case.
    pub id: Text,
    /// The author's short name, if the GUID was derived from one.
    pub short_id: Option<Text>,
    /// In the graph.
    pub symbol: Symbol,
    /// The file's name without `.yaml`.
    pub file_base: String,
    pub name: Text,
    pub description: Option<Text>,
    pub version: Text,
    pub query: Text,
    pub required_data_connectors: Vec<RequiredConnector>,
    pub tactics: Vec<Text>,
    /// `T1098` or `T1098.001`
    pub techniques: Vec<Text>,
    pub entity_mappings: Vec<EntityMapping>,
}

impl HuntingQuery {
    /// Name and value of each tag of the saved search; those without a value are not there.
    pub fn tags(&self) -> Vec<(&'static str, String)> {
        let list = |texts: &[Text]| texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join(",");
        let description = self.description.as_ref().map_or(String::new(), |text| text.value.clone());
        let all =
            [("description", description), ("tactics", list(&self.tactics)), ("techniques", list(&self.techniques))];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// A function of the workspace.
#[derive(Debug, Clone)]
pub struct Parser {
    pub id: Option<Text>,
    /// In the graph.
    pub symbol: Symbol,
    /// The file's name without its extension.
    pub file_base: String,
    /// The author's own file, where it is no YAML; else it is written from what follows.
    pub source: Option<ParserFile>,
    /// What queries call.
    pub name: Text,
    /// The name of the resource: the function's, unless an older package used another one.
    pub resource_name: Text,
    pub title: Text,
    pub version: Text,
    pub last_updated: Option<Text>,
    pub category: Text,
    pub description: Option<Text>,
    pub parameters: Vec<ParserParameter>,
    pub query: Text,
    /// Of the query language, as a saved search says it: 1 or 2.
    pub language_version: i64,
    /// The ASIM schema of its rows and its version.
    pub asim: Option<(Text, Text)>,
}

/// A function's file in another form than YAML.
#[derive(Debug, Clone)]
pub struct ParserFile {
    /// `txt`, `kql` or `json`
    pub extension: String,
    pub text: Text,
}

#[derive(Debug, Clone)]
pub struct ParserParameter {
    pub name: Text,
    /// As the repository writes it: `string`, `table:(TimeGenerated:datetime)`.
    pub ty: Text,
    /// As the repository writes it: a string without quotes.
    pub default: Option<Text>,
    pub description: Option<Text>,
}

impl Parser {
    /// `<name>-Parser`
    pub fn content_id(&self) -> String {
        format!("{}-Parser", self.name.value)
    }

    /// The parameters as the service takes them: `a:string='x',b:long=5`.
    pub fn signature(&self) -> String {
        self.parameters.iter().map(ParserParameter::declaration).collect::<Vec<_>>().join(",")
    }
}

impl ParserParameter {
    /// `a:string='x'`
    pub fn declaration(&self) -> String {
        // KQL writes the columns of a table where another parameter has its type.
        let ty = self.ty.value.trim();
        let ty = ty.strip_prefix("table:").map_or(ty, str::trim_start);
        let default = self.literal().map_or(String::new(), |default| format!("={default}"));
        format!("{}:{ty}{default}", self.name.value)
    }

    /// The default in KQL.
    pub fn literal(&self) -> Option<String> {
        let default = self.default.as_ref()?.value.as_str();
        Some(match self.ty.value.trim() {
            "string" => format!("'{}'", default.replace('\\', "\\\\").replace('\'', "\\'")),
            // YAML has more spellings of these than KQL.
            "bool" | "boolean" => default.to_ascii_lowercase(),
            _ => default.to_owned(),
        })
    }
}
