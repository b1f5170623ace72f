//! `analyticRules:`: ids, schedules, MITRE mapping, entities, and the body of the alert rule.

use super::context::Context;
use super::{attack, body, entity, graph, ids};
use crate::diag::did_you_mean;
use crate::diag::rules::{rule as rules, shape};
use crate::ir::{
    AnalyticRule, Connector, EntityMapping, Minutes, Object, RequiredConnector, RuleKind, Schedule, SolutionInfo, Text,
    TriggerOperator, Value,
};
use crate::model;
use crate::source::{Origin, Spanned};

const SEVERITIES: [&str; 4] = ["Informational", "Low", "Medium", "High"];
const STATUSES: [&str; 3] = ["Available", "InPreview", "Deprecated"];

pub fn resolve_all(
    rules: &[model::AnalyticRule],
    info: Option<&SolutionInfo>,
    connectors: &[Connector],
    parts: &mut graph::Parts,
    context: &mut Context<'_>,
) -> Vec<AnalyticRule> {
    context.unique("rules", "analyticRules", rules.iter().map(|rule| &rule.id));
    context.unique("rules", "analyticRules", rules.iter().map(|rule| &rule.name));
    let mut resolved = Vec::new();
    for (i, rule) in rules.iter().enumerate() {
        let path = format!("analyticRules[{i}]");
        if let Some((rule, properties)) = one(rule, &path, info, connectors, context) {
            parts.rules.push((rule.symbol.clone(), properties));
            resolved.push(rule);
        }
    }
    resolved
}

fn one(
    rule: &model::AnalyticRule,
    path: &str,
    info: Option<&SolutionInfo>,
    connectors: &[Connector],
    context: &mut Context<'_>,
) -> Option<(AnalyticRule, Value)> {
    let offer = info.map_or("", |info| info.offer_id.value.as_str());
    let (id, short_id) = rule_id(&rule.id, offer, path, context);
    context.length(&rule.name, &format!("{path}.name"), 256, "repository schema");
    let description = context.text(&rule.description, &format!("{path}.description"));
    let query = context.text(&rule.query, &format!("{path}.query"));
    if let Some(description) = &description {
        context.length(description, &format!("{path}.description"), 5000, "repository schema");
    }
    if let Some(query) = &query {
        context.length(query, &format!("{path}.query"), 10_000, "documented");
        check_legacy_entities(query, rule, path, context);
    }
    for text in [Some(&rule.name), description.as_ref(), query.as_ref()].into_iter().flatten() {
        check_ascii(text, path, context);
    }
    word(&rule.severity, &SEVERITIES, &format!("{path}.severity"), context);
    let status = rule.status.clone().unwrap_or_else(|| Spanned::new("Available".to_owned(), rule.id.span));
    word(&status, &STATUSES, &format!("{path}.status"), context);
    let version = rule.version.clone().unwrap_or_else(|| Spanned::new("1.0.0".to_owned(), rule.id.span));
    check_version(&version, path, context);
    let kind = kind(rule, path, context);
    let schedule = if kind == RuleKind::Scheduled { schedule(rule, path, context) } else { None };
    if kind == RuleKind::Nrt {
        refuse_schedule(rule, path, context);
    }
    let suppression = match &rule.suppression_duration {
        Some(text) => minutes(text, 5, 1440, &format!("{path}.suppressionDuration"), context),
        None => Some(Minutes(60)),
    };
    check_attack(rule, path, context);
    let entity_mappings = entity_mappings(rule, path, context);
    check_custom_details(rule, path, context);
    let (description, query, suppression) = (description?, query?, suppression?);
    if kind == RuleKind::Scheduled && schedule.is_none() {
        return None;
    }
    let required_data_connectors = required(rule, &query, connectors, path, context);
    let resolved = AnalyticRule {
        symbol: graph::rule_symbol(short_id.as_ref().map(|id| id.value.as_str()), &rule.name.value),
        file_base: ids::pascal_case(&rule.name.value),
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
        techniques: rule.relevant_techniques.clone(),
        entity_mappings,
        carried: carried(rule),
        enabled: rule.enabled.is_none_or(|flag| flag.value),
        suppression_duration: suppression.iso(),
        suppression_enabled: rule.suppression_enabled.is_some_and(|flag| flag.value),
    };
    let mut properties = properties(&resolved);
    body::add_unchecked(&mut properties, &rule.unchecked, path, context);
    let properties = Value::object(properties, Origin::written(rule.id.span));
    Some((resolved, properties))
}

