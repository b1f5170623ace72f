//! The spec's own structures: solution, inputs, tables, rules, resources, checks.

use super::decode::decode_struct;
use super::{
    AlertDetails, EventGrouping, Hole, IncidentConfiguration, Kept, Map, Prose, Raw, SentinelEntities, Unchecked,
};
use crate::source::Spanned;

type Text = Spanned<String>;

decode_struct! {
    /// Identity, texts, support and dates of the solution.
    pub struct Solution {
        /// Name in Content Hub and of the folder under Solutions/; letters, digits and blanks.
        "name" name: Text,
        /// x.y.z; a new solution starts at 3.0.0.
        "version" version: Text,
        /// Partner Center publisher id.
        "publisherId" publisher_id: Text,
        /// Partner Center offer id, azure-sentinel-solution-<name>.
        "offerId" offer_id: Text,
        /// Who is named as author; default: the name of the support.
        "author" author: Option<Text>,
        /// The author's e-mail address.
        "authorEmail" author_email: Option<Text>,
        /// One sentence for search results, 100 characters at most.
        "summary" summary: Text,
        /// Markdown; says "Microsoft Sentinel".
        "description" description: Prose,
        /// Who provides the data.
        "providers" providers: Vec<Text>,
        /// Domains and verticals of Content Hub.
        "categories" categories: Hole<Categories>,
        /// Who helps the solution's users.
        "support" support: Hole<Support>,
        /// YYYY-MM-DD
        "firstPublishDate" first_publish_date: Text,
        /// YYYY-MM-DD; default: none.
        "lastPublishDate" last_publish_date: Option<Text>,
        /// The logo, an SVG file beside the spec of at most 5 kB.
        "logo" logo: Option<Prose>,
        /// Newest first; default: one entry of this version and the publish date.
        "releaseNotes" release_notes: Vec<Release>,
        /// The plan of the marketplace offer; default: derived from the offer id.
        "planId" plan_id: Option<Text>,
        /// Search words of the marketplace offer, two at most; the mandatory one is added.
        "keywords" keywords: Vec<Text>,
        /// Marketplace sub-categories, two at most; default: threat-protection.
        "marketplaceCategories" marketplace_categories: Vec<Text>,
        /// Link to the privacy policy.
        "privacyPolicy" privacy_policy: Option<Text>,
        /// Keys of this mapping whose values nobody has published; they are shown until confirmed.
        "assumed" assumed: Vec<Text>,
        /// Kinds of content by their keys, in the order in which the package lists them; default: connectors, parsers,
        /// workbooks, analyticRules, huntingQueries, watchlists, summaryRules, playbooks.
        "contentOrder" content_order: Vec<Text>,
        /// Ids of other solutions that this one needs, publisherId.offerId; Content Hub installs them with it.
        "dependencies" dependencies: Vec<Text>,
        /// Texts of the installation page in place of the usual ones.
        "installationPage" installation_page: Option<InstallationPage>,
        /// What a reader of the documentation page needs first (Markdown).
        "prerequisites" prerequisites: Vec<Text>,
        /// What the solution does not do (Markdown).
        "limitations" limitations: Vec<Text>,
    }
}

decode_struct! {
    /// What the installation page says of a kind of content; default: what the kind is for.
    pub struct InstallationPage {
        /// Above the workbooks.
        "workbooks" workbooks: Option<Prose>,
        /// Above the analytic rules.
        "analyticRules" analytic_rules: Option<Prose>,
        /// Above the hunting queries.
        "huntingQueries" hunting_queries: Option<Prose>,
        /// Below the name of each watchlist, in place of its description.
        "watchlists" watchlists: Option<Prose>,
        /// In place of the text about playbooks.
        "playbooks" playbooks: Option<Prose>,
    }
}

decode_struct! {
    /// Where Content Hub lists the solution.
    pub struct Categories {
        /// At least one of the 23 domains.
        "domains" domains: Vec<Text>,
        /// Industries, if it is for some only.
        "verticals" verticals: Vec<Text>,
    }
}

