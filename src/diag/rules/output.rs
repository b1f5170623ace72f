//! SG7xxx: what we emit, held against our own closed schemas. They catch what was handed
//! over without a check of its own, such as the parts of a connector page.

super::rules! {
    /// ## What it does
    /// Reports a member of an artifact that its schema does not know.
    ///
    /// ## Why it matters
    /// The service drops a misspelt setting without a word, and it never takes effect.
    ///
    /// ## Example
    /// ```yaml
    /// instructionSteps:
    ///   - titel: Connect   # a step has a title
    /// ```
    ///
    /// ## Fix
    /// Correct the name. What the service takes and we do not know goes under `unchecked:`.
    UNKNOWN_MEMBER = 7001 "output-unknown-member" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// Reports a member that an artifact lacks and has to have.
    ///
    /// ## Why it matters
    /// The deployment or the check of the repository refuses it.
    ///
    /// ## Example
    /// ```yaml
    /// instructionSteps:
    ///   - instructions: [{ type: Markdown, parameters: {} }]   # no content
    /// ```
    ///
    /// ## Fix
    /// Add the member where the spec says the object.
    MISSING_MEMBER = 7002 "output-missing-member" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// Reports a value of another type than the artifact takes there: a text for a number, a list for an object.
    ///
    /// ## Why it matters
    /// The deployment refuses it, or the portal cannot show it.
    ///
    /// ## Example
    /// ```yaml
    /// sampleQueries: [{ description: Newest, query: [Orchard_CL] }]   # a query is a text
    /// ```
    ///
    /// ## Fix
    /// Write a value of the type that the message names.
    WRONG_TYPE = 7003 "output-wrong-type" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// Reports a value that is none of those that the artifact takes there.
    ///
    /// ## Why it matters
    /// The deployment refuses it, or the portal leaves the element out.
    ///
    /// ## Example
    /// ```yaml
    /// permissions:
    ///   resourceProvider:
    ///     - scope: workspace   # it is spelt Workspace
    /// ```
    ///
    /// ## Fix
    /// Take one of the values that the message lists, in exactly that spelling.
    UNKNOWN_VALUE = 7004 "output-unknown-value" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// Reports a text without the form that the artifact asks for: a GUID, a date, a duration, a name.
    ///
    /// ## Why it matters
    /// The deployment or the check of the repository refuses it.
    ///
    /// ## Example
    /// ```yaml
    /// incidentConfiguration:
    ///   groupingConfiguration: { lookbackDuration: five hours }   # PT5H
    /// ```
    ///
    /// ## Fix
    /// Write it in the form that the message names.
    BAD_FORM = 7005 "output-bad-form" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// Reports a number, a text or a list that is smaller or larger than the artifact allows.
    ///
    /// ## Why it matters
    /// The deployment or the check of the repository refuses it.
    ///
    /// ## Example
    /// ```yaml
    /// instructionSteps:
    ///   - instructions:
    ///       - { type: DataConnectorsGrid, parameters: { mapping: [], menuItems: [DeleteConnector] } }   # no column
    /// ```
    ///
    /// ## Fix
    /// Stay within the bounds that the message names.
    OUT_OF_BOUNDS = 7006 "output-out-of-bounds" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// Reports an item that stands twice in a list where each may stand only once.
    ///
    /// ## Why it matters
    /// The service refuses it, or the second one is lost.
    ///
    /// ## Example
    /// ```yaml
    /// incidentConfiguration:
    ///   groupingConfiguration: { groupByEntities: [IP, Account, IP] }
    /// ```
    ///
    /// ## Fix
    /// Remove one.
    REPEATED_ITEM = 7007 "output-repeated-item" Error, source: "documented: the schema that the message names cites its source";
}
