//! The source files of a solution, as its author would keep them in the repository and as the packaging tool reads them.

use super::notation::Notation;
use super::{
    PACKAGE, Package, carried, layout, parts, poller_source, query_source, respelt, rule_source, submission, summary,
    watchlist, words, workbook, written, written_all, yaml,
};
use crate::arm::{Node, Object, Value};
use crate::backend::lower::lower;
use crate::backend::{Artifact, Bundle};
use crate::ir::graph::{Condition, Resource};
use crate::ir::{AnyConnector, Connector, ContentKind, Nested, ParserFile, Playbook, SolutionInfo, Table};
use crate::source::{Origin, Span};
use std::fmt::Write;

pub fn emit(package: &Package, bundle: &mut Bundle) {
    let info = package.info();
    let folder = layout::solution_folder(info);
    let origin = package.origin(PACKAGE);
    bundle.json(format!("{folder}/{}", layout::data_file(info)), data(package).at(origin), origin);
    bundle.json(format!("{folder}/SolutionMetadata.json"), metadata(info).at(origin), origin);
    bundle.text(format!("{folder}/ReleaseNotes.md"), release_notes(info), origin);
    for (index, connector) in package.solution.connectors.iter().enumerate() {
        match connector {
            AnyConnector::Codeless(connector) => emit_connector(package, index + 1, connector, &folder, bundle),
            AnyConnector::Carried(connector) => {
                let origin = Origin::derived(connector.file_name.span, "package: file of a carried connector");
                bundle.json(
                    format!("{folder}/{}", layout::carried_file(connector)),
                    carried::source(connector),
                    origin,
                );
            }
        }
    }
    let mut yaml_file = |path: String, tree: Object, span: Span| {
        let origin = Origin::derived(span, "package: file of a content item");
        let bytes = yaml::print(&tree).into_bytes();
        let artifact = Artifact { bytes, tree: Some(Node::from(tree).at(origin)), passes: 0, origin };
        bundle.files.insert(format!("{folder}/{path}"), artifact);
    };
    for rule in &package.solution.analytic_rules {
        yaml_file(layout::rule_file(rule), rule_source::tree(rule), rule.id.span);
    }
    for query in &package.solution.hunting_queries {
        yaml_file(layout::hunting_file(query), query_source::hunting_query(query), query.id.span);
    }
    for rule in &package.solution.summary_rules {
        yaml_file(layout::summary_file(rule), summary::source(rule), rule.id.span);
    }
    for parser in package.solution.parsers.iter().filter(|parser| parser.source.is_none()) {
        yaml_file(layout::parser_file(parser), query_source::parser(parser), parser.name.span);
    }
    for parser in &package.solution.parsers {
        if let Some(ParserFile { text, .. }) = &parser.source {
            let path = format!("{folder}/{}", layout::parser_file(parser));
            bundle.text(path, text.value.as_str(), Origin::written(text.span));
        }
    }
    workbook::emit(package, &folder, bundle);
    submission::emit(package, &folder, bundle);
    for watchlist in &package.solution.watchlists {
        let origin = Origin::derived(watchlist.id.span, "package: file of a content item");
        let tree = Node::from(watchlist::source(watchlist)).at(origin);
        bundle.template(format!("{folder}/{}", layout::watchlist_file(watchlist)), tree, origin);
    }
    for playbook in &package.solution.playbooks {
        emit_playbook(playbook, &folder, bundle);
    }
}

/// The author's own files: what its people review is what they wrote.
fn emit_playbook(playbook: &Playbook, folder: &str, bundle: &mut Bundle) {
    let origin = Origin::written(playbook.id.span);
    bundle.text(format!("{folder}/{}", layout::playbook_file(playbook)), playbook.source.value.as_str(), origin);
    for (path, image) in &playbook.images {
        bundle.bytes(format!("{folder}/Playbooks/{path}"), image.value.clone(), Origin::written(image.span));
    }
    if let Some(readme) = &playbook.readme {
        let text = format!("{}\n", readme.value);
        bundle.text(format!("{folder}/{}", layout::playbook_readme(playbook)), text, Origin::written(readme.span));
    }
}

/// What the packaging tool is given. The content comes before `Metadata`: the tool closes the package when it meets that.
fn data(package: &Package) -> Node {
    let info = package.info();
    let mut data =
        Object::new().with("Name", written(&info.name)).with("Author", respelt(&info.author, info.author_line()));
    if let Some(logo) = words::logo(info) {
        data.set("Logo", logo);
    }
    let description = replacement_text(info.description.value.trim());
    data.set("Description", respelt(&info.description, description));
    let files = |paths: Vec<String>| Node::from(paths.into_iter().map(Node::from).collect::<Vec<_>>());
    let solution = package.solution;
    for kind in &solution.order {
        let (key, paths): (&str, Vec<String>) = match kind {
            ContentKind::Connectors => {
                ("Data Connectors", solution.connectors.iter().map(layout::connector_of).collect())
            }
            ContentKind::Parsers => ("Parsers", solution.parsers.iter().map(layout::parser_file).collect()),
            ContentKind::Workbooks => ("Workbooks", solution.workbooks.iter().map(layout::workbook_file).collect()),
            ContentKind::AnalyticRules => {
                ("Analytic Rules", solution.analytic_rules.iter().map(layout::rule_file).collect())
            }
            ContentKind::HuntingQueries => {
                ("Hunting Queries", solution.hunting_queries.iter().map(layout::hunting_file).collect())
            }
            ContentKind::Watchlists => ("Watchlists", solution.watchlists.iter().map(layout::watchlist_file).collect()),
            ContentKind::SummaryRules => {
                ("SummaryRules", solution.summary_rules.iter().map(layout::summary_file).collect())
            }
            ContentKind::Playbooks => ("Playbooks", solution.playbooks.iter().map(layout::playbook_file).collect()),
        };
        if !paths.is_empty() {
            data.set(key, files(paths));
        }
    }
    if !solution.custom_detections.is_empty() {
        data.set("XDR Detections", files(solution.custom_detections.iter().map(layout::detection_file).collect()));
    }
    // A page does not say that it is one of Microsoft's own.
    let of_microsoft = solution.carried().filter(|connector| connector.kind == "StaticUI");
    let of_microsoft: Vec<Node> = of_microsoft.map(|connector| written(&connector.id)).collect();
    if !of_microsoft.is_empty() {
        data.set("StaticDataConnectorIds", of_microsoft.into());
    }
    for (kind, text) in &info.page_texts {
        if let Some(key) = page_text_key(*kind) {
            data.set(key, written(text));
        }
    }
    if !info.dependencies.is_empty() {
        data.set("dependentDomainSolutionIds", written_all(&info.dependencies));
    }
    // The repository's checks ask for a path and nothing reads it; this is the folder that its guide uses.
    data.set("BasePath", format!("C:\\GitHub\\Azure-Sentinel\\Solutions\\{}", info.name.value).into())
        .set("Version", written(&info.version))
        .set("Metadata", "SolutionMetadata.json".into())
        .set("TemplateSpec", false.into())
        .set("Is1PConnector", false.into());
    data.into()
}

/// What the data file calls the text of the installation page about a kind.
fn page_text_key(kind: ContentKind) -> Option<&'static str> {
    match kind {
        ContentKind::Workbooks => Some("WorkbookBladeDescription"),
        ContentKind::AnalyticRules => Some("AnalyticalRuleBladeDescription"),
        ContentKind::HuntingQueries => Some("HuntingQueryBladeDescription"),
        ContentKind::Watchlists => Some("WatchlistDescription"),
        ContentKind::Playbooks => Some("PlaybooksBladeDescription"),
        ContentKind::Connectors | ContentKind::Parsers | ContentKind::SummaryRules => None,
    }
}

/// The packaging tool uses the description as the replacement text of a regular expression, where `$` followed by one of
/// these means something else; `$$` is a dollar sign.
fn replacement_text(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '$' && chars.peek().is_some_and(|next| "$&`'+_{0".contains(*next)) {
            out.push('$');
        }
    }
    out
}

fn metadata(info: &SolutionInfo) -> Node {
    let mut metadata = Object::new()
        .with("publisherId", written(&info.publisher_id))
        .with("offerId", written(&info.offer_id))
        .with("firstPublishDate", written(&info.first_publish_date));
    if let Some(date) = &info.last_publish_date {
        metadata.set("lastPublishDate", written(date));
    }
    metadata.set("providers", written_all(&info.providers));
    let mut categories = Object::new().with("domains", written_all(&info.domains));
    if !info.verticals.is_empty() {
        categories.set("verticals", written_all(&info.verticals));
    }
    metadata.set("categories", categories.into());
    metadata.set("support", parts::support(info));
    metadata.into()
}

