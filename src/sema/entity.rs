//! Entities of alerts: which identifiers each type takes, and which combinations are needed.
//!
//! Facts from the repository's schema tests (allowed, needed) and the entities reference (strong), November 2026.

/// One type of entity.
pub struct Entity {
    pub name: &'static str,
    pub identifiers: &'static [&'static str],
    /// Any one of these combinations is needed; all names of a combination together.
    pub needed: &'static [&'static [&'static str]],
    /// Any one of these combinations tells entities apart reliably; empty where nothing is said.
    pub strong: &'static [&'static [&'static str]],
}

pub fn find(name: &str) -> Option<&'static Entity> {
    ENTITIES.iter().find(|entity| entity.name == name)
}

pub fn names() -> impl Iterator<Item = &'static str> {
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
