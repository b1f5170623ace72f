// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Jira Audit Records'
metadata version = '3.0.0'
metadata description = 'Brings the audit records of Jira Cloud into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Jira site: Host name of the Jira Cloud site')
@minLength(1)
param site string

@description('E-mail address: Address of the Jira administrator')
@minLength(1)
param email string

@description('API token: API token of the Jira administrator')
@secure()
@minLength(1)
param apiToken string

@description('Name of this connection, in letters, digits and hyphens: another name makes another connection; empty: one that follows from site')
@maxLength(36)
param connectionName string = ''

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var connection = empty(connectionName) ? uniqueString(site) : connectionName

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableJiraAuditRecords 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'JiraAuditRecords_CL'
  properties: {
    schema: {
      name: 'JiraAuditRecords_CL'
      description: 'Audit records of a Jira Cloud site'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the change was made (UTC)'
        }
        {
          name: 'RecordId'
          type: 'long'
          description: 'Id of the record'
        }
        {
          name: 'Site'
          type: 'string'
          description: 'The Jira site'
        }
        {
          name: 'Summary'
          type: 'string'
          description: 'The change in a few words'
        }
        {
          name: 'Category'
          type: 'string'
          description: 'What the change is about'
        }
        {
          name: 'AuthorAccountId'
          type: 'string'
          description: 'Account that made the change'
        }
        {
          name: 'SourceIP'
          type: 'string'
          description: 'Address that the change was made from'
        }
        {
          name: 'ObjectName'
          type: 'string'
          description: 'What was changed'
        }
        {
          name: 'ObjectType'
          type: 'string'
          description: 'Type of what was changed'
        }
        {
          name: 'ChangedValues'
          type: 'dynamic'
          description: 'Values before and after'
        }
      ]
    }
  }
}

resource endpointJiraAuditRecords 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'JiraAuditRecordsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleJiraAuditRecords 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'JiraAuditRecordsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointJiraAuditRecords.id
    streamDeclarations: {
      'Custom-JiraAuditRecords': {
        columns: [
          {
            name: 'id'
            type: 'long'
          }
          {
            name: 'created'
            type: 'string'
          }
          {
            name: 'summary'
            type: 'string'
          }
          {
            name: 'category'
            type: 'string'
          }
          {
            name: 'authorAccountId'
            type: 'string'
          }
          {
            name: 'remoteAddress'
            type: 'string'
          }
          {
            name: 'objectItem'
            type: 'dynamic'
          }
          {
            name: 'changedValues'
            type: 'dynamic'
          }
          {
            name: 'Site'
            type: 'string'
          }
        ]
      }
    }
    destinations: {
      logAnalytics: [
        {
          workspaceResourceId: workspace.id
          name: 'clv2ws1'
        }
      ]
    }
    dataFlows: [
      {
        streams: [
          'Custom-JiraAuditRecords'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = todatetime(created),
    RecordId = id,
    Site,
    Summary = summary,
    Category = category,
    AuthorAccountId = authorAccountId,
    SourceIP = remoteAddress,
    ObjectName = tostring(objectItem.name),
    ObjectType = tostring(objectItem.typeName),
    ChangedValues = changedValues'''
        outputStream: 'Custom-JiraAuditRecords_CL'
      }
    ]
  }
  dependsOn: [
    tableJiraAuditRecords
  ]
}

resource definitionJiraAuditRecords 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'JiraAuditRecordsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'JiraAuditRecordsDefinition'
      title: 'Jira Audit Records'
      publisher: 'Atlassian'
      descriptionMarkdown: 'Reads the audit records of a Jira Cloud site through its REST API.'
      graphQueries: [
        {
          metricName: 'Rows of JiraAuditRecords_CL'
          legend: 'Jira Audit Records'
          baseQuery: 'JiraAuditRecords_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of JiraAuditRecords_CL'
          query: '''
JiraAuditRecords_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'JiraAuditRecords_CL'
          lastDataReceivedQuery: '''
JiraAuditRecords_CL
| summarize Time = max(TimeGenerated)
| where isnotempty(Time)'''
        }
      ]
      connectivityCriteria: [
        {
          type: 'HasDataConnectors'
        }
      ]
      availability: {
        isPreview: false
      }
      permissions: {
        resourceProvider: [
          {
            provider: 'Microsoft.OperationalInsights/workspaces'
            permissionsDisplayText: 'Read, write and delete permissions on the workspace are needed.'
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
            name: 'Jira API token'
            description: 'An API token of an account with the global permission Administer Jira.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Connect Jira Audit Records to Microsoft Sentinel'
          description: 'Each row is a connection. Add one with the button below the list.'
          instructions: [
            {
              type: 'DataConnectorsGrid'
              parameters: {
                mapping: [
                  {
                    columnName: 'Site'
                    columnValue: 'properties.addOnAttributes.Site'
                  }
                ]
                menuItems: [
                  'DeleteConnector'
                ]
              }
            }
            {
              type: 'ContextPane'
              parameters: {
                isPrimary: true
                label: 'Add site'
                title: 'Add site'
                subtitle: 'Jira Audit Records'
                contextPaneType: 'DataConnectorsContextPane'
                instructionSteps: [
                  {
                    instructions: [
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Jira site'
                          placeholder: 'example.atlassian.net'
                          type: 'text'
                          name: 'site'
                          validations: {
                            required: true
                          }
                          description: 'Host name of the Jira Cloud site'
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'E-mail address'
                          placeholder: 'admin@example.com'
                          type: 'text'
                          name: 'email'
                          validations: {
                            required: true
                          }
                          description: 'Address of the Jira administrator'
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'API token'
                          placeholder: 'API token'
                          type: 'password'
                          name: 'apiToken'
                          validations: {
                            required: true
                          }
                          description: 'API token of the Jira administrator'
                        }
                      }
                    ]
                  }
                ]
              }
            }
          ]
        }
      ]
    }
  }
}

resource pollerJiraAuditRecords 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'JiraAuditRecordsPoller-${connection}'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'JiraAuditRecordsDefinition'
    dataType: 'JiraAuditRecords_CL'
    dcrConfig: {
      streamName: 'Custom-JiraAuditRecords'
      dataCollectionEndpoint: endpointJiraAuditRecords.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleJiraAuditRecords.properties.immutableId
    }
    auth: {
      type: 'Basic'
      userName: email
      password: apiToken
    }
    request: {
      apiEndpoint: 'https://${site}/rest/api/3/auditing/record'
      queryWindowInMin: 5
      queryTimeFormat: 'yyyy-MM-ddTHH:mm:ss.fffZ'
      startTimeAttributeName: 'from'
      endTimeAttributeName: 'to'
      headers: {
        Accept: 'application/json'
        'User-Agent': 'Scuba'
      }
    }
    response: {
      eventsJsonPaths: [
        '$.records[*]'
      ]
      format: 'json'
    }
    paging: {
      pagingType: 'Offset'
      offsetParaName: 'offset'
      pageSize: 1000
      pageSizeParameterName: 'limit'
    }
    addOnAttributes: {
      Site: site
    }
  }
  dependsOn: [
    definitionJiraAuditRecords
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointJiraAuditRecords.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleJiraAuditRecords.id

@description('Resource id of the table that holds the events')
output tableId string = tableJiraAuditRecords.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionJiraAuditRecords.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerJiraAuditRecords.id