decode_struct! {
    /// Who helps the solution's users; a link or an e-mail address is needed.
    pub struct Support {
        /// Name of the vendor or team.
        "name" name: Text,
        /// E-mail address.
        "email" email: Option<Text>,
        /// Microsoft, Partner or Community.
        "tier" tier: Text,
        /// https link.
        "link" link: Option<Text>,
    }
}

decode_struct! {
    /// One row of the release notes.
    pub struct Release {
        /// x.y.z
        "version" version: Text,
        /// YYYY-MM-DD
        "date" date: Text,
        /// What changed, one item a line.
        "changes" changes: Vec<Text>,
    }
}

decode_struct! {
    /// Something that the person who connects is asked for.
    pub struct Input {
        /// Shown above the box.
        "label" label: Text,
        /// Shown below the box and as description of the template's parameter.
        "description" description: Option<Text>,
        /// Shown in the empty box.
        "placeholder" placeholder: Option<Text>,
        /// Used when the box stays empty; makes the input optional.
        "default" default: Option<Text>,
        /// Default: true without a default.
        "required" required: Option<Spanned<bool>>,
        /// A password box and a secure parameter.
        "secret" secret: Option<Spanned<bool>>,
        /// text or url; default: url if the default value is one. A URL loses its closing slash.
        "type" ty: Option<Text>,
        /// Makes it a choice of one.
        "options" options: Vec<InputChoice>,
    }
}

decode_struct! {
    /// One option of a choice.
    pub struct InputChoice {
        /// The value.
        "key" key: Text,
        /// Shown to the person.
        "text" text: Text,
    }
}

decode_struct! {
    /// A custom table.
    pub struct Table {
        /// Ends in _CL.
        "name" name: Text,
        /// 256 characters at most.
        "description" description: Option<Text>,
        /// With TimeGenerated of type datetime among them.
        "columns" columns: Vec<Column>,
        /// Analytics (default), Basic or Auxiliary.
        "plan" plan: Option<Text>,
        /// 4 to 730; default: the workspace's.
        "retentionInDays" retention_in_days: Option<Spanned<i64>>,
        /// 4 to 4383; default: retentionInDays.
        "totalRetentionInDays" total_retention_in_days: Option<Spanned<i64>>,
        /// Members of the table's properties that this language lacks.
        "unchecked" unchecked: Unchecked,
    }
}

decode_struct! {
    /// A column of a table or of a stream.
    pub struct Column {
        /// Two to 45 letters, digits and underscores, a letter first.
        "name" name: Text,
        /// string, int, long, real, boolean, datetime, dynamic; in tables also guid.
        "type" ty: Text,
        /// 256 characters at most.
        "description" description: Option<Text>,
    }
}

