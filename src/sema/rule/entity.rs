//! Entities of alerts: which identifiers each type takes, and which combinations are needed.
//!
//! Facts from the repository's schema tests (allowed, needed) and the entities reference (strong), November 2026.

use super::{Context, word};
use crate::diag::rules::rule as rules;
use crate::ir::{EntityMapping, Text};
use crate::model;
use crate::sema::queries::{Named, Use};

/// One type of entity.
struct Entity {
    name: &'static str,
    identifiers: &'static [&'static str],
    /// Any one of these combinations is needed; all names of a combination together.
    needed: &'static [&'static [&'static str]],
    /// Any one of these combinations tells entities apart reliably; empty where nothing is said.
    strong: &'static [&'static [&'static str]],
}

fn find(name: &str) -> Option<&'static Entity> {
    ENTITIES.iter().find(|entity| entity.name == name)
}

fn names() -> impl Iterator<Item = &'static str> {
    ENTITIES.iter().map(|entity| entity.name)
}

const fn entity(
    name: &'static str,
    identifiers: &'static [&'static str],
    needed: &'static [&'static [&'static str]],
) -> Entity {
    Entity { name, identifiers, needed, strong: &[] }
}

static ENTITIES: &[Entity] = &[
    Entity {
        strong: &[
            &["FullName"],
            &["Name", "UPNSuffix"],
            &["AadUserId"],
            &["Sid"],
            &["Name", "NTDomain"],
            &["Name", "DnsDomain"],
            &["PUID"],
            &["ObjectGuid"],
        ],
        ..entity(
            "Account",
            &[
                "Name",
                "FullName",
                "NTDomain",
                "DnsDomain",
                "UPNSuffix",
                "Sid",
                "AadTenantId",
                "AadUserId",
                "PUID",
                "IsDomainJoined",
                "DisplayName",
                "ObjectGuid",
                "CloudAppAccountId",
            ],
            &[&["FullName"], &["Sid"], &["Name"], &["AadUserId"], &["PUID"], &["ObjectGuid"]],
        )
    },
    Entity {
        strong: &[
            &["FullName"],
            &["HostName", "NTDomain"],
            &["HostName", "DnsDomain"],
            &["NetBiosName", "NTDomain"],
            &["NetBiosName", "DnsDomain"],
            &["AzureID"],
            &["OMSAgentID"],
        ],
        ..entity(
            "Host",
            &[
                "DnsDomain",
                "NTDomain",
                "HostName",
                "FullName",
                "NetBiosName",
                "AzureID",
                "OMSAgentID",
                "OSFamily",
                "OSVersion",
                "IsDomainJoined",
            ],
            &[&["FullName"], &["HostName"], &["NetBiosName"], &["AzureID"], &["OMSAgentID"]],
        )
    },
    entity("IP", &["Address", "AddressScope"], &[&["Address"]]),
    entity("URL", &["Url"], &[&["Url"]]),
    entity("AzureResource", &["ResourceId"], &[&["ResourceId"]]),
    entity("CloudApplication", &["AppId", "Name", "InstanceName"], &[&["AppId"], &["Name"]]),
    entity("DNS", &["DomainName"], &[&["DomainName"]]),
    entity("File", &["Directory", "Name"], &[&["Name"]]),
    entity("FileHash", &["Algorithm", "Value"], &[&["Algorithm", "Value"]]),
    entity("Malware", &["Name", "Category"], &[&["Name"]]),
    entity(
        "Process",
        &["ProcessId", "CommandLine", "ElevationToken", "CreationTimeUtc"],
        &[&["CommandLine"], &["ProcessId"]],
    ),
    entity("RegistryKey", &["Hive", "Key"], &[&["Key"], &["Hive"]]),
    entity("RegistryValue", &["Name", "Value", "ValueType"], &[&["Name"]]),
    entity(
        "SecurityGroup",
        &["DistinguishedName", "SID", "ObjectGuid"],
        &[&["DistinguishedName"], &["SID"], &["ObjectGuid"]],
    ),
    entity(
        "IoTDevice",
        &[
            "DeviceId",
            "DeviceName",
            "Manufacturer",
            "Model",
            "FirmwareVersion",
            "OperatingSystem",
            "MacAddress",
            "Protocols",
            "SerialNumber",
            "Source",
            "IoTSecurityAgentId",
            "DeviceType",
        ],
        &[&["DeviceId"]],
    ),
    entity(
        "Mailbox",
        &["MailboxPrimaryAddress", "DisplayName", "Upn", "ExternalDirectoryObjectId", "RiskLevel"],
        &[&["MailboxPrimaryAddress"]],
    ),
    entity(
        "MailCluster",
        &[
            "NetworkMessageIds",
            "CountByDeliveryStatus",
            "CountByThreatType",
            "CountByProtectionStatus",
            "Threats",
            "Query",
            "QueryTime",
            "MailCount",
            "IsVolumeAnomaly",
            "Source",
            "ClusterSourceIdentifier",
            "ClusterSourceType",
            "ClusterQueryStartTime",
            "ClusterQueryEndTime",
            "ClusterGroup",
        ],
        &[&["Query"], &["Source"]],
    ),
    entity(
        "MailMessage",
        &[
            "Recipient",
            "Urls",
            "Threats",
            "Sender",
            "P1Sender",
            "P1SenderDisplayName",
            "P1SenderDomain",
            "SenderIP",
            "P2Sender",
            "P2SenderDisplayName",
            "P2SenderDomain",
            "ReceivedDate",
            "NetworkMessageId",
            "InternetMessageId",
            "Subject",
            "BodyFingerprintBin1",
            "BodyFingerprintBin2",
            "BodyFingerprintBin3",
            "BodyFingerprintBin4",
            "BodyFingerprintBin5",
            "AntispamDirection",
            "DeliveryAction",
            "DeliveryLocation",
            "Language",
            "ThreatDetectionMethods",
        ],
        &[&["NetworkMessageId"], &["Recipient"]],
    ),
    entity(
        "SubmissionMail",
        &[
            "NetworkMessageId",
            "Timestamp",
            "Recipient",
            "Sender",
            "SenderIp",
            "Subject",
            "ReportType",
            "SubmissionId",
            "SubmissionDate",
            "Submitter",
        ],
        &[&["SubmissionId"], &["NetworkMessageId"], &["Recipient"], &["Submitter"]],
    ),
];