fn rule_id(id: &Text, offer: &str, path: &str, context: &mut Context<'_>) -> (Text, Option<Text>) {
    if let Some(guid) = ids::parse_guid(&id.value) {
        return (Spanned::new(guid, id.span), None);
    }
    let shaped = id.value.starts_with(|c: char| c.is_ascii_lowercase())
        && id.value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !shaped {
        let message = format!("`{}` is neither a GUID nor a short name", id.value);
        let help = "write a GUID, or lower-case letters, digits and hyphens";
        context.report(&rules::RULE_ID, id.span, &format!("{path}.id"), message, help);
    }
    (Spanned::new(ids::guid(offer, "analyticRule", &id.value), id.span), Some(id.clone()))
}

fn word(text: &Text, known: &[&'static str], path: &str, context: &mut Context<'_>) {
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

fn check_version(version: &Text, path: &str, context: &mut Context<'_>) {
    let parts: Vec<&str> = version.value.split('.').collect();
    let sound =
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !sound || version.value.len() > 20 {
        let message = format!("`{}` is not a version of a rule", version.value);
        context.report(
            &rules::RULE_VERSION,
            version.span,
            &format!("{path}.version"),
            message,
            "write three numbers, as in 1.0.0",
        );
    }
}

fn check_ascii(text: &Text, path: &str, context: &mut Context<'_>) {
    if let Some(c) = text.value.chars().find(|c| !c.is_ascii()) {
        let message = format!("`{c}` is not ASCII; the repository refuses rule files with such characters");
        context.report(&rules::NOT_ASCII, text.span, path, message, "write it in ASCII");
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

fn schedule(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) -> Option<Schedule> {
    const MAX: i64 = 14 * 1440;
    let mut read = |text: &Option<Text>, key: &str| match text {
        Some(text) => {
            minutes(text, 5, MAX, &format!("{path}.{key}"), context).map(|minutes| Spanned::new(minutes, text.span))
        }
        None => {
            let message = format!("a scheduled rule needs `{key}`");
            context.report(
                &shape::MISSING_KEY,
                rule.id.span,
                path,
                message,
                format!("add `{key}`, as in 15m, 1h or 14d"),
            );
            None
        }
    };
    let frequency = read(&rule.query_frequency, "queryFrequency");
    let period = read(&rule.query_period, "queryPeriod");
    let operator = operator(rule, path, context);
    let threshold = rule.trigger_threshold.unwrap_or(Spanned::new(0, rule.id.span));
    if !(0..=10_000).contains(&threshold.value) {
        let message = format!("`triggerThreshold` is {}; 0 to 10000 are taken", threshold.value);
        context.report(
            &shape::OUT_OF_RANGE,
            threshold.span,
            &format!("{path}.triggerThreshold"),
            message,
            "take a value in the range",
        );
    }
    let (frequency, period) = (frequency?, period?);
    if period.value < frequency.value {
        let message = format!(
            "the rule looks back {} and runs every {}: what lies between is never read",
            period.value.short(),
            frequency.value.short()
        );
        let help = format!("make `queryPeriod` {} or more", frequency.value.short());
        context.report(&rules::SCHEDULE, period.span, &format!("{path}.queryPeriod"), message, help);
    }
    if period.value.0 >= 2 * 1440 && frequency.value.0 < 60 {
        let message = "a rule that looks back two days or more cannot run more often than once an hour";
        context.report(
            &rules::SCHEDULE,
            frequency.span,
            &format!("{path}.queryFrequency"),
            message,
            "write 1h or more",
        );
    }
    Some(Schedule { frequency, period, operator: operator?, threshold })
}

fn operator(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) -> Option<Spanned<TriggerOperator>> {
    use TriggerOperator::{Equal, GreaterThan, LessThan, NotEqual};
    let Some(text) = &rule.trigger_operator else { return Some(Spanned::new(GreaterThan, rule.id.span)) };
    let found = [GreaterThan, LessThan, Equal, NotEqual]
        .into_iter()
        .find(|op| [op.short(), op.name()].contains(&text.value.as_str()));
    if found.is_none() {
        let message = format!("`{}` is not a trigger operator", text.value);
        context.report(
            &shape::UNKNOWN_VALUE,
            text.span,
            &format!("{path}.triggerOperator"),
            message,
            "write gt, lt, eq or ne",
        );
    }
    found.map(|op| Spanned::new(op, text.span))
}

/// `15m`, `1h`, `14d` within a range of minutes.
fn minutes(text: &Text, min: i64, max: i64, path: &str, context: &mut Context<'_>) -> Option<Minutes> {
    let value = text.value.as_str();
    let parsed = value.split_at_checked(value.len().saturating_sub(1)).and_then(|(number, unit)| {
        let number: i64 = number.parse().ok().filter(|_| number.bytes().all(|b| b.is_ascii_digit()))?;
        let factor = match unit {
            "m" => 1,
            "h" => 60,
            "d" => 1440,
            _ => return None,
        };
        number.checked_mul(factor)
    });
    let Some(total) = parsed else {
        let message = format!("`{value}` is not a duration of the repository's rule files");
        let help = if value.to_ascii_uppercase().starts_with('P') {
            "ISO 8601 is made for the template; write a number and m, h or d here, as in 15m"
        } else {
            "write a number and m, h or d, as in 15m, 1h or 14d"
        };
        context.report(&rules::DURATION, text.span, path, message, help);
        return None;
    };
    if !(min..=max).contains(&total) {
        let message =
            format!("`{value}` is out of range; {} to {} are taken", Minutes(min).short(), Minutes(max).short());
        context.report(&rules::DURATION, text.span, path, message, "take a value in the range");
        return None;
    }
    Some(Minutes(total))
}

fn refuse_schedule(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) {
    let keys = [
        ("queryFrequency", rule.query_frequency.as_ref().map(|text| text.span)),
        ("queryPeriod", rule.query_period.as_ref().map(|text| text.span)),
        ("triggerOperator", rule.trigger_operator.as_ref().map(|text| text.span)),
        ("triggerThreshold", rule.trigger_threshold.as_ref().map(|number| number.span)),
    ];
    for (key, span) in keys {
        if let Some(span) = span {
            let message = format!("an NRT rule has no `{key}`: it runs every minute");
            context.report(&rules::NRT_SCHEDULE, span, &format!("{path}.{key}"), message, format!("remove `{key}`"));
        }
    }
}

fn check_attack(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) {
    let known: Vec<&str> = attack::tactics().collect();
    for (i, tactic) in rule.tactics.iter().enumerate() {
        word(tactic, &known, &format!("{path}.tactics[{i}]"), context);
    }
    if rule.tactics.is_empty() || rule.relevant_techniques.is_empty() {
        let message = format!("`{}` has no complete MITRE ATT&CK mapping", rule.name.value);
        let help = "add `tactics` and `relevantTechniques`; certification rejects rules without them";
        context.report(&rules::NO_ATTACK, rule.name.span, path, message, help);
    }
    for (i, technique) in rule.relevant_techniques.iter().enumerate() {
        let path = format!("{path}.relevantTechniques[{i}]");
        let listed = rule.tactics.iter().map(|tactic| tactic.value.as_str()).collect::<Vec<_>>();
        match attack::tactics_of(&technique.value) {
            None => {
                let message = format!("`{}` is not a technique", technique.value);
                context.report(
                    &rules::TECHNIQUE,
                    technique.span,
                    &path,
                    message,
                    "write T and four digits, then a sub-technique of three if there is one: T1098.001",
                );
            }
            Some(tactics) if tactics.is_empty() => {
                let message = format!("the repository's table does not know `{}`", technique.value);
                context.report(
                    &rules::TECHNIQUE,
                    technique.span,
                    &path,
                    message,
                    "take a technique that it knows; newer ATT&CK ids are refused there",
                );
            }
            Some(tactics) if !tactics.iter().any(|tactic| listed.contains(tactic)) => {
                let message = format!("`{}` belongs to none of the rule's tactics", technique.value);
                context.report(
                    &rules::TECHNIQUE,
                    technique.span,
                    &path,
                    message,
                    format!("it belongs to {}", tactics.join(", ")),
                );
            }
            Some(_) => {}
        }
    }
}

fn entity_mappings(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) -> Vec<EntityMapping> {
    if rule.entity_mappings.is_empty() {
        let message = format!("`{}` maps no entities, so its alerts link to nothing", rule.name.value);
        context.report(&rules::NO_ENTITIES, rule.name.span, path, message, "add `entityMappings`");
    }
    if rule.entity_mappings.len() > 10 {
        let message = format!("{} entity mappings; ten at most are taken", rule.entity_mappings.len());
        context.report(&rules::ENTITY, rule.name.span, path, message, "keep ten");
    }
    for (i, mapping) in rule.entity_mappings.iter().enumerate() {
        check_mapping(mapping, &format!("{path}.entityMappings[{i}]"), context);
    }
    let one = |mapping: &model::EntityMapping| EntityMapping {
        entity_type: mapping.entity_type.clone(),
        fields: mapping
            .field_mappings
            .iter()
            .map(|field| (field.identifier.clone(), field.column_name.clone()))
            .collect(),
    };
    rule.entity_mappings.iter().map(one).collect()
}

fn check_mapping(mapping: &model::EntityMapping, path: &str, context: &mut Context<'_>) {
    let ty = &mapping.entity_type;
    let Some(entity) = entity::find(&ty.value) else {
        let known: Vec<&'static str> = entity::names().collect();
        word(ty, &known, &format!("{path}.entityType"), context);
        return;
    };
    if !(1..=3).contains(&mapping.field_mappings.len()) {
        let message = format!("{} identifiers; one to three are taken", mapping.field_mappings.len());
        context.report(&rules::ENTITY, ty.span, path, message, "keep the strongest three");
    }
    for field in &mapping.field_mappings {
        word(&field.identifier, entity.identifiers, path, context);
        let column = &field.column_name.value;
        let sound = column.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && column.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !sound {
            let message = format!("`{column}` cannot be the name of a column");
            context.report(
                &rules::ENTITY,
                field.column_name.span,
                path,
                message,
                "name a column of the query's result",
            );
        }
    }
    context.unique("identifiers", path, mapping.field_mappings.iter().map(|field| &field.identifier));
    let has = |combination: &&[&str]| {
        combination.iter().all(|name| mapping.field_mappings.iter().any(|field| field.identifier.value == *name))
    };
    let list =
        |combinations: &[&[&str]]| combinations.iter().map(|names| names.join(" + ")).collect::<Vec<_>>().join(", ");
    if !entity.needed.iter().any(&has) {
        let message = format!("{} lacks an identifier that the repository asks for", ty.value);
        context.report(&rules::ENTITY, ty.span, path, message, format!("add one of {}", list(entity.needed)));
    } else if !entity.strong.is_empty() && !entity.strong.iter().any(&has) {
        let message = format!("{} has only a weak identifier: different entities may be taken for one", ty.value);
        context.report(&rules::WEAK_ENTITY, ty.span, path, message, format!("strong are {}", list(entity.strong)));
    }
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
                "at most 20 letters, digits and underscores, a letter first",
            );
        }
    }
}

/// What the rule says, or the connectors of this solution whose tables the query names.
fn required(
    rule: &model::AnalyticRule,
    query: &Text,
    connectors: &[Connector],
    path: &str,
    context: &mut Context<'_>,
) -> Vec<RequiredConnector> {
    let own: Vec<&str> = connectors.iter().map(|connector| connector.definition_name.value.as_str()).collect();
    if let Some(given) = &rule.required_data_connectors {
        for required in given.iter().filter(|required| !own.contains(&required.connector_id.value.as_str())) {
            let message = format!("this solution has no connector `{}`", required.connector_id.value);
            let help = match did_you_mean(&required.connector_id.value, own.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "fine if it is a connector of another solution; then allow this".to_owned(),
            };
            context.report(&rules::FOREIGN_CONNECTOR, required.connector_id.span, path, message, help);
        }
        let one = |required: &model::RequiredConnector| RequiredConnector {
            connector_id: required.connector_id.clone(),
            data_types: required.data_types.clone(),
        };
        return given.iter().map(one).collect();
    }
    let names =
        |table: &str| query.value.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == table);
    let mut derived = Vec::new();
    for connector in connectors {
        let mut data_types: Vec<Text> = Vec::new();
        for stream in &connector.streams {
            if names(&stream.table.value) && !data_types.iter().any(|table| table.value == stream.table.value) {
                data_types.push(stream.table.clone());
            }
        }
        if !data_types.is_empty() {
            derived.push(RequiredConnector { connector_id: connector.definition_name.clone(), data_types });
        }
    }
    derived
}

