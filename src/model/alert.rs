//! What an analytic rule says of its alerts and incidents: details from columns, grouping.

use super::decode::{Decode, Decoder, decode_struct, text_scalar};
use super::schema::Schemas;
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Scalar};
use serde_json::{Value as Json, json};

type Text = Spanned<String>;

decode_struct! {
    /// Names, descriptions and properties of alerts from columns of the query's result.
    pub struct AlertDetails {
        /// The alert's name, with up to three {{Column}} in it; 256 characters at most.
        "alertDisplayNameFormat" display_name: Option<Format>,
        /// The alert's description, with up to three {{Column}} in it; 5,000 characters at most.
        "alertDescriptionFormat" description: Option<Format>,
        /// A column that holds tactics.
        "alertTacticsColumnName" tactics_column: Option<Text>,
        /// A column that holds the severity.
        "alertSeverityColumnName" severity_column: Option<Text>,
        /// Further properties of the alert, each from a column.
        "alertDynamicProperties" dynamic_properties: Vec<DynamicProperty>,
    }
}

decode_struct! {
    /// A property of the alert that a column gives.
    pub struct DynamicProperty {
        /// AlertLink, ConfidenceLevel, ConfidenceScore, ExtendedLinks, ProductName, ProviderName, ProductComponentName,
        /// RemediationSteps, Techniques or SubTechniques.
        "alertProperty" property: Text,
        /// A column of the query's result.
        "value" column: Text,
    }
}

decode_struct! {
    /// One alert for all rows, or one for each.
    pub struct EventGrouping {
        /// SingleAlert (the service's default) or AlertPerResult.
        "aggregationKind" aggregation_kind: Text,
    }
}

decode_struct! {
    /// Whether and how incidents are made of the alerts.
    pub struct IncidentConfiguration {
        /// Whether alerts become incidents.
        "createIncident" create_incident: Spanned<bool>,
        /// Which alerts go into one incident; default: each has its own.
        "groupingConfiguration" grouping: Option<Grouping>,
    }
}

decode_struct! {
    /// Which alerts go into one incident.
    pub struct Grouping {
        /// Whether alerts are grouped.
        "enabled" enabled: Spanned<bool>,
        /// Whether a closed incident is opened again by an alert that belongs to it.
        "reopenClosedIncident" reopen_closed_incident: Spanned<bool>,
        /// How far apart alerts of one incident may lie: 5m to 7d.
        "lookbackDuration" lookback: Text,
        /// AllEntities, AnyAlert or Selected.
        "matchingMethod" matching_method: Text,
        /// With Selected: types of entities that this rule maps.
        "groupByEntities" entities: Vec<Text>,
        /// With Selected: DisplayName, Severity.
        "groupByAlertDetails" alert_details: Vec<Text>,
        /// With Selected: names of custom details of this rule.
        "groupByCustomDetails" custom_details: Vec<Text>,
    }
}

decode_struct! {
    /// A column that holds whole entities.
    pub struct SentinelEntities {
        /// A column of the query's result.
        "columnName" column_name: Text,
    }
}

/// A text with `{{Column}}` in it.
#[derive(Debug, Clone)]
pub struct Format {
    /// Each at its place between the braces.
    pub columns: Vec<Text>,
}

impl Decode for Format {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = text_scalar(node, decoder)?;
        Some(Format { columns: placeholders(scalar, node.span) })
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string" })
    }
}

/// Anything but braces between two opening and two closing ones, without the blanks around it: what the service replaces.
fn placeholders(scalar: &Scalar, span: Span) -> Vec<Text> {
    let text = scalar.text.as_str();
    let mut found = Vec::new();
    for (open, _) in text.match_indices("{{") {
        let start = open + 2;
        let inner = text.get(start..).and_then(|rest| rest.split(['{', '}']).next()).unwrap_or_default();
        let name = inner.trim();
        let closed = text.get(start + inner.len()..).is_some_and(|rest| rest.starts_with("}}"));
        if closed && !name.is_empty() {
            let start = start + inner.len() - inner.trim_start().len();
            found.push(Spanned::new(name.to_owned(), scalar.span_of(start..start + name.len(), span)));
        }
    }
    found
}
