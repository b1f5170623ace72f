// Made by sentinel-gen: change the spec, not this file.

metadata name = 'meshStack'
metadata version = '3.0.0'
metadata description = 'Brings the event log of meshStack, a cloud foundation platform, into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('meshStack API URL')
@minLength(1)
param ApiUrl string

@description('Client id: Id of the meshStack API key')
@minLength(1)
param ClientId string

@description('Client secret: Secret of the meshStack API key')
@secure()
@minLength(1)
param ClientSecret string

@description('Name of this connection, in letters, digits and hyphens: another name makes another connection; empty: one that follows from ApiUrl')
@maxLength(36)
param connectionName string = ''

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var ApiUrlValue = trim(replace('${ApiUrl} ', '/ ', ''))
var connection = empty(connectionName) ? uniqueString(ApiUrlValue) : connectionName

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableMeshStackEventLogs 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'meshStackEventLogs_CL'
  properties: {
    schema: {
      name: 'meshStackEventLogs_CL'
      description: 'Event log of a meshStack installation'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the event happened (UTC)'
        }
        {
          name: 'EventTitle'
          type: 'string'
          description: 'The event in a few words'
        }
        {
          name: 'EventType'
          type: 'string'
          description: 'Type of the event'
        }
        {
          name: 'EventDescription'
          type: 'string'
          description: 'The event in a sentence'
        }
        {
          name: 'EventContent'
          type: 'dynamic'
          description: 'What was changed'
        }
        {
          name: 'AuthorIdentifier'
          type: 'string'
          description: 'Who did it'
        }
        {
          name: 'AuthorType'
          type: 'string'
          description: 'Whether that is a user or an API key'
        }
        {
          name: 'WorkspaceName'
          type: 'string'
          description: 'meshStack workspace; empty outside of one'
        }
        {
          name: 'ApiUrl'
          type: 'string'
          description: 'The installation that the event comes from'
        }
      ]
    }
  }
}

resource endpointMeshStackEventLogs 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'meshStackEventLogsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleMeshStackEventLogs 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'meshStackEventLogsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointMeshStackEventLogs.id
    streamDeclarations: {
      'Custom-meshStackEventLogs': {
        columns: [
          {
            name: 'metadata'
            type: 'dynamic'
          }
          {
            name: 'spec'
            type: 'dynamic'
          }
          {
            name: 'ApiUrl'
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
          'Custom-meshStackEventLogs'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = todatetime(metadata.createdAt),
    EventTitle = tostring(spec['title']),
    EventType = tostring(spec.eventType),
    EventDescription = tostring(spec.description),
    EventContent = spec.content,
    AuthorIdentifier = tostring(spec.author.identifier),
    AuthorType = tostring(spec.author.authorType),
    WorkspaceName = tostring(spec.workspaceRef.name),
    ApiUrl'''
        outputStream: 'Custom-meshStackEventLogs_CL'
      }
    ]
  }
  dependsOn: [
    tableMeshStackEventLogs
  ]
}

resource definitionMeshStackEventLogs 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'meshStackEventLogsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'meshStackEventLogsDefinition'
      title: 'meshStack Event Logs'
      publisher: 'meshcloud GmbH'
      descriptionMarkdown: 'Reads the event log of a meshStack installation through its API.'
      graphQueries: [
        {
          metricName: 'Rows of meshStackEventLogs_CL'
          legend: 'meshStack Event Logs'
          baseQuery: 'meshStackEventLogs_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of meshStackEventLogs_CL'
          query: '''
meshStackEventLogs_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'meshStackEventLogs_CL'
          lastDataReceivedQuery: '''
meshStackEventLogs_CL
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
            name: 'meshStack API key'
            description: 'An API key that may list event logs.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Connect meshStack Event Logs to Microsoft Sentinel'
          description: 'Each row is a connection. Add one with the button below the list.'
          instructions: [
            {
              type: 'DataConnectorsGrid'
              parameters: {
                mapping: [
                  {
                    columnName: 'Installation'
                    columnValue: 'properties.addOnAttributes.ApiUrl'
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
                label: 'Add installation'
                title: 'Add installation'
                subtitle: 'meshStack Event Logs'
                contextPaneType: 'DataConnectorsContextPane'
                instructionSteps: [
                  {
                    instructions: [
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'meshStack API URL'
                          placeholder: 'https://federation.example.meshcloud.io'
                          type: 'text'
                          name: 'ApiUrl'
                          validations: {
                            required: true
                          }
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Client id'
                          placeholder: 'Client id'
                          type: 'text'
                          name: 'ClientId'
                          validations: {
                            required: true
                          }
                          description: 'Id of the meshStack API key'
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Client secret'
                          placeholder: 'Client secret'
                          type: 'password'
                          name: 'ClientSecret'
                          validations: {
                            required: true
                          }
                          description: 'Secret of the meshStack API key'
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

resource pollerMeshStackEventLogs 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'meshStackEventLogsPoller-${connection}'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'meshStackEventLogsDefinition'
    dataType: 'meshStackEventLogs_CL'
    dcrConfig: {
      streamName: 'Custom-meshStackEventLogs'
      dataCollectionEndpoint: endpointMeshStackEventLogs.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleMeshStackEventLogs.properties.immutableId
    }
    auth: {
      type: 'OAuth2'
      clientId: ClientId
      clientSecret: ClientSecret
      grantType: 'client_credentials'
      tokenEndpoint: '${ApiUrlValue}/api/login'
      tokenEndpointHeaders: {
        'Content-Type': 'application/x-www-form-urlencoded'
      }
    }
    request: {
      apiEndpoint: '${ApiUrlValue}/api/meshobjects/mesheventlogs'
      queryWindowInMin: 5
      queryTimeFormat: 'yyyy-MM-dd\'T\'HH:mm:ss\'Z\''
      queryParameters: {
        size: 500
        from: '{_QueryWindowStartTime}'
        until: '{_QueryWindowEndTime}'
      }
      headers: {
        Accept: 'application/vnd.meshcloud.api.mesheventlog.v1-preview.hal+json'
        'User-Agent': 'Scuba'
      }
      rateLimitQPS: 10
      retryCount: 2
      timeoutInSeconds: 30
    }
    response: {
      eventsJsonPaths: [
        '$._embedded.meshEventLogs[*]'
      ]
      format: 'json'
    }
    paging: {
      pagingType: 'CountBasedPaging'
      pageNumberParaName: 'page'
      zeroBasedIndexing: true
      totalResultsJsonPath: '$.page.totalElements'
      pageNumberJsonPath: '$.page.number'
      pageCountJsonPath: '$.page.totalPages'
    }
    addOnAttributes: {
      ApiUrl: ApiUrlValue
    }
  }
  dependsOn: [
    definitionMeshStackEventLogs
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointMeshStackEventLogs.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleMeshStackEventLogs.id

@description('Resource id of the table that holds the events')
output tableId string = tableMeshStackEventLogs.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionMeshStackEventLogs.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerMeshStackEventLogs.id
