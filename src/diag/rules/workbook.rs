//! SG5300–SG5319: workbooks.

super::rules! {
    /// ## What it does
    /// Reports a JSON file that is no workbook: no object, an ARM template, or without `"version": "Notebook/1.0"` or `items`.
    ///
    /// ## Why it matters
    /// The package would carry whatever the file holds, and the page that opens in the portal is empty.
    ///
    /// ## Example
    /// ```yaml
    /// workbooks:
    ///   - file: Workbooks/azuredeploy.json
    /// ```
    ///
    /// ## Fix
    /// In the workbook's editor press `</>`, choose the gallery template, and save what it shows.
    WORKBOOK_FILE = 5300 "workbook-file" Error,
        source: "documented: the Azure-Sentinel repository's check of workbook templates";

    /// ## What it does
    /// Reports a workbook whose `fromTemplateId` is empty, `sentinel-UserWorkbook` or does not begin with `sentinel-`, and one
    /// whose `$schema` is not that of workbooks.
    ///
    /// ## Why it matters
    /// `sentinel-UserWorkbook` is what a workbook has that was saved in somebody's workspace: the repository refuses it, and
    /// finds the files that it has to check by their `$schema`.
    ///
    /// ## Example
    /// ```json
    /// "fromTemplateId": "sentinel-UserWorkbook"
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "fromTemplateId": "sentinel-ContosoOverview"
    /// ```
    WORKBOOK_TEMPLATE_ID = 5301 "workbook-template-id" Warning,
        source: "documented: the Azure-Sentinel repository's check of workbook templates (template id, schema)";

    /// ## What it does
    /// Reports the id of somebody's subscription in a workbook, and `fallbackResourceIds` that are not empty.
    ///
    /// ## Why it matters
    /// A workbook that comes with a solution opens in the workspace of whoever installs it; what it reads in its author's
    /// subscription fails there, and gives the author away.
    ///
    /// ## Example
    /// ```json
    /// "fallbackResourceIds": ["/subscriptions/4f7d4a3e-0000-4000-8000-000000000000/resourcegroups/rg"]
    /// ```
    ///
    /// ## Fix
    /// Take it out; let a parameter ask for the resource where one is needed.
    WORKBOOK_RESOURCE = 5302 "workbook-resource" Warning,
        source: "documented: the Azure-Sentinel repository's check of workbook templates (no resource information)";

    /// ## What it does
    /// Reports a credential in a workbook: a key in a connection string, a signature, a bearer token, a private key.
    ///
    /// ## Why it matters
    /// Everyone who can read the package can read it.
    ///
    /// ## Example
    /// ```json
    /// "query": "externaldata(ip:string)[@'https://contoso.blob.core.windows.net/a.csv?sig=uQ0v…']"
    /// ```
    ///
    /// ## Fix
    /// Revoke it, and take it out. Lists that queries look things up in are watchlists.
    WORKBOOK_SECRET = 5303 "workbook-secret" Error,
        source: "assumed: the marks that credentials of Azure Storage, of OAuth and in PEM have; the repository scans for secrets";

    /// ## What it does
    /// Reports a workbook without an item, and an item of a type that workbooks do not have.
    ///
    /// ## Why it matters
    /// The page shows nothing in its place.
    ///
    /// ## Example
    /// ```json
    /// "items": [{ "type": "text", "content": { "json": "# Overview" } }]
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "items": [{ "type": 1, "content": { "json": "# Overview" }, "name": "title" }]
    /// ```
    WORKBOOK_ITEMS = 5304 "workbook-items" Warning,
        source: "documented: the Azure-Sentinel repository's instructions for workbooks (1 text, 3 query, 9 parameters, 10 metric, 11 links, 12 group)";

    /// ## What it does
    /// Reports a query of a workbook that cannot be read with a value in place of each of its parameters.
    ///
    /// ## Why it matters
    /// The step shows an error instead of rows. What a parameter holds is known only when someone looks at the workbook, so
    /// this may be right all the same.
    ///
    /// ## Example
    /// ```json
    /// "query": "ContosoEvents_CL | where Action in ({Actions} | summarize count()"
    /// ```
    ///
    /// ## Fix
    /// Correct the query as it reads with a value in place of the parameter.
    WORKBOOK_QUERY = 5305 "workbook-query" Notice,
        source: "documented: Azure Monitor workbooks, parameters are replaced in the text of a query before it runs";

    /// ## What it does
    /// Reports a key of a workbook that is empty or has other characters than letters, digits, hyphens, underscores and dots.
    ///
    /// ## Why it matters
    /// The key is the workbook's content id: the package names resources by it, and the next version is found by it.
    ///
    /// ## Example
    /// ```yaml
    /// workbookKey: Contoso overview
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// workbookKey: ContosoOverviewWorkbook
    /// ```
    WORKBOOK_KEY = 5306 "workbook-key" Error,
        source: "assumed: the characters that the keys of the repository's 300 entries have";

    /// ## What it does
    /// Reports preview images that the repository's check refuses: other names than `….png` with Black or Dark, White or Light
    /// in them, one colour alone, or a file that is no PNG.
    ///
    /// ## Why it matters
    /// The portal shows the one or the other with its own colours.
    ///
    /// ## Example
    /// ```yaml
    /// previewFiles: [Images/Overview.png]
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// previewFiles: [Images/OverviewWhite.png, Images/OverviewBlack.png]
    /// ```
    WORKBOOK_PREVIEW = 5307 "workbook-preview" Warning,
        source: "documented: the Azure-Sentinel repository's check of preview images";

    /// ## What it does
    /// Reports a text of a workbook's entry that reviewers of the repository ask to change: a title with parentheses, a
    /// `templateRelativePath` that is not the file's name, a logo that is no SVG.
    ///
    /// ## Why it matters
    /// Microsoft's packager finds the entry of a workbook by the name of the file; without one the package has an empty id.
    ///
    /// ## Example
    /// ```yaml
    /// file: Workbooks/Overview.json
    /// templateRelativePath: Workbooks/Overview.json
    /// ```
    ///
    /// ## Fix
    /// Leave `templateRelativePath` out.
    WORKBOOK_ENTRY = 5308 "workbook-entry" Warning,
        source: "documented: the Azure-Sentinel repository's instructions for workbooks; observed: the packager, without a fitting entry";
}
