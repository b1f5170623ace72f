//! SG1050–SG1099: the shape of the spec.

super::rules! {
    /// ## What it does
    /// Reports a key that the spec language does not know at this place.
    ///
    /// ## Why it matters
    /// A misspelt key would be ignored in silence, and the setting with it.
    ///
    /// ## Example
    /// ```yaml
    /// analyticRules:
    ///   - id: action-denied
    ///     sevrity: Low
    /// ```
    ///
    /// ## Fix
    /// Take the suggested key: `severity: Low`. A setting that the service knows and the language lacks is handed over
    /// under `unchecked:`.
    UNKNOWN_KEY = 1050 "unknown-key" Error,
        source: "documented: the spec language is closed (README, the spec in one walk), so that no setting is lost in silence";

    /// ## What it does
    /// Reports a key that this mapping needs and does not have.
    ///
    /// ## Why it matters
    /// There is no default that would be right for every solution, and a guess would end in Azure.
    ///
    /// ## Example
    /// ```yaml
    /// analyticRules:
    ///   - id: action-denied   # no name
    ///     severity: Low
    /// ```
    ///
    /// ## Fix
    /// Add the key: `name: Contoso - Action Denied`. With the schema that `sentinel-gen schema` prints, an editor says
    /// while you type which keys are needed.
    MISSING_KEY = 1051 "missing-key" Error,
        source: "documented: the spec language, keys without a default (sentinel-gen schema)";

    /// ## What it does
    /// Reports a value of another type than its place takes: text, a number, true or false, a list or a mapping.
    ///
    /// ## Why it matters
    /// YAML gives a type to what is not quoted: `1.0` is a number and loses its zero, `true` is no text. `no` is text
    /// and no boolean, unlike in YAML 1.1.
    ///
    /// ## Example
    /// ```yaml
    /// version: 1.0
    /// enabled: no
    /// providers: Contoso
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// version: "1.0.0"
    /// enabled: false
    /// providers: [Contoso]
    /// ```
    WRONG_TYPE = 1052 "wrong-type" Error,
        source: "documented: YAML 1.2.2, chapter 10.3 (core schema)";

    /// ## What it does
    /// Reports a value that is not in the closed list of its key.
    ///
    /// ## Why it matters
    /// The service and the checks of the repository compare these words letter by letter, and refuse any other.
    ///
    /// ## Example
    /// ```yaml
    /// severity: Critical
    /// columns:
    ///   - { name: Action, type: text }
    /// ```
    ///
    /// ## Fix
    /// Take one of the values that the finding lists, in exactly that spelling: `severity: High`, `type: string`.
    UNKNOWN_VALUE = 1053 "unknown-value" Error,
        source: "documented: the enumerations of the service and of the Azure-Sentinel repository's schema tests";

    /// ## What it does
    /// Reports a `version` of the spec language that this sentinel-gen does not know.
    ///
    /// ## Why it matters
    /// In another version a key may mean something else. It is the version of the language; that of the solution is
    /// `solution.version`.
    ///
    /// ## Example
    /// ```yaml
    /// version: 2
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// version: 1
    /// ```
    SPEC_VERSION = 1054 "spec-version" Error,
        source: "documented: the spec language; version 1 is the only one";

    /// ## What it does
    /// Reports `{{…}}` that holds no name of an input, is not closed, or stands where nothing replaces it.
    ///
    /// ## Why it matters
    /// What is not replaced reaches the API as it is written, braces included.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { type: APIKey, apiKey: "{{base64(apiKey)}}" }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// auth: { type: APIKey, apiKey: "{{apiKey}}" }
    /// ```
    ///
    /// A name has letters and digits, a letter first. Inputs are replaced in the endpoint, headers, query parameters,
    /// paging and credentials. Braces that are meant as text have no place in those, because the service's own
    /// authoring form takes them for an input.
    BAD_PLACEHOLDER = 1055 "bad-placeholder" Error,
        source: "observed: Microsoft's packager replaces only names of letters and digits in double braces, and only in certain places";

    /// ## What it does
    /// Reports a number outside the range that the service takes.
    ///
    /// ## Why it matters
    /// The deployment or the check of the repository would refuse it.
    ///
    /// ## Example
    /// ```yaml
    /// retentionInDays: 3                    # 4 to 730
    /// request: { apiEndpoint: https://api.contoso.example/events, retryCount: 7 }   # 1 to 6
    /// triggerThreshold: 10001               # 0 to 10000
    /// ```
    ///
    /// ## Fix
    /// Take a value in the range that the finding names, or leave the key out for its default.
    OUT_OF_RANGE = 1056 "out-of-range" Error,
        source: "documented: the published ARM schema of tables, the data connector reference, and the repository's schema tests for rules";

    /// ## What it does
    /// Says that something was handed over under `unchecked:` or `resources:` and goes into the output as it is.
    ///
    /// ## Why it matters
    /// Nothing here says whether the service knows it; a misspelt member may be dropped without a word.
    ///
    /// ## Example
    /// ```yaml
    /// request:
    ///   apiEndpoint: https://api.contoso.example/events
    ///   unchecked: { paginatedCallsPerSecond: 1 }
    /// ```
    ///
    /// ## Fix
    /// Nothing to do if it is meant: the notice is there so that a reviewer sees it. With a reason it goes away:
    ///
    /// ```yaml
    /// checks:
    ///   allow: [{ code: SG1057, reason: The vendor asks for this limit }]
    /// ```
    UNCHECKED = 1057 "unchecked" Notice,
        source: "documented: the spec language; what it lacks is handed over and reported";

    /// ## What it does
    /// Reports an entry of `checks.allow` that allows nothing: no finding has that code at that place. As long as the
    /// spec has errors nothing is said, because what the entry allows may not have been reached.
    ///
    /// ## Why it matters
    /// The next finding of that code would be allowed unseen.
    ///
    /// ## Example
    /// ```yaml
    /// checks:
    ///   allow:
    ///     - { code: SG5004, reason: The data has no more }   # every account is mapped well by now
    /// ```
    ///
    /// ## Fix
    /// Remove the entry, or correct its `code` or `at`.
    UNUSED_ALLOWANCE = 1058 "unused-allowance" Warning,
        source: "documented: the spec language; an allowance does not outlive its reason";

    /// ## What it does
    /// Reports an entry of `checks.allow` that cannot be: there is no such code, the code is that of an error that cannot be
    /// allowed, or the reason is empty.
    ///
    /// ## Why it matters
    /// An error says that the output would be refused or would not work; nobody can decide otherwise in the spec. Only what the
    /// names and types of a query mean is judged without the data: such an error can be allowed for a query that is known to work.
    ///
    /// ## Example
    /// ```yaml
    /// checks:
    ///   allow:
    ///     - { code: SG1050, reason: none }
    /// ```
    ///
    /// ## Fix
    /// Correct what the error names. Warnings and notices can be allowed, and errors whose page says so, each with a reason and,
    /// if it is meant for one place only, `at: analyticRules[2]`.
    BAD_ALLOWANCE = 1059 "bad-allowance" Error,
        source: "documented: the spec language; an error about the output is never allowed away";

    /// ## What it does
    /// Reports two things of one kind with the same name, or with names that differ in case alone.
    ///
    /// ## Why it matters
    /// Azure's names ignore case: one of the two would overwrite the other, or the deployment would fail.
    ///
    /// ## Example
    /// ```yaml
    /// columns:
    ///   - { name: Action, type: string }
    ///   - { name: ACTION, type: string }
    /// ```
    ///
    /// ## Fix
    /// Rename one of them. Two rules or hunting queries that only look alike, with ids and files of their own, are a warning:
    /// published solutions have them, and people cannot tell them apart.
    DUPLICATE_NAME = 1060 "duplicate-name" Error,
        source: "documented: Azure Resource Manager compares the names of resources and parameters without case; custom tables, columns that differ in case alone";

    /// ## What it does
    /// Reports a name that refers to nothing: an input, a table, a stream or a key that the spec does not declare.
    ///
    /// ## Why it matters
    /// The output would point at something that is never made. A collection rule whose table does not exist loses its
    /// rows.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   apiKey: { label: API key, secret: true }
    /// connectors:
    ///   - auth: { type: APIKey, apiKey: "{{apiKye}}" }
    /// ```
    ///
    /// ## Fix
    /// Take the suggested name, `"{{apiKey}}"`, or declare what is missing.
    UNKNOWN_NAME = 1061 "unknown-name" Error,
        source: "documented: the spec language; every name is declared once, and used by that name";

    /// ## What it does
    /// Reports an input that is declared and that nothing uses.
    ///
    /// ## Why it matters
    /// Whoever connects would be asked for something without any effect.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   orgName: { label: Organization }   # no connector has {{orgName}}
    /// ```
    ///
    /// ## Fix
    /// Use it as `"{{orgName}}"` in a connector, or remove it.
    UNUSED_INPUT = 1062 "unused-input" Warning,
        source: "assumed: whoever is asked for a value expects that it has an effect";

    /// ## What it does
    /// Reports a text that is empty where one is needed, or longer than its place takes.
    ///
    /// ## Why it matters
    /// The service, the marketplace or the check of the repository refuses it, or a page shows only a part of it.
    ///
    /// ## Example
    /// ```yaml
    /// query: ""
    /// ```
    ///
    /// ## Fix
    /// Write a text within the length that the finding names. The summary of a solution, for instance, takes 100
    /// characters, its description 5,000.
    TEXT_LENGTH = 1063 "text-length" Error,
        source: "documented and assumed: limits of the service, of the marketplace and of the Azure-Sentinel repository, and a few of our own; the finding says which";

    /// ## What it does
    /// Reports two keys that exclude each other.
    ///
    /// ## Why it matters
    /// One of them could never have an effect, and which one was meant is a guess.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   orgName: { label: Organization, required: true, default: acme }
    /// ```
    ///
    /// ## Fix
    /// Keep one of them: `{ label: Organization, default: acme }`.
    CONFLICTING_KEYS = 1064 "conflicting-keys" Error,
        source: "assumed: a default is for whoever leaves the box empty, and a required box cannot be left empty";

    /// ## What it does
    /// Reports a file with content of another kind than the list that names it: a parser among the rules, a rule as an ARM
    /// template.
    ///
    /// ## Why it matters
    /// Each kind has keys of its own; none of this file's would be understood.
    ///
    /// ## Example
    /// ```yaml
    /// analyticRules:
    ///   - file: Parsers/Contoso.yaml
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// parsers:
    ///   - file: Parsers/Contoso.yaml
    /// ```
    ///
    /// A rule that was exported as an ARM template is written again with the keys of a rule: `displayName` is `name`, `PT1H`
    /// is `1h`, the GUID at the end of the resource's name is `id`.
    OTHER_KIND = 1065 "other-kind" Error,
        source: "observed: files of the Azure-Sentinel repository, and rules exported from a workspace";

    /// ## What it does
    /// Reports a file that the solution carries and that is not the JSON which it should be: a slip in it, a comment, a comma
    /// behind the last item, a member that stands twice.
    ///
    /// ## Why it matters
    /// Microsoft's packager leaves out the file and, without a word, whatever comes after it; the repository's check of JSON
    /// files refuses comments and commas too many.
    ///
    /// ## Example
    /// ```json
    /// { "version": "Notebook/1.0", "items": [], }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// { "version": "Notebook/1.0", "items": [] }
    /// ```
    NOT_JSON = 1070 "not-json" Error,
        source: "observed: the packager of the Azure-Sentinel repository (commonFunctions @012896f6); documented: RFC 8259";
}
