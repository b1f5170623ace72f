//! SG5320–SG5339: files that a submission carries beside the package.

super::rules! {
    /// ## What it does
    /// Reports sample data that is no list of events in JSON and no CSV with a heading and even rows.
    ///
    /// ## Why it matters
    /// The check of the repository refuses it, and reviewers cannot try the queries.
    ///
    /// ## Example
    /// ```json
    /// { "events": [] }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// [{ "TimeGenerated": "2026-01-15T08:00:00Z", "Action": "login" }]
    /// ```
    SAMPLE_FILE = 5320 "sample-file" Error,
        source: "documented: the Azure-Sentinel repository's check of sample data";

    /// ## What it does
    /// Reports a name in sample data that the table or stream has no column for.
    ///
    /// ## Why it matters
    /// Who loads the sample loses the value without notice, and queries over it find nothing.
    ///
    /// ## Example
    /// ```json
    /// [{ "TimeGenerated": "2026-01-15T08:00:00Z", "Acton": "login" }]
    /// ```
    ///
    /// ## Fix
    /// Write the name as the table or stream has it. Events as the API gives them belong to a `stream`, rows to a `table`.
    SAMPLE_COLUMN = 5321 "sample-column" Warning,
        source: "assumed: sample data is loaded into the table as it is";

    /// ## What it does
    /// Reports an e-mail address in sample data.
    ///
    /// ## Why it matters
    /// The check of the repository refuses every address but sanitized@sanitized.com, so that nobody's is published.
    ///
    /// ## Example
    /// ```json
    /// [{ "User": "alice@contoso.example" }]
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// [{ "User": "sanitized@sanitized.com" }]
    /// ```
    SAMPLE_ADDRESS = 5322 "sample-address" Error,
        source: "documented: the Azure-Sentinel repository's check of sample data";

    /// ## What it does
    /// Reports a custom detection of another kind or resource type, without entities, with more than one tactic, or in place
    /// of a rule that the solution does not have.
    ///
    /// ## Why it matters
    /// Microsoft's packager stops at such a detection when it is told to package them.
    ///
    /// ## Example
    /// ```yaml
    /// tactics: [{ tactic: Execution }, { tactic: Persistence }]
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// tactics: [{ tactic: Execution }]
    /// ```
    DETECTION = 5330 "custom-detection" Error,
        source: "documented: the source of the Azure-Sentinel repository's packager (customDetections, read and not run)";
}
