// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Cisco Meraki Organizations'
metadata version = '3.0.0'
metadata description = 'Brings configuration changes and security events of Cisco Meraki into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Organization id')
@minLength(1)
param organizationId string

@description('API key: Key of the Meraki dashboard')
@secure()
@minLength(1)
param apiKey string

@description('Security events: Whether events of the security appliances are read too')
@allowed([
  'yes'
  'no'
])
param securityEvents string

@description('Name of this connection, in letters, digits and hyphens: another name makes another connection; empty: one that follows from organizationId')
@maxLength(36)
param connectionName string = ''

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var connection = empty(connectionName) ? uniqueString(organizationId) : connectionName

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableMerakiConfigurationChanges 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'MerakiConfigurationChanges_CL'
  properties: {
    schema: {
      name: 'MerakiConfigurationChanges_CL'
      description: 'Changes of the configuration'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the change was made (UTC)'
        }
        {
          name: 'OrganizationId'
          type: 'string'
          description: 'Id of the organization'
        }
        {
          name: 'AdminName'
          type: 'string'
          description: 'Name of the administrator'
        }
        {
          name: 'AdminEmail'
          type: 'string'
          description: 'E-mail address of the administrator'
        }
        {
          name: 'NetworkName'
          type: 'string'
          description: 'Network that was changed; empty for the organization'
        }
        {
          name: 'DashboardPage'
          type: 'string'
          description: 'Page of the dashboard'
        }
        {
          name: 'Setting'
          type: 'string'
          description: 'What was changed'
        }
        {
          name: 'OldValue'
          type: 'string'
          description: 'Value before'
        }
        {
          name: 'NewValue'
          type: 'string'
          description: 'Value after'
        }
      ]
    }
  }
}

resource tableMerakiSecurityEvents 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'MerakiSecurityEvents_CL'
  properties: {
    schema: {
      name: 'MerakiSecurityEvents_CL'
      description: 'Events of the security appliances'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When it happened (UTC)'
        }
        {
          name: 'OrganizationId'
          type: 'string'
          description: 'Id of the organization'
        }
        {
          name: 'EventKind'
          type: 'string'
          description: 'Type of the event, such as IDS Alert'
        }
        {
          name: 'ClientName'
          type: 'string'
          description: 'Name of the client'
        }
        {
          name: 'ClientMac'
          type: 'string'
          description: 'Hardware address of the client'
        }
        {
          name: 'SourceIP'
          type: 'string'
          description: 'Where the traffic came from'
        }
        {
          name: 'DestinationIP'
          type: 'string'
          description: 'Where the traffic went'
        }
        {
          name: 'Protocol'
          type: 'string'
          description: 'Transport protocol'
        }
        {
          name: 'Uri'
          type: 'string'
          description: 'Address that was asked for'
        }
        {
          name: 'Disposition'
          type: 'string'
          description: 'What the file was held for'
        }
        {
          name: 'Action'
          type: 'string'
          description: 'What the appliance did'
        }
      ]
    }
  }
}

