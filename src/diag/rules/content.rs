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

    /// ## What it does
    /// Reports a file of a function that is not what its name says: a `.txt` or `.kql` without a query, or with YAML or JSON in
    /// it; a `.json` that is no saved search, or one with parameters; a `.yaml` that holds a text.
    ///
    /// ## Why it matters
    /// Microsoft's packager makes a function with the whole file as its query, or leaves the file out without a word.
    ///
    /// ## Example
    /// ```json
    /// { "resources": [{ "type": "Microsoft.OperationalInsights/workspaces/savedSearches" }] }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// {
    ///   "type": "Microsoft.OperationalInsights/workspaces/savedSearches",
    ///   "properties": {
    ///     "functionAlias": "ContosoEvents",
    ///     "displayName": "Contoso events",
    ///     "category": "Microsoft Sentinel Parser",
    ///     "query": "ContosoEvents_CL"
    ///   }
    /// }
    /// ```
    PARSER_FILE = 5106 "parser-file" Error,
        source: "observed: the packager of the Azure-Sentinel repository (commonFunctions @012896f6); parameters in JSON: assumed";

    /// ## What it does
    /// Reports a function that is given as a text or as JSON.
    ///
    /// ## Why it matters
    /// The repository takes new functions as YAML alone. In the other forms a function has no version of its own: it stays
    /// 1.0.0 whatever changes, and has no parameters.
    ///
    /// ## Example
    /// ```yaml
    /// parsers:
    ///   - file: Parsers/ContosoEvents.txt
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// parsers:
    ///   - Function: { Title: Contoso events, Version: 1.0.0 }
    ///     FunctionName: ContosoEvents
    ///     FunctionQuery: { file: ContosoEvents.kql }
    /// ```
    ///
    /// A published solution may keep what it has: allow this there.
    PARSER_FORM = 5107 "parser-form" Warning,
        source: "documented: the Azure-Sentinel repository's KQL tests take .yaml alone as a new file under Parsers; observed: the packager";

    /// ## What it does
    /// Reports an alias of a watchlist that queries could not write.
    ///
    /// ## Why it matters
    /// The alias is the name of a resource, and `_GetWatchlist('alias')` finds the watchlist by it.
    ///
    /// ## Example
    /// ```yaml
    /// watchlists:
    ///   - alias: VIP users
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// watchlists:
    ///   - alias: VipUsers
    /// ```
    WATCHLIST_ALIAS = 5110 "watchlist-alias" Error,
        source: "assumed: letters, digits, hyphens and underscores, as every published alias has";

    /// ## What it does
    /// Reports a CSV without a heading, or with a row that has more or fewer fields than the heading.
    ///
    /// ## Why it matters
    /// The service drops such rows, or refuses the watchlist, when the solution is installed.
    ///
    /// ## Example
    /// ```yaml
    /// csv: |
    ///   user,reason
    ///   alice@contoso.example,board,since 2024
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// csv: |
    ///   user,reason
    ///   alice@contoso.example,"board,since 2024"
    /// ```
    WATCHLIST_ROWS = 5111 "watchlist-rows" Error,
        source: "documented: Microsoft Sentinel, watchlists are created from CSV with a heading (RFC 4180)";

    /// ## What it does
    /// Reports a search key that is no column of the CSV.
    ///
    /// ## Why it matters
    /// The service refuses the watchlist.
    ///
    /// ## Example
    /// ```yaml
    /// itemsSearchKey: User
    /// csv: |
    ///   user,reason
    /// ```
    ///
    /// ## Fix
    /// Name a column as the heading spells it: `itemsSearchKey: user`.
    WATCHLIST_KEY = 5112 "watchlist-key" Error,
        source: "documented: Microsoft Sentinel, watchlists; the search key is one of the columns";

    /// ## What it does
    /// Reports a CSV of more than 3.8 MB, or with a row of more than 10,240 characters.
    ///
    /// ## Why it matters
    /// A watchlist that comes with a template is refused beyond that.
    ///
    /// ## Example
    /// ```yaml
    /// csv: { file: every-device-since-2015.csv }
    /// ```
    ///
    /// ## Fix
    /// Take columns or rows out, and shorten fields. Larger watchlists are uploaded through a storage account, by hand.
    WATCHLIST_SIZE = 5113 "watchlist-size" Error,
        source: "documented: Microsoft Sentinel, limits of watchlists; 3.8 MB for a local file, 10,240 characters for a row";

    /// ## What it does
    /// Reports a published template that is no watchlist, holds more than one, or refers to parameters that a package does
    /// not have.
    ///
    /// ## Why it matters
    /// Microsoft's packager takes the first resource alone and keeps the reference: the package cannot be installed.
    ///
    /// ## Example
    /// ```json
    /// "description": "[parameters('watchlistdescription')]"
    /// ```
    ///
    /// ## Fix
    /// Write the value itself, or give the parameter a `defaultValue`. Make a file of each watchlist.
    WATCHLIST_TEMPLATE = 5114 "watchlist-template" Error,
        source: "observed: the packager of the Azure-Sentinel repository (commonFunctions @012896f6) and a published package";

    /// ## What it does
    /// Reports a name of a summary rule that cannot be the name of a resource.
    ///
    /// ## Why it matters
    /// The rule's shown name is the last part of its address, where a slash begins another part.
    ///
    /// ## Example
    /// ```yaml
    /// displayName: Sign-ins/hour
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// displayName: Sign-ins per hour
    /// ```
    SUMMARY_NAME = 5120 "summary-name" Error,
        source: "documented: Microsoft.OperationalInsights/workspaces/summaryLogs, pattern of the name";

    /// ## What it does
    /// Reports a summary rule whose results would go into a table that is no custom table.
    ///
    /// ## Why it matters
    /// The service makes the table itself, and refuses a name without `_CL`.
    ///
    /// ## Example
    /// ```yaml
    /// destinationTable: FailedSignins
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// destinationTable: FailedSignins_CL
    /// ```
    SUMMARY_TABLE = 5121 "summary-table" Error,
        source: "documented: Azure Monitor, summary rules write into a custom table whose name ends in _CL";
}