decode_struct! {
    /// A scheduled or NRT rule with the keys of the repository's rule YAML.
    pub struct AnalyticRule {
        /// A GUID, kept; or a short name, from which one is derived together with the offer id.
        "id" id: Text,
        /// Shown name, 256 characters at most.
        "name" name: Text,
        /// What the rule identifies.
        "description" description: Prose,
        /// Scheduled (default) or NRT.
        "kind" kind: Option<Text>,
        /// Informational, Low, Medium or High.
        "severity" severity: Text,
        /// Available (default), InPreview or Deprecated.
        "status" status: Option<Text>,
        /// x.y.z; default: 1.0.0.
        "version" version: Option<Text>,
        /// KQL, 10,000 characters at most.
        "query" query: Prose,
        /// How often it runs: 5m to 14d.
        "queryFrequency" query_frequency: Option<Text>,
        /// How far it looks back: queryFrequency to 14d.
        "queryPeriod" query_period: Option<Text>,
        /// gt (default), lt, eq or ne; the long names are taken too.
        "triggerOperator" trigger_operator: Option<Text>,
        /// 0 (default) to 10,000.
        "triggerThreshold" trigger_threshold: Option<Spanned<i64>>,
        /// MITRE ATT&CK tactics.
        "tactics" tactics: Vec<Text>,
        /// MITRE ATT&CK techniques, T1098 or T1098.001; each belongs to a listed tactic.
        "relevantTechniques" relevant_techniques: Vec<Text>,
        /// The same, as rules that were exported from a workspace spell it.
        "techniques" techniques: Vec<Text>,
        /// Connectors and tables that it needs; default: those of the tables that its query reads.
        "requiredDataConnectors" required_data_connectors: Option<Vec<RequiredConnector>>,
        /// Up to ten entities with up to three identifiers each.
        "entityMappings" entity_mappings: Vec<EntityMapping>,
        /// Names to columns, 20 at most.
        "customDetails" custom_details: Option<Map<Text>>,
        /// Names and descriptions of alerts from columns.
        "alertDetailsOverride" alert_details_override: Option<Kept<AlertDetails>>,
        /// One alert for all rows, or one for each.
        "eventGroupingSettings" event_grouping_settings: Option<Kept<EventGrouping>>,
        /// Whether and how incidents are made.
        "incidentConfiguration" incident_configuration: Option<Kept<IncidentConfiguration>>,
        /// Columns that hold whole entities.
        "sentinelEntitiesMappings" sentinel_entities_mappings: Option<Kept<Vec<SentinelEntities>>>,
        /// Whether the deploy bundle switches it on; default: true. A template in Content Hub is always off.
        "enabled" enabled: Option<Spanned<bool>>,
        /// 1h (default); 5m to 24h.
        "suppressionDuration" suppression_duration: Option<Text>,
        /// Default: false.
        "suppressionEnabled" suppression_enabled: Option<Spanned<bool>>,
        /// Kept by the repository's files, without effect here.
        "tags" tags: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "metadata" metadata: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "description_detailed" description_detailed: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "alertRuleTemplateName" alert_rule_template_name: Option<Raw>,
        /// Members of the rule's properties that this language lacks.
        "unchecked" unchecked: Unchecked,
    }
}

decode_struct! {
    /// A connector and the tables of it that a rule needs.
    pub struct RequiredConnector {
        /// Id of the connector's page.
        "connectorId" connector_id: Text,
        /// Tables or parsers.
        "dataTypes" data_types: Vec<Text>,
        /// The same, as some published hunting queries spell it.
        "datatypes" datatypes: Vec<Text>,
    }
}

decode_struct! {
    /// An entity that the alerts show.
    pub struct EntityMapping {
        /// Account, Host, IP, …
        "entityType" entity_type: Text,
        /// Identifiers and the columns that hold them.
        "fieldMappings" field_mappings: Vec<FieldMapping>,
    }
}

decode_struct! {
    /// An identifier of an entity.
    pub struct FieldMapping {
        /// Address, Name, …
        "identifier" identifier: Text,
        /// A column of the query's result.
        "columnName" column_name: Text,
    }
}

decode_struct! {
    /// A whole ARM resource, passed on as it is.
    pub struct Resource {
        /// deploy (the bundle), install (the package) or connect (when someone presses Connect).
        "stage" stage: Text,
        /// type, apiVersion, name and what else the resource has; strings in brackets are ARM expressions.
        "resource" resource: Raw,
    }
}

decode_struct! {
    /// Warnings that are meant.
    pub struct Checks {
        /// Each with its reason; an entry that allows nothing is reported.
        "allow" allow: Vec<Allowance>,
    }
}

decode_struct! {
    /// A warning that is meant.
    pub struct Allowance {
        /// SG and four digits.
        "code" code: Text,
        /// Where in the spec, as findings name the place: analyticRules[2]; default: everywhere.
        "at" at: Option<Text>,
        /// Why it is meant.
        "reason" reason: Text,
    }
}
