// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Fastly Request Log'
metadata version = '3.0.0'
metadata description = 'Reads the request log that Fastly keeps in Amazon S3 into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Role ARN')
@minLength(1)
param roleArn string

@description('Queue URL')
@minLength(1)
param queueUrl string

@description('Name of this connection, in letters, digits and hyphens: another name makes another connection; empty: one that follows from roleArn, queueUrl')
@maxLength(36)
param connectionName string = ''

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var connection = empty(connectionName) ? uniqueString('${roleArn}\n${queueUrl}') : connectionName

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableFastlyRequests 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'FastlyRequests_CL'
  properties: {
    schema: {
      name: 'FastlyRequests_CL'
      description: 'Requests that Fastly answered'
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

resource endpointFastlyRequests 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'FastlyRequestsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleFastlyRequests 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'FastlyRequestsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointFastlyRequests.id
    streamDeclarations: {
      'Custom-FastlyRequests': {
        columns: [
          {
            name: 'timestamp'
            type: 'datetime'
          }
          {
            name: 'client_ip'
            type: 'string'
          }
          {
            name: 'geo_country'
            type: 'string'
          }
          {
            name: 'request_method'
            type: 'string'
          }
          {
            name: 'host'
            type: 'string'
          }
          {
            name: 'url'
            type: 'string'
          }
          {
            name: 'response_status'
            type: 'int'
          }
          {
            name: 'request_user_agent'
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
          'Custom-FastlyRequests'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = timestamp,
    SourceIP = client_ip,
    SourceCountry = geo_country,
    HttpMethod = request_method,
    Host = host,
    UrlPath = url,
    HttpStatus = response_status,
    UserAgent = request_user_agent'''
        outputStream: 'Custom-FastlyRequests_CL'
      }
    ]
  }
  dependsOn: [
    tableFastlyRequests
  ]
}

resource definitionFastlyRequests 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'FastlyRequestsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'FastlyRequestsDefinition'
      title: 'Fastly request log'
      publisher: 'Fastly'
      descriptionMarkdown: 'Reads the request log of a Fastly service from the bucket that it is streamed to.'
      graphQueries: [
        {
          metricName: 'Rows of FastlyRequests_CL'
          legend: 'Fastly request log'
          baseQuery: 'FastlyRequests_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of FastlyRequests_CL'
          query: '''
FastlyRequests_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'FastlyRequests_CL'
          lastDataReceivedQuery: '''
FastlyRequests_CL
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
          title: 'Prepare AWS'
          description: 'Once for each account and bucket.'
          instructions: [
            {
              type: 'Markdown'
              parameters: {
                content: 'In AWS, make an identity provider of type OpenID Connect for `https://sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/` with the audience `api://1462b192-27f7-4cb9-8523-0f4ecb54b47e`; in Azure Government for `https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/` with `api://d4230588-5f84-4281-a9c7-2c15194b28f7`. One that is there already is used again.'
              }
            }
            {
              type: 'Markdown'
              parameters: {
                content: 'Make a role whose name begins with `OIDC_`. Let that provider take it on, on the condition that `sts:RoleSessionName` is `MicrosoftSentinel_` with the workspace id behind it.'
              }
            }
            {
              type: 'Markdown'
              parameters: {
                content: 'Let the bucket tell a queue (SQS) of each new object. Let the role read the bucket\'s objects, and receive and delete the queue\'s messages.'
              }
            }
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Workspace id'
                fillWith: [
                  'WorkspaceId'
                ]
              }
            }
          ]
        }
        {
          title: 'Connect Fastly request log to Microsoft Sentinel'
          description: 'Each row is a connection. Add one with the button below the list.'
          instructions: [
            {
              type: 'DataConnectorsGrid'
              parameters: {
                mapping: [
                  {
                    columnName: 'Role'
                    columnValue: 'properties.roleArn'
                  }
                  {
                    columnName: 'Queue'
                    columnValue: 'properties.sqsUrls[0]'
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
                label: 'Add bucket'
                title: 'Add bucket'
                subtitle: 'Fastly request log'
                contextPaneType: 'DataConnectorsContextPane'
                instructionSteps: [
                  {
                    instructions: [
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Role ARN'
                          placeholder: 'arn:aws:iam::123456789012:role/OIDC_MicrosoftSentinel'
                          type: 'text'
                          name: 'roleArn'
                          validations: {
                            required: true
                          }
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Queue URL'
                          placeholder: 'https://sqs.eu-west-1.amazonaws.com/123456789012/fastly-log'
                          type: 'text'
                          name: 'queueUrl'
                          validations: {
                            required: true
                          }
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

resource pollerFastlyRequests 'Microsoft.SecurityInsights/dataConnectors@2025-07-01-preview' = {
  scope: workspace
  name: 'FastlyRequestsPoller-${connection}'
  kind: 'AmazonWebServicesS3'
  properties: {
    connectorDefinitionName: 'FastlyRequestsDefinition'
    dcrConfig: {
      streamName: 'Custom-FastlyRequests'
      dataCollectionEndpoint: endpointFastlyRequests.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleFastlyRequests.properties.immutableId
    }
    roleArn: roleArn
    sqsUrls: [
      queueUrl
    ]
    dataFormat: {
      Format: 'json'
      IsCompressed: true
      compressType: 'Gzip'
    }
    dataTypes: {
      logs: {
        state: 'enabled'
      }
    }
    destinationTable: 'FastlyRequests_CL'
  }
  dependsOn: [
    definitionFastlyRequests
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointFastlyRequests.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleFastlyRequests.id

@description('Resource id of the table that holds the events')
output tableId string = tableFastlyRequests.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionFastlyRequests.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerFastlyRequests.id