resource endpointMerakiOrganizations 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'MerakiOrganizationsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleMerakiOrganizations 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'MerakiOrganizationsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointMerakiOrganizations.id
    streamDeclarations: {
      'Custom-Changes': {
        columns: [
          {
            name: 'ts'
            type: 'datetime'
          }
          {
            name: 'adminName'
            type: 'string'
          }
          {
            name: 'adminEmail'
            type: 'string'
          }
          {
            name: 'networkName'
            type: 'string'
          }
          {
            name: 'page'
            type: 'string'
          }
          {
            name: 'label'
            type: 'string'
          }
          {
            name: 'oldValue'
            type: 'string'
          }
          {
            name: 'newValue'
            type: 'string'
          }
          {
            name: 'OrganizationId'
            type: 'string'
          }
        ]
      }
      'Custom-SecurityEvents': {
        columns: [
          {
            name: 'ts'
            type: 'datetime'
          }
          {
            name: 'eventType'
            type: 'string'
          }
          {
            name: 'clientName'
            type: 'string'
          }
          {
            name: 'clientMac'
            type: 'string'
          }
          {
            name: 'srcIp'
            type: 'string'
          }
          {
            name: 'destIp'
            type: 'string'
          }
          {
            name: 'protocol'
            type: 'string'
          }
          {
            name: 'uri'
            type: 'string'
          }
          {
            name: 'disposition'
            type: 'string'
          }
          {
            name: 'action'
            type: 'string'
          }
          {
            name: 'OrganizationId'
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
          'Custom-Changes'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = ts,
    OrganizationId,
    AdminName = adminName,
    AdminEmail = adminEmail,
    NetworkName = networkName,
    DashboardPage = page,
    Setting = label,
    OldValue = oldValue,
    NewValue = newValue'''
        outputStream: 'Custom-MerakiConfigurationChanges_CL'
      }
      {
        streams: [
          'Custom-SecurityEvents'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = ts,
    OrganizationId,
    EventKind = eventType,
    ClientName = clientName,
    ClientMac = clientMac,
    SourceIP = srcIp,
    DestinationIP = destIp,
    Protocol = protocol,
    Uri = uri,
    Disposition = disposition,
    Action = action'''
        outputStream: 'Custom-MerakiSecurityEvents_CL'
      }
    ]
  }
  dependsOn: [
    tableMerakiConfigurationChanges
    tableMerakiSecurityEvents
  ]
}

