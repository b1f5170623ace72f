// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Cisco Email Threat Defense'
metadata version = '3.0.0'
metadata description = 'Brings the message log of Cisco Email Threat Defense into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Region: Where the account is')
@allowed([
  'us.etd.cisco.com'
  'de.etd.cisco.com'
  'au.etd.cisco.com'
  'in.etd.cisco.com'
])
param region string

@description('Client id')
@secure()
@minLength(1)
param clientId string

@description('Client secret')
@secure()
@minLength(1)
param clientSecret string

@description('API key')
@secure()
@minLength(1)
param apiKey string

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableCiscoETDMessages 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'CiscoETDMessages_CL'
  properties: {
    schema: {
      name: 'CiscoETDMessages_CL'
      description: 'Message log of Cisco Email Threat Defense'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the line was read (UTC)'
        }
        {
          name: 'Message'
          type: 'dynamic'
          description: 'The line of the log'
        }
      ]
    }
  }
}

resource endpointCiscoETDMessages 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'CiscoETDMessagesDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleCiscoETDMessages 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'CiscoETDMessagesDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointCiscoETDMessages.id
    streamDeclarations: {
      'Custom-CiscoETDMessages': {
        columns: [
          {
            name: 'expand'
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
          'Custom-CiscoETDMessages'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: 'source | project TimeGenerated = now(), Message = expand'
        outputStream: 'Custom-CiscoETDMessages_CL'
      }
    ]
  }
  dependsOn: [
    tableCiscoETDMessages
  ]
}

resource definitionCiscoETDMessages 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'CiscoETDMessagesDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'CiscoETDMessagesDefinition'
      title: 'Cisco Email Threat Defense'
      publisher: 'Cisco'
      descriptionMarkdown: 'Reads the message log of Cisco Email Threat Defense through its API.'
      graphQueries: [
        {
          metricName: 'Rows of CiscoETDMessages_CL'
          legend: 'Cisco Email Threat Defense'
          baseQuery: 'CiscoETDMessages_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of CiscoETDMessages_CL'
          query: '''
CiscoETDMessages_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'CiscoETDMessages_CL'
          lastDataReceivedQuery: '''
CiscoETDMessages_CL
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
            name: 'API client'
            description: 'Client id, client secret and API key from the administration page.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Connect Cisco Email Threat Defense to Microsoft Sentinel'
          description: 'Fill in what is asked for, then press Connect.'
          instructions: [
            {
              type: 'Dropdown'
              parameters: {
                label: 'Region'
                placeholder: 'Region'
                name: 'region'
                options: [
                  {
                    key: 'us.etd.cisco.com'
                    text: 'Americas'
                  }
                  {
                    key: 'de.etd.cisco.com'
                    text: 'Europe'
                  }
                  {
                    key: 'au.etd.cisco.com'
                    text: 'Australia'
                  }
                  {
                    key: 'in.etd.cisco.com'
                    text: 'India'
                  }
                ]
                isMultiSelect: false
                required: true
                description: 'Where the account is'
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'Client id'
                placeholder: 'Client id'
                type: 'password'
                name: 'clientId'
                validations: {
                  required: true
                }
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'Client secret'
                placeholder: 'Client secret'
                type: 'password'
                name: 'clientSecret'
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

resource pollerCiscoETDMessages 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'CiscoETDMessagesPoller'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'CiscoETDMessagesDefinition'
    dataType: 'CiscoETDMessages_CL'
    dcrConfig: {
      streamName: 'Custom-CiscoETDMessages'
      dataCollectionEndpoint: endpointCiscoETDMessages.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleCiscoETDMessages.properties.immutableId
    }
    auth: {
      type: 'JwtToken'
      userName: {
        key: 'clientId'
        value: clientId
      }
      password: {
        key: 'clientSecret'
        value: clientSecret
      }
      tokenEndpoint: 'https://api.${region}/v1/oauth/token'
      isCredentialsInHeaders: true
      jwtTokenJsonPath: '$.accessToken'
      headers: {
        Accept: 'application/json'
        'Content-Type': 'application/json'
        'x-api-key': apiKey
      }
    }
    request: {
      apiEndpoint: 'https://api.${region}/v1/logs/downloadLinks'
      httpMethod: 'POST'
      queryWindowInMin: 60
      queryTimeFormat: 'yyyy-MM-ddTHH'
      queryParametersTemplate: '{"timeRange": ["{_QueryWindowStartTime}", "{_QueryWindowEndTime}"], "logTypes": ["message"]}'
      isPostPayloadJson: true
      headers: {
        Accept: 'application/json'
        'Content-Type': 'application/json'
        'x-api-key': apiKey
        'User-Agent': 'Scuba'
      }
      rateLimitQPS: 10
    }
    response: {
      eventsJsonPaths: [
        '$.data.message'
      ]
      format: 'json'
    }
    shouldJoinNestedData: true
    joinedDataStepName: 'downloadLink'
    stepInfo: {
      stepType: 'Nested'
      nextSteps: [
        {
          stepId: 'fetchMessages'
          stepPlaceholdersParsingKql: 'source | project link = tostring(parse_json(data).value)'
        }
      ]
    }
    stepCollectorConfigs: {
      fetchMessages: {
        auth: {
          type: 'None'
        }
        request: {
          apiEndpoint: '$link$'
          headers: {
            Accept: 'application/x-ndjson'
          }
        }
        response: {
          eventsJsonPaths: [
            '$'
          ]
          format: 'json'
        }
        shouldJoinNestedData: true
        joinedDataStepName: 'expand'
      }
    }
    extra: {
      nestedTransformName: '/ASI/Microsoft/MvExpandTransformer'
    }
  }
  dependsOn: [
    definitionCiscoETDMessages
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointCiscoETDMessages.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleCiscoETDMessages.id

@description('Resource id of the table that holds the events')
output tableId string = tableCiscoETDMessages.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionCiscoETDMessages.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerCiscoETDMessages.id
