//! The typed meaning of a solution: what texts, ids and lists the backends print around the resources of the graph.

use super::{
    AnyConnector, ContentKind, CustomDetection, Expr, HuntingQuery, Lineage, Parser, Playbook, SampleData, SummaryRule,
    Value, ValueKind, Watchlist, Workbook, expr::Function, graph::Symbol,
};
use crate::source::{Span, Spanned};

pub type Text = Spanned<String>;

/// Everything about one solution, resolved. Only `sema` makes one.
#[derive(Debug, Clone)]
pub struct Solution {
    pub info: SolutionInfo,
    pub inputs: Vec<Input>,
    pub tables: Vec<Table>,
    pub connectors: Vec<AnyConnector>,
    pub parsers: Vec<Parser>,
    pub analytic_rules: Vec<AnalyticRule>,
    pub hunting_queries: Vec<HuntingQuery>,
    pub watchlists: Vec<Watchlist>,
    pub summary_rules: Vec<SummaryRule>,
    pub workbooks: Vec<Workbook>,
    pub custom_detections: Vec<CustomDetection>,
    pub sample_data: Vec<SampleData>,
    /// Custom connectors and function apps included: they are numbered together.
    pub playbooks: Vec<Playbook>,
    /// Every kind of content, in the order in which a package lists them.
    pub order: Vec<ContentKind>,
    /// Whole ARM resources that the author handed over (`resources:`).
    pub raw_resources: Vec<RawResource>,
    /// Places (`analyticRules[0].unchecked`) of what was handed over without checks.
    pub unchecked: Vec<Spanned<String>>,
    /// Where table columns come from and what reads them.
    pub lineage: Lineage,
}

#[derive(Debug, Clone)]
pub struct SolutionInfo {
    /// The whole `solution:` mapping, for what is derived from all of it.
    pub span: Span,
    pub name: Text,
    /// `x.y.z`
    pub version: Text,
    pub publisher_id: Text,
    pub offer_id: Text,
    /// Who is named as author in the package: a name and, where given, an e-mail address.
    pub author: Text,
    pub author_email: Option<Text>,
    /// One plain sentence of at most 100 characters.
    pub summary: Text,
    /// Markdown.
    pub description: Text,
    pub providers: Vec<Text>,
    pub domains: Vec<Text>,
    pub verticals: Vec<Text>,
    pub support: Support,
    /// `YYYY-MM-DD`
    pub first_publish_date: Text,
    pub last_publish_date: Option<Text>,
    pub logo: Option<Logo>,
    /// Newest first; the first is of `version`.
    pub releases: Vec<Release>,
    pub plan_id: Text,
    pub keywords: Vec<Text>,
    pub marketplace_categories: Vec<Text>,
    pub privacy_link: Option<Text>,
    /// Keys of `solution:` whose values nobody has published; to be confirmed before a submission.
    pub assumed: Vec<Text>,
    /// `publisherId.offerId` of the solutions that this one needs.
    pub dependencies: Vec<Text>,
    /// Facts that a reader of the documentation page must know (Markdown, one item each).
    pub prerequisites: Vec<Text>,
    pub limitations: Vec<Text>,
    /// What the installation page says of a kind in place of its usual text; of `Watchlists`: of each of them.
    pub page_texts: Vec<(ContentKind, Text)>,
}

impl SolutionInfo {
    /// The author's text about a kind of content.
    pub fn page_text(&self, kind: ContentKind) -> Option<&Text> {
        self.page_texts.iter().find(|(of, _)| *of == kind).map(|(_, text)| text)
    }

    /// `publisherId.offerId`
    pub fn solution_id(&self) -> String {
        format!("{}.{}", self.publisher_id.value, self.offer_id.value)
    }

