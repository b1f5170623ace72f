// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Proofpoint Message Stream'
metadata version = '3.0.0'
metadata description = 'Streams the message log of Proofpoint on Demand into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Cluster id')
@minLength(1)
param clusterId string

@description('API key')
@secure()
@minLength(1)
param apiKey string

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableProofpointMessages 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'ProofpointMessages_CL'
  properties: {
    schema: {
      name: 'ProofpointMessages_CL'
      description: 'Messages that passed the filter'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the message was handled (UTC)'
        }
        {
          name: 'MessageId'
          type: 'string'
          description: 'Id of the message in the log'
        }
        {
          name: 'SourceIP'
          type: 'string'
          description: 'Address of the sending host'
        }
        {
          name: 'SourceHost'
          type: 'string'
          description: 'Name of the sending host'
        }
        {
          name: 'Sender'
          type: 'string'
          description: 'Sender of the envelope'
        }
        {
          name: 'Recipients'
          type: 'dynamic'
          description: 'Recipients of the envelope'
        }
        {
          name: 'Disposition'
          type: 'string'
          description: 'What was done with the message'
        }
        {
          name: 'Direction'
          type: 'string'
          description: 'inbound or outbound'
        }
        {
          name: 'MessageBytes'
          type: 'long'
          description: 'Size of the message'
        }
      ]
    }
  }
}

resource endpointProofpointMessages 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'ProofpointMessagesDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleProofpointMessages 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'ProofpointMessagesDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointProofpointMessages.id
    streamDeclarations: {
      'Custom-ProofpointMessages': {
        columns: [
          {
            name: 'ts'
            type: 'datetime'
          }
          {
            name: 'guid'
            type: 'string'
          }
          {
            name: 'connection'
            type: 'dynamic'
          }
          {
            name: 'envelope'
            type: 'dynamic'
          }
          {
            name: 'filter'
            type: 'dynamic'
          }
          {
            name: 'msg'
            type: 'dynamic'
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
          'Custom-ProofpointMessages'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = ts,
    MessageId = guid,
    SourceIP = tostring(connection.ip),
    SourceHost = tostring(connection.host),
    Sender = tostring(envelope.from),
    Recipients = envelope.rcpts,
    Disposition = tostring(filter.disposition),
    Direction = tostring(filter.routeDirection),
    MessageBytes = tolong(msg.sizeBytes)'''
        outputStream: 'Custom-ProofpointMessages_CL'
      }
    ]
  }
  dependsOn: [
    tableProofpointMessages
  ]
}

resource definitionProofpointMessages 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'ProofpointMessagesDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'ProofpointMessagesDefinition'
      title: 'Proofpoint message stream'
      publisher: 'Proofpoint'
      descriptionMarkdown: 'Holds a connection to the log service of Proofpoint on Demand and takes each message\'s record.'
      graphQueries: [
        {
          metricName: 'Rows of ProofpointMessages_CL'
          legend: 'Proofpoint message stream'
          baseQuery: 'ProofpointMessages_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of ProofpointMessages_CL'
          query: '''
ProofpointMessages_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'ProofpointMessages_CL'
          lastDataReceivedQuery: '''
ProofpointMessages_CL
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
      }
      instructionSteps: [
        {
          title: 'Connect Proofpoint message stream to Microsoft Sentinel'
          description: 'Fill in what is asked for, then press Connect.'
          instructions: [
            {
              type: 'Textbox'
              parameters: {
                label: 'Cluster id'
                placeholder: 'contoso_hosted'
                type: 'text'
                name: 'clusterId'
                validations: {
                  required: true
                }
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'API key'
                placeholder: 'API key'
                type: 'password'
                name: 'apiKey'
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

resource pollerProofpointMessages 'Microsoft.SecurityInsights/dataConnectors@2025-07-01-preview' = {
  scope: workspace
  name: 'ProofpointMessagesPoller'
  kind: 'WebSocket'
  properties: {
    connectorDefinitionName: 'ProofpointMessagesDefinition'
    dataType: 'ProofpointMessages_CL'
    dcrConfig: {
      streamName: 'Custom-ProofpointMessages'
      dataCollectionEndpoint: endpointProofpointMessages.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleProofpointMessages.properties.immutableId
    }
    auth: {
      type: 'APIKey'
      apiKeyName: 'Authorization'
      apiKeyIdentifier: 'Bearer'
      apiKey: apiKey
    }
    request: {
      apiEndpoint: 'wss://logstream.proofpoint.com/v1/stream'
      queryWindowInMin: 60
      firstWindowBackfillInMin: 60
      queryTimeFormat: 'yyyy-MM-ddTHH:mm:ssZ'
      startTimeAttributeName: 'sinceTime'
      queryParameters: {
        cid: clusterId
        type: 'message'
      }
    }
    response: {
      eventsJsonPaths: [
        '$'
      ]
      format: 'json'
    }
  }
  dependsOn: [
    definitionProofpointMessages
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointProofpointMessages.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleProofpointMessages.id

@description('Resource id of the table that holds the events')
output tableId string = tableProofpointMessages.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionProofpointMessages.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerProofpointMessages.id
