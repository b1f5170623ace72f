//! SG5200–SG5299: playbooks, custom connectors and function apps, which are carried as ARM templates.

super::rules! {
    /// ## What it does
    /// Reports a playbook whose template has no folder of its own, and an image that does not lie in that folder.
    ///
    /// ## Why it matters
    /// The folder's name is the id of the playbook: the package, and the workspaces that have it, know it by that.
    ///
    /// ## Example
    /// ```yaml
    /// playbooks:
    ///   - file: azuredeploy.json
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// playbooks:
    ///   - file: Playbooks/BlockAccount/azuredeploy.json
    /// ```
    PLAYBOOK_FOLDER = 5200 "playbook-folder" Error,
        source: "observed: the packager of the Azure-Sentinel repository names a playbook after the folder of its template";

    /// ## What it does
    /// Reports a file of `playbooks:` that is no deployment template: no JSON, no object, of another schema, without resources,
    /// or larger than a deployment takes.
    ///
    /// ## Why it matters
    /// Nobody could deploy it; Microsoft's packager leaves such a file, and what comes behind it, out without a word.
    ///
    /// ## Example
    /// ```json
    /// { "definition": { "triggers": {}, "actions": {} } }
    /// ```
    ///
    /// ## Fix
    /// Export the workflow as a template, or put it into one:
    /// ```json
    /// {
    ///   "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    ///   "contentVersion": "1.0.0.0",
    ///   "parameters": {},
    ///   "resources": [{ "type": "Microsoft.Logic/workflows" }]
    /// }
    /// ```
    PLAYBOOK_TEMPLATE = 5201 "playbook-template" Error,
        source: "documented: Azure Resource Manager, structure and limits of templates";

    /// ## What it does
    /// Reports what Resource Manager forgives in a template and JSON does not know: comments, a comma behind the last item,
    /// names without quotes, a name that stands twice.
    ///
    /// ## Why it matters
    /// The repository checks the file as JSON, and of two members with one name the first is lost.
    ///
    /// ## Example
    /// ```json
    /// { "state": "Enabled", }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// { "state": "Enabled" }
    /// ```
    PLAYBOOK_JSON = 5202 "playbook-loose-json" Warning,
        source: "documented: the Azure-Sentinel repository's check of JSON files";

    /// ## What it does
    /// Reports a template that deploys neither a workflow nor a custom connector nor a function app, or more than one of
    /// these kinds.
    ///
    /// ## Why it matters
    /// The content hub knows three kinds of such templates: a playbook (`Microsoft.Logic/workflows`), a custom connector
    /// (`Microsoft.Web/customApis`) and a function app (`Microsoft.Web/sites`). Each item is one of them.
    ///
    /// ## Example
    /// ```json
    /// { "type": "Microsoft.Resources/deployments", "name": "all playbooks" }
    /// ```
    ///
    /// ## Fix
    /// Name the templates themselves, a connector before the playbooks that call it:
    /// ```yaml
    /// playbooks:
    ///   - file: Playbooks/ContosoConnector/azuredeploy.json
    ///   - file: Playbooks/BlockAccount/azuredeploy.json
    /// ```
    PLAYBOOK_KIND = 5203 "playbook-kind" Error,
        source: "observed: the packager of the Azure-Sentinel repository tells the kinds by these types";

    /// ## What it does
    /// Reports a playbook without a parameter `PlaybookName` that has a default.
    ///
    /// ## Why it matters
    /// The default is the name that the gallery shows, and people choose the name of their playbook with it.
    ///
    /// ## Example
    /// ```json
    /// "parameters": {}
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "parameters": { "PlaybookName": { "type": "string", "defaultValue": "BlockAccount" } }
    /// ```
    PLAYBOOK_NAME = 5204 "playbook-name" Warning,
        source: "observed: the packager of the Azure-Sentinel repository shows the default of PlaybookName, else the folder's name";

    /// ## What it does
    /// Reports a custom connector that is not named by a parameter with a default, and a function app without a parameter
    /// `FunctionAppName` that has one.
    ///
    /// ## Why it matters
    /// Playbooks find the connector or the app by that name, and the package says by it which playbook needs which.
    /// Microsoft's packager writes no package without it.
    ///
    /// ## Example
    /// ```json
    /// { "type": "Microsoft.Web/customApis", "name": "ContosoConnector" }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "parameters": { "CustomConnectorName": { "type": "string", "defaultValue": "ContosoConnector" } },
    /// "resources": [{ "type": "Microsoft.Web/customApis", "name": "[parameters('CustomConnectorName')]" }]
    /// ```
    CONNECTOR_NAME = 5205 "custom-connector-name" Error,
        source: "observed: the packager of the Azure-Sentinel repository, dependencies of playbooks";

    /// ## What it does
    /// Reports metadata that a playbook's template lacks: a title, a description, when it was last changed, the tier of its
    /// support, its author.
    ///
    /// ## Why it matters
    /// The gallery shows them, and the repository's check refuses a playbook without.
    ///
    /// ## Example
    /// ```json
    /// "metadata": { "title": "Block an account" }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "metadata": {
    ///   "title": "Block an account",
    ///   "description": "Blocks the account of an incident.",
    ///   "lastUpdateTime": "2026-11-22T00:00:00Z",
    ///   "support": { "tier": "Community" },
    ///   "author": { "name": "Contoso" }
    /// }
    /// ```
    PLAYBOOK_METADATA = 5206 "playbook-metadata" Warning,
        source: "documented: the Azure-Sentinel repository's check of playbook metadata";

    /// ## What it does
    /// Reports an entity in the metadata of a playbook that the gallery does not know.
    ///
    /// ## Why it matters
    /// The repository's check refuses it.
    ///
    /// ## Example
    /// ```json
    /// "entities": ["user"]
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "entities": ["Account"]
    /// ```
    PLAYBOOK_ENTITY = 5207 "playbook-entity" Warning,
        source: "documented: the Azure-Sentinel repository's check of playbook metadata (21 entities)";

    /// ## What it does
    /// Reports the id of a subscription or tenant that stands in a template.
    ///
    /// ## Why it matters
    /// It is the author's own: in any other subscription the deployment fails, or names what its people cannot reach.
    ///
    /// ## Example
    /// ```json
    /// "id": "/subscriptions/8a4a4a2e-3c0f-4a52-8f8e-0c5ad1d6f3a1/providers/Microsoft.Web/locations/westeurope/managedApis/teams"
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "id": "[subscriptionResourceId('Microsoft.Web/locations/managedApis', resourceGroup().location, 'teams')]"
    /// ```
    PLAYBOOK_HARD_CODED = 5208 "playbook-hard-coded-id" Warning,
        source: "documented: Azure Resource Manager, best practices for templates; ids come from subscription() and tenant()";

    /// ## What it does
    /// Reports a secret that stands in a template: a default of a secure parameter, a default or a header that looks like a key.
    ///
    /// ## Why it matters
    /// The template is published, and whoever reads it has the secret.
    ///
    /// ## Example
    /// ```json
    /// "ApiKey": { "type": "securestring", "defaultValue": "Zk39dL20fQ8sPw71" }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "ApiKey": { "type": "securestring" }
    /// ```
    PLAYBOOK_SECRET = 5209 "playbook-secret" Error,
        source: "documented: Azure Resource Manager, a secure parameter has no default but an empty one or newGuid()";

    /// ## What it does
    /// Reports a workflow without a trigger, a trigger of a type that Logic Apps does not have or of Microsoft Sentinel with an
    /// unknown path, and one that is not what the name of the playbook's folder says.
    ///
    /// ## Why it matters
    /// The playbook never runs, or the gallery offers it where it does not fit.
    ///
    /// ## Example
    /// ```json
    /// "triggers": {}
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "triggers": {
    ///   "Microsoft_Sentinel_incident": {
    ///     "type": "ApiConnectionWebhook",
    ///     "inputs": { "path": "/incident-creation" }
    ///   }
    /// }
    /// ```
    PLAYBOOK_TRIGGER = 5210 "playbook-trigger" Warning,
        source: "documented: Logic Apps, types of triggers; observed: the three paths of Microsoft Sentinel's own triggers";

    /// ## What it does
    /// Reports a connection that does not say to which API, and an action or trigger that uses a connection which its workflow
    /// does not have.
    ///
    /// ## Why it matters
    /// The deployment fails, or the workflow cannot be saved.
    ///
    /// ## Example
    /// ```json
    /// { "type": "Microsoft.Web/connections", "properties": { "displayName": "Teams" } }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "properties": {
    ///   "displayName": "Teams",
    ///   "api": {
    ///     "id": "[subscriptionResourceId('Microsoft.Web/locations/managedApis', resourceGroup().location, 'teams')]"
    ///   }
    /// }
    /// ```
    PLAYBOOK_CONNECTION = 5211 "playbook-connection" Error,
        source: "documented: Logic Apps, connections in workflow definitions; Microsoft.Web/connections 2016-06-01";

    /// ## What it does
    /// Reports a workflow without the tags by which a workspace knows the template that it was made from.
    ///
    /// ## Why it matters
    /// Without them nobody is told of a newer version of the playbook, and the package calls its version 1.0.
    ///
    /// ## Example
    /// ```json
    /// { "type": "Microsoft.Logic/workflows", "tags": {} }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "tags": { "hidden-SentinelTemplateName": "BlockAccount", "hidden-SentinelTemplateVersion": "1.0" }
    /// ```
    PLAYBOOK_TAGS = 5212 "playbook-tags" Warning,
        source: "observed: the packager of the Azure-Sentinel repository reads the version from the tag";

    /// ## What it does
    /// Reports parts of a template that a package has no place for: functions of its own, copy loops, templates inside of it.
    ///
    /// ## Why it matters
    /// A content template carries parameters, variables, resources and metadata. The rest would be lost in silence, or be
    /// evaluated when the solution is installed instead of when the playbook is created.
    ///
    /// ## Example
    /// ```json
    /// "copy": { "name": "connections", "count": 2 }
    /// ```
    ///
    /// ## Fix
    /// Write the resources out, one by one.
    PLAYBOOK_PART = 5213 "playbook-part" Error,
        source: "observed: the packager of the Azure-Sentinel repository; what a content template carries";

    /// ## What it does
    /// Reports outputs of a carried template.
    ///
    /// ## Why it matters
    /// A content template has none: who creates the playbook from the content hub does not see them.
    ///
    /// ## Example
    /// ```json
    /// "outputs": { "endpoint": { "type": "string", "value": "[parameters('PlaybookName')]" } }
    /// ```
    ///
    /// ## Fix
    /// Remove them, and say in `metadata.postDeployment` where to look.
    PLAYBOOK_OUTPUTS = 5214 "playbook-outputs" Warning,
        source: "observed: the packager of the Azure-Sentinel repository drops them";

    /// ## What it does
    /// Reports a playbook that connects to a custom connector which no file of the solution deploys.
    ///
    /// ## Why it matters
    /// The package cannot say that the playbook needs it, and the deployment of the playbook fails where it is not there yet.
    ///
    /// ## Example
    /// ```yaml
    /// playbooks:
    ///   - file: Playbooks/BlockAccount/azuredeploy.json
    /// ```
    ///
    /// ## Fix
    /// Name the connector's template as well. The default of the playbook's parameter has to be the default of the connector's.
    /// ```yaml
    /// playbooks:
    ///   - file: Playbooks/ContosoConnector/azuredeploy.json
    ///   - file: Playbooks/BlockAccount/azuredeploy.json
    /// ```
    PLAYBOOK_NEEDS = 5215 "playbook-needs" Warning,
        source: "observed: the packager of the Azure-Sentinel repository compares the two defaults";

    /// ## What it does
    /// Reports a variable of a carried template with a name that the package gives to one of its own.
    ///
    /// ## Why it matters
    /// One of the two would replace the other.
    ///
    /// ## Example
    /// ```json
    /// "variables": { "workspace-name": "contoso" }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "variables": { "targetWorkspace": "contoso" }
    /// ```
    PLAYBOOK_VARIABLE = 5216 "playbook-variable" Error,
        source: "observed: variables that the packager of the Azure-Sentinel repository adds to a playbook";

    /// ## What it does
    /// Reports an Application Insights component without a workspace.
    ///
    /// ## Why it matters
    /// Classic components cannot be made any more, and the repository's check refuses them.
    ///
    /// ## Example
    /// ```json
    /// { "type": "Microsoft.Insights/components", "properties": { "Application_Type": "web" } }
    /// ```
    ///
    /// ## Fix
    /// ```json
    /// "properties": { "Application_Type": "web", "WorkspaceResourceId": "[parameters('AppInsightsWorkspaceResourceID')]" }
    /// ```
    APP_INSIGHTS = 5217 "classic-app-insights" Warning,
        source: "documented: the Azure-Sentinel repository's check of Application Insights components";
}