resource definitionMerakiOrganizations 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'MerakiOrganizationsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'MerakiOrganizationsDefinition'
      title: 'Cisco Meraki Organizations'
      publisher: 'Cisco'
      descriptionMarkdown: 'Reads configuration changes and security events of a Cisco Meraki organization.'
      graphQueries: [
        {
          metricName: 'Rows of MerakiConfigurationChanges_CL'
          legend: 'Cisco Meraki Organizations'
          baseQuery: 'MerakiConfigurationChanges_CL'
        }
        {
          metricName: 'Rows of MerakiSecurityEvents_CL'
          legend: 'Cisco Meraki Organizations'
          baseQuery: 'MerakiSecurityEvents_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of MerakiConfigurationChanges_CL'
          query: '''
MerakiConfigurationChanges_CL
| sort by TimeGenerated desc
| take 10'''
        }
        {
          description: 'The ten newest rows of MerakiSecurityEvents_CL'
          query: '''
MerakiSecurityEvents_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'MerakiConfigurationChanges_CL'
          lastDataReceivedQuery: '''
MerakiConfigurationChanges_CL
| summarize Time = max(TimeGenerated)
| where isnotempty(Time)'''
        }
        {
          name: 'MerakiSecurityEvents_CL'
          lastDataReceivedQuery: '''
MerakiSecurityEvents_CL
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
            name: 'Meraki API key'
            description: 'A key of an administrator with read access to the organization.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Connect Cisco Meraki Organizations to Microsoft Sentinel'
          description: 'Each row is a connection. Add one with the button below the list.'
          instructions: [
            {
              type: 'DataConnectorsGrid'
              parameters: {
                mapping: [
                  {
                    columnName: 'Organization'
                    columnValue: 'properties.addOnAttributes.OrganizationId'
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
                label: 'Add organization'
                title: 'Add organization'
                subtitle: 'Cisco Meraki Organizations'
                contextPaneType: 'DataConnectorsContextPane'
                instructionSteps: [
                  {
                    instructions: [
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Organization id'
                          placeholder: '123456'
                          type: 'text'
                          name: 'organizationId'
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
                          description: 'Key of the Meraki dashboard'
                        }
                      }
                      {
                        type: 'Dropdown'
                        parameters: {
                          label: 'Security events'
                          placeholder: 'Security events'
                          name: 'securityEvents'
                          options: [
                            {
                              key: 'yes'
                              text: 'Read them'
                            }
                            {
                              key: 'no'
                              text: 'Leave them out'
                            }
                          ]
                          isMultiSelect: false
                          required: true
                          description: 'Whether events of the security appliances are read too'
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

resource pollerMerakiOrganizationsChanges 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'MerakiOrganizationsChangesPoller-${connection}'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'MerakiOrganizationsDefinition'
    dataType: 'MerakiConfigurationChanges_CL'
    dcrConfig: {
      streamName: 'Custom-Changes'
      dataCollectionEndpoint: endpointMerakiOrganizations.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleMerakiOrganizations.properties.immutableId
    }
    auth: {
      type: 'APIKey'
      apiKeyName: 'X-Cisco-Meraki-API-Key'
      apiKeyIdentifier: ''
      apiKey: apiKey
    }
    request: {
      apiEndpoint: 'https://api.meraki.com/api/v1/organizations/${organizationId}/configurationChanges'
      queryWindowInMin: 10
      queryTimeFormat: 'yyyy-MM-ddTHH:mm:ssZ'
      startTimeAttributeName: 't0'
      endTimeAttributeName: 't1'
      headers: {
        Accept: 'application/json'
        'User-Agent': 'Scuba'
      }
      rateLimitQPS: 5
      rateLimitConfig: {
        evaluation: {
          checkMode: 'OnlyWhen429'
        }
        extraction: {
          source: 'DefaultHeaders'
        }
        retryStrategy: {
          useResetOrRetryAfterHeaders: true
        }
      }
    }
    response: {
      eventsJsonPaths: [
        '$'
      ]
      format: 'json'
    }
    paging: {
      pagingType: 'LinkHeader'
      linkHeaderRelLinkName: 'rel=next'
      pageSize: 1000
      pageSizeParameterName: 'perPage'
    }
    addOnAttributes: {
      OrganizationId: organizationId
    }
  }
  dependsOn: [
    definitionMerakiOrganizations
  ]
}

resource pollerMerakiOrganizationsSecurityEvents 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = if (securityEvents == 'yes') {
  scope: workspace
  name: 'MerakiOrganizationsSecurityEventsPoller-${connection}'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'MerakiOrganizationsDefinition'
    dataType: 'MerakiSecurityEvents_CL'
    dcrConfig: {
      streamName: 'Custom-SecurityEvents'
      dataCollectionEndpoint: endpointMerakiOrganizations.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleMerakiOrganizations.properties.immutableId
    }
    auth: {
      type: 'APIKey'
      apiKeyName: 'X-Cisco-Meraki-API-Key'
      apiKeyIdentifier: ''
      apiKey: apiKey
    }
    request: {
      apiEndpoint: 'https://api.meraki.com/api/v1/organizations/${organizationId}/appliance/security/events'
      queryWindowInMin: 10
      queryTimeFormat: 'yyyy-MM-ddTHH:mm:ssZ'
      startTimeAttributeName: 't0'
      endTimeAttributeName: 't1'
      headers: {
        Accept: 'application/json'
        'User-Agent': 'Scuba'
      }
      rateLimitQPS: 5
      rateLimitConfig: {
        evaluation: {
          checkMode: 'OnlyWhen429'
        }
        extraction: {
          source: 'DefaultHeaders'
        }
        retryStrategy: {
          useResetOrRetryAfterHeaders: true
        }
      }
    }
    response: {
      eventsJsonPaths: [
        '$'
      ]
      format: 'json'
    }
    paging: {
      pagingType: 'LinkHeader'
      linkHeaderRelLinkName: 'rel=next'
      pageSize: 1000
      pageSizeParameterName: 'perPage'
    }
    addOnAttributes: {
      OrganizationId: organizationId
    }
  }
  dependsOn: [
    definitionMerakiOrganizations
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointMerakiOrganizations.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleMerakiOrganizations.id

@description('Resource id of the table that holds the events')
output tableIds object = {
  MerakiConfigurationChanges_CL: tableMerakiConfigurationChanges.id
  MerakiSecurityEvents_CL: tableMerakiSecurityEvents.id
}

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionMerakiOrganizations.id

@description('Resource id of the connection to the source')
output dataConnectorIds object = {
  MerakiOrganizationsChangesPoller: pollerMerakiOrganizationsChanges.id
  MerakiOrganizationsSecurityEventsPoller: pollerMerakiOrganizationsSecurityEvents.id
}
