//! SG9xxx: mistakes of sentinel-gen itself. Never the author's fault, and nothing is written.

super::rules! {
    /// ## What it does
    /// Reports output that breaks its schema at a place which comes from nothing in the spec.
    ///
    /// ## Why it matters
    /// Output that fails its own check is never written.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build   # on a spec that nobody has tried yet
    /// ```
    ///
    /// ## Fix
    /// Report it with the spec; there is nothing to change in it.
    UNEXPLAINED_OUTPUT = 9001 "unexplained-output" Error, source: "assumed: every value of the author has a place in the spec";

    /// ## What it does
    /// Reports a file of a build that cannot be read back as JSON or YAML.
    ///
    /// ## Why it matters
    /// Output that fails its own check is never written.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build   # on a spec that nobody has tried yet
    /// ```
    ///
    /// ## Fix
    /// Report it with the spec; there is nothing to change in it.
    UNREADABLE_OUTPUT = 9002 "unreadable-output" Error, source: "assumed: our printers write JSON and YAML";

    /// ## What it does
    /// Reports a JSON or YAML file, or a resource, that has no schema to be checked with.
    ///
    /// ## Why it matters
    /// Each build checks all that it emits; without a schema a mistake would pass.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build   # with a version that emits a new resource
    /// ```
    ///
    /// ## Fix
    /// Report it; there is nothing to change in the spec.
    NO_SCHEMA = 9003 "no-schema" Error, source: "assumed: every artifact has a schema under schemas/";

    /// ## What it does
    /// Reports a schema inside sentinel-gen that cannot be used.
    ///
    /// ## Why it matters
    /// Each build checks all that it emits; without its schemas it would check nothing.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build   # with a version whose schemas/ was changed
    /// ```
    ///
    /// ## Fix
    /// Report it; there is nothing to change in the spec.
    BROKEN_SCHEMA = 9004 "broken-schema" Error, source: "assumed: schemas/ holds valid schemas";

    /// ## What it does
    /// Reports a table, collection rule, connector page, connector or analytic rule that the deploy bundle and the connected
    /// package make in different ways from the same inputs.
    ///
    /// ## Why it matters
    /// Whoever tries the bundle would see something else than whoever installs the package. Nothing is written.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build   # on a spec that nobody has tried yet
    /// ```
    ///
    /// ## Fix
    /// Report it with the spec; there is nothing to change in it.
    UNEQUAL_OUTPUT = 9005 "unequal-output" Error, source: "assumed: what differs by nature is listed in sentinel-gen";

    /// ## What it does
    /// Reports an emitted template in which a secret comes out where it can be read: in a name, an id, a URL, an output, a
    /// variable, a description, a parameter that is not secure.
    ///
    /// ## Why it matters
    /// Names, outputs and variables stay in the history of deployments, and the portal shows descriptions. Nothing is
    /// written.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build   # on a spec that nobody has tried yet
    /// ```
    ///
    /// ## Fix
    /// Report it with the spec; there is nothing to change in it.
    LEAKED_SECRET = 9006 "leaked-secret" Error, source: "documented: Microsoft Learn, ARM template best practices, security of parameters";
}
