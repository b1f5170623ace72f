// Made by sentinel-gen: change the spec, not this file.

metadata name = 'NextDNS Logs'
metadata version = '3.0.0'
metadata description = 'Brings the DNS logs of NextDNS into the normalized DNS table of Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Profile id: Id of the profile whose logs are read')
@minLength(1)
param profile string

@description('API key: Key of the NextDNS account')
@secure()
@minLength(1)
param apiKey string

@description('Whether the analytic rules are deployed too')
param enableAnalyticRules bool = true

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource endpointNextDnsLogs 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'NextDnsLogsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleNextDnsLogs 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'NextDnsLogsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointNextDnsLogs.id
    streamDeclarations: {
      'Custom-NextDnsLogs': {
        columns: [
          {
            name: 'timestamp'
            type: 'datetime'
          }
          {
            name: 'domain'
            type: 'string'
          }
          {
            name: 'type'
            type: 'string'
          }
          {
            name: 'protocol'
            type: 'string'
          }
          {
            name: 'clientIp'
            type: 'string'
          }
          {
            name: 'device'
            type: 'dynamic'
          }
          {
            name: 'status'
            type: 'string'
          }
          {
            name: 'reasons'
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
          'Custom-NextDnsLogs'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = timestamp,
    EventStartTime = timestamp,
    EventEndTime = timestamp,
    EventCount = toint(1),
    EventType = "Query",
    EventSubType = "request",
    EventResult = iif(status == "error", "Failure", "Success"),
    EventResultDetails = status,
    EventVendor = "NextDNS",
    EventProduct = "NextDNS",
    EventSchemaVersion = "0.1.7",
    DnsQuery = domain,
    DnsQueryTypeName = type,
    NetworkProtocol = protocol,
    SrcIpAddr = clientIp,
    SrcDvcId = tostring(device.id),
    SrcHostname = tostring(device.name),
    DvcAction = iif(status == "blocked", "Blocked", "Allowed"),
    DvcOriginalAction = status,
    RuleName = tostring(reasons[0].name)'''
        outputStream: 'Microsoft-ASimDnsActivityLogs'
      }
    ]
  }
}

resource definitionNextDnsLogs 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'NextDnsLogsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'NextDnsLogsDefinition'
      title: 'NextDNS Logs'
      publisher: 'NextDNS'
      descriptionMarkdown: 'Reads the DNS query logs of a [NextDNS](https://nextdns.io) profile into the normalized table `ASimDnsActivityLogs`.'
      graphQueries: [
        {
          metricName: 'Rows of ASimDnsActivityLogs'
          legend: 'NextDNS Logs'
          baseQuery: 'ASimDnsActivityLogs'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of ASimDnsActivityLogs'
          query: '''
ASimDnsActivityLogs
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'ASimDnsActivityLogs'
          lastDataReceivedQuery: '''
ASimDnsActivityLogs
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
          title: 'Connect NextDNS Logs to Microsoft Sentinel'
          description: 'Fill in what is asked for, then press Connect.'
          instructions: [
            {
              type: 'Textbox'
              parameters: {
                label: 'Profile id'
                placeholder: 'abc123'
                type: 'text'
                name: 'profile'
                validations: {
                  required: true
                }
                description: 'Id of the profile whose logs are read'
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
                description: 'Key of the NextDNS account'
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

resource pollerNextDnsLogs 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'NextDnsLogsPoller'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'NextDnsLogsDefinition'
    dataType: 'ASimDnsActivityLogs'
    dcrConfig: {
      streamName: 'Custom-NextDnsLogs'
      dataCollectionEndpoint: endpointNextDnsLogs.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleNextDnsLogs.properties.immutableId
    }
    auth: {
      type: 'APIKey'
      apiKeyName: 'X-Api-Key'
      apiKeyIdentifier: ''
      apiKey: apiKey
    }
    request: {
      apiEndpoint: 'https://api.nextdns.io/profiles/${profile}/logs'
      queryWindowInMin: 5
      queryTimeFormat: 'yyyy-MM-ddTHH:mm:ssZ'
      startTimeAttributeName: 'from'
      endTimeAttributeName: 'to'
      queryParameters: {
        sort: 'asc'
      }
    }
    response: {
      eventsJsonPaths: [
        '$.data'
      ]
      format: 'json'
    }
    paging: {
      pagingType: 'NextPageToken'
      nextPageTokenJsonPath: '$.meta.pagination.cursor'
      nextPageParaName: 'cursor'
      pageSize: 1000
      pageSizeParameterName: 'limit'
    }
  }
  dependsOn: [
    definitionNextDnsLogs
  ]
}

resource ruleManyBlockedDomains 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: '71bd0d78-b353-56c5-b06a-fd90502385a7'
  kind: 'Scheduled'
  properties: {
    displayName: 'NextDNS - Many Blocked Domains Of One Device'
    description: 'Identifies a device that asks for many different domains that are blocked, as malware does that looks for its server.'
    severity: 'Medium'
    enabled: true
    query: '''
ASimDnsActivityLogs
| where EventProduct == "NextDNS" and DvcAction == "Blocked"
| summarize Domains = dcount(DnsQuery), TimeGenerated = max(TimeGenerated) by SrcHostname, SrcIpAddr
| where Domains > 50
'''
    queryFrequency: 'PT1H'
    queryPeriod: 'PT2H'
    triggerOperator: 'GreaterThan'
    triggerThreshold: 0
    suppressionDuration: 'PT1H'
    suppressionEnabled: false
    tactics: [
      'CommandAndControl'
    ]
    techniques: [
      'T1568'
    ]
    entityMappings: [
      {
        entityType: 'IP'
        fieldMappings: [
          {
            identifier: 'Address'
            columnName: 'SrcIpAddr'
          }
        ]
      }
    ]
  }
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointNextDnsLogs.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleNextDnsLogs.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionNextDnsLogs.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerNextDnsLogs.id