fn carried(rule: &model::AnalyticRule) -> Vec<(&'static str, Value)> {
    let mut carried = Vec::new();
    carried.extend(rule.event_grouping_settings.as_ref().map(|raw| ("eventGroupingSettings", body::raw(&raw.0))));
    carried.extend(rule.custom_details.as_ref().map(|details| {
        let mut members = Object::new();
        for (key, column) in &details.0 {
            members.set(key.value.clone(), Value::written(column));
        }
        ("customDetails", Value::object(members, Origin::written(rule.id.span)))
    }));
    carried.extend(rule.alert_details_override.as_ref().map(|raw| ("alertDetailsOverride", body::raw(&raw.0))));
    carried.extend(rule.incident_configuration.as_ref().map(|raw| ("incidentConfiguration", body::raw(&raw.0))));
    carried.extend(rule.sentinel_entities_mappings.as_ref().map(|raw| ("sentinelEntitiesMappings", body::raw(&raw.0))));
    carried
}

/// The body of the alert rule in the deploy bundle.
fn properties(rule: &AnalyticRule) -> Object {
    let at = Origin::written(rule.id.span);
    let mut body = Object::new()
        .with("displayName", Value::written(&rule.name))
        .with("description", Value::written(&rule.description))
        .with("severity", Value::written(&rule.severity))
        .with("enabled", Value::bool(rule.enabled, Origin::derived(rule.id.span, "default: enabled")))
        .with("query", Value::written(&rule.query));
    if let Some(schedule) = &rule.schedule {
        let written = |text: String, span| Value::text(text, Origin::written(span));
        body.set("queryFrequency", written(schedule.frequency.value.iso(), schedule.frequency.span));
        body.set("queryPeriod", written(schedule.period.value.iso(), schedule.period.span));
        body.set("triggerOperator", written(schedule.operator.value.name().to_owned(), schedule.operator.span));
        body.set("triggerThreshold", Value::int(schedule.threshold.value, Origin::written(schedule.threshold.span)));
    }
    body.set("suppressionDuration", Value::text(rule.suppression_duration.clone(), at));
    body.set("suppressionEnabled", Value::bool(rule.suppression_enabled, at));
    if !rule.tactics.is_empty() {
        body.set("tactics", Value::array(rule.tactics.iter().map(Value::written).collect(), at));
    }
    let mut techniques: Vec<Value> = Vec::new();
    for technique in &rule.techniques {
        // The stable apiVersion takes techniques alone, each once; a sub-technique stands for its technique.
        let base = technique.value.split('.').next().unwrap_or_default();
        if !techniques.iter().any(|known| known.as_text() == Some(base)) {
            techniques.push(Value::text(base, Origin::written(technique.span)));
        }
    }
    if !techniques.is_empty() {
        body.set("techniques", Value::array(techniques, at));
    }
    if !rule.entity_mappings.is_empty() {
        body.set("entityMappings", Value::array(rule.entity_mappings.iter().map(entity_mapping).collect(), at));
    }
    for (key, value) in &rule.carried {
        body.set(*key, value.clone());
    }
    body
}

fn entity_mapping(mapping: &EntityMapping) -> Value {
    let at = Origin::written(mapping.entity_type.span);
    let field = |(identifier, column): &(Text, Text)| {
        let body =
            Object::new().with("identifier", Value::written(identifier)).with("columnName", Value::written(column));
        Value::object(body, Origin::written(identifier.span))
    };
    let body = Object::new()
        .with("entityType", Value::written(&mapping.entity_type))
        .with("fieldMappings", Value::array(mapping.fields.iter().map(field).collect(), at));
    Value::object(body, at)
}