/// A rule's entity mappings, checked.
pub fn mappings(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) -> Vec<EntityMapping> {
    if rule.entity_mappings.is_empty() {
        let message = format!("`{}` maps no entities, so its alerts link to nothing", rule.name.value);
        context.report(&rules::NO_ENTITIES, rule.name.span, path, message, "add `entityMappings`");
    }
    check_all(&rule.entity_mappings, &rule.name, path, context);
    for (i, mapping) in rule.entity_mappings.iter().enumerate() {
        check_strength(mapping, &format!("{path}.entityMappings[{i}]"), context);
    }
    taken_over(&rule.entity_mappings)
}

/// Checks the entity mappings of the rule or hunting query called `name`.
pub fn check_all(given: &[model::EntityMapping], name: &Text, path: &str, context: &mut Context<'_>) {
    if given.len() > 10 {
        let message = format!("{} entity mappings; ten at most are taken", given.len());
        context.report(&rules::ENTITY, name.span, path, message, "keep ten");
    }
    for (i, mapping) in given.iter().enumerate() {
        check_mapping(mapping, &format!("{path}.entityMappings[{i}]"), context);
    }
}

/// The columns that identify entities.
pub fn columns(given: &[model::EntityMapping]) -> impl Iterator<Item = Named> + '_ {
    let fields = given.iter().flat_map(|mapping| &mapping.field_mappings);
    fields.map(|field| Named { used: Use::Identifier, column: field.column_name.clone() })
}

/// Entity mappings as they are written.
pub fn taken_over(given: &[model::EntityMapping]) -> Vec<EntityMapping> {
    let one = |mapping: &model::EntityMapping| EntityMapping {
        entity_type: mapping.entity_type.clone(),
        fields: mapping
            .field_mappings
            .iter()
            .map(|field| (field.identifier.clone(), field.column_name.clone()))
            .collect(),
    };
    given.iter().map(one).collect()
}

fn check_mapping(mapping: &model::EntityMapping, path: &str, context: &mut Context<'_>) {
    let ty = &mapping.entity_type;
    let Some(entity) = find(&ty.value) else {
        let known: Vec<&'static str> = names().collect();
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
    if !has_any(entity.needed, mapping) {
        let message = format!("{} lacks an identifier that the repository asks for", ty.value);
        context.report(&rules::ENTITY, ty.span, path, message, format!("add one of {}", list(entity.needed)));
    }
}

/// Incidents are told apart by strong identifiers; what a hunting query finds makes none.
fn check_strength(mapping: &model::EntityMapping, path: &str, context: &mut Context<'_>) {
    let ty = &mapping.entity_type;
    let Some(entity) = find(&ty.value).filter(|entity| has_any(entity.needed, mapping)) else { return };
    if !entity.strong.is_empty() && !has_any(entity.strong, mapping) {
        let message = format!("{} has only a weak identifier: different entities may be taken for one", ty.value);
        context.report(&rules::WEAK_ENTITY, ty.span, path, message, format!("map one of {}", list(entity.strong)));
    }
}

fn has_any(combinations: &[&[&str]], mapping: &model::EntityMapping) -> bool {
    let has = |name: &&str| mapping.field_mappings.iter().any(|field| field.identifier.value == *name);
    combinations.iter().any(|names| names.iter().all(has))
}

fn list(combinations: &[&[&str]]) -> String {
    combinations.iter().map(|names| names.join(" + ")).collect::<Vec<_>>().join(", ")
}
