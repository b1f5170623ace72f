//! SG2xxx: KQL. SG20xx is the language, SG21xx what transformations take of it.

super::rules! {
    /// ## What it does
    /// A character that nothing of the language begins with, or a text, date or number without its end.
    ///
    /// ## Why it matters
    /// The service refuses the query at the customer's click, without a line.
    ///
    /// ## Example
    /// ```kusto
    /// StackEvents_CL | where Name == 'stack  // the closing quote is missing
    /// ```
    ///
    /// ## Fix
    /// Close the quote or bracket on the same line. Backslashes are written `\\`, or the text `@'C:\Temp'`.
    TOKEN = 2001 "kql-token" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS001, KS002)";

    /// ## What it does
    /// Something is missing, or stands where it cannot: a bracket, a comma, `;` between statements, a value.
    ///
    /// ## Why it matters
    /// A query that cannot be read is refused as a whole, at the customer's click.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | project UserPrincipalName ResultType  // a comma is missing
    /// ```
    ///
    /// ## Fix
    /// Write what the finding names. It points at the first thing that does not fit; the mistake is often just before it.
    SYNTAX = 2002 "kql-syntax" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS005, KS006, KS214)";

    /// ## What it does
    /// A word of the language, or a name with characters such as `-`, is used as a name without brackets.
    ///
    /// ## Why it matters
    /// The service reads the word as the beginning of something else.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | where title == 'x'
    /// ```
    ///
    /// ## Fix
    /// Write `['title']`.
    RESERVED_NAME = 2003 "kql-reserved-name" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS006, KS228); documented: entity names";

    /// ## What it does
    /// Text is left over after the query has ended.
    ///
    /// ## Why it matters
    /// Mostly a `;` or a bracket too many: the rest of the query would be lost.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | take 10 ) | project ResultType
    /// ```
    ///
    /// ## Fix
    /// Remove what ends the query early.
    LEFTOVER = 2004 "kql-leftover" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS198)";

    /// ## What it does
    /// What follows a pipe is not an operator.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | wher ResultType == '0'
    /// ```
    ///
    /// ## Fix
    /// Write the operator that is meant; the finding names a near one.
    OPERATOR = 2005 "kql-operator" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS176)";

    /// ## What it does
    /// An operator stands first and needs a table before it, or the other way round.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | print 1
    /// ```
    ///
    /// ## Fix
    /// Move it, or write the table and a pipe before it.
    PLACEMENT = 2006 "kql-placement" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS174, KS175, KS177)";

    /// ## What it does
    /// A query is nested so deeply, or is so long, that it is not analysed.
    ///
    /// ## Why it matters
    /// The service has limits of its own; what is not analysed is not vouched for.
    ///
    /// ## Example
    /// ```kusto
    /// print ((((((1))))))  // with more than a hundred brackets
    /// ```
    ///
    /// ## Fix
    /// Move inner parts into `let` statements.
    BUDGET = 2007 "kql-budget" Error, source: "assumed: the service limits query complexity; these limits are ours and lie above published content";

    /// ## What it does
    /// A name is neither a column that flows in, nor a variable, nor a function.
    ///
    /// ## Why it matters
    /// The service refuses the query: at installation, at the customer's click, or when a rule first runs.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | where ResultTyp == '0'
    /// ```
    ///
    /// ## Fix
    /// Correct the name; names are case-sensitive. The finding names a near one. A column that may be missing is read with `column_ifexists('name', default)`.
    NAME = 2010 "kql-name" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS142)";

    /// ## What it does
    /// A table that neither the spec nor the catalogue of built-in tables has.
    ///
    /// ## Why it matters
    /// A rule over a table that does not exist fails when it runs, or cannot be created.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLog | take 10
    /// ```
    ///
    /// ## Fix
    /// Correct the name, or declare the table. In a union, `isfuzzy=true` tolerates tables that are missing.
    TABLE = 2011 "kql-table" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS204)";

    /// ## What it does
    /// A function or plug-in that neither the language nor the spec has.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | extend n = tolower_case(ResultType)
    /// ```
    ///
    /// ## Fix
    /// Correct the name; a parser of the workspace must be part of the solution or of one that it depends on.
    FUNCTION = 2012 "kql-function" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS211, KS124)";

    /// ## What it does
    /// A function of one kind stands where another kind is taken: an aggregate outside `summarize`, a plug-in without `evaluate`.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | extend n = count()
    /// ```
    ///
    /// ## Fix
    /// Aggregates stand in `summarize` and `make-series`, plug-ins behind `evaluate`.
    FUNCTION_PLACE = 2013 "kql-function-place" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS117, KS126, KS143, KS144, KS237)";

    /// ## What it does
    /// A setting of an operator that it does not have, is given twice, or takes another value.
    ///
    /// ## Why it matters
    /// The query is refused, or the setting has no effect.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | join kind=left (AuditLogs) on CorrelationId
    /// ```
    ///
    /// ## Fix
    /// Write one of the values that the finding names, here `leftouter`.
    PARAMETER = 2015 "kql-setting" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS005, KS179, KS180, KS221 to KS226)";

    /// ## What it does
    /// A type that does not exist or cannot stand here.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// datatable (Name: text) ['a']
    /// ```
    ///
    /// ## Fix
    /// The types are bool, datetime, decimal, dynamic, guid, int, long, real, string and timespan.
    TYPE_NAME = 2016 "kql-type-name" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS160)";

    /// ## What it does
    /// An operator stands between types that it does not take.
    ///
    /// ## Why it matters
    /// The service refuses the query; a text has no order, a date is no number.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | where ResultType > 5  // a text has no order against a number
    /// ```
    ///
    /// ## Fix
    /// Convert one side: `tolong(Count_s) > 5`, `todatetime(Time_s) > ago(1h)`.
    OPERANDS = 2020 "kql-operands" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS106); documented: numerical and string operators";

    /// ## What it does
    /// A call has too few or too many arguments, or names that its function does not have.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | extend n = strlen(ResultType, 5)
    /// ```
    ///
    /// ## Fix
    /// Give the arguments that the finding names.
    ARGUMENTS = 2021 "kql-arguments" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS118 to KS121, KS127, KS193 to KS197)";

    /// ## What it does
    /// A value has a type that cannot stand here.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | take 'ten'
    /// ```
    ///
    /// ## Fix
    /// Convert it: `tostring(…)`, `tolong(…)`, `todatetime(…)`.
    TYPE = 2022 "kql-type" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS107, KS116, KS134 to KS141, KS232 to KS235)";

    /// ## What it does
    /// A literal or a constant is needed, and something else stands here.
    ///
    /// ## Why it matters
    /// The service evaluates it before any row is read.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | extend n = extract(ResultType, 1, UserPrincipalName)
    /// ```
    ///
    /// ## Fix
    /// Write the value itself.
    CONSTANT = 2023 "kql-constant" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS129 to KS133, KS140)";

    /// ## What it does
    /// A table stands where one value is meant, or the other way round.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | extend n = AuditLogs
    /// ```
    ///
    /// ## Fix
    /// Use `toscalar(…)` for one value of a table, `lookup` or `join` for its columns.
    TABULAR = 2024 "kql-tabular" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS108, KS111, KS112, KS190)";

    /// ## What it does
    /// A column is needed, and an expression or several columns stand here.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | project-rename ResultType
    /// ```
    ///
    /// ## Fix
    /// Write `new = old`, or the name of a column.
    COLUMN = 2025 "kql-column" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS109, KS110, KS149, KS150, KS184)";

    /// ## What it does
    /// A column or a variable is declared twice.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | extend n = 1, n = 2
    /// ```
    ///
    /// ## Fix
    /// Give one of them another name.
    DUPLICATE = 2026 "kql-duplicate" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS171, KS201)";

    /// ## What it does
    /// A join's condition that cannot be used: a column that one side lacks, types that differ, a comparison other than `==`.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | join (AuditLogs) on $left.CorrelationId == AuditLogs.CorrelationId
    /// ```
    ///
    /// ## Fix
    /// Name a column of both sides, or write `$left.a == $right.b` with equal types.
    JOIN = 2027 "kql-join" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS145, KS182, KS183, KS227, KS241, KS242)";

    /// ## What it does
    /// A pattern of `parse` that cannot be matched.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// SigninLogs | parse ResultType with * Name *
    /// ```
    ///
    /// ## Fix
    /// Put a text before each column, and behind each `*`.
    PATTERN = 2028 "kql-pattern" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS100 to KS104); documented: parse operator";

    /// ## What it does
    /// The values of a `datatable` do not fill its rows.
    ///
    /// ## Why it matters
    /// The query is refused.
    ///
    /// ## Example
    /// ```kusto
    /// datatable (a: long, b: long) [1, 2, 3]
    /// ```
    ///
    /// ## Fix
    /// Give as many values as columns, for every row.
    ROWS = 2029 "kql-rows" Error, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, refuses it (KS173)";

    /// ## What it does
    /// A table that is missing, where `isfuzzy=true` tolerates it.
    ///
    /// ## Why it matters
    /// The union runs without it; a misspelt name would never be noticed.
    ///
    /// ## Example
    /// ```kusto
    /// union isfuzzy=true SigninLog, AuditLogs
    /// ```
    ///
    /// ## Fix
    /// Correct the name, or leave it if the table comes with another solution.
    FUZZY = 2030 "kql-fuzzy" Warning, source: "observed: Kusto.Language 12.4.1, the vendor's own parser and binder, warns (KS205)";

    /// ## What it does
    /// An operator or a notation that ingestion-time transformations do not take.
    ///
    /// ## Why it matters
    /// The collection rule is refused when the customer clicks Connect, with a text like InvalidTransformOutput.
    ///
    /// ## Example
    /// ```kusto
    /// source | summarize count() by user
    /// ```
    ///
    /// ## Fix
    /// A transformation sees one record at a time: use extend, project, project-away, project-rename, where, parse.
    TRANSFORM_OPERATOR = 2101 "transform-operator" Error, source: "documented: Supported KQL features in Azure Monitor transformations, 2026-05-15";

    /// ## What it does
    /// A function that ingestion-time transformations do not take.
    ///
    /// ## Why it matters
    /// The collection rule is refused when the customer clicks Connect.
    ///
    /// ## Example
    /// ```kusto
    /// source | extend a = column_ifexists('a', '')
    /// ```
    ///
    /// ## Fix
    /// Use the replacement that the finding names, here `columnifexists`.
    TRANSFORM_FUNCTION = 2102 "transform-function" Error, source: "documented: Supported KQL features in Azure Monitor transformations, 2026-05-15";

    /// ## What it does
    /// A function that is not on the documented list of transformations, though published connectors use it.
    ///
    /// ## Why it matters
    /// It works today; the list does not promise it.
    ///
    /// ## Example
    /// ```kusto
    /// source | extend a = iff(isnull(a), 0, a)
    /// ```
    ///
    /// ## Fix
    /// Write the listed form, here `iif`.
    TRANSFORM_UNLISTED = 2103 "transform-unlisted" Notice, source: "observed: transforms of published connectors use it; documented list of 2026-05-15 lacks it";

    /// ## What it does
    /// A limit of transformations is passed: length, blank lines, columns of one `parse`, dynamic literals.
    ///
    /// ## Why it matters
    /// The collection rule is refused.
    ///
    /// ## Example
    /// ```kusto
    /// source | extend a = dynamic({})
    /// ```
    ///
    /// ## Fix
    /// Use `parse_json('{}')`; split a long `parse`; remove blank lines.
    TRANSFORM_LIMIT = 2104 "transform-limit" Error, source: "documented: transformations (15,360 characters, 10 columns a parse); observed: blank lines are refused";

    /// ## What it does
    /// A transformation whose result has no column `TimeGenerated` of type datetime.
    ///
    /// ## Why it matters
    /// Every table of Log Analytics needs it: the collection rule is refused, or the time of arrival stands for the time of the event.
    ///
    /// ## Example
    /// ```kusto
    /// source | project user
    /// ```
    ///
    /// ## Fix
    /// `source | extend TimeGenerated = todatetime(timestamp) | …`, or `now()` where the event has no time.
    TRANSFORM_TIME = 2105 "transform-time-generated" Error, source: "documented: Structure of a data collection rule: the output must hold TimeGenerated";
}
