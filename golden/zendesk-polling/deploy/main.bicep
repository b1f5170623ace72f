// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Zendesk Polling Example'
metadata version = '3.0.0'
metadata description = 'Reads the audit log of a Zendesk account into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource pageZendeskAudit 'Microsoft.SecurityInsights/dataConnectors@2021-03-01-preview' = {
  scope: workspace
  name: 'ZendeskAudit'
  kind: 'APIPolling'
  properties: {
    connectorUiConfig: {
      id: 'ZendeskAudit'
      title: 'Zendesk audit log (polling)'
      publisher: 'Zendesk'
      descriptionMarkdown: 'Reads who changed what in a Zendesk account.'
      graphQueriesTableName: 'ZendeskAudit_CL'
      graphQueries: [
        {
          metricName: 'Changes'
          legend: 'Zendesk'
          baseQuery: '{{graphQueriesTableName}}'
        }
      ]
      sampleQueries: [
        {
          description: 'The newest changes'
          query: '''
{{graphQueriesTableName}}
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: '{{graphQueriesTableName}}'
          lastDataReceivedQuery: '''
{{graphQueriesTableName}}
| summarize Time = max(TimeGenerated)
| where isnotempty(Time)'''
        }
      ]
      connectivityCriterias: [
        {
          type: 'SentinelKindsV2'
          value: [
            'APIPolling'
          ]
        }
      ]
      availability: {
        status: 1
        isPreview: false
      }
      permissions: {
        resourceProvider: [
          {
            provider: 'Microsoft.OperationalInsights/workspaces'
            permissionsDisplayText: 'Read, write and delete permissions on the workspace.'
            providerDisplayName: 'Workspace'
            scope: 'Workspace'
            requiredPermissions: {
              write: true
              read: true
              delete: true
            }
          }
        ]
        customs: [
          {
            name: 'Zendesk'
            description: 'An administrator whose plan has the audit log, and a token for the API.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Connect Zendesk'
          description: 'Give the subdomain of the account, the administrator\'s address followed by /token as user, and the token as password.'
          instructions: [
            {
              type: 'BasicAuth'
              parameters: {
                enable: 'true'
                userRequestPlaceHoldersInput: [
                  {
                    displayText: 'Subdomain'
                    requestObjectKey: 'apiEndpoint'
                    placeHolderName: '{{subdomain}}'
                  }
                ]
              }
            }
          ]
        }
      ]
    }
    pollingConfig: {
      auth: {
        authType: 'Basic'
      }
      request: {
        apiEndpoint: 'https://{{subdomain}}.zendesk.com/api/v2/audit_logs.json'
        httpMethod: 'Get'
        queryWindowInMin: 5
        queryTimeFormat: 'yyyy-MM-ddTHH:mm:ssZ'
        retryCount: 3
        timeoutInSeconds: 60
        queryParameters: {
          sort_by: 'created_at'
          'filter[created_at][]': '{_QueryWindowStartTime}'
          'page[size]': '100'
        }
      }
      paging: {
        pagingType: 'NextPageToken'
        nextPageParaName: 'page[after]'
        nextPageTokenJsonPath: '$.meta.after_cursor'
      }
      response: {
        eventsJsonPaths: [
          '$.audit_logs'
        ]
      }
    }
  }
}
