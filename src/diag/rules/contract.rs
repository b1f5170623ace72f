//! SG2110–SG2119: KQL against the tables, streams and columns of the spec.

super::rules! {
    /// ## What it does
    /// A column that a transform makes has another type than the table's.
    ///
    /// ## Why it matters
    /// The collection rule is refused when someone connects, with InvalidTransformOutput and no line.
    ///
    /// ## Example
    /// ```yaml
    /// transform: source | project TimeGenerated = time, Action = 1   # Action is a string in the table
    /// ```
    ///
    /// ## Fix
    /// Convert the value (`tostring(1)`), or change the column of the table.
    COLUMN_TYPE = 2110 "transform-column-type" Error, source: "observed: InvalidTransformOutput names each column whose type differs; documented: output columns against the table";

    /// ## What it does
    /// A transform makes a column that its table does not have.
    ///
    /// ## Why it matters
    /// Its values are billed and dropped. A name in another case is another column.
    ///
    /// ## Example
    /// ```yaml
    /// transform: source | project TimeGenerated = time, action   # the table has Action
    /// ```
    ///
    /// ## Fix
    /// Correct the name, add the column to the table, or drop it with `project-away`.
    EXTRA_COLUMN = 2111 "transform-extra-column" Warning, source: "documented: columns beyond the table are dropped, and counted in the metric Log Columns Dropped";

    /// ## What it does
    /// A table has a column that the transform never fills.
    ///
    /// ## Why it matters
    /// It stays empty in every row, and queries on it find nothing.
    ///
    /// ## Example
    /// ```yaml
    /// transform: source | project TimeGenerated = time   # the table also has Action
    /// ```
    ///
    /// ## Fix
    /// Assign it in the transform, or remove it from the table.
    UNFILLED_COLUMN = 2112 "transform-unfilled-column" Warning, source: "observed: columns that stay empty in published connectors";

    /// ## What it does
    /// A stream declares a column that its transform never reads.
    ///
    /// ## Why it matters
    /// What the API sends there is lost, mostly by a slip in the transform.
    ///
    /// ## Example
    /// ```yaml
    /// columns: [{ name: time, type: datetime }, { name: action, type: string }]
    /// transform: source | project TimeGenerated = time, Action = ""
    /// ```
    ///
    /// ## Fix
    /// Use the column, or remove it from the stream.
    UNREAD_COLUMN = 2113 "stream-unread-column" Warning, source: "observed: stream columns that never arrive in published connectors";

    /// ## What it does
    /// An entity mapping, a custom detail or an alert detail (`{{Column}}` in a name or description too) names a column that
    /// the rule's query does not return.
    ///
    /// ## Why it matters
    /// The service refuses the rule, or alerts lack the entity. Upper and lower case count.
    ///
    /// ## Example
    /// ```yaml
    /// query: SigninLogs | summarize count() by UserPrincipalName
    /// entityMappings:
    ///   - { entityType: IP, fieldMappings: [{ identifier: Address, columnName: IPAddress }] }
    /// ```
    ///
    /// ## Fix
    /// Return the column from the query, or name one that it returns.
    MISSING_RESULT = 2114 "rule-missing-column" Error, source: "observed: rules refused in review for columns that their queries do not return";

    /// ## What it does
    /// `isnull` or `isnotnull` is asked of a string.
    ///
    /// ## Why it matters
    /// A string is never null in KQL: a missing one is empty. The condition always has the same answer, and a default
    /// behind it is never taken.
    ///
    /// ## Example
    /// ```yaml
    /// transform: source | project TimeGenerated = time, Token = iif(isnull(token), "none", token)   # token is a string
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// transform: source | project TimeGenerated = time, Token = iif(isempty(token), "none", token)
    /// ```
    NULL_TEXT = 2115 "null-string" Warning, source: "documented: null values, the string type has none";

    /// ## What it does
    /// An entity's identifier is a column that holds a list or a bag.
    ///
    /// ## Why it matters
    /// An identifier is one value. From a list the alert gets an entity with brackets and quotes in its name, which
    /// matches nothing.
    ///
    /// ## Example
    /// ```yaml
    /// query: SigninLogs | summarize Addresses = make_set(IPAddress) by UserPrincipalName
    /// entityMappings:
    ///   - { entityType: IP, fieldMappings: [{ identifier: Address, columnName: Addresses }] }
    /// ```
    ///
    /// ## Fix
    /// Return a row for each value (`| mv-expand Address = Addresses to typeof(string)`), or map a column that you group by.
    COLLECTION_ENTITY = 2116 "collection-entity" Notice, source: "assumed: identifiers are single values; observed: three such mappings in 344 published rules";
}
