//! SG4101–SG4149: connectors that are carried from a file of the Azure-Sentinel repository's own format.

super::rules! {
    /// ## What it does
    /// Reports a file that holds something else than the page of a connector, and a `kind` beside `file` that the file is not.
    ///
    /// ## Why it matters
    /// Pages that are carried and codeless connectors are packaged in different ways: a definition or a poller taken for a
    /// page would be installed as a connector that does nothing.
    ///
    /// ## Example
    /// ```yaml
    /// connectors:
    ///   - file: Data Connectors/Contoso_ccf/Contoso_ConnectorDefinition.json   # the page of a codeless connector
    /// ```
    ///
    /// ## Fix
    /// Write a codeless connector's keys into the spec, and name a file for a page alone:
    ///
    /// ```yaml
    /// connectors:
    ///   - file: Data Connectors/Contoso.json
    /// ```
    ///
    /// A page is `GenericUI`. One of Microsoft's own connectors needs `kind: StaticUI` beside `file`, for its file does not
    /// say so. A template with `pollingConfig` is `APIPolling`.
    CARRIED_KIND = 4101 "carried-kind" Error,
        source: "observed: the packager of the Azure-Sentinel repository (StaticDataConnectorIds; APIPolling by the resource in the file)";

    /// ## What it does
    /// Reports a connector of kind `APIPolling`.
    ///
    /// ## Why it matters
    /// Codeless connectors of kind RestApiPoller supersede it: they have a collection rule, typed tables and newer ways to
    /// sign in and to ask for pages. Content Hub takes new connectors of that kind alone.
    ///
    /// ## Example
    /// ```yaml
    /// connectors:
    ///   - file: Data Connectors/ContosoPolling.json
    /// ```
    ///
    /// ## Fix
    /// Write the connector's keys into the spec, with `kind: RestApiPoller`. For a connector that is published as it is and
    /// stays so, allow this with that reason.
    CARRIED_SUPERSEDED = 4102 "carried-superseded" Warning,
        source: "documented: the legacy codeless connector platform and its successor; quality guidance for solutions";

    /// ## What it does
    /// Reports an instruction of a type that no published page has.
    ///
    /// ## Why it matters
    /// The portal shows nothing for an instruction that it does not know, and says nothing about it.
    ///
    /// ## Example
    /// ```json
    /// { "type": "CopyLabel", "parameters": { "label": "Workspace", "fillWith": ["WorkspaceId"] } }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// { "type": "CopyableLabel", "parameters": { "label": "Workspace", "fillWith": ["WorkspaceId"] } }
    /// ```
    CARRIED_INSTRUCTION = 4103 "carried-instruction" Warning,
        source: "documented and observed: the reference of connector pages, and 420 published connectors that are not codeless (August 2026)";

    /// ## What it does
    /// Reports a `{{name}}` in a query of a carried page that nothing gives a value.
    ///
    /// ## Why it matters
    /// The portal replaces `{{graphQueriesTableName}}` by the page's own member of that name. Anything else stays as it is,
    /// and the query is none.
    ///
    /// ## Example
    /// ```json
    /// { "graphQueries": [{ "metricName": "Rows", "legend": "Rows", "baseQuery": "{{tableName}}" }] }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// {
    ///   "graphQueriesTableName": "ContosoEvents_CL",
    ///   "graphQueries": [{ "metricName": "Rows", "legend": "Rows", "baseQuery": "{{graphQueriesTableName}}" }]
    /// }
    /// ```
    CARRIED_PLACEHOLDER = 4104 "carried-placeholder" Error,
        source: "documented: the reference of connector pages, graphQueriesTableName";

    /// ## What it does
    /// Says that a carried page which is a preview by its file is none in the package.
    ///
    /// ## Why it matters
    /// Microsoft's packager sets `availability.isPreview` of such pages to false, and a package that says otherwise would
    /// not be what it makes of these sources.
    ///
    /// ## Example
    /// ```json
    /// { "availability": { "status": 1, "isPreview": true } }
    /// ```
    ///
    /// ## Fix
    /// Write false, and say in the title or the description that it is a preview.
    CARRIED_PREVIEW = 4105 "carried-preview" Notice,
        source: "observed: the packager of the Azure-Sentinel repository";

    /// ## What it does
    /// Reports a data type of a carried page whose name has a blank in it and names neither `CommonSecurityLog` nor `Syslog`.
    ///
    /// ## Why it matters
    /// Rules find a connector by the name of a table; behind a blank published pages say which part of a shared table they
    /// mean, and the repository's check lets only these two be shared.
    ///
    /// ## Example
    /// ```json
    /// { "dataTypes": [{ "name": "Contoso events", "lastDataReceivedQuery": "ContosoEvents_CL | take 1" }] }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// { "dataTypes": [{ "name": "ContosoEvents_CL", "lastDataReceivedQuery": "ContosoEvents_CL | take 1" }] }
    /// ```
    CARRIED_DATA_TYPE = 4106 "carried-data-type" Warning,
        source: "documented: the Azure-Sentinel repository's check of data types";
}
