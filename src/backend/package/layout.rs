//! Where the files of a package lie. Paths inside the solution's folder are what its data file lists; the repository
//! uses `/` on every system.

use crate::ir::{
    AnalyticRule, AnyConnector, CarriedConnector, Connector, CustomDetection, HuntingQuery, Parser, Playbook,
    SampleData, SolutionInfo, SummaryRule, Watchlist, Workbook,
};

/// The solution's folder below the build's own; its last part must equal the solution's name, for the packaging tool
/// builds paths from it.
pub fn solution_folder(info: &SolutionInfo) -> String {
    format!("package/Solutions/{}", info.name.value)
}

/// `Data/Solution_PulumiCloud.json`
pub fn data_file(info: &SolutionInfo) -> String {
    let name: String = info.name.value.split_whitespace().collect();
    format!("Data/Solution_{name}.json")
}

/// The one file of a connector that the data file lists.
pub fn connector_of(connector: &AnyConnector) -> String {
    match connector {
        AnyConnector::Codeless(connector) => definition_file(connector),
        AnyConnector::Carried(connector) => carried_file(connector),
    }
}

/// `Data Connectors/Contoso.json`
pub fn carried_file(connector: &CarriedConnector) -> String {
    format!("Data Connectors/{}", connector.file_name.value)
}

pub fn definition_file(connector: &Connector) -> String {
    connector_file(connector, "ConnectorDefinition")
}

pub fn poller_file(connector: &Connector) -> String {
    connector_file(connector, "PollerConfig")
}

pub fn collection_rule_file(connector: &Connector) -> String {
    connector_file(connector, "DCR")
}

pub fn table_file(connector: &Connector) -> String {
    connector_file(connector, "Table")
}

/// `Data Connectors/PulumiAuditLogs_ccf/PulumiAuditLogs_DCR.json`
fn connector_file(connector: &Connector, part: &str) -> String {
    let id = &connector.id.value;
    format!("Data Connectors/{id}_ccf/{id}_{part}.json")
}

/// `.yaml` in full: the packaging tool takes a `.yml` for a parser.
pub fn rule_file(rule: &AnalyticRule) -> String {
    format!("Analytic Rules/{}.yaml", rule.file_base)
}

pub fn hunting_file(query: &HuntingQuery) -> String {
    format!("Hunting Queries/{}.yaml", query.file_base)
}

pub fn parser_file(parser: &Parser) -> String {
    let extension = parser.source.as_ref().map_or("yaml", |source| &source.extension);
    format!("Parsers/{}.{extension}", parser.file_base)
}

pub fn workbook_file(workbook: &Workbook) -> String {
    format!("Workbooks/{}.json", workbook.file_base)
}

/// Not part of the solution's folder: the repository keeps the samples of all solutions together.
pub fn sample_file(sample: &SampleData) -> String {
    let custom = if sample.is_custom { "Custom/" } else { "" };
    format!("package/Sample Data/{custom}{}", sample.name)
}

pub fn detection_file(detection: &CustomDetection) -> String {
    format!("XDR Detections/{}.yaml", detection.file_base)
}

pub fn watchlist_file(watchlist: &Watchlist) -> String {
    format!("Watchlists/{}.json", watchlist.file_base)
}

pub fn summary_file(rule: &SummaryRule) -> String {
    format!("Summary Rules/{}.yaml", rule.file_base)
}

pub fn playbook_file(playbook: &Playbook) -> String {
    format!("Playbooks/{}", playbook.path)
}

/// Beside the template.
pub fn playbook_readme(playbook: &Playbook) -> String {
    let folder = playbook.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("Playbooks/{folder}/readme.md")
}