    /// `Name` or `Name - e-mail`, as the packager's data file has it.
    pub fn author_line(&self) -> String {
        match &self.author_email {
            Some(email) => format!("{} - {}", self.author.value, email.value),
            None => self.author.value.clone(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Support {
    pub span: Span,
    pub name: Text,
    pub email: Option<Text>,
    /// `Microsoft`, `Partner` or `Community`
    pub tier: Text,
    pub link: Option<Text>,
}

#[derive(Debug, Clone)]
pub struct Logo {
    /// `PulumiCloud.svg`: the name under `Logos/`.
    pub file_name: String,
    /// The SVG's text.
    pub svg: Text,
}

#[derive(Debug, Clone)]
pub struct Release {
    pub version: Text,
    /// `YYYY-MM-DD`
    pub date: Text,
    pub changes: Vec<Text>,
}

/// Something that the person who connects is asked for.
#[derive(Debug, Clone)]
pub struct Input {
    pub name: Text,
    pub label: Text,
    pub description: Option<Text>,
    pub placeholder: Option<Text>,
    pub required: bool,
    pub default: Option<Text>,
    pub kind: InputKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    Text,
    /// An http(s) URL; a closing slash is cut before use.
    Url,
    Secret,
    /// Key and shown text of each option.
    Choice(Vec<(Text, Text)>),
    /// About the application that sends to a Push connector. Only whoever deploys is asked for it: at Connect the portal
    /// gives the parameter `auth`, of which this is the member.
    Application(&'static str),
    /// The object id of the service principal that an application of Microsoft's, by this id, has in the tenant: the portal
    /// finds it, or asks for consent.
    ServicePrincipal(&'static str),
}

impl Input {
    pub fn is_secret(&self) -> bool {
        self.kind == InputKind::Secret
    }

    /// The expression that every target uses for this input, around `given`, the target's own notation of what was given:
    /// the default for an empty box, then a URL without its closing slash.
    pub fn normalized(&self, given: Expr) -> Expr {
        let filled = match &self.default {
            Some(default) => Expr::Call(
                Function::If,
                vec![Expr::Call(Function::Empty, vec![given.clone()]), Expr::Text(default.value.clone()), given],
            ),
            None => given,
        };
        if self.kind != InputKind::Url {
            return filled;
        }
        // A blank marks the end, so that only a slash right before it goes; URLs have no blanks of their own.
        let marked = Expr::Concat(vec![filled, Expr::Text(" ".to_owned())]);
        let cut = Expr::Call(Function::Replace, vec![marked, Expr::Text("/ ".to_owned()), Expr::Text(String::new())]);
        Expr::Call(Function::Trim, vec![cut])
    }

    /// Whether [`Input::normalized`] changes anything: if not, a placeholder `{{name}}` says the same.
    pub fn is_plain(&self) -> bool {
        self.default.is_none() && self.kind != InputKind::Url
    }
}

#[derive(Debug, Clone)]
pub struct Table {
    /// `PulumiAuditLogs_CL`
    pub name: Text,
    pub description: Option<Text>,
    pub columns: Vec<Column>,
    pub plan: Option<Text>,
    pub retention_in_days: Option<Spanned<i64>>,
    pub total_retention_in_days: Option<Spanned<i64>>,
    /// In the graph.
    pub symbol: Symbol,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub name: Text,
    pub ty: Spanned<ColumnType>,
    pub description: Option<Text>,
}

/// Column types of tables and streams; streams have no `guid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    String,
    Int,
    Long,
    Real,
    Boolean,
    DateTime,
    Guid,
    Dynamic,
}

impl ColumnType {
    pub const ALL: [ColumnType; 8] = [
        ColumnType::String,
        ColumnType::Int,
        ColumnType::Long,
        ColumnType::Real,
        ColumnType::Boolean,
        ColumnType::DateTime,
        ColumnType::Guid,
        ColumnType::Dynamic,
    ];

    /// As tables and collection rules spell it.
    pub fn name(self) -> &'static str {
        match self {
            ColumnType::String => "string",
            ColumnType::Int => "int",
            ColumnType::Long => "long",
            ColumnType::Real => "real",
            ColumnType::Boolean => "boolean",
            ColumnType::DateTime => "datetime",
            ColumnType::Guid => "guid",
            ColumnType::Dynamic => "dynamic",
        }
    }

    /// As the repository's `CustomTables` fixtures spell it.
    pub fn fixture_name(self) -> &'static str {
        match self {
            ColumnType::String => "String",
            ColumnType::Int => "Int",
            ColumnType::Long => "Long",
            ColumnType::Real => "Real",
            ColumnType::Boolean => "Bool",
            ColumnType::DateTime => "DateTime",
            ColumnType::Guid => "Guid",
            ColumnType::Dynamic => "Dynamic",
        }
    }
}

/// A codeless connector: its page, its collection rule and its pollers.
#[derive(Debug, Clone)]
pub struct Connector {
    /// The author's short id, `PulumiAuditLogs`; other names are derived from it.
    pub id: Text,
    /// Name of the definition and id of the page, `PulumiAuditLogsDefinition`: what rules name as `connectorId`.
    pub definition_name: Text,
    pub title: Text,
    pub publisher: Text,
    /// Markdown.
    pub description: Text,
    /// `connectorUiConfig`, complete; its one expression is the id of the tenant.
    pub ui: Value,
    /// Inputs of this connector, in page order, by name.
    pub inputs: Vec<String>,
    pub streams: Vec<Stream>,
    pub pollers: Vec<Poller>,
    /// In the graph: definition, endpoint, collection rule.
    pub definition: Symbol,
    pub endpoint: Symbol,
    pub collection_rule: Symbol,
    /// `PulumiAuditLogsDCE`, `PulumiAuditLogsDCR`
    pub endpoint_name: Text,
    pub collection_rule_name: Text,
    /// The custom prerequisites of the page: name and description.
    pub prerequisites: Vec<(Text, Text)>,
}

impl Connector {
    /// The first instruction of a type on the page.
    pub fn instruction(&self, ty: &str) -> Option<&Value> {
        instruction(&self.ui, ty)
    }
}

fn instruction<'a>(page: &'a Value, ty: &str) -> Option<&'a Value> {
    match &page.kind {
        ValueKind::Object(object) => {
            if object.get("type").and_then(Value::as_text) == Some(ty) {
                return Some(page);
            }
            object.members.iter().find_map(|(_, member)| instruction(member, ty))
        }
        ValueKind::Array(items) => items.iter().find_map(|item| instruction(item, ty)),
        _ => None,
    }
}

#[derive(Debug, Clone)]
pub struct Stream {
    /// `Custom-PulumiAuditLogs`, or the service's own name of a standard stream.
    pub name: Text,
    /// `None`: a standard stream, which the service declares and transforms.
    pub declared: Option<Declared>,
    /// `Custom-PulumiAuditLogs_CL`
    pub output: Text,
    /// The destination's name, `PulumiAuditLogs_CL`.
    pub table: Text,
}

/// What a connector says of a stream of its own.
#[derive(Debug, Clone)]
pub struct Declared {
    pub columns: Vec<Column>,
    /// KQL.
    pub transform: Text,
}

impl Stream {
    /// Of a stream of the connector's own.
    pub fn columns(&self) -> &[Column] {
        self.declared.as_ref().map_or(&[], |declared| &declared.columns)
    }
}

#[derive(Debug, Clone)]
pub struct Poller {
    /// `PulumiAuditLogsPoller`
    pub name: Text,
    /// The kind of the data connector, as the service spells it: `RestApiPoller`.
    pub kind: &'static str,
    /// In the graph.
    pub symbol: Symbol,
    /// `Custom-PulumiAuditLogs`: one of the connector's streams.
    pub stream: Text,
    /// `Some`: connected only where this is chosen.
    pub condition: Option<Chosen>,
    /// When the service asks; `None` if events come without being asked for by the clock.
    pub window: Option<Window>,
}

/// How often the service asks, and for what time.
#[derive(Debug, Clone)]
pub struct Window {
    /// The polling interval and the length of the window.
    pub minutes: Spanned<i64>,
    /// Minutes that the window lies behind now.
    pub delay: i64,
}

/// An option of an input that someone chose.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub input: Text,
    /// The key of the option.
    pub option: Text,
}

