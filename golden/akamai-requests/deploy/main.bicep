// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Akamai Edge Requests'
metadata version = '3.0.0'
metadata description = 'Reads the request records that Akamai keeps in Azure Storage into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Queue URL')
@minLength(1)
param queueUri string

@description('URL of the queue of failures')
@minLength(1)
param deadLetterUri string

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var queueUriValue = trim(replace('${queueUri} ', '/ ', ''))
var deadLetterUriValue = trim(replace('${deadLetterUri} ', '/ ', ''))

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableAkamaiEdgeRequests 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'AkamaiEdgeRequests_CL'
  properties: {
    schema: {
      name: 'AkamaiEdgeRequests_CL'
      description: 'Requests that the edge answered'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the request came in (UTC)'
        }
        {
          name: 'SourceIP'
          type: 'string'
          description: 'Address of the client'
        }
        {
          name: 'SourceCountry'
          type: 'string'
          description: 'Country of that address'
        }
        {
          name: 'HttpMethod'
          type: 'string'
          description: 'Method, such as GET'
        }
        {
          name: 'Host'
          type: 'string'
          description: 'Host that was asked'
        }
        {
          name: 'UrlPath'
          type: 'string'
          description: 'What was asked for'
        }
        {
          name: 'HttpStatus'
          type: 'int'
          description: 'Status code of the answer'
        }
        {
          name: 'UserAgent'
          type: 'string'
          description: 'How the client names itself'
        }
      ]
    }
  }
}

resource endpointAkamaiEdgeRequests 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'AkamaiEdgeRequestsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleAkamaiEdgeRequests 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'AkamaiEdgeRequestsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointAkamaiEdgeRequests.id
    streamDeclarations: {
      'Custom-AkamaiEdgeRequests': {
        columns: [
          {
            name: 'reqTimeSec'
            type: 'string'
          }
          {
            name: 'cliIP'
            type: 'string'
          }
          {
            name: 'country'
            type: 'string'
          }
          {
            name: 'reqMethod'
            type: 'string'
          }
          {
            name: 'reqHost'
            type: 'string'
          }
          {
            name: 'reqPath'
            type: 'string'
          }
          {
            name: 'statusCode'
            type: 'string'
          }
          {
            name: 'UA'
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
          'Custom-AkamaiEdgeRequests'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = datetime(1970-01-01) + toreal(reqTimeSec) * 1s,
    SourceIP = cliIP,
    SourceCountry = country,
    HttpMethod = reqMethod,
    Host = reqHost,
    UrlPath = reqPath,
    HttpStatus = toint(statusCode),
    UserAgent = UA'''
        outputStream: 'Custom-AkamaiEdgeRequests_CL'
      }
    ]
  }
  dependsOn: [
    tableAkamaiEdgeRequests
  ]
}

resource definitionAkamaiEdgeRequests 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'AkamaiEdgeRequestsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'AkamaiEdgeRequestsDefinition'
      title: 'Akamai edge requests'
      publisher: 'Akamai'
      descriptionMarkdown: 'Reads the request records of Akamai DataStream from a storage account.'
      graphQueries: [
        {
          metricName: 'Rows of AkamaiEdgeRequests_CL'
          legend: 'Akamai edge requests'
          baseQuery: 'AkamaiEdgeRequests_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of AkamaiEdgeRequests_CL'
          query: '''
AkamaiEdgeRequests_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'AkamaiEdgeRequests_CL'
          lastDataReceivedQuery: '''
AkamaiEdgeRequests_CL
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
            name: 'Microsoft Entra'
            description: 'An administrator who consents to the application of Microsoft Sentinel for storage accounts.'
          }
          {
            name: 'Azure roles'
            description: 'The right to assign roles on the storage account, and to make queues and an event subscription.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Prepare the storage account'
          description: 'Once for each account.'
          instructions: [
            {
              type: 'Markdown'
              parameters: {
                content: 'Let an administrator of the tenant consent to the application `4f05ce56-95b6-4612-9d98-a45c8cc33f9f`, by which Microsoft Sentinel reads storage accounts: `az ad sp create --id 4f05ce56-95b6-4612-9d98-a45c8cc33f9f`.'
              }
            }
            {
              type: 'Markdown'
              parameters: {
                content: 'In the storage account, make two queues: one for messages about new blobs, one for those that could not be read. Let an Event Grid subscription of the account send its events of created blobs to the first one.'
              }
            }
            {
              type: 'Markdown'
              parameters: {
                content: 'Give that application\'s service principal the roles Storage Blob Data Reader and Storage Queue Data Contributor on the storage account.'
              }
            }
          ]
        }
        {
          title: 'Connect Akamai edge requests to Microsoft Sentinel'
          description: 'Fill in what is asked for, then press Connect.'
          instructions: [
            {
              type: 'Textbox'
              parameters: {
                label: 'Queue URL'
                placeholder: 'https://contosologs.z01.queue.storage.azure.net/akamai-new'
                type: 'text'
                name: 'queueUri'
                validations: {
                  required: true
                }
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'URL of the queue of failures'
                placeholder: 'https://contosologs.z01.queue.storage.azure.net/akamai-failed'
                type: 'text'
                name: 'deadLetterUri'
                validations: {
                  required: true
                }
              }
            }
            {
              type: 'ConnectionToggleButton'
              parameters: {
                name: 'connect'
                connectLabel: 'Connect'
                disconnectLabel: 'Disconnect'
              }
            }
          ]
        }
      ]
    }
  }
}

resource pollerAkamaiEdgeRequests 'Microsoft.SecurityInsights/dataConnectors@2025-07-01-preview' = {
  scope: workspace
  name: 'AkamaiEdgeRequestsPoller'
  kind: 'StorageAccountBlobContainer'
  properties: {
    connectorDefinitionName: 'AkamaiEdgeRequestsDefinition'
    dataType: 'AkamaiEdgeRequests_CL'
    dcrConfig: {
      streamName: 'Custom-AkamaiEdgeRequests'
      dataCollectionEndpoint: endpointAkamaiEdgeRequests.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleAkamaiEdgeRequests.properties.immutableId
    }
    request: {
      QueueUri: queueUriValue
      DlqUri: deadLetterUriValue
    }
    response: {
      eventsJsonPaths: [
        '$'
      ]
      format: 'json'
      isGzipCompressed: true
    }
    auth: {
      type: 'ServicePrincipal'
    }
  }
  dependsOn: [
    definitionAkamaiEdgeRequests
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointAkamaiEdgeRequests.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleAkamaiEdgeRequests.id

@description('Resource id of the table that holds the events')
output tableId string = tableAkamaiEdgeRequests.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionAkamaiEdgeRequests.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerAkamaiEdgeRequests.id
