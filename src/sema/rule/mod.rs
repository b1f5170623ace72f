//! `analyticRules:`: ids, schedules, MITRE mapping, entities, and the body of the alert rule.

mod alert;
pub mod attack;
mod details;
pub mod entity;
mod schedule;

use super::content::Surroundings;
use super::context::Context;
use super::{body, content, graph, ids, queries};
use crate::diag::did_you_mean;
use crate::diag::rules::{rule as rules, shape};
use crate::ir::{AnalyticRule, Object, RuleKind, Text, Value, ValueKind};
use crate::model::{self, Pasted};
use crate::source::{Origin, Spanned};
use crate::syntax::Node;

const SEVERITIES: [&str; 4] = ["Informational", "Low", "Medium", "High"];
const STATUSES: [&str; 3] = ["Available", "InPreview", "Deprecated"];

pub fn resolve_all(
    rules: &[Pasted<model::AnalyticRule>],
    around: &Surroundings<'_>,
    parts: &mut graph::Parts,
    context: &mut Context<'_>,
) -> Vec<AnalyticRule> {
    context.unique("rules", "analyticRules", rules.iter().map(|rule| &rule.item.id));
    let names: Vec<&Text> = rules.iter().map(|rule| &rule.item.name).collect();
    content::unique_names("rules", "analyticRules", rules, &names, context);
    let files = content::file_bases(rules, &names, ids::pascal_case, "analyticRules", context);
    let mut resolved = Vec::new();
    for (rule, file) in rules.iter().zip(files) {
        if let Some((rule, properties)) = one(&rule.item, file.value, &rule.path, around, context) {
            parts.rules.push((rule.symbol.clone(), properties));
            resolved.push(rule);
        }
    }
    resolved
}

fn one(
    rule: &model::AnalyticRule,
    file_base: String,
    path: &str,
    around: &Surroundings<'_>,
    context: &mut Context<'_>,
) -> Option<(AnalyticRule, Value)> {
    let (id, short_id) = content::id(&rule.id, "analyticRule", around.offer(), path, context);
    context.length(&rule.name, &format!("{path}.name"), 256, "repository schema");
    let description = context.description(&rule.description, &format!("{path}.description"));
    let placed = context.placed(&rule.query, &format!("{path}.query"));
    let (query, places) = placed.unzip();
    if let Some(description) = &description {
        context.length(description, &format!("{path}.description"), 5000, "repository schema");
    }
    if let Some(query) = &query {
        context.length(query, &format!("{path}.query"), 10_000, "documented");
        check_legacy_entities(query, rule, path, context);
    }
    for text in [Some(&rule.name), description.as_ref(), query.as_ref()].into_iter().flatten() {
        content::check_ascii(text, path, context);
    }
    word(&rule.severity, &SEVERITIES, &format!("{path}.severity"), context);
    let status = rule.status.clone().unwrap_or_else(|| Spanned::new("Available".to_owned(), rule.id.span));
    word(&status, &STATUSES, &format!("{path}.status"), context);
    let version = rule.version.clone().unwrap_or_else(|| Spanned::new("1.0.0".to_owned(), rule.id.span));
    content::check_version(&version, path, context);
    let kind = kind(rule, path, context);
    let schedule = if kind == RuleKind::Scheduled { schedule::resolve(rule, path, context) } else { None };
    if kind == RuleKind::Nrt {
        schedule::refuse(rule, path, context);
    }
    let suppression = match &rule.suppression_duration {
        Some(text) => schedule::minutes(text, 5, 1440, &format!("{path}.suppressionDuration"), context),
        None => Some(AnalyticRule::SUPPRESSION),
    };
    attack::check(rule, path, context);
    let entity_mappings = entity::mappings(rule, path, context);
    check_custom_details(rule, path, context);
    details::check(rule, path, context);
    let named = details::named(rule);
    let named_columns = named.iter().map(|named| (named.used.name(), named.column.clone())).collect();
    let reads = query.as_ref().zip(places).map(|(query, places)| {
        let (schedule, connectors) = (schedule.as_ref(), around.connectors);
        let checked = queries::Rule { kind, id: &rule.id, schedule, named, connectors, path };
        queries::rule(query, &places, around.globals, &checked, context)
    });
    let (description, query, reads, suppression) = (description?, query?, reads?, suppression?);
    if kind == RuleKind::Scheduled && schedule.is_none() {
        return None;
    }
    let required_data_connectors =
        content::required(rule.required_data_connectors.as_deref(), &reads, around.connectors, path, context);
    let resolved = AnalyticRule {
        symbol: context.symbol("rule", short_id.as_ref().map_or(&rule.name.value, |id| &id.value)),
        file_base,
        id,
        short_id,
        name: rule.name.clone(),
        description,
        version,
        kind,
        severity: rule.severity.clone(),
        status,
        query,
        schedule,
        required_data_connectors,
        tactics: rule.tactics.clone(),
        techniques: attack::techniques(rule),
        entity_mappings,
        named_columns,
        carried: carried(rule),
        enabled: rule.enabled.is_none_or(|flag| flag.value),
        suppression_duration: suppression,
        suppression_enabled: rule.suppression_enabled.is_some_and(|flag| flag.value),
    };
    let mut properties = alert::properties(&resolved);
    body::add_unchecked(&mut properties, &rule.unchecked, path, context);
    let properties = Value::object(properties, Origin::written(rule.id.span));
    Some((resolved, properties))
}

pub fn word(text: &Text, known: &[&'static str], path: &str, context: &mut Context<'_>) {
    if !known.contains(&text.value.as_str()) {
        let help = match did_you_mean(&text.value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", known.join(", ")),
        };
        context.report(
            &shape::UNKNOWN_VALUE,
            text.span,
            path,
            format!("`{}` is not a value of this key", text.value),
            help,
        );
    }
}

fn check_legacy_entities(query: &Text, rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) {
    const LEGACY: [&str; 6] = [
        "AccountCustomEntity",
        "HostCustomEntity",
        "IPCustomEntity",
        "URLCustomEntity",
        "ProcessCustomEntity",
        "FileHashCustomEntity",
    ];
    let mapped = |name: &str| {
        rule.entity_mappings
            .iter()
            .flat_map(|mapping| &mapping.field_mappings)
            .any(|field| field.column_name.value == name)
    };
    for name in LEGACY.into_iter().filter(|name| query.value.contains(name) && !mapped(name)) {
        let message = format!("the query makes `{name}`, and no entity mapping uses it");
        let help = "map the column itself in entityMappings, and remove the old one from the query";
        context.report(&rules::LEGACY_ENTITY, query.span, &format!("{path}.query"), message, help);
    }
}

fn kind(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) -> RuleKind {
    let Some(kind) = &rule.kind else { return RuleKind::Scheduled };
    word(kind, &["Scheduled", "NRT"], &format!("{path}.kind"), context);
    if kind.value == "NRT" { RuleKind::Nrt } else { RuleKind::Scheduled }
}

fn check_custom_details(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) {
    let Some(details) = &rule.custom_details else { return };
    if details.0.len() > 20 {
        let message = format!("{} custom details; twenty at most are taken", details.0.len());
        context.report(
            &rules::CUSTOM_DETAILS,
            rule.name.span,
            &format!("{path}.customDetails"),
            message,
            "keep twenty",
        );
    }
    for (key, _) in &details.0 {
        let sound = key.value.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && key.value.len() <= 20;
        if !sound {
            let message = format!("`{}` cannot be the name of a custom detail", key.value);
            context.report(
                &rules::CUSTOM_DETAILS,
                key.span,
                &format!("{path}.customDetails"),
                message,
                "write at most 20 letters, digits and underscores, a letter first",
            );
        }
    }
}

fn carried(rule: &model::AnalyticRule) -> Vec<(&'static str, Value)> {
    let mut carried = Vec::new();
    carried.extend(rule.event_grouping_settings.as_ref().map(|kept| ("eventGroupingSettings", whole(&kept.node))));
    carried.extend(rule.custom_details.as_ref().map(|details| {
        let mut members = Object::new();
        for (key, column) in &details.0 {
            members.set(key.value.clone(), Value::written(column));
        }
        ("customDetails", Value::object(members, Origin::written(rule.id.span)))
    }));
    carried.extend(rule.alert_details_override.as_ref().map(|kept| ("alertDetailsOverride", whole(&kept.node))));
    carried.extend(rule.incident_configuration.as_ref().map(|kept| ("incidentConfiguration", whole(&kept.node))));
    carried
        .extend(rule.sentinel_entities_mappings.as_ref().map(|kept| ("sentinelEntitiesMappings", whole(&kept.node))));
    carried
}

/// What a rule carries as it is given: without members that say nothing, and with durations as the service writes them.
fn whole(node: &Node) -> Value {
    let mut value = body::raw(node);
    settle(&mut value);
    value
}

fn settle(value: &mut Value) {
    match &mut value.kind {
        ValueKind::Object(object) => {
            object.members.retain(|(_, member)| member.kind != ValueKind::Null);
            for (name, member) in &mut object.members {
                match &mut member.kind {
                    ValueKind::Text(text) if name == "lookbackDuration" => {
                        // The service takes ISO 8601 alone; published files also have `5h`, which Microsoft's packager copies.
                        if let Some(minutes) = schedule::parse(text) {
                            *text = minutes.iso();
                        }
                    }
                    _ => settle(member),
                }
            }
        }
        ValueKind::Array(items) => items.iter_mut().for_each(settle),
        _ => {}
    }
}