impl Chosen {
    /// Whether it was chosen.
    pub fn expr(&self) -> Expr {
        let input = Expr::Input(self.input.value.clone());
        Expr::Call(Function::Equals, vec![input, Expr::Text(self.option.value.clone())])
    }
}

/// A scheduled or NRT rule. Names and values as the repository's rule YAML has them; ISO 8601 and long operator names are
/// made by the accessors.
#[derive(Debug, Clone)]
pub struct AnalyticRule {
    /// A GUID in lower case.
    pub id: Text,
    /// The author's short name, if the GUID was derived from one.
    pub short_id: Option<Text>,
    /// In the graph.
    pub symbol: Symbol,
    /// `PulumiCloudStackDeleted`: the file's name without `.yaml`.
    pub file_base: String,
    pub name: Text,
    pub description: Text,
    /// `x.y.z`
    pub version: Text,
    pub kind: RuleKind,
    pub severity: Text,
    /// `Available`, …
    pub status: Text,
    pub query: Text,
    pub schedule: Option<Schedule>,
    pub required_data_connectors: Vec<RequiredConnector>,
    pub tactics: Vec<Text>,
    /// `T1098` or `T1098.001`
    pub techniques: Vec<Text>,
    pub entity_mappings: Vec<EntityMapping>,
    /// Every column of the query's result that the rule names, and what for: `identifier`, `custom detail`, …
    pub named_columns: Vec<(&'static str, Text)>,
    /// `customDetails`, `alertDetailsOverride`, `eventGroupingSettings`, `incidentConfiguration`,
    /// `sentinelEntitiesMappings`: as given, in this order, each if given.
    pub carried: Vec<(&'static str, Value)>,
    pub enabled: bool,
    pub suppression_duration: Minutes,
    pub suppression_enabled: bool,
}

impl AnalyticRule {
    /// How long a rule that says nothing of it would be quiet.
    pub const SUPPRESSION: Minutes = Minutes(60);

    /// The techniques, each once: a sub-technique counts as its technique. Each is at the place of the first that names it.
    pub fn whole_techniques(&self) -> Vec<Text> {
        let mut whole: Vec<Text> = Vec::new();
        for technique in &self.techniques {
            let name = technique.value.split('.').next().unwrap_or_default();
            if !whole.iter().any(|known| known.value == name) {
                whole.push(Spanned::new(name.to_owned(), technique.span));
            }
        }
        whole
    }

    /// `T1562.007`
    pub fn sub_techniques(&self) -> impl Iterator<Item = &Text> {
        self.techniques.iter().filter(|technique| technique.value.contains('.'))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    Scheduled,
    Nrt,
}

impl RuleKind {
    /// As ARM and the repository spell it.
    pub fn name(self) -> &'static str {
        match self {
            RuleKind::Scheduled => "Scheduled",
            RuleKind::Nrt => "NRT",
        }
    }
}

/// What only scheduled rules have.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub frequency: Spanned<Minutes>,
    pub period: Spanned<Minutes>,
    pub operator: Spanned<TriggerOperator>,
    pub threshold: Spanned<i64>,
}

/// A span of whole minutes, written `15m`, `1h`, `14d` in rules and `PT15M`, `PT1H`, `P14D` in ARM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(pub i64);

impl Minutes {
    /// `15m`, `1h` or `2d`: the largest unit that divides it.
    pub fn short(self) -> String {
        let (n, unit) = self.largest_unit();
        format!("{n}{}", unit.to_ascii_lowercase())
    }

