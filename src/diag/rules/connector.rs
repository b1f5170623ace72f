//! SG4xxx: inputs, connectors, their pages and pollers.

super::rules! {
    /// ## What it does
    /// A connector or poller has an id that cannot be used in the names made from it.
    ///
    /// ## Fix
    /// Letters and digits, a letter first, as in `PulumiAuditLogs`.
    CONNECTOR_ID = 4001 "connector-id" Error, source: "Microsoft's packager: the page's id has no blanks and equals the definition's name (documented in its readme)";

    /// ## What it does
    /// An input has a name that the service's templates cannot use, or already use.
    ///
    /// ## Fix
    /// Letters and digits, a letter first, and none of the names of the templates themselves.
    INPUT_NAME = 4002 "input-name" Error, source: "Microsoft's packager replaces {{name}} with [A-Za-z0-9]+ only; a name used twice broke a published connector (observed)";

    /// ## What it does
    /// A part of a connector needs another one that is not there.
    ///
    /// ## Why it matters
    /// The poller would be refused at Connect, or would stop after the first page.
    ///
    /// ## Fix
    /// Add the key that the message names.
    MISSING_COMPANION = 4003 "missing-companion" Error, source: "Data connector reference of the Codeless Connector Framework (documented); token source and sink combined (inferred)";

    /// ## What it does
    /// The endpoint is not an absolute https URL.
    ///
    /// ## Fix
    /// Begin with `https://`, or with an input that holds the URL.
    ENDPOINT = 4004 "endpoint" Error, source: "Data connector reference (documented); a published connector with http never polled (observed)";

    /// ## What it does
    /// A secret input stands where its value would be readable: in a URL, a query parameter, an added attribute.
    ///
    /// ## Fix
    /// Use it in `auth`, or in a header.
    MISPLACED_SECRET = 4005 "misplaced-secret" Error, source: "Query parameters and attributes are returned by the service and shown in grids (observed); URLs end in logs";

    /// ## What it does
    /// A credential is written in plain text, or comes from an input that is not secret.
    ///
    /// ## Fix
    /// Declare an input with `secret: true` and write it as `"{{name}}"`.
    LITERAL_CREDENTIAL = 4006 "literal-credential" Error, source: "The repository scans for secrets and asks for password boxes (documented)";

    /// ## What it does
    /// `queryTimeFormat` is not a format of the service.
    ///
    /// ## Fix
    /// `UnixTimestamp`, `UnixTimestampInMills`, or a .NET date format such as `yyyy-MM-ddTHH:mm:ssZ`.
    TIME_FORMAT = 4007 "time-format" Error, source: "Data connector reference (documented); month and minute confused in review (observed)";

    /// ## What it does
    /// A path does not begin with `$`.
    ///
    /// ## Fix
    /// Write a JSONPath, as in `$.items`.
    JSON_PATH = 4008 "json-path" Error, source: "Data connector reference: JSONPath (documented)";

    /// ## What it does
    /// A column of the connections grid names a path that the connector resource does not have.
    ///
    /// ## Why it matters
    /// The grid shows an empty column.
    ///
    /// ## Fix
    /// Send the value along, as a query parameter or in `addOnAttributes`, and name that path.
    GRID_COLUMN = 4009 "grid-column" Error, source: "Published connectors: columnValue is a path into the connector resource (observed)";

    /// ## What it does
    /// The name of an endpoint or collection rule is too long, or has characters that it cannot have.
    ///
    /// ## Fix
    /// At most 30 letters, digits, hyphens and underscores: the portal puts more around it.
    RESOURCE_NAME = 4010 "resource-name" Error, source: "Microsoft's packager readme: 65 characters for the portal's name around it; our bound leaves room for a workspace name (assumed)";

    /// ## What it does
    /// One end of the query window is sent, the other is not.
    ///
    /// ## Why it matters
    /// The documentation asks for both; some published connectors send the start alone.
    ///
    /// ## Fix
    /// Add the other attribute, or allow this for an API with one end.
    LONELY_WINDOW = 4011 "lonely-window" Warning, source: "Data connector reference asks for both (documented); Box, Sophos and others send one (observed)";

    /// ## What it does
    /// A description contains the words `comma separated`.
    ///
    /// ## Why it matters
    /// Microsoft's packager then makes one connector for each part of the value.
    ///
    /// ## Fix
    /// Say it in other words.
    COMMA_SEPARATED = 4012 "comma-separated" Error, source: "Microsoft's packager (observed)";

    /// ## What it does
    /// A secret input has a default.
    ///
    /// ## Fix
    /// Remove the default: it would stand in every template.
    SECRET_DEFAULT = 4013 "secret-default" Error, source: "arm-ttk: secure parameters have no default (documented)";

    /// ## What it does
    /// The connector's own `instructionSteps` have no box for an input that its texts use.
    ///
    /// ## Why it matters
    /// The person who connects is not asked, and the connector is made with a stand-in value.
    ///
    /// ## Fix
    /// Add a box whose `name` is the input's, or leave `instructionSteps` out: the steps are derived from the inputs.
    UNASKED_INPUT = 4014 "unasked-input" Error, source: "Microsoft's packager gives such a parameter the default -NA- (observed)";
}
