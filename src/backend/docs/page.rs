//! What the documentation page says, from the solution.

use super::super::deploy::{self, Parameter};
use super::beside::{self, Beside};
use super::carried::Carried;
use super::connector::Connector;
use super::lineage;
use super::markdown::{code, code_cell};
use super::playbooks::{self, Playbook};
use super::several::{self, Several};
use super::workbook::Workbook;
use crate::bicep::Expr as Bicep;
use crate::ir::graph::{Graph, ResourceKind};
use crate::ir::{self, InputKind, Minutes, RuleKind, Solution, Stage, TriggerOperator};
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub struct Page<'a> {
    solution: About<'a>,
    connectors: Vec<Connector<'a>>,
    carried: Vec<Carried<'a>>,
    /// Whether the deploy bundle makes anything: playbooks and custom detections only lie beside it.
    deploys: bool,
    /// Whether the service itself asks for events.
    polls: bool,
    /// Whether an application has to be made before the bundle is deployed.
    pushed: bool,
    /// What is made in other resource groups.
    beside: Vec<Beside<'a>>,
    tables: Vec<Table<'a>>,
    /// Markdown: the tables that a package does not make; empty if it makes all.
    not_packaged: String,
    rules: Vec<Rule<'a>>,
    /// `3 analytic rules`
    rules_count: String,
    functions: Vec<Function<'a>>,
    hunting: Vec<HuntingQuery<'a>>,
    /// `1 hunting query`
    hunting_count: String,
    workbooks: Vec<Workbook<'a>>,
    /// Names of custom detections.
    detections: Vec<&'a str>,
    watchlists: Vec<Watchlist<'a>>,
    summaries: Vec<SummaryRule<'a>>,
    playbooks: Vec<Playbook<'a>>,
    /// `2 playbooks and 1 custom connector`
    playbooks_count: String,
    parameters: Vec<ParameterRow>,
    /// `None` if no connector can be connected more than once.
    several: Option<Several>,
    samples: Vec<Sample<'a>>,
    /// `None` if nothing secret is asked for.
    secrets: Option<Secrets>,
    deploy: Commands,
    /// In the order in which they are removed.
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    name: &'a str,
    version: &'a str,
    summary: &'a str,
    /// Markdown.
    description: &'a str,
    /// Markdown.
    prerequisites: Vec<&'a str>,
    /// Markdown.
    limitations: Vec<&'a str>,
    /// Markdown.
    support: String,
}

#[derive(Serialize)]
struct Table<'a> {
    name: &'a str,
    /// Markdown: nothing, or `: ` and what it holds.
    description: String,
    columns: Vec<Column<'a>>,
    lineage: Vec<lineage::Row<'a>>,
}

#[derive(Serialize)]
struct Column<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    ty: &'static str,
    meaning: &'a str,
}

#[derive(Serialize)]
struct Rule<'a> {
    name: &'a str,
    description: &'a str,
    severity: &'a str,
    runs: String,
    attack: String,
    /// Markdown, for a table cell.
    entities: String,
}

#[derive(Serialize)]
struct Function<'a> {
    /// `ContosoEvents(user:string='')`
    call: String,
    title: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct HuntingQuery<'a> {
    name: &'a str,
    description: &'a str,
    attack: String,
}

#[derive(Serialize)]
struct Watchlist<'a> {
    name: &'a str,
    alias: &'a str,
    description: &'a str,
    rows: usize,
}

#[derive(Serialize)]
struct SummaryRule<'a> {
    name: &'a str,
    description: &'a str,
    /// `every 20 minutes`
    every: String,
    table: &'a str,
}

#[derive(Serialize)]
struct ParameterRow {
    name: String,
    /// `yes`, `yes, secret` or `no`
    required: String,
    /// Markdown, for a table cell.
    default: String,
    meaning: String,
}

#[derive(Serialize)]
struct Sample<'a> {
    title: String,
    query: Cow<'a, str>,
}

/// Markdown.
#[derive(Serialize)]
struct Secrets {
    names: String,
    variables: String,
}

/// `sentinel-gen deploy` in three situations.
#[derive(Serialize)]
struct Commands {
    interactive: String,
    unattended: String,
    replacing: String,
}

#[derive(Serialize)]
struct Resource<'a> {
    kind: &'static str,
    name: Cow<'a, str>,
    /// What people call it, where the name is an id.
    title: Option<&'a str>,
}

