//! SG3xxx: tables, streams and collection rules.

super::rules! {
    /// ## What it does
    /// A custom table has a name that the service does not take.
    ///
    /// ## Fix
    /// A letter, then letters, digits and underscores, `_CL` at the end, 4 to 63 characters.
    TABLE_NAME = 3001 "table-name" Error, source: "Published ARM schema (4 to 63 characters) and the documentation of custom tables (_CL); hyphens are refused here because KQL would need brackets (observed practice)";

    /// ## What it does
    /// A column has a name that the service does not take.
    ///
    /// ## Fix
    /// 2 to 45 ASCII letters, digits and underscores, a letter first.
    COLUMN_NAME = 3002 "column-name" Error, source: "Documentation of custom tables and of Azure Monitor limits";

    /// ## What it does
    /// A column has a name that the service keeps for itself.
    ///
    /// ## Why it matters
    /// The table is refused when it is deployed.
    ///
    /// ## Fix
    /// Name the column otherwise and rename it in the transform.
    RESERVED_COLUMN = 3003 "reserved-column" Error, source: "Documentation of custom tables, reserved names";

    /// ## What it does
    /// A table has no column `TimeGenerated` of type datetime.
    ///
    /// ## Fix
    /// Add `{ name: TimeGenerated, type: datetime }` and fill it in the transform.
    TIME_GENERATED = 3004 "time-generated" Error, source: "Documented as required; observed error: SchemaUpdateFatalError";

    /// ## What it does
    /// A stream declares a column of a type that streams do not have.
    ///
    /// ## Fix
    /// Declare a guid as string and convert it in the transform with `toguid()`.
    STREAM_TYPE = 3005 "stream-type" Error, source: "Documented structure of a data collection rule: no guid in stream declarations";

    /// ## What it does
    /// A table or a collection rule has more parts than the service takes.
    ///
    /// ## Fix
    /// Split it.
    LIMIT = 3006 "table-limit" Error, source: "Documented limits: 500 columns a table, 10 streams and data flows a collection rule";

    /// ## What it does
    /// A transform is one that the service refuses: too long, with blank lines, or without `source`.
    ///
    /// ## Fix
    /// Keep it under 15,360 characters, without blank lines, and begin with `source`.
    TRANSFORM = 3007 "transform" Error, source: "Documented limit of 15,360 characters and documented input table `source`; blank lines reported as refused by deployers";

    /// ## What it does
    /// A column's name ends like those of the old collector API (`_s`, `_d`, `_b`, `_t`, `_g`), and its type is another one.
    ///
    /// ## Why it matters
    /// Who reads `Count_d` expects a real number; queries written for it may fail.
    ///
    /// ## Fix
    /// Drop the suffix. Keep a published name and say so in `checks.allow`.
    MISLEADING_SUFFIX = 3008 "misleading-suffix" Warning, source: "Documented suffixes of the HTTP Data Collector API";

    /// ## What it does
    /// A stream has a name that the service does not take.
    ///
    /// ## Fix
    /// Letters, digits and underscores; `Custom-` is put before it.
    STREAM_NAME = 3009 "stream-name" Error, source: "Documented: the name of a custom stream begins with Custom-";

    /// ## What it does
    /// No stream fills a table.
    ///
    /// ## Why it matters
    /// The deploy bundle makes it, but a package has a place for tables only beside the connector that fills them.
    ///
    /// ## Fix
    /// Name the table in a connector's stream, or remove it. Allow this if something else fills it.
    UNFILLED_TABLE = 3010 "unfilled-table" Warning, source: "Package format: tables stand in a connector's content template (observed in published packages)";
}
