//! SG5xxx: analytic rules.

super::rules! {
    /// ## What it does
    /// Reports an id of a rule that is neither a GUID nor a short name.
    ///
    /// ## Why it matters
    /// The id is how a rule is known again, and the check of the repository refuses a change of it. From a short name
    /// sentinel-gen makes a GUID that stays the same as long as the name and the offer's id do.
    ///
    /// ## Example
    /// ```yaml
    /// analyticRules:
    ///   - id: Action Denied
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// analyticRules:
    ///   - id: action-denied
    /// ```
    ///
    /// Lower-case letters, digits and hyphens, a letter first. A rule that is published already keeps its GUID.
    RULE_ID = 5001 "rule-id" Error,
        source: "documented: the Azure-Sentinel repository's schema tests; the id of a rule is a GUID and never changes";

    /// ## What it does
    /// Reports a duration that is not written as in the repository's rule files, or is out of range.
    ///
    /// ## Why it matters
    /// The check of the repository refuses the rule file. The template, which needs ISO 8601, gets it from here.
    ///
    /// ## Example
    /// ```yaml
    /// queryFrequency: PT1H
    /// queryPeriod: 4m
    /// ```
    ///
    /// ## Fix
    /// A number and `m`, `h` or `d`. Frequency and period are 5 minutes to 14 days, a suppression 5 minutes to one
    /// day:
    ///
    /// ```yaml
    /// queryFrequency: 1h
    /// queryPeriod: 1h
    /// ```
    DURATION = 5002 "duration" Error,
        source: "documented: the Azure-Sentinel repository's schema tests; 5 minutes to 14 days, ISO 8601 refused";

    /// ## What it does
    /// Reports a schedule that leaves gaps, or that the service refuses: a rule that looks back less far than the time
    /// between two runs, or one that looks back two days or more and runs more often than once an hour.
    ///
    /// ## Why it matters
    /// What lies in a gap is never looked at. The other kind is refused when the rule is deployed.
    ///
    /// ## Example
    /// ```yaml
    /// queryFrequency: 1h
    /// queryPeriod: 30m
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// queryFrequency: 1h
    /// queryPeriod: 1h
    /// ```
    SCHEDULE = 5003 "schedule" Error,
        source: "documented: scheduled analytics rules, and the Azure-Sentinel repository's schema tests";

    /// ## What it does
    /// Reports an account or a host that is mapped by identifiers which do not tell two of them apart.
    ///
    /// ## Why it matters
    /// Incidents about different accounts of the same name are taken for incidents about one.
    ///
    /// ## Example
    /// ```yaml
    /// entityMappings:
    ///   - { entityType: Account, fieldMappings: [{ identifier: Name, columnName: User }] }
    /// ```
    ///
    /// ## Fix
    /// Map one of the strong combinations that the finding lists:
    ///
    /// ```yaml
    /// entityMappings:
    ///   - entityType: Account
    ///     fieldMappings: [{ identifier: Name, columnName: User }, { identifier: UPNSuffix, columnName: Domain }]
    /// ```
    ///
    /// If the data has none, allow this.
    WEAK_ENTITY = 5004 "weak-entity" Warning,
        source: "documented: entities reference of Microsoft Sentinel, strong and weak identifiers";

    /// ## What it does
    /// Reports a technique that is misspelt, that the repository's table does not know, or that belongs to none of the
    /// rule's tactics.
    ///
    /// ## Why it matters
    /// The check of the repository refuses the rule. Its table is older than ATT&CK: newer techniques are refused too.
    ///
    /// ## Example
    /// ```yaml
    /// tactics: [Impact]
    /// relevantTechniques: [T1110]   # brute force, a technique of CredentialAccess
    /// ```
    ///
    /// ## Fix
    /// List a tactic that the technique belongs to; the finding names them:
    ///
    /// ```yaml
    /// tactics: [CredentialAccess, Impact]
    /// relevantTechniques: [T1110]
    /// ```
    ///
    /// A technique is `T` and four digits, a sub-technique has three more: `T1098.001`.
    TECHNIQUE = 5005 "technique" Error,
        source: "documented: the Azure-Sentinel repository's schema tests, their table of techniques by tactic";

    /// ## What it does
    /// Reports an entity mapping that is refused: too many mappings, too many identifiers, none that its type needs,
    /// or something that cannot be the name of a column.
    ///
    /// ## Why it matters
    /// The check of the repository or the deployment of the rule fails.
    ///
    /// ## Example
    /// ```yaml
    /// entityMappings:
    ///   - { entityType: FileHash, fieldMappings: [{ identifier: Value, columnName: Hash }] }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// entityMappings:
    ///   - entityType: FileHash
    ///     fieldMappings: [{ identifier: Algorithm, columnName: HashType }, { identifier: Value, columnName: Hash }]
    /// ```
    ///
    /// Up to ten mappings, one to three identifiers each, with those that the finding names among them.
    ENTITY = 5006 "entity-mapping" Error,
        source: "documented: entities reference of Microsoft Sentinel, and the Azure-Sentinel repository's schema tests";

    /// ## What it does
    /// Reports a frequency, period, operator or threshold of an NRT rule. It is left out of what is built.
    ///
    /// ## Why it matters
    /// An NRT rule runs every minute and has no such settings; whoever wrote them expects another rule.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NRT
    /// queryFrequency: 1h
    /// ```
    ///
    /// ## Fix
    /// Remove the key, or make the rule a scheduled one by removing `kind: NRT`.
    NRT_SCHEDULE = 5007 "nrt-schedule" Warning,
        source: "documented and observed: published model of NRT rules, which have no schedule; Microsoft's packager drops it";

    /// ## What it does
    /// Reports a query that makes a column of the old way to name entities (`AccountCustomEntity`, `HostCustomEntity`,
    /// `IPCustomEntity`, `URLCustomEntity`, `ProcessCustomEntity`, `FileHashCustomEntity`) which no entity mapping
    /// uses.
    ///
    /// ## Why it matters
    /// The entity that the author had in mind is not mapped. The service takes the rule, and published rules have such columns;
    /// the check of the repository refuses a new one.
    ///
    /// ## Example
    /// ```yaml
    /// query: ContosoEvents_CL | extend IPCustomEntity = SourceIp
    /// ```
    ///
    /// ## Fix
    /// Map the column itself, and remove the old one:
    ///
    /// ```yaml
    /// query: ContosoEvents_CL
    /// entityMappings:
    ///   - { entityType: IP, fieldMappings: [{ identifier: Address, columnName: SourceIp }] }
    /// ```
    LEGACY_ENTITY = 5008 "legacy-entity" Warning,
        source: "documented: the Azure-Sentinel repository's schema tests refuse such columns without a mapping";

    /// ## What it does
    /// Reports a version of a rule that is not three numbers.
    ///
    /// ## Why it matters
    /// The check of the repository refuses the rule file; it asks for another version with every change.
    ///
    /// ## Example
    /// ```yaml
    /// version: "1.0"
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// version: 1.0.0
    /// ```
    ///
    /// Raise it with every change of the rule. Without the key it is `1.0.0`.
    RULE_VERSION = 5009 "rule-version" Error,
        source: "documented: the Azure-Sentinel repository's schema tests (three numbers, 20 characters at most)";

    /// ## What it does
    /// Reports a custom detail with a name that the service does not take, or more than twenty of them.
    ///
    /// ## Why it matters
    /// The rule is refused, by the check of the repository and by the deployment.
    ///
    /// ## Example
    /// ```yaml
    /// customDetails: { TheActionThatWasDenied: Action }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// customDetails: { DeniedAction: Action }
    /// ```
    ///
    /// At most 20 letters, digits and underscores, a letter first.
    CUSTOM_DETAILS = 5010 "custom-details" Error,
        source: "documented: service limits of Microsoft Sentinel, and the Azure-Sentinel repository's schema tests";

    /// ## What it does
    /// Reports a character in a rule that is not ASCII, such as a long dash or a curly quote.
    ///
    /// ## Why it matters
    /// The repository refuses rule files with such characters, wherever they stand.
    ///
    /// ## Example
    /// ```yaml
    /// name: Contoso – Action Denied
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// name: Contoso - Action Denied
    /// ```
    NOT_ASCII = 5011 "not-ascii" Error,
        source: "documented: the Azure-Sentinel repository's tests for characters that are not ASCII";

    /// ## What it does
    /// Reports a rule or hunting query that needs a connector which neither this solution nor a published one has.
    ///
    /// ## Why it matters
    /// The check of the repository refuses an id that is not in its list of connectors, and the rule waits for data
    /// that nobody can bring.
    ///
    /// ## Example
    /// ```yaml
    /// requiredDataConnectors:
    ///   - { connectorId: ContosoEvents, dataTypes: [ContosoEvents_CL] }   # its id is ContosoEventsDefinition
    /// ```
    ///
    /// ## Fix
    /// Remove `requiredDataConnectors`: then the solution's connectors whose tables the query names are filled in. If
    /// the connector belongs to a solution that is new or private, allow this.
    FOREIGN_CONNECTOR = 5012 "foreign-connector" Warning,
        source: "documented and observed: the Azure-Sentinel repository's list of valid connector ids; published rules that name connectors which do not exist";

    /// ## What it does
    /// Reports a rule without tactics or without techniques.
    ///
    /// ## Why it matters
    /// A solution with such a rule is rejected at certification.
    ///
    /// ## Example
    /// ```yaml
    /// tactics: [Impact]   # no relevantTechniques
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// tactics: [Impact]
    /// relevantTechniques: [T1485]
    /// ```
    NO_ATTACK = 5013 "no-attack-mapping" Warning,
        source: "documented: quality guidelines for Microsoft Sentinel solutions; rules without a MITRE mapping are rejected at certification";

    /// ## What it does
    /// Reports a rule that maps no entities.
    ///
    /// ## Why it matters
    /// Its incidents name no account, host or address: they cannot be linked with others, and a reviewer asks for a
    /// mapping.
    ///
    /// ## Example
    /// ```yaml
    /// analyticRules:
    ///   - id: action-denied   # no entityMappings
    ///     query: ContosoEvents_CL | where Action == "denied"
    /// ```
    ///
    /// ## Fix
    /// Map at least one column:
    ///
    /// ```yaml
    /// entityMappings:
    ///   - { entityType: IP, fieldMappings: [{ identifier: Address, columnName: SourceIp }] }
    /// ```
    NO_ENTITIES = 5014 "no-entities" Warning,
        source: "documented: the Azure-Sentinel repository's review instructions ask for an entity mapping in every rule";

    /// ## What it does
    /// Reports what the query of a rule may not contain: `search *`, `union *`, Azure Data Explorer (`adx()`,
    /// `cluster()`), and in an NRT rule any other workspace (`workspace()`, `app()`, `resource()`).
    ///
    /// ## Why it matters
    /// The service refuses the rule when it is created.
    ///
    /// ## Example
    /// ```yaml
    /// query: union * | where SourceIp == "203.0.113.7"
    /// ```
    ///
    /// ## Fix
    /// Name the tables:
    ///
    /// ```yaml
    /// query: union SigninLogs, ContosoEvents_CL | where SourceIp == "203.0.113.7"
    /// ```
    RESTRICTION = 5015 "rule-restriction" Error,
        source: "documented: scheduled analytics rules (search *, union *, Azure Data Explorer) and near-real-time rules (one workspace); assumed: cluster() counts as Azure Data Explorer";

    /// ## What it does
    /// Reports a scheduled rule that reads another workspace by its name: `workspace()`, `app()`, `resource()`.
    ///
    /// ## Why it matters
    /// A solution is installed by many, and none of them has a workspace of this name: the rule fails or cannot be
    /// created.
    ///
    /// ## Example
    /// ```yaml
    /// query: workspace("contoso-central").ContosoEvents_CL | where Action == "denied"
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// query: ContosoEvents_CL | where Action == "denied"
    /// ```
    OTHER_WORKSPACE = 5016 "other-workspace" Warning,
        source: "documented: service limits of Microsoft Sentinel (20 workspaces a query); assumed: a shipped rule cannot know their names";

    /// ## What it does
    /// Reports a rule that looks back too short for the table it reads: the poller of this solution brings rows so late
    /// that no run of the rule ever sees some of them.
    ///
    /// ## Why it matters
    /// A run reads events of its period, five minutes after the period's end. An event reaches the table after the
    /// poller's window (`queryWindowInMin`), its delay (`queryWindowDelayInMin`) and up to three minutes of ingestion.
    /// What is later than five minutes, and lies outside the next run's period, raises no alert, and nothing says so.
    /// So the period has to be at least: frequency + window + delay + 3m - 5m. It is reported if more than a tenth of what
    /// happens can be missed, and always if the delay alone makes rows too late.
    ///
    /// ## Example
    /// ```yaml
    /// request: { queryWindowInMin: 5 }
    /// # …
    /// queryFrequency: 5m
    /// queryPeriod: 5m   # 3 of every 5 minutes can be missed
    /// ```
    ///
    /// ## Fix
    /// Look back further, and read each row in the run that follows its arrival:
    ///
    /// ```yaml
    /// queryFrequency: 5m
    /// queryPeriod: 1h
    /// query: |
    ///   ContosoEvents_CL
    ///   | where ingestion_time() > ago(5m)
    /// ```
    ///
    /// An NRT rule reads by time of arrival and needs no such care, up to twelve hours of delay.
    LATE_ROWS = 5017 "late-rows" Warning,
        source: "documented: handling ingestion delay in scheduled rules, their five-minute delay, NRT's twelve hours; documented: average ingestion of 20 seconds to 3 minutes; observed: consecutive windows of the poller; assumed: ingestion takes no more than the documented average";

    /// ## What it does
    /// Reports a look-back in the query itself that does not go with the schedule: one that is longer than
    /// `queryPeriod`, or one that is shorter than `queryFrequency`.
    ///
    /// ## Why it matters
    /// The service gives a query the rows of `queryPeriod` and no more: a baseline of fourteen days is taken from an
    /// hour. And what lies between two short look-backs is never read.
    ///
    /// ## Example
    /// ```yaml
    /// queryFrequency: 1h
    /// queryPeriod: 1h
    /// query: |
    ///   ContosoEvents_CL
    ///   | where TimeGenerated > ago(14d)
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// queryFrequency: 1h
    /// queryPeriod: 14d
    /// ```
    LOOK_BACK = 5018 "look-back" Warning,
        source: "documented: scheduled analytics rules, the look-back period is the time that the query covers; observed: six of 344 published rules ask for more than they get";

    /// ## What it does
    /// Reports a count in fixed bins of time that is held against a threshold.
    ///
    /// ## Why it matters
    /// A burst that falls over the edge of two bins is counted half in each, and stays below the threshold.
    ///
    /// ## Example
    /// ```kusto
    /// ContosoEvents_CL
    /// | summarize Failures = count() by SourceIp, bin(TimeGenerated, 15m)
    /// | where Failures > 5
    /// ```
    ///
    /// ## Fix
    /// Count over the look-back of the rule, whose length is the window that is meant:
    ///
    /// ```kusto
    /// ContosoEvents_CL
    /// | summarize Failures = count(), TimeGenerated = max(TimeGenerated) by SourceIp
    /// | where Failures > 5
    /// ```
    BINNED_COUNT = 5019 "binned-count" Notice,
        source: "documented: bin() rounds down to fixed edges; observed: 34 such counts in 344 published rules";

    /// ## What it does
    /// Reports a query whose result has neither `TimeGenerated` nor another time, at the operator that takes it away.
    ///
    /// ## Why it matters
    /// The events of an alert then have no time: whoever follows the alert to its events sees when the rule ran, and not
    /// when it happened.
    ///
    /// ## Example
    /// ```kusto
    /// ContosoEvents_CL | summarize Failures = count() by SourceIp
    /// ```
    ///
    /// ## Fix
    /// ```kusto
    /// ContosoEvents_CL | summarize Failures = count(), TimeGenerated = max(TimeGenerated) by SourceIp
    /// ```
    TIME_LOST = 5020 "time-lost" Notice,
        source: "documented: creating scheduled rules asks for TimeGenerated in the result; observed: published rules without it are accepted";

    /// ## What it does
    /// Reports a name or description of alerts with more than three columns in it.
    ///
    /// ## Why it matters
    /// The check of the repository refuses the rule.
    ///
    /// ## Example
    /// ```yaml
    /// alertDetailsOverride:
    ///   alertDisplayNameFormat: "{{Action}} by {{User}} at {{Host}} from {{SourceIp}}"
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// alertDetailsOverride:
    ///   alertDisplayNameFormat: "{{Action}} by {{User}} from {{SourceIp}}"
    /// ```
    ALERT_DETAILS = 5021 "alert-details" Error,
        source: "documented: the Azure-Sentinel repository's schema tests (three placeholders at most)";

    /// ## What it does
    /// Reports a grouping of alerts into incidents by something that the rule does not have: a custom detail, a type of
    /// entity that it does not map, or nothing at all.
    ///
    /// ## Why it matters
    /// The service refuses the rule, or groups all alerts into one incident.
    ///
    /// ## Example
    /// ```yaml
    /// customDetails: { DeniedAction: Action }
    /// incidentConfiguration:
    ///   createIncident: true
    ///   groupingConfiguration:
    ///     { enabled: true, reopenClosedIncident: false, lookbackDuration: 5h, matchingMethod: Selected, groupByCustomDetails: [Action] }
    /// ```
    ///
    /// ## Fix
    /// Name the detail, not its column: `groupByCustomDetails: [DeniedAction]`.
    GROUPING = 5022 "incident-grouping" Error,
        source: "documented: grouping configuration of the service's API (only entities and custom details of the rule; Selected needs one list)";
}