impl<'a> Page<'a> {
    pub fn of(solution: &'a Solution, graph: &'a Graph) -> Self {
        let secrets: Vec<&ir::Input> = solution.inputs.iter().filter(|input| input.is_secret()).collect();
        let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let deploy = commands(solution, graph, &secrets);
        Page {
            solution: about(&solution.info),
            connectors: solution.codeless().map(|c| Connector::of(c, &solution.inputs)).collect(),
            carried: solution.carried().map(Carried::of).collect(),
            deploys: !graph.resources.is_empty() || deploys_raw(solution),
            polls: solution.codeless().flat_map(|c| &c.pollers).any(|poller| poller.window.is_some()),
            pushed: solution.inputs.iter().any(|input| matches!(input.kind, InputKind::Application(_))),
            beside: beside::of(solution, graph),
            tables: solution.tables.iter().map(|found| table(found, &solution.lineage)).collect(),
            not_packaged: codes(solution.unpackaged_tables().map(|table| table.name.value.as_str())),
            rules: solution.analytic_rules.iter().map(rule).collect(),
            rules_count: count(solution.analytic_rules.len(), "analytic rule", "analytic rules"),
            functions: solution.parsers.iter().map(function).collect(),
            hunting: solution.hunting_queries.iter().map(hunting_query).collect(),
            workbooks: solution.workbooks.iter().map(Workbook::of).collect(),
            detections: solution.custom_detections.iter().map(|d| d.display_name.value.as_str()).collect(),
            watchlists: solution.watchlists.iter().map(watchlist).collect(),
            summaries: solution.summary_rules.iter().map(summary_rule).collect(),
            playbooks: playbooks::of(solution),
            playbooks_count: playbooks::counted(solution),
            hunting_count: count(solution.hunting_queries.len(), "hunting query", "hunting queries"),
            parameters: parameters(solution, graph),
            several: several::of(solution, graph, &deploy.interactive),
            samples: samples(solution),
            secrets: (!secrets.is_empty()).then(|| Secrets::of(&secrets)),
            deploy,
            resources: resources(solution, graph),
        }
    }
}

/// Whether the author wrote resources for the deploy bundle.
fn deploys_raw(solution: &Solution) -> bool {
    solution.raw_resources.iter().any(|raw| raw.stage == Stage::Deploy)
}

fn about(info: &ir::SolutionInfo) -> About<'_> {
    let mut support = super::markdown::text(&info.support.name.value);
    for address in [&info.support.link, &info.support.email].into_iter().flatten() {
        support.push_str(&format!(", <{}>", address.value));
    }
    About {
        name: &info.name.value,
        version: &info.version.value,
        summary: &info.summary.value,
        description: info.description.value.trim(),
        prerequisites: info.prerequisites.iter().map(|item| item.value.as_str()).collect(),
        limitations: info.limitations.iter().map(|item| item.value.as_str()).collect(),
        support,
    }
}

pub(super) fn newest(table: &str) -> String {
    format!("{table}\n| sort by TimeGenerated desc\n| take 10")
}

fn table<'a>(table: &'a ir::Table, lineage: &'a ir::Lineage) -> Table<'a> {
    let traced = lineage.tables.iter().find(|traced| traced.table == table.name.value);
    Table {
        name: &table.name.value,
        description: table.description.as_ref().map_or_else(String::new, |text| {
            format!(": {}", super::markdown::text(text.value.trim().trim_end_matches('.')))
        }),
        columns: table
            .columns
            .iter()
            .map(|column| Column {
                name: &column.name.value,
                ty: column.ty.value.name(),
                meaning: column.description.as_ref().map_or("", |text| &text.value),
            })
            .collect(),
        lineage: traced.map_or_else(Vec::new, lineage::rows),
    }
}

fn rule(rule: &ir::AnalyticRule) -> Rule<'_> {
    let attack = rule.tactics.iter().chain(&rule.techniques).map(|text| text.value.as_str());
    let entity = |mapping: &ir::EntityMapping| {
        let columns = mapping.fields.iter().map(|(_, column)| code_cell(&column.value)).collect::<Vec<_>>();
        format!("{}: {}", mapping.entity_type.value, columns.join(", "))
    };
    Rule {
        name: &rule.name.value,
        description: rule.description.value.trim(),
        severity: &rule.severity.value,
        runs: runs(rule),
        attack: attack.collect::<Vec<_>>().join(", "),
        entities: rule.entity_mappings.iter().map(entity).collect::<Vec<_>>().join("; "),
    }
}

