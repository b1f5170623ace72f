//! SG5100–SG5199: content beside analytic rules.

super::rules! {
    /// ## What it does
    /// Reports a name of a function or of one of its parameters that queries could not write.
    ///
    /// ## Why it matters
    /// The function is made, and every query that calls it fails.
    ///
    /// ## Example
    /// ```yaml
    /// parsers:
    ///   - FunctionName: Contoso Events
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// parsers:
    ///   - FunctionName: ContosoEvents
    /// ```
    ///
    /// Letters, digits and underscores, no digit first.
    PARSER_NAME = 5101 "parser-name" Error,
        source: "documented: the Azure-Sentinel repository's guide to parsers; names of KQL entities";

    /// ## What it does
    /// Reports a parser whose alias is not its name.
    ///
    /// ## Why it matters
    /// Microsoft's packager makes the function under `FunctionName`; what calls the alias finds nothing.
    ///
    /// ## Example
    /// ```yaml
    /// FunctionName: ContosoEvents
    /// FunctionAlias: Contoso
    /// ```
    ///
    /// ## Fix
    /// Use one name for both, or leave `FunctionAlias` out.
    PARSER_ALIAS = 5102 "parser-alias" Warning,
        source: "observed: the packager of the Azure-Sentinel repository never reads FunctionAlias";

    /// ## What it does
    /// Reports a parameter with a default before one without.
    ///
    /// ## Why it matters
    /// A call gives its values in order, so the default can never be used.
    ///
    /// ## Example
    /// ```yaml
    /// FunctionParams:
    ///   - { Name: user, Type: string, Default: "" }
    ///   - { Name: since, Type: datetime }
    /// ```
    ///
    /// ## Fix
    /// Put parameters without a default first.
    PARSER_PARAMETER = 5103 "parser-parameter" Error,
        source: "documented: KQL, user-defined functions; parameters with default values follow those without";

    /// ## What it does
    /// Reports a parser whose function gives a single value or nothing.
    ///
    /// ## Why it matters
    /// Queries read a parser like a table, and the check of the repository counts its rows.
    ///
    /// ## Example
    /// ```yaml
    /// FunctionQuery: toscalar(ContosoEvents_CL | count)
    /// ```
    ///
    /// ## Fix
    /// End the function with a tabular expression: a table and operators on it.
    PARSER_ROWS = 5104 "parser-rows" Error,
        source: "documented: the Azure-Sentinel repository's KQL tests append `| count` to every parser";

    /// ## What it does
    /// Reports an ASIM parser whose schema is not known, whose version of the schema is another than the repository's, or
    /// whose name does not begin with the schema.
    ///
    /// ## Why it matters
    /// The unifying parsers and the workspace's own content find a parser by its schema; one of an older version lacks
    /// columns that they read.
    ///
    /// ## Example
    /// ```yaml
    /// ParserName: ContosoDns
    /// Normalization: { Schema: DNS, Version: 0.1.2 }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// ParserName: ASimDnsContoso
    /// Normalization: { Schema: Dns, Version: 0.1.7 }
    /// ```
    ASIM = 5105 "asim-parser" Warning,
        source: "documented: the Azure-Sentinel repository's check of ASIM parsers (schema table of November 2026)";
}
