# ask what the deployment stack holds
az stack group show --resource-group rg --name sentinel-gen-pulumi-cloud --query 'resources[].id' --output json
# ask which connections there are
az rest --method get --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/dataConnectors?api-version=2025-09-01' --query '{connections: value[].{name: name, definition: properties.connectorDefinitionName}, next: nextLink}' --output json
# then each of these, in its turn below: remove the data connector PulumiAuditLogsPoller-NAME
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/dataConnectors/PulumiAuditLogsPoller-NAME?api-version=2025-09-01'

# If there is such a stack:
# delete the deployment stack and leave what it holds
az stack group delete --resource-group rg --name sentinel-gen-pulumi-cloud --action-on-unmanage detachAll --yes
# then each resource that it listed, but for tables, as below

# If there is none:
# remove the analytic rule 0f7ba038-405c-55bb-9c04-23ce2589fad2
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/alertRules/0f7ba038-405c-55bb-9c04-23ce2589fad2?api-version=2025-09-01'
# remove the analytic rule 28a7816d-2183-51f4-aca9-5ea9f5646982
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/alertRules/28a7816d-2183-51f4-aca9-5ea9f5646982?api-version=2025-09-01'
# remove the analytic rule c0e148b8-2f06-5781-b557-393e802c6890
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/alertRules/c0e148b8-2f06-5781-b557-393e802c6890?api-version=2025-09-01'
# remove the connector page PulumiAuditLogsDefinition
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/dataConnectorDefinitions/PulumiAuditLogsDefinition?api-version=2025-09-01'
# remove the data collection rule PulumiAuditLogsDCR
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.Insights/dataCollectionRules/PulumiAuditLogsDCR?api-version=2024-03-11'
# remove the data collection endpoint PulumiAuditLogsDCE
az rest --method delete --url '/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.Insights/dataCollectionEndpoints/PulumiAuditLogsDCE?api-version=2024-03-11'