fn function(parser: &ir::Parser) -> Function<'_> {
    Function {
        call: format!("{}({})", parser.name.value, parser.signature().replace(',', ", ")),
        title: &parser.title.value,
        // A function that says nothing of itself has its title for a description.
        description: parser
            .description
            .as_ref()
            .filter(|text| text.value != parser.title.value)
            .map_or("", |text| text.value.trim()),
    }
}

fn hunting_query(query: &ir::HuntingQuery) -> HuntingQuery<'_> {
    let attack = query.tactics.iter().chain(&query.techniques).map(|text| text.value.as_str());
    HuntingQuery {
        name: &query.name.value,
        description: query.description.as_ref().map_or("", |text| text.value.trim()),
        attack: attack.collect::<Vec<_>>().join(", "),
    }
}

fn watchlist(watchlist: &ir::Watchlist) -> Watchlist<'_> {
    Watchlist {
        name: &watchlist.display_name.value,
        alias: &watchlist.alias.value,
        description: watchlist.description.as_ref().map_or("", |text| text.value.trim()),
        rows: watchlist.rows,
    }
}

fn summary_rule(rule: &ir::SummaryRule) -> SummaryRule<'_> {
    SummaryRule {
        name: &rule.display_name.value,
        description: rule.description.as_ref().map_or("", |text| text.value.trim()),
        every: every(Minutes(rule.bin_size.value)),
        table: &rule.destination_table.value,
    }
}

/// `every 15 minutes, over 1 hour`; with the trigger, unless any result is one.
fn runs(rule: &ir::AnalyticRule) -> String {
    let Some(schedule) = &rule.schedule else {
        return match rule.kind {
            RuleKind::Nrt => "near real time".to_owned(),
            RuleKind::Scheduled => String::new(),
        };
    };
    let every = format!("{}, over {}", every(schedule.frequency.value), duration(schedule.period.value));
    let trigger = match (schedule.operator.value, schedule.threshold.value) {
        (TriggerOperator::GreaterThan, 0) => return every,
        (TriggerOperator::GreaterThan, n) => format!("more than {n}"),
        (TriggerOperator::LessThan, n) => format!("fewer than {n}"),
        (TriggerOperator::Equal, n) => format!("exactly {n}"),
        (TriggerOperator::NotEqual, n) => format!("any number but {n}"),
    };
    format!("{every}; alerts on {trigger} results")
}

/// `every 15 minutes`, `every hour`
pub(super) fn every(minutes: Minutes) -> String {
    let duration = duration(minutes);
    format!("every {}", duration.strip_prefix("1 ").unwrap_or(&duration))
}

/// `15 minutes`, `1 hour`, `2 days`: the largest unit that divides it.
pub(super) fn duration(minutes: Minutes) -> String {
    let (n, unit) = match minutes.0 {
        n if n != 0 && n % 1440 == 0 => (n / 1440, "day"),
        n if n != 0 && n % 60 == 0 => (n / 60, "hour"),
        n => (n, "minute"),
    };
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}

fn parameters(solution: &Solution, graph: &Graph) -> Vec<ParameterRow> {
    let row = |parameter: Parameter| {
        let required = if parameter.default.is_none() { "yes" } else { "no" };
        let options = if parameter.allowed.is_empty() {
            String::new()
        } else {
            format!("; one of {}", parameter.allowed.join(", "))
        };
        ParameterRow {
            default: default(&parameter),
            required: if parameter.secret { format!("{required}, secret") } else { required.to_owned() },
            meaning: format!("{}{options}", parameter.description),
            name: parameter.name,
        }
    };
    deploy::parameters(solution, graph).into_iter().map(row).collect()
}

fn default(parameter: &Parameter) -> String {
    match &parameter.default {
        None => "–".to_owned(),
        Some(Bicep::Text(text)) if text.is_empty() => "empty".to_owned(),
        Some(Bicep::Text(text)) => code_cell(text),
        Some(Bicep::Bool(flag)) => code_cell(&flag.to_string()),
        Some(Bicep::Int(number)) => code_cell(&number.to_string()),
        // The one parameter whose default is an expression.
        Some(_) => "the resource group's region".to_owned(),
    }
}

