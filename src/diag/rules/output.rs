//! SG7xxx: what we emit, held against our own closed schemas and the limits of the platform. They catch what was handed
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

    /// ## What it does
    /// Reports two resources of one template with the same type and the same name.
    ///
    /// ## Why it matters
    /// The deployment fails before it makes anything: each resource may be defined once in a template.
    ///
    /// ## Example
    /// ```yaml
    /// tables:
    ///   - name: Orchard_CL
    /// resources:
    ///   - stage: deploy
    ///     resource:
    ///       type: Microsoft.OperationalInsights/workspaces/tables
    ///       apiVersion: "2025-07-01"
    ///       name: "[format('{0}/{1}', parameters('workspaceName'), 'Orchard_CL')]"
    /// ```
    ///
    /// ## Fix
    /// Remove or rename one of the two.
    DUPLICATE_RESOURCE = 7010 "duplicate-resource" Error, source: "documented: Microsoft Learn, template resources";

    /// ## What it does
    /// Reports a template with more parameters (256), variables (512), resources (800) or outputs (64) than one deployment
    /// takes.
    ///
    /// ## Why it matters
    /// The deployment is refused as a whole.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:   # 260 of them, each a parameter
    ///   i000: { label: Field 0 }
    ///   i001: { label: Field 1 }
    /// ```
    ///
    /// ## Fix
    /// Split the solution in two.
    TEMPLATE_COUNT = 7011 "template-count" Error, source: "documented: Microsoft Learn, ARM template best practices, template limits";

    /// ## What it does
    /// Reports a template or parameter file of more than 4 MB, a resource of more than 1 MB, or an expression of more than
    /// 24,576 characters.
    ///
    /// ## Why it matters
    /// The deployment is refused as a whole.
    ///
    /// ## Example
    /// ```yaml
    /// request:
    ///   apiEndpoint: "https://api.orchard.example/{{orchard}}/xxxxxxxx"   # and 25,000 more
    /// ```
    ///
    /// ## Fix
    /// Shorten the texts, or split the solution in two.
    TEMPLATE_SIZE = 7012 "template-size" Error, source: "documented: Microsoft Learn, ARM template best practices, template limits";

    /// ## What it does
    /// Reports an expression that names a parameter or a variable which the template that evaluates it does not have.
    ///
    /// ## Why it matters
    /// The deployment, the installation or *Connect* fails when it comes to that expression.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   token: { label: Token, secret: true }
    /// resources:
    ///   - stage: connect
    ///     resource:
    ///       type: Microsoft.Resources/tags
    ///       apiVersion: "2024-03-01"
    ///       name: "[guid(parameters('tokn'))]"   # the input is called token
    /// ```
    ///
    /// ## Fix
    /// Name one that is there; the message lists them.
    UNRESOLVED_NAME = 7013 "unresolved-name" Error, source: "documented: Microsoft Learn, template functions parameters() and variables()";
}
