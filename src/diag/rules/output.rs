//! SG7xxx: what we emit, held against our own closed schemas and the limits of the platform. They catch what was handed
//! over without a check of its own, such as the parts of a connector page.

super::rules! {
    /// ## What it does
    /// An artifact has a member that its schema does not know.
    ///
    /// ## Why it matters
    /// The service drops a misspelt setting without a word, and it never takes effect.
    ///
    /// ## Example
    /// `instructionSteps: [{ titel: Connect, … }]`: a step has a `title`.
    ///
    /// ## Fix
    /// Correct the name. What the service takes and we do not know goes under `unchecked:`.
    UNKNOWN_MEMBER = 7001 "output-unknown-member" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// An artifact lacks a member that it has to have.
    ///
    /// ## Why it matters
    /// The deployment or the check of the repository refuses it.
    ///
    /// ## Example
    /// A `Textbox` of a connector page without `name`.
    ///
    /// ## Fix
    /// Add the member where the spec says the object.
    MISSING_MEMBER = 7002 "output-missing-member" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// A value has another type than the artifact takes there: a text for a number, a list for an object.
    ///
    /// ## Why it matters
    /// The deployment refuses it, or the portal cannot show it.
    ///
    /// ## Example
    /// `isPreview: "yes"`.
    ///
    /// ## Fix
    /// Write a value of the type that the message names.
    WRONG_TYPE = 7003 "output-wrong-type" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// A value is none of those that the artifact takes there.
    ///
    /// ## Why it matters
    /// The deployment refuses it, or the portal leaves the element out.
    ///
    /// ## Example
    /// `scope: workspace` in a permission: it is spelt `Workspace`.
    ///
    /// ## Fix
    /// Take one of the values that the message lists, in exactly that spelling.
    UNKNOWN_VALUE = 7004 "output-unknown-value" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// A text does not have the form that the artifact asks for: a GUID, a date, a duration, a name.
    ///
    /// ## Why it matters
    /// The deployment or the check of the repository refuses it.
    ///
    /// ## Example
    /// `lookbackDuration: five hours` for `PT5H`.
    ///
    /// ## Fix
    /// Write it in the form that the message names.
    BAD_FORM = 7005 "output-bad-form" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// A number, a text or a list is smaller or larger than the artifact allows.
    ///
    /// ## Why it matters
    /// The deployment or the check of the repository refuses it.
    ///
    /// ## Example
    /// A page without a single instruction step.
    ///
    /// ## Fix
    /// Stay within the bounds that the message names.
    OUT_OF_BOUNDS = 7006 "output-out-of-bounds" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// A list has the same item twice where each may stand only once.
    ///
    /// ## Why it matters
    /// The service refuses it, or the second one is lost.
    ///
    /// ## Fix
    /// Remove one.
    REPEATED_ITEM = 7007 "output-repeated-item" Error, source: "documented: the schema that the message names cites its source";

    /// ## What it does
    /// Two resources of one template have the same type and the same name.
    ///
    /// ## Why it matters
    /// The deployment fails before it makes anything: each resource may be defined once in a template.
    ///
    /// ## Example
    /// A table under `tables:` and again under `resources:`.
    ///
    /// ## Fix
    /// Remove or rename one of the two.
    DUPLICATE_RESOURCE = 7010 "duplicate-resource" Error, source: "documented: Microsoft Learn, template resources";

    /// ## What it does
    /// A template has more parameters (256), variables (512), resources (800) or outputs (64) than one deployment takes.
    ///
    /// ## Why it matters
    /// The deployment is refused as a whole.
    ///
    /// ## Fix
    /// Split the solution in two.
    TEMPLATE_COUNT = 7011 "template-count" Error, source: "documented: Microsoft Learn, ARM template best practices, template limits";

    /// ## What it does
    /// A template or parameter file has more than 4 MB, a resource more than 1 MB, or an expression more than 24,576
    /// characters.
    ///
    /// ## Why it matters
    /// The deployment is refused as a whole.
    ///
    /// ## Fix
    /// Shorten the texts, or split the solution in two.
    TEMPLATE_SIZE = 7012 "template-size" Error, source: "documented: Microsoft Learn, ARM template best practices, template limits";

    /// ## What it does
    /// An expression names a parameter or a variable that the template which evaluates it does not have.
    ///
    /// ## Why it matters
    /// The deployment, the installation or *Connect* fails when it comes to that expression.
    ///
    /// ## Example
    /// `name: "[guid(parameters('tokn'))]"` under `resources:` with `stage: connect`, for an input `token`.
    ///
    /// ## Fix
    /// Name one that is there; the message lists them.
    UNRESOLVED_NAME = 7013 "unresolved-name" Error, source: "documented: Microsoft Learn, template functions parameters() and variables()";
}