fn samples(solution: &Solution) -> Vec<Sample<'_>> {
    let tables = solution.tables.iter().map(|table| Sample {
        title: format!("The ten newest rows of {}", table.name.value),
        query: newest(&table.name.value).into(),
    });
    let rules = solution.analytic_rules.iter().map(|rule| Sample {
        title: format!("What the rule \"{}\" looks for", rule.name.value),
        query: rule.query.value.as_str().into(),
    });
    let hunting = solution.hunting_queries.iter().map(|query| Sample {
        title: format!("What the hunting query \"{}\" looks for", query.name.value),
        query: query.query.value.as_str().into(),
    });
    tables.chain(rules).chain(hunting).collect()
}

impl Secrets {
    fn of(inputs: &[&ir::Input]) -> Self {
        let variable = |input: &&ir::Input| {
            format!("{} from {}", code(&input.name.value), code(&deploy::environment_variable(&input.name.value)))
        };
        Secrets {
            names: codes(inputs.iter().map(|input| input.name.value.as_str())),
            variables: inputs.iter().map(variable).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Names as code, with commas between them.
pub(super) fn codes<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(code).collect::<Vec<_>>().join(", ")
}

/// What stands for a value that the spec gives no example of.
const EXAMPLE: &str = "VALUE";

fn commands(solution: &Solution, graph: &Graph, secrets: &[&ir::Input]) -> Commands {
    let mut command = "sentinel-gen deploy SPEC -g my-resource-group --workspace my-workspace".to_owned();
    for input in solution.inputs.iter().filter(|input| input.required && !input.is_secret()) {
        let example = match (&input.placeholder, &input.kind) {
            (_, InputKind::Choice(options)) => options.first().map_or(EXAMPLE, |(key, _)| &key.value),
            (Some(placeholder), _) => &placeholder.value,
            (None, _) => EXAMPLE,
        };
        command.push_str(&format!(" \\\n  --param {}={}", input.name.value, shell(example)));
    }
    if graph.names_connections() {
        command.push_str(&format!(" \\\n  --connection {}", several::EXAMPLE));
    }
    let with = |source: &dyn Fn(&str) -> String| {
        let secret =
            |input: &&ir::Input| format!(" \\\n  --secret {0}={1}", input.name.value, source(&input.name.value));
        format!("{command}{}", secrets.iter().map(secret).collect::<String>())
    };
    let prompt = with(&|_| "prompt".to_owned());
    Commands {
        unattended: with(&|name| format!("env:{}", deploy::environment_variable(name))),
        replacing: format!("{prompt} \\\n  --replace-connector"),
        interactive: prompt,
    }
}

/// A word of a POSIX shell.
pub(super) fn shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The graph from its end, but for the tables.
fn resources<'a>(solution: &'a Solution, graph: &'a Graph) -> Vec<Resource<'a>> {
    let named = graph.resources.iter().rev().filter(|resource| resource.kind != ResourceKind::Table);
    let resource = |resource: &'a crate::ir::graph::Resource| {
        let rule = solution.analytic_rules.iter().find(|rule| rule.symbol == resource.symbol);
        let query = solution.hunting_queries.iter().find(|query| query.symbol == resource.symbol);
        let workbook = solution.workbooks.iter().find(|workbook| workbook.symbol == resource.symbol);
        let title = rule.map(|rule| &rule.name).or(query.map(|query| &query.name));
        let title = title.or(workbook.map(|workbook| &workbook.title)).map(|title| title.value.as_str());
        let several = graph.identity(&resource.symbol).map(|_| several::name(resource));
        let title = title.or(several.is_some().then_some("each connection that was deployed"));
        let name = several.map_or(Cow::Borrowed(resource.name.as_str()), Cow::Owned);
        Resource { kind: kind(resource.kind), name, title }
    };
    named.map(resource).collect()
}

fn kind(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Table => "Table",
        ResourceKind::DataCollectionEndpoint => "Data collection endpoint",
        ResourceKind::DataCollectionRule => "Data collection rule",
        ResourceKind::ConnectorDefinition | ResourceKind::ConnectorPage => "Connector page",
        ResourceKind::DataConnector | ResourceKind::PreviewDataConnector => "Data connector",
        ResourceKind::Function => "Function",
        ResourceKind::HuntingQuery => "Hunting query",
        ResourceKind::SummaryRule => "Summary rule",
        ResourceKind::Watchlist => "Watchlist",
        ResourceKind::Workbook => "Workbook",
        ResourceKind::AlertRule | ResourceKind::NrtAlertRule => "Analytic rule",
    }
}
