//! SG4xxx: inputs, connectors, their pages and pollers.

super::rules! {
    /// ## What it does
    /// Reports an id of a connector or poller that cannot be a part of the names made from it.
    ///
    /// ## Why it matters
    /// The names of the definition, the pollers, the endpoint and the collection rule begin with it. Microsoft's
    /// packager gives up when the page's id and the definition's name differ, or when they have blanks.
    ///
    /// ## Example
    /// ```yaml
    /// connectors:
    ///   - id: Contoso Events
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// connectors:
    ///   - id: ContosoEvents
    /// ```
    ///
    /// Letters and digits, a letter first. `connectorDefinition`, for the name that a published connector already has, may have
    /// hyphens, underscores and dots, too.
    CONNECTOR_ID = 4001 "connector-id" Error,
        source: "documented: the packager's readme; the id of a connector's page has no blanks and equals the name of its definition";

    /// ## What it does
    /// Reports a name of an input that the service's templates cannot use, or use already.
    ///
    /// ## Why it matters
    /// A parameter of that name exists in the template that *Connect* deploys. One of the two would hide the other,
    /// and the connector could not be connected.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   workspace: { label: API key, secret: true }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// inputs:
    ///   apiKey: { label: API key, secret: true }
    /// ```
    ///
    /// Letters and digits, a letter first. Taken, in any case, are `workspace`, `workspaceName`, `innerWorkspace`,
    /// `location`, `workspaceLocation`, `resourceGroupName`, `subscription`, `guidValue`, `dcrConfig`,
    /// `connectorDefinitionName`, `enableAnalyticRules`, `dataCollectionEndpoint`, `dataCollectionRuleImmutableId`,
    /// `commaSeparatedArray` and `graphQueriesTableName`.
    INPUT_NAME = 4002 "input-name" Error,
        source: "observed: Microsoft's packager replaces names of letters and digits alone; the name `workspace`, declared twice, kept a published connector from connecting";

    /// ## What it does
    /// Reports a part of a connector that needs another one which is not there: a password for a user name, a place
    /// for the token of the next page, a POST request for a body.
    ///
    /// ## Why it matters
    /// The poller would be refused at *Connect*, or would stop after the first page.
    ///
    /// ## Example
    /// ```yaml
    /// paging: { pagingType: NextPageToken, nextPageTokenJsonPath: $.next }
    /// ```
    ///
    /// ## Fix
    /// Add the key that the finding names:
    ///
    /// ```yaml
    /// paging: { pagingType: NextPageToken, nextPageTokenJsonPath: $.next, nextPageParaName: token }
    /// ```
    MISSING_COMPANION = 4003 "missing-companion" Error,
        source: "documented and assumed: the data connector reference of the Codeless Connector Framework; that a token needs both a source and a destination follows from its tables";

    /// ## What it does
    /// Reports an endpoint that is not an absolute https URL.
    ///
    /// ## Why it matters
    /// The service polls by https. With another address a connector may connect without an error and never fetch
    /// anything.
    ///
    /// ## Example
    /// ```yaml
    /// request: { apiEndpoint: http://api.contoso.example/events }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// request: { apiEndpoint: https://api.contoso.example/events }
    /// ```
    ///
    /// An input that holds the URL may stand at the beginning: `"{{apiUrl}}/events"`.
    ENDPOINT = 4004 "endpoint" Error,
        source: "documented and observed: the data connector reference; a published connector with an http address never polled";

    /// ## What it does
    /// Reports a secret input at a place where its value would be readable: in a URL, a query parameter, an added
    /// attribute.
    ///
    /// ## Why it matters
    /// The service gives these values back to everyone who may see the connector, and addresses are written to logs
    /// along the way.
    ///
    /// ## Example
    /// ```yaml
    /// request: { apiEndpoint: https://api.contoso.example/events, queryParameters: { key: "{{apiKey}}" } }
    /// ```
    ///
    /// ## Fix
    /// Use it in `auth`, in a header, or in the body of a POST request (`queryParametersTemplate`):
    ///
    /// ```yaml
    /// request: { apiEndpoint: https://api.contoso.example/events, headers: { X-Key: "{{apiKey}}" } }
    /// ```
    MISPLACED_SECRET = 4005 "misplaced-secret" Error,
        source: "observed and assumed: pages of published connectors show query parameters and attributes in their grids; addresses end in logs";

    /// ## What it does
    /// Reports a credential that is written in the spec, or that comes from an input which is not secret.
    ///
    /// ## Why it matters
    /// It would stand in templates, in the package and in the history of each deployment, where others read it. A
    /// plain input also shows what is typed into its box.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { type: APIKey, apiKey: abcdef }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// inputs:
    ///   apiKey: { label: API key, secret: true }
    /// connectors:
    ///   - auth: { type: APIKey, apiKey: "{{apiKey}}" }
    /// ```
    ///
    /// A key that was committed once should be changed.
    LITERAL_CREDENTIAL = 4006 "literal-credential" Error,
        source: "documented: the data connector reference (credentials as parameters); the Azure-Sentinel repository scans every pull request for secrets";

    /// ## What it does
    /// Reports a `queryTimeFormat` that is not a format of the service.
    ///
    /// ## Why it matters
    /// The API would get a window of another time, or one that it cannot read. Both look like an API without events.
    ///
    /// ## Example
    /// ```yaml
    /// request: { apiEndpoint: https://api.contoso.example/events, queryTimeFormat: yyyy-mm-dd }   # mm are minutes
    /// ```
    ///
    /// ## Fix
    /// Write `UnixTimestamp` for seconds, `UnixTimestampInMills` for milliseconds, or a .NET date format:
    ///
    /// ```yaml
    /// request: { apiEndpoint: https://api.contoso.example/events, queryTimeFormat: yyyy-MM-dd }
    /// ```
    ///
    /// Leave the key out for ISO 8601.
    TIME_FORMAT = 4007 "time-format" Error,
        source: "documented and observed: the data connector reference; formats with minutes for months in reviews of connectors";

    /// ## What it does
    /// Reports a path into the API's answer that does not begin with `$`.
    ///
    /// ## Why it matters
    /// The service reads JSONPath, in which `$` stands for the whole answer; without it there is nothing to begin at.
    ///
    /// ## Example
    /// ```yaml
    /// response: { eventsJsonPaths: [events] }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// response: { eventsJsonPaths: [$.events] }
    /// ```
    JSON_PATH = 4008 "json-path" Error,
        source: "documented: the data connector reference; its paths are JSONPath expressions";

    /// ## What it does
    /// Reports a column of the connections grid that names a path which the connector resource does not have.
    ///
    /// ## Why it matters
    /// The grid shows an empty column, and connections cannot be told apart.
    ///
    /// ## Example
    /// ```yaml
    /// connections: { columns: { Organization: properties.request.queryParameters.org } }   # the request sends no `org`
    /// ```
    ///
    /// ## Fix
    /// Send the value along, as a query parameter or in `addOnAttributes`, and name that path:
    ///
    /// ```yaml
    /// addOnAttributes: { Organization: "{{orgName}}" }
    /// connections: { columns: { Organization: properties.addOnAttributes.Organization } }
    /// ```
    GRID_COLUMN = 4009 "grid-column" Error,
        source: "observed: in published connectors each `columnValue` is a path into the connector resource";

    /// ## What it does
    /// Reports a name of an endpoint or collection rule that is longer than 30 characters, or has others than letters,
    /// digits, hyphens and underscores, a letter first.
    ///
    /// ## Why it matters
    /// At *Connect* the portal makes a longer name around it, with the workspace's name in it. Too long a name fails
    /// there, on the customer's screen.
    ///
    /// ## Example
    /// ```yaml
    /// dataCollectionRule: ContosoEventsOfAllKindsCollectionRule
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// dataCollectionRule: ContosoEventsDCR
    /// ```
    ///
    /// Without `dataCollectionRule` and `dataCollectionEndpoint` the names are made from the connector's id: then
    /// shorten the id, or write these keys.
    RESOURCE_NAME = 4010 "resource-name" Error,
        source: "documented and assumed: the packager's readme allows 65 characters for the portal's name around that of the collection rule; 30 leave room for that of a workspace";

    /// ## What it does
    /// Reports a request that sends one end of the query window and not the other.
    ///
    /// ## Why it matters
    /// The documentation asks for both. An API that takes both and gets one may answer with events of the next window
    /// too, which then arrive twice.
    ///
    /// ## Example
    /// ```yaml
    /// request: { apiEndpoint: https://api.contoso.example/events, startTimeAttributeName: since }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// request:
    ///   apiEndpoint: https://api.contoso.example/events
    ///   startTimeAttributeName: since
    ///   endTimeAttributeName: until
    /// ```
    ///
    /// Some published connectors have one end, for APIs that take no more: then allow this.
    LONELY_WINDOW = 4011 "lonely-window" Warning,
        source: "documented and observed: the data connector reference asks for both ends; Box, Sophos and others send one";

    /// ## What it does
    /// Reports a description of an input with the words `comma separated`.
    ///
    /// ## Why it matters
    /// Microsoft's packager looks for these words, and then makes one connector for each part of the value.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   apiKey: { label: API key, secret: true, description: A comma separated list of keys }
    /// ```
    ///
    /// ## Fix
    /// Say it in other words: `Keys, with a comma between each two`.
    COMMA_SEPARATED = 4012 "comma-separated" Error,
        source: "observed: runs of Microsoft's packager with such a description";

    /// ## What it does
    /// Reports a default of a secret input.
    ///
    /// ## Why it matters
    /// It would stand in every template, readable by everyone, and be used by whoever leaves the box empty.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   apiKey: { label: API key, secret: true, default: abc }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// inputs:
    ///   apiKey: { label: API key, secret: true }
    /// ```
    SECRET_DEFAULT = 4013 "secret-default" Error,
        source: "documented: arm-ttk, secure parameters must not have a default";

    /// ## What it does
    /// Reports an input that the connector uses and that has no box in the connector's own `instructionSteps`.
    ///
    /// ## Why it matters
    /// Whoever connects is not asked for it, and the connector is made with the stand-in value `-NA-`.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { type: APIKey, apiKey: "{{apiKey}}" }
    /// instructionSteps:
    ///   - instructions:
    ///       - { type: Textbox, parameters: { label: Key, name: key, type: password } }
    ///       - { type: ConnectionToggleButton, parameters: { name: connect } }
    /// ```
    ///
    /// ## Fix
    /// Call a box like the input:
    ///
    /// ```yaml
    ///       - { type: Textbox, parameters: { label: Key, name: apiKey, type: password } }
    /// ```
    ///
    /// Or leave `instructionSteps` out: then the steps are made from the inputs.
    UNASKED_INPUT = 4014 "unasked-input" Error,
        source: "observed: Microsoft's packager gives a parameter without a box the default -NA-";

    /// ## What it does
    /// Reports an API key in a header of its own where nothing says whether a word stands before the key.
    ///
    /// ## Why it matters
    /// The documentation puts `token` before the key unless `apiKeyIdentifier` says another word or `""`. Published
    /// connectors with a header of their own leave `apiKeyIdentifier` out for APIs that take the bare key. The two cannot
    /// both be right, and the wrong one is an answer 401.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { type: APIKey, apiKeyName: X-Api-Key, apiKey: "{{apiKey}}" }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// auth: { type: APIKey, apiKeyName: X-Api-Key, apiKeyIdentifier: "", apiKey: "{{apiKey}}" }
    /// ```
    KEY_PREFIX = 4015 "key-prefix" Warning,
        source: "documented and observed: the data connector reference has the default token; Cortex XDR, Meraki, Netskope and others leave it out for a bare key";

    /// ## What it does
    /// Reports an auth type that Microsoft's packager does not know in a RestApiPoller.
    ///
    /// ## Why it matters
    /// The service's model has the type, and our package carries it. The packager stops at it, so whoever builds the
    /// solution from its sources in the Azure-Sentinel repository gets no package.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { type: None }
    /// ```
    ///
    /// ## Fix
    /// Use APIKey, Basic, OAuth2, JwtToken or AliCloudSlsV1 where the API has one of them; else allow this.
    PACKAGER_AUTH = 4016 "packager-auth" Warning,
        source: "documented and observed: the types are those of the published model; runs of Microsoft's packager stop at others than these five";

    /// ## What it does
    /// Reports a poller whose sign-in form cannot give what its auth asks for.
    ///
    /// ## Why it matters
    /// With `grantType: authorization_code` the person signs in on the connector's page. Its form gives three parameters
    /// of fixed names; an input of another name would keep the stand-in value `-NA-`.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { type: OAuth2, grantType: authorization_code, clientId: "{{appId}}" }
    /// ```
    ///
    /// ## Fix
    /// Call the inputs `ClientId`, `ClientSecret` and `AuthorizationCode`:
    ///
    /// ```yaml
    /// auth: { type: OAuth2, grantType: authorization_code, clientId: "{{ClientId}}" }
    /// ```
    FORM_INPUT = 4017 "form-input" Error,
        source: "observed: Microsoft's packager declares these three parameters for an OAuth form";

    /// ## What it does
    /// Reports a `redirectUri` other than the portal's.
    ///
    /// ## Why it matters
    /// The portal takes the authorization code at one address. With another one the person signs in, and the code is lost.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { type: OAuth2, grantType: authorization_code, redirectUri: https://contoso.example/code }
    /// ```
    ///
    /// ## Fix
    /// Leave `redirectUri` out: the address is filled in. Register the same address with the API's client.
    REDIRECT = 4018 "redirect-uri" Error,
        source: "documented: the data connector reference names the one address";

    /// ## What it does
    /// Reports a POST request whose paging does not say whether its values go into the URL or into the body.
    ///
    /// ## Why it matters
    /// Where they go then is not documented. In the wrong place every answer is the first page again.
    ///
    /// ## Example
    /// ```yaml
    /// request: { apiEndpoint: https://api.contoso.example/events, httpMethod: POST }
    /// paging: { pagingType: NextPageToken, nextPageTokenJsonPath: $.next, nextPageParaName: cursor }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// paging:
    ///   pagingType: NextPageToken
    ///   nextPageTokenJsonPath: $.next
    ///   nextPageParaName: cursor
    ///   pagingInfoPlacement: RequestBody
    /// ```
    UNPLACED_PAGING = 4019 "unplaced-paging" Warning,
        source: "assumed: the data connector reference has the key without a default; reviews of connectors with POST requests asked where the values go";

    /// ## What it does
    /// Reports a `{_name}` in query parameters or in the body that the service does not replace there.
    ///
    /// ## Why it matters
    /// It is sent as it stands, and the API answers as if no window were asked for, or not at all.
    ///
    /// ## Example
    /// ```yaml
    /// queryParameters: { since: "{_QueryWindowStart}" }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// queryParameters: { since: "{_QueryWindowStartTime}" }
    /// ```
    ///
    /// `{_QueryWindowStartTime}` and `{_QueryWindowEndTime}` stand in both, `{_APIKeyName}` and `{_APIKey}` in
    /// `queryParametersTemplate` only.
    SERVICE_PLACEHOLDER = 4020 "service-placeholder" Warning,
        source: "documented: the data connector reference, built-in variables";

    /// ## What it does
    /// Reports a step that nothing calls, or that leads to itself.
    ///
    /// ## Why it matters
    /// Steps call each other by their ids. One that no id leads to is never asked, and the service says nothing about it;
    /// one that leads to itself would be asked without an end.
    ///
    /// ## Example
    /// ```yaml
    /// stepInfo: { nextSteps: [{ stepId: fetch, stepPlaceholdersParsingKql: "source | project url = data" }] }
    /// stepCollectorConfigs:
    ///   fetch: { request: { apiEndpoint: $url$ } }
    ///   details: { request: { apiEndpoint: $url$ } }
    /// ```
    ///
    /// ## Fix
    /// Call it from the poller or from another step, or remove it:
    ///
    /// ```yaml
    /// stepInfo: { nextSteps: [{ stepId: fetch, stepPlaceholdersParsingKql: "source | project url = data" }] }
    /// stepCollectorConfigs:
    ///   fetch: { request: { apiEndpoint: $url$ } }
    /// ```
    STEP_ORDER = 4021 "step-order" Error,
        source: "observed: a published connector whose step ids did not match was never called, without an error";

    /// ## What it does
    /// Reports a `$name$` in a step that no column of the step's KQL stands for.
    ///
    /// ## Why it matters
    /// The text is sent with the dollar signs in it, and the API answers that it knows no such thing.
    ///
    /// ## Example
    /// ```yaml
    /// stepInfo: { nextSteps: [{ stepId: fetch, stepPlaceholdersParsingKql: "source | project url = data" }] }
    /// stepCollectorConfigs:
    ///   fetch: { request: { apiEndpoint: $link$ } }
    /// ```
    ///
    /// ## Fix
    /// Write the name of a column:
    ///
    /// ```yaml
    /// stepCollectorConfigs:
    ///   fetch: { request: { apiEndpoint: $url$ } }
    /// ```
    STEP_PLACEHOLDER = 4022 "step-placeholder" Error,
        source: "observed: in published connectors each name between dollar signs is a column of the step's KQL";
}