    /// `PT15M`, `PT1H` or `P2D`.
    pub fn iso(self) -> String {
        match self.largest_unit() {
            (n, 'D') => format!("P{n}D"),
            (n, unit) => format!("PT{n}{unit}"),
        }
    }

    fn largest_unit(self) -> (i64, char) {
        match self.0 {
            n if n != 0 && n % 1440 == 0 => (n / 1440, 'D'),
            n if n != 0 && n % 60 == 0 => (n / 60, 'H'),
            n => (n, 'M'),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerOperator {
    GreaterThan,
    LessThan,
    Equal,
    NotEqual,
}

impl TriggerOperator {
    /// `gt`, `lt`, `eq`, `ne`
    pub fn short(self) -> &'static str {
        match self {
            TriggerOperator::GreaterThan => "gt",
            TriggerOperator::LessThan => "lt",
            TriggerOperator::Equal => "eq",
            TriggerOperator::NotEqual => "ne",
        }
    }

    /// As ARM spells it.
    pub fn name(self) -> &'static str {
        match self {
            TriggerOperator::GreaterThan => "GreaterThan",
            TriggerOperator::LessThan => "LessThan",
            TriggerOperator::Equal => "Equal",
            TriggerOperator::NotEqual => "NotEqual",
        }
    }
}

#[derive(Debug, Clone)]
pub struct RequiredConnector {
    pub connector_id: Text,
    pub data_types: Vec<Text>,
}

#[derive(Debug, Clone)]
pub struct EntityMapping {
    pub entity_type: Text,
    /// Identifier and column name.
    pub fields: Vec<(Text, Text)>,
}

/// A whole ARM resource of the author's own.
#[derive(Debug, Clone)]
pub struct RawResource {
    pub stage: Stage,
    /// `type`, `apiVersion`, `name`, … in the author's order; strings in brackets are parsed ([`Expr::Raw`]).
    pub body: Value,
}

/// When something is evaluated and deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// By the deploy bundle.
    Deploy,
    /// When the package is installed.
    Install,
    /// When someone presses *Connect*.
    Connect,
}
