//! What a rule says of its alerts and incidents: details from columns, grouping.

use super::{Context, entity};
use crate::diag::did_you_mean;
use crate::diag::rules::rule as rules;
use crate::ir::Text;
use crate::model::{AnalyticRule, Format, Grouping};
use crate::sema::queries::{Named, Use};
use crate::source::Spanned;

/// Columns in a format at most (documented: the Azure-Sentinel repository's schema tests).
const MOST_COLUMNS: usize = 3;

/// What only the rule as a whole tells; the rest is in the schema of the emitted rule.
pub fn check(rule: &AnalyticRule, path: &str, context: &mut Context<'_>) {
    if let Some(details) = rule.alert_details_override.as_ref().map(|kept| &kept.value) {
        for (format, key) in
            [(&details.display_name, "alertDisplayNameFormat"), (&details.description, "alertDescriptionFormat")]
        {
            if let Some(format) = format {
                check_format(format, &format!("{path}.alertDetailsOverride.{key}"), context);
            }
        }
    }
    if let Some(grouping) = rule.incident_configuration.as_ref().and_then(|kept| kept.value.grouping.as_ref()) {
        check_grouping(grouping, rule, &format!("{path}.incidentConfiguration.groupingConfiguration"), context);
    }
}

/// The columns that the rule names.
pub fn named(rule: &AnalyticRule) -> Vec<Named> {
    let mut named: Vec<Named> = entity::columns(&rule.entity_mappings).collect();
    let mut note = |used, column: &Text| named.push(Named { used, column: column.clone() });
    for (_, column) in rule.custom_details.iter().flat_map(|details| &details.0) {
        note(Use::CustomDetail, column);
    }
    if let Some(details) = rule.alert_details_override.as_ref().map(|kept| &kept.value) {
        let formats = [&details.display_name, &details.description];
        formats.into_iter().flatten().flat_map(|f| &f.columns).for_each(|column| note(Use::AlertDetail, column));
        let columns = [&details.tactics_column, &details.severity_column];
        columns.into_iter().flatten().for_each(|column| note(Use::AlertDetail, column));
        details.dynamic_properties.iter().for_each(|property| note(Use::AlertDetail, &property.column));
    }
    for mapping in rule.sentinel_entities_mappings.iter().flat_map(|kept| &kept.value) {
        note(Use::Entities, &mapping.column_name);
    }
    named
}

fn check_format(format: &Format, path: &str, context: &mut Context<'_>) {
    if let Some(extra) = format.columns.get(MOST_COLUMNS) {
        let message = format!("{} columns in this text; {MOST_COLUMNS} at most are taken", format.columns.len());
        context.report(&rules::ALERT_DETAILS, extra.span, path, message, "take one out");
    }
}

fn check_grouping(grouping: &Grouping, rule: &AnalyticRule, path: &str, context: &mut Context<'_>) {
    let at = |key: &str| format!("{path}.{key}");
    let details: Vec<&str> =
        rule.custom_details.iter().flat_map(|map| &map.0).map(|(key, _)| key.value.as_str()).collect();
    for name in &grouping.custom_details {
        refer(name, &details, "custom detail", "customDetails", &at("groupByCustomDetails"), context);
    }
    let mapped: Vec<&str> = rule.entity_mappings.iter().map(|mapping| mapping.entity_type.value.as_str()).collect();
    for ty in &grouping.entities {
        refer(ty, &mapped, "mapped entity", "entityMappings", &at("groupByEntities"), context);
    }
    let lists = [&grouping.entities, &grouping.alert_details, &grouping.custom_details];
    let method = &grouping.matching_method;
    if method.value == "Selected" && lists.into_iter().all(Vec::is_empty) {
        let message = "`Selected` groups by nothing: all three lists are empty";
        let help = "fill groupByEntities, groupByAlertDetails or groupByCustomDetails, or write AllEntities";
        context.report(&rules::GROUPING, method.span, &at("matchingMethod"), message, help);
    }
}

/// A name that this rule has to declare.
fn refer(name: &Spanned<String>, known: &[&str], what: &str, declared_in: &str, path: &str, context: &mut Context<'_>) {
    if known.contains(&name.value.as_str()) {
        return;
    }
    let help = match did_you_mean(&name.value, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add it to `{declared_in}`, or take it out here"),
    };
    let message = format!("this rule has no {what} `{}`", name.value);
    context.report(&rules::GROUPING, name.span, path, message, help);
}
