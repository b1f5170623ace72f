// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Oracle Cloud Audit Stream'
metadata version = '3.0.0'
metadata description = 'Reads the audit log of Oracle Cloud from a stream into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Message endpoint')
@minLength(1)
param endpoint string

@description('Stream OCID')
@minLength(1)
param streamOcid string

@description('Tenancy OCID')
@minLength(1)
param tenancyOcid string

@description('User OCID')
@minLength(1)
param userOcid string

@description('Fingerprint of the key')
@minLength(1)
param fingerprint string

@description('Private key: The private key in PEM format')
@secure()
@minLength(1)
param privateKey string

@description('Name of this connection, in letters, digits and hyphens: another name makes another connection; empty: one that follows from streamOcid')
@maxLength(36)
param connectionName string = ''

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var endpointValue = trim(replace('${endpoint} ', '/ ', ''))
var connection = empty(connectionName) ? uniqueString(streamOcid) : connectionName

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableOracleAudit 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'OracleAudit_CL'
  properties: {
    schema: {
      name: 'OracleAudit_CL'
      description: 'Calls in Oracle Cloud'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the call was made (UTC)'
        }
        {
          name: 'EventName'
          type: 'string'
          description: 'What was called'
        }
        {
          name: 'EventSource'
          type: 'string'
          description: 'Service that was called'
        }
        {
          name: 'CompartmentName'
          type: 'string'
          description: 'Compartment of the resource'
        }
        {
          name: 'ResourceName'
          type: 'string'
          description: 'What it was about'
        }
        {
          name: 'PrincipalName'
          type: 'string'
          description: 'Who called'
        }
        {
          name: 'SourceIP'
          type: 'string'
          description: 'Where the call came from'
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

resource endpointOracleAudit 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'OracleAuditDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleOracleAudit 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'OracleAuditDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointOracleAudit.id
    streamDeclarations: {
      'Custom-OracleAudit': {
        columns: [
          {
            name: 'time'
            type: 'datetime'
          }
          {
            name: 'source'
            type: 'string'
          }
          {
            name: 'data'
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
          'Custom-OracleAudit'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = ['time'],
    EventName = tostring(data.eventName),
    EventSource = ['source'],
    CompartmentName = tostring(data.compartmentName),
    ResourceName = tostring(data.resourceName),
    PrincipalName = tostring(data.identity.principalName),
    SourceIP = tostring(data.identity.ipAddress),
    UserAgent = tostring(data.identity.userAgent)'''
        outputStream: 'Custom-OracleAudit_CL'
      }
    ]
  }
  dependsOn: [
    tableOracleAudit
  ]
}

resource definitionOracleAudit 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'OracleAuditDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'OracleAuditDefinition'
      title: 'Oracle Cloud audit stream'
      publisher: 'Oracle'
      descriptionMarkdown: 'Reads audit events from a stream of Oracle Cloud.'
      graphQueries: [
        {
          metricName: 'Rows of OracleAudit_CL'
          legend: 'Oracle Cloud audit stream'
          baseQuery: 'OracleAudit_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of OracleAudit_CL'
          query: '''
OracleAudit_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'OracleAudit_CL'
          lastDataReceivedQuery: '''
OracleAudit_CL
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
          title: 'Prepare Oracle Cloud'
          description: 'Once for each stream.'
          instructions: [
            {
              type: 'Markdown'
              parameters: {
                content: 'In Oracle Cloud, make a stream, and a connector of the Connector Hub that moves the logs into it.'
              }
            }
            {
              type: 'Markdown'
              parameters: {
                content: 'Make a user that may read the stream, with an API signing key. Note the OCIDs of tenancy, user and stream, the fingerprint of the key, the private key, and the message endpoint of the stream\'s pool.'
              }
            }
          ]
        }
        {
          title: 'Connect Oracle Cloud audit stream to Microsoft Sentinel'
          description: 'Each row is a connection. Add one with the button below the list.'
          instructions: [
            {
              type: 'DataConnectorsGrid'
              parameters: {
                mapping: [
                  {
                    columnName: 'Stream'
                    columnValue: 'properties.request.streamId'
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
                label: 'Add stream'
                title: 'Add stream'
                subtitle: 'Oracle Cloud audit stream'
                contextPaneType: 'DataConnectorsContextPane'
                instructionSteps: [
                  {
                    instructions: [
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Message endpoint'
                          placeholder: 'https://cell-1.streaming.eu-frankfurt-1.oci.oraclecloud.com'
                          type: 'text'
                          name: 'endpoint'
                          validations: {
                            required: true
                          }
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Stream OCID'
                          placeholder: 'ocid1.stream.oc1..example'
                          type: 'text'
                          name: 'streamOcid'
                          validations: {
                            required: true
                          }
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Tenancy OCID'
                          placeholder: 'ocid1.tenancy.oc1..example'
                          type: 'text'
                          name: 'tenancyOcid'
                          validations: {
                            required: true
                          }
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'User OCID'
                          placeholder: 'ocid1.user.oc1..example'
                          type: 'text'
                          name: 'userOcid'
                          validations: {
                            required: true
                          }
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Fingerprint of the key'
                          placeholder: '12:34:56:78:90:ab:cd:ef:12:34:56:78:90:ab:cd:ef'
                          type: 'text'
                          name: 'fingerprint'
                          validations: {
                            required: true
                          }
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Private key'
                          placeholder: 'Private key'
                          type: 'password'
                          name: 'privateKey'
                          validations: {
                            required: true
                          }
                          description: 'The private key in PEM format'
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

resource pollerOracleAudit 'Microsoft.SecurityInsights/dataConnectors@2025-07-01-preview' = {
  scope: workspace
  name: 'OracleAuditPoller-${connection}'
  kind: 'OCI'
  properties: {
    connectorDefinitionName: 'OracleAuditDefinition'
    dataType: 'OracleAudit_CL'
    dcrConfig: {
      streamName: 'Custom-OracleAudit'
      dataCollectionEndpoint: endpointOracleAudit.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleOracleAudit.properties.immutableId
    }
    auth: {
      type: 'Oracle'
      tenantId: tenancyOcid
      userId: userOcid
      publicFingerprint: fingerprint
      pemFile: privateKey
    }
    request: {
      serviceEndpointBaseUrl: endpointValue
      streamId: streamOcid
      partitions: '0'
      queryWindowInMin: 5
      type: 'OCI'
    }
    Paging: {
      pageSize: 1000
    }
    response: {
      eventsJsonPaths: [
        '$'
      ]
    }
  }
  dependsOn: [
    definitionOracleAudit
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointOracleAudit.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleOracleAudit.id

@description('Resource id of the table that holds the events')
output tableId string = tableOracleAudit.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionOracleAudit.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerOracleAudit.id
