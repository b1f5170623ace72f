//! SG3xxx: tables, streams and collection rules.

super::rules! {
    /// ## What it does
    /// Reports a name that a custom table cannot have.
    ///
    /// ## Why it matters
    /// The deployment refuses it. A name with a hyphen deploys, but each query would have to write it as
    /// `['my-table_CL']`.
    ///
    /// ## Example
    /// ```yaml
    /// tables:
    ///   - name: ContosoEvents
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// tables:
    ///   - name: ContosoEvents_CL
    /// ```
    ///
    /// A letter, then letters, digits and underscores, `_CL` at the end; 4 to 63 characters in all.
    TABLE_NAME = 3001 "table-name" Error,
        source: "documented and assumed: the published ARM schema (4 to 63 characters) and the documentation of custom tables (`_CL`); hyphens are refused because every query would need brackets around the name";

    /// ## What it does
    /// Reports a name that a column of a table cannot have.
    ///
    /// ## Why it matters
    /// The table is refused when it is deployed.
    ///
    /// ## Example
    /// ```yaml
    /// columns:
    ///   - { name: Action-Name, type: string }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// columns:
    ///   - { name: ActionName, type: string }
    /// ```
    ///
    /// A letter, then letters, digits and underscores, all ASCII; 2 to 45 characters.
    COLUMN_NAME = 3002 "column-name" Error,
        source: "documented: custom tables, names of columns; Azure Monitor service limits (45 characters)";

    /// ## What it does
    /// Reports a column with a name that the service keeps for itself: `id`, `BilledSize`, `IsBillable`,
    /// `InvalidTimeGenerated`, `TenantId`, `Title`, `Type`, `UniqueId`, `_ItemId`, `_ResourceGroup`, `_ResourceId`,
    /// `_SubscriptionId`, `_TimeReceived`, in any case.
    ///
    /// ## Why it matters
    /// The table is refused when it is deployed, or the column stays empty.
    ///
    /// ## Example
    /// ```yaml
    /// columns:
    ///   - { name: type, type: string }
    /// ```
    ///
    /// ## Fix
    /// Give the column another name, and rename in the transform:
    ///
    /// ```yaml
    /// columns:
    ///   - { name: EventType, type: string }
    /// transform: source | project TimeGenerated = time, EventType = type
    /// ```
    RESERVED_COLUMN = 3003 "reserved-column" Error,
        source: "documented and observed: custom tables, reserved names of columns; a column `Type` that was refused or stayed empty";

    /// ## What it does
    /// Reports a table without a column `TimeGenerated` of type datetime.
    ///
    /// ## Why it matters
    /// The service refuses the table. `TimeGenerated` is what every query, rule and retention goes by.
    ///
    /// ## Example
    /// ```yaml
    /// tables:
    ///   - name: ContosoEvents_CL
    ///     columns:
    ///       - { name: Action, type: string }
    /// ```
    ///
    /// ## Fix
    /// Add `{ name: TimeGenerated, type: datetime }`, and fill it in the transform.
    TIME_GENERATED = 3004 "time-generated" Error,
        source: "documented and observed: custom tables, required columns; the error SchemaUpdateFatalError of the service";

    /// ## What it does
    /// Reports a column of type guid in a stream.
    ///
    /// ## Why it matters
    /// The collection rule is refused: a table may have guid columns, a stream may not.
    ///
    /// ## Example
    /// ```yaml
    /// stream:
    ///   table: ContosoEvents_CL
    ///   columns: [{ name: time, type: datetime }, { name: action, type: guid }]
    /// ```
    ///
    /// ## Fix
    /// Declare it as string, and convert it in the transform:
    ///
    /// ```yaml
    /// stream:
    ///   table: ContosoEvents_CL
    ///   columns: [{ name: time, type: datetime }, { name: action, type: string }]
    ///   transform: source | project TimeGenerated = time, Action = toguid(action)
    /// ```
    STREAM_TYPE = 3005 "stream-type" Error,
        source: "documented: structure of a data collection rule, types of stream columns";

    /// ## What it does
    /// Reports a table with more than 500 columns, or a connector with more than 10 streams.
    ///
    /// ## Why it matters
    /// The deployment refuses the table or the collection rule.
    ///
    /// ## Example
    /// ```yaml
    /// tables:
    ///   - name: ContosoEvents_CL   # with 501 columns
    /// ```
    ///
    /// ## Fix
    /// Split the table or the connector. Members that nobody filters by can stay together in one column of type
    /// dynamic.
    LIMIT = 3006 "table-limit" Error,
        source: "documented: Azure Monitor service limits (500 columns a table; 10 streams and 10 data flows a collection rule)";

    /// ## What it does
    /// Reports a column whose name ends like those of the old collector API (`_s` string, `_d` real, `_b` boolean,
    /// `_t` datetime, `_g` guid) and whose type is another one.
    ///
    /// ## Why it matters
    /// Who knows the suffixes expects a real number in `Count_d`, and writes queries for one.
    ///
    /// ## Example
    /// ```yaml
    /// columns:
    ///   - { name: Count_d, type: long }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// columns:
    ///   - { name: Count, type: long }
    /// ```
    ///
    /// Keep a name that is published already, and say so in `checks.allow`.
    MISLEADING_SUFFIX = 3008 "misleading-suffix" Warning,
        source: "documented: HTTP Data Collector API, suffixes of the columns that it makes";

    /// ## What it does
    /// Reports a name that a stream cannot have.
    ///
    /// ## Why it matters
    /// The collection rule and the poller find each other by this name.
    ///
    /// ## Example
    /// ```yaml
    /// stream:
    ///   name: My stream
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// stream:
    ///   name: MyStream
    /// ```
    ///
    /// Letters, digits and underscores; `Custom-` is put before them. Without a name the stream is called like its
    /// connector.
    STREAM_NAME = 3009 "stream-name" Error,
        source: "documented and assumed: structure of a data collection rule (a custom stream begins with `Custom-`); the narrow set of characters is our own bound";

    /// ## What it does
    /// Reports a table that nothing in the solution fills: no stream, no page that is carried, no summary rule.
    ///
    /// ## Why it matters
    /// As a rule a name is misspelt. The deploy bundle makes such a table; a package makes it together with the tables of
    /// its first codeless connector, when someone connects that one, and not at all in a solution without such a
    /// connector.
    ///
    /// ## Example
    /// ```yaml
    /// tables:
    ///   - name: ContosoOther_CL   # no connector has `table: ContosoOther_CL`
    ///     columns: [{ name: TimeGenerated, type: datetime }]
    /// ```
    ///
    /// ## Fix
    /// Name the table in a connector's stream, or remove it. If something else fills it, allow this with that reason.
    UNFILLED_TABLE = 3010 "unfilled-table" Warning,
        source: "observed: in published packages tables stand in the content template of the connector that fills them";

    /// ## What it does
    /// Says that a table of the spec is in the deploy bundle and not in the package.
    ///
    /// ## Why it matters
    /// A package makes tables only together with a codeless connector. Whoever installs one that has carried pages alone gets
    /// the table from what sends the data, or from the deploy bundle; until then, rules that read it cannot be created.
    ///
    /// ## Example
    /// ```yaml
    /// tables:
    ///   - name: ContosoEvents_CL   # a data type of Contoso.json
    ///     columns: [{ name: TimeGenerated, type: datetime }]
    /// connectors:
    ///   - file: Data Connectors/Contoso.json
    /// ```
    ///
    /// ## Fix
    /// Leave it, if what sends the data makes the table. The declaration is of use all the same: queries are checked
    /// against it.
    TABLE_NOT_PACKAGED = 3011 "table-not-packaged" Notice,
        source: "observed: the packager of the Azure-Sentinel repository takes tables from the folders of codeless connectors alone";

    /// ## What it does
    /// Reports a stream into a built-in table that is not known to take rows of a collection rule of one's own.
    ///
    /// ## Why it matters
    /// The deployment of the collection rule ends with `InvalidOutputTable`.
    ///
    /// ## Example
    /// ```yaml
    /// stream:
    ///   table: SigninLogs
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// stream:
    ///   table: ASimAuthenticationEventLogs
    /// ```
    ///
    /// The documented list of tables grows. If the service takes this one by now, allow this with that reason.
    TABLE_NOT_INGESTED = 3012 "table-not-ingested" Warning,
        source: "documented: Logs Ingestion API in Azure Monitor, supported tables (November 2026)";
}
