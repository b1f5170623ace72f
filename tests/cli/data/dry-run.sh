# build
sentinel-gen build spec/pulumi-cloud --out output
# ask for the workspace's region
az monitor log-analytics workspace show --resource-group rg --workspace-name ws-prod --query location --output tsv
# remove the data connector PulumiAuditLogsPoller-hham3orfpbxw4
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/dataConnectors/PulumiAuditLogsPoller-hham3orfpbxw4?api-version=2025-09-01'
# deploy the bundle as a stack; $PARAMETERS_FILE stands for a file of mode 0600 that is removed afterwards, with
#   {
#     "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
#     "contentVersion": "1.0.0.0",
#     "parameters": {
#       "workspaceName": {
#         "value": "ws-prod"
#       },
#       "orgName": {
#         "value": "acme"
#       },
#       "accessToken": {
#         "value": "******** (the environment variable TOKEN)"
#       },
#       "location": {
#         "value": "(the workspace's region)"
#       }
#     }
#   }
az stack group create --resource-group rg --name sentinel-gen-pulumi-cloud --template-file output/pulumi-cloud/deploy/azuredeploy.json --parameters "@$PARAMETERS_FILE" --action-on-unmanage detachAll --deny-settings-mode none --yes --query '{outputs: outputs, detached: detachedResources[].id}' --output json
