//! SG5xxx: analytic rules.

super::rules! {
    /// ## What it does
    /// The id of a rule is neither a GUID nor a short name.
    ///
    /// ## Fix
    /// Keep a published GUID; for a new rule write a short name, from which a stable GUID is made.
    RULE_ID = 5001 "rule-id" Error, source: "Repository schema tests: id is a GUID and never changes";

    /// ## What it does
    /// A duration is not written as the repository's rule files have it, or is out of range.
    ///
    /// ## Fix
    /// A number and `m`, `h` or `d`: `15m`, `1h`, `14d`.
    DURATION = 5002 "duration" Error, source: "Repository schema tests: 5 minutes to 14 days, ISO 8601 refused";

    /// ## What it does
    /// A schedule that the service refuses or that leaves gaps.
    ///
    /// ## Fix
    /// Look back at least as far as the rule's frequency; two days or more need a frequency of an hour or more.
    SCHEDULE = 5003 "schedule" Error, source: "Scheduled rules overview (documented) and repository schema tests";

    /// ## What it does
    /// An entity is mapped by an identifier that does not tell two entities apart.
    ///
    /// ## Why it matters
    /// Alerts about different accounts with one name are joined.
    ///
    /// ## Fix
    /// Map a strong combination, or allow this if the data has none.
    WEAK_ENTITY = 5004 "weak-entity" Warning, source: "Entities reference: strong and weak identifiers (documented)";

    /// ## What it does
    /// A technique is misspelt, unknown, or of another tactic.
    ///
    /// ## Fix
    /// Write `T1098` or `T1098.001`, and list a tactic that it belongs to.
    TECHNIQUE = 5005 "technique" Error, source: "Repository schema tests: table of techniques by tactic";

    /// ## What it does
    /// An entity mapping that the service refuses: too many, or without the identifiers that its type needs.
    ///
    /// ## Fix
    /// Up to ten mappings, one to three identifiers each, with one that the type needs.
    ENTITY = 5006 "entity-mapping" Error, source: "Entities reference (documented) and repository schema tests";

    /// ## What it does
    /// An NRT rule has a schedule.
    ///
    /// ## Fix
    /// Remove frequency, period, operator and threshold, or make it a scheduled rule.
    NRT_SCHEDULE = 5007 "nrt-schedule" Warning, source: "Published model: NRT rules have no schedule; Microsoft's packager drops it (observed)";

    /// ## What it does
    /// The query makes an old-style entity column that no entity mapping uses.
    ///
    /// ## Fix
    /// Map the column itself and remove the old one.
    LEGACY_ENTITY = 5008 "legacy-entity" Error, source: "Repository schema tests refuse unmapped *CustomEntity columns";

    /// ## What it does
    /// The version of a rule is not three numbers.
    ///
    /// ## Fix
    /// Write `1.0.0`; raise it with every change.
    RULE_VERSION = 5009 "rule-version" Error, source: "Repository schema tests";

    /// ## What it does
    /// A custom detail has a name that the service does not take, or there are too many.
    ///
    /// ## Fix
    /// Up to twenty names of up to twenty letters, digits and underscores, a letter first.
    CUSTOM_DETAILS = 5010 "custom-details" Error, source: "Sentinel service limits (documented) and repository schema tests";

    /// ## What it does
    /// A rule has a character that is not ASCII.
    ///
    /// ## Fix
    /// Write it in ASCII.
    NOT_ASCII = 5011 "not-ascii" Error, source: "Repository tests refuse such characters in rule files";

    /// ## What it does
    /// A rule needs a connector that this solution does not have.
    ///
    /// ## Fix
    /// Correct the id; allow this if the connector belongs to another solution.
    FOREIGN_CONNECTOR = 5012 "foreign-connector" Warning, source: "Published rules that name connectors which do not exist (observed)";

    /// ## What it does
    /// A rule has no tactics or no techniques.
    ///
    /// ## Fix
    /// Add both.
    NO_ATTACK = 5013 "no-attack-mapping" Warning, source: "Solution quality guidance: rules without MITRE mapping are rejected at certification (documented)";

    /// ## What it does
    /// A rule maps no entities.
    ///
    /// ## Fix
    /// Map at least one.
    NO_ENTITIES = 5014 "no-entities" Warning, source: "Repository review guidance: entity mapping required";
}