/// One table, newest version first, days before months.
fn release_notes(info: &SolutionInfo) -> String {
    let mut text = String::from("| **Version** | **Date Modified (DD-MM-YYYY)** | **Change History** |\n");
    text.push_str("|-------------|--------------------------------|--------------------|\n");
    for release in &info.releases {
        let cell = |change: &str| change.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        let changes: Vec<String> = release.changes.iter().map(|change| cell(&change.value)).collect();
        let date: Vec<&str> = release.date.value.rsplit('-').collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | {} | {} |", release.version.value, date.join("-"), changes.join("<br/>"));
    }
    text
}

fn emit_connector(package: &Package, number: usize, connector: &Connector, folder: &str, bundle: &mut Bundle) {
    let notation = Notation::new(package, number, connector);
    let origin = Origin::derived(connector.id.span, "package: source of a connector");
    // What stands in these files goes into content templates: literals get the brackets of both passes.
    let mut add = |path: String, tree: Option<Node>| {
        if let Some(tree) = tree {
            bundle.template(format!("{folder}/{path}"), tree, origin);
        }
    };
    let plain = |resource: &Resource| file(&notation, resource, None);
    add(layout::definition_file(connector), package.resource(&connector.definition).map(plain));
    let pollers = connector.pollers.iter().filter_map(|poller| package.resource(&poller.symbol));
    add(
        layout::poller_file(connector),
        one_or_list(pollers.map(|poller| poller_file(package, &notation, poller)).collect(), origin),
    );
    add(layout::collection_rule_file(connector), package.resource(&connector.collection_rule).map(plain));
    let tables = package.tables_of(connector).into_iter().filter(|table| is_first_to_fill(package, connector, table));
    let tables = tables.filter_map(|table| package.resource(&table.symbol));
    add(layout::table_file(connector), one_or_list(tables.map(plain).collect(), origin));
}

/// A table stands in one file, wherever it is used: the packaging tool finds it by its name.
fn is_first_to_fill(package: &Package, connector: &Connector, table: &Table) -> bool {
    let fills = |other: &&Connector| package.tables_of(other).iter().any(|other| other.name == table.name);
    package.solution.codeless().find(fills).is_some_and(|first| first.id == connector.id)
}

fn one_or_list(mut nodes: Vec<Node>, origin: Origin) -> Option<Node> {
    if nodes.len() > 1 { Some(Node::from(nodes).at(origin)) } else { nodes.pop() }
}

fn poller_file(package: &Package, notation: &Notation, resource: &Resource) -> Node {
    let kind = resource.kind_member.as_deref().unwrap_or_default();
    let properties = resource.properties.as_object().map(|object| poller_source::properties(notation, kind, object));
    let nested = package.graph.nested_of(&resource.symbol);
    let properties = properties.map(|mut properties| {
        // The tool makes the queues, and says them itself.
        properties.members.retain(|(name, _)| nested.is_none() || name != "request");
        properties
    });
    let mut node = file(notation, resource, properties);
    if let (Some(filters), Value::Template(object)) = (nested.and_then(Nested::filters), &mut node.value) {
        object.set("eventGridAdvancedFilters", lower(filters, &mut |expr| notation.source(expr, false)));
    }
    node
}

/// A resource in the form of a source file. `properties`: if they are not simply the body.
fn file(notation: &Notation, resource: &Resource, properties: Option<Object>) -> Node {
    let properties = match properties {
        Some(properties) => properties.into(),
        None => lower(&resource.properties, &mut |expr| notation.source(expr, false)),
    };
    let mut object = Object::new()
        .with("name", Node::from(resource.name.clone()).at(resource.origin))
        .with("apiVersion", parts::api_version(resource.kind))
        .with("type", resource.kind.arm_type())
        .with("location", "{{location}}");
    if let Some(kind) = &resource.kind_member {
        object.set("kind", Node::from(kind.clone()).at(resource.origin));
    }
    if let Some(Condition::Holds(condition)) = &resource.condition {
        object.set("condition", Node::from(notation.source(condition, false)).at(resource.origin));
    }
    object.set("properties", properties);
    Node::new(Value::Template(object), Some(resource.origin))
}
