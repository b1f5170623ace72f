// Made by sentinel-gen: change the spec, not this file.

metadata name = 'HAProxy Logs'
metadata version = '3.0.0'
metadata description = 'Reads the traffic logs of HAProxy that arrive as Syslog in Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Whether the analytic rules are deployed too')
param enableAnalyticRules bool = true

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource pageHAProxySyslog 'Microsoft.SecurityInsights/dataConnectors@2021-03-01-preview' = {
  scope: workspace
  name: 'HAProxySyslog'
  kind: 'GenericUI'
  properties: {
    connectorUiConfig: {
      id: 'HAProxySyslog'
      title: 'HAProxy'
      publisher: 'HAProxy'
      descriptionMarkdown: '[HAProxy](https://www.haproxy.org) is a proxy and load balancer. It sends its traffic logs as Syslog, which the Azure Monitor agent brings into the workspace.'
      additionalRequirementBanner: 'These queries and the rules of the solution read the function **HAProxyRequests**, which comes with the solution.'
      graphQueries: [
        {
          metricName: 'Requests'
          legend: 'HAProxy'
          baseQuery: 'HAProxyRequests'
        }
      ]
      sampleQueries: [
        {
          description: 'Clients with the most requests'
          query: '''
HAProxyRequests
| summarize Requests = count() by ClientIP
| top 10 by Requests'''
        }
      ]
      dataTypes: [
        {
          name: 'Syslog (HAProxy)'
          lastDataReceivedQuery: '''
HAProxyRequests
| summarize Time = max(TimeGenerated)
| where isnotempty(Time)'''
        }
      ]
      connectivityCriterias: [
        {
          type: 'IsConnectedQuery'
          value: [
            '''
HAProxyRequests
| summarize LastLogReceived = max(TimeGenerated)
| project IsConnected = LastLogReceived > ago(7d)'''
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
            permissionsDisplayText: 'Write and delete permissions on the workspace are needed.'
            providerDisplayName: 'Workspace'
            scope: 'Workspace'
            requiredPermissions: {
              write: true
              delete: true
            }
          }
        ]
        customs: [
          {
            name: 'Configuration of HAProxy'
            description: 'Permission to change the logging of HAProxy and to restart it.'
          }
        ]
      }
      instructionSteps: [
        {
          title: '1. Install the agent'
          description: 'Choose or make a Linux machine that collects Syslog, and install the Azure Monitor agent on it.'
          instructions: [
            {
              type: 'InfoMessage'
              parameters: {
                text: 'The agent has to collect the facility local0 from level info on.'
                visible: true
                inline: true
              }
            }
          ]
        }
        {
          title: '2. Send the logs'
          description: 'In the configuration of HAProxy, send the log to that machine in the HTTP format, then restart it.'
          instructions: [
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Lines for haproxy.cfg'
                value: '''
log 192.0.2.10:514 local0 info
option httplog'''
                rows: 2
              }
            }
          ]
        }
      ]
    }
  }
}

resource pageAzureActivity 'Microsoft.SecurityInsights/dataConnectors@2021-03-01-preview' = {
  scope: workspace
  name: 'AzureActivity'
  kind: 'StaticUI'
  properties: {
    connectorUiConfig: {
      id: 'AzureActivity'
      title: 'Azure Activity'
      publisher: 'Microsoft'
      descriptionMarkdown: 'What is done to the resources of an Azure subscription: who did it, to what, when, and how it ended.'
      graphQueries: [
        {
          metricName: 'Rows of AzureActivity'
          legend: 'Azure Activity'
          baseQuery: 'AzureActivity'
        }
      ]
      connectivityCriterias: [
        {
          type: 'IsConnectedQuery'
          value: [
            '''
AzureActivity
| summarize LastLogReceived = max(TimeGenerated)
| project IsConnected = LastLogReceived > ago(7d)'''
          ]
        }
      ]
      dataTypes: [
        {
          name: 'AzureActivity'
          lastDataReceivedQuery: '''
AzureActivity
| summarize Time = max(TimeGenerated)
| where isnotempty(Time)'''
        }
      ]
    }
  }
}

resource parserHAProxyRequests 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: 'HAProxyRequests'
  etag: '*'
  properties: {
    category: 'Microsoft Sentinel Parser'
    displayName: 'Requests in the logs of HAProxy'
    query: '''
Syslog
| where ProcessName == "haproxy"
| parse SyslogMessage with ClientIP ":" ClientPort: int " [" Accepted "] " Frontend " " Backend "/" Server " " Timers " " StatusCode: int " " Bytes: long " " *
| project TimeGenerated, Computer, ClientIP, ClientPort, Frontend, Backend, Server, StatusCode, Bytes
'''
    functionAlias: 'HAProxyRequests'
    version: 2
    tags: [
      {
        name: 'description'
        value: 'One row for each request that HAProxy logs in its HTTP format.'
      }
    ]
  }
}

resource ruleManyRefusedRequests 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: 'b6f6354d-f57a-5bac-a56a-322fae8a5120'
  kind: 'Scheduled'
  properties: {
    displayName: 'HAProxy - Many Refused Requests'
    description: 'Identifies an address whose requests are refused again and again.'
    severity: 'Low'
    enabled: true
    query: '''
HAProxyRequests
| where StatusCode in (401, 403)
| summarize Refused = count(), TimeGenerated = max(TimeGenerated) by ClientIP
| where Refused > 100
'''
    queryFrequency: 'PT1H'
    queryPeriod: 'PT1H'
    triggerOperator: 'GreaterThan'
    triggerThreshold: 0
    suppressionDuration: 'PT1H'
    suppressionEnabled: false
    tactics: [
      'CredentialAccess'
    ]
    techniques: [
      'T1110'
    ]
    entityMappings: [
      {
        entityType: 'IP'
        fieldMappings: [
          {
            identifier: 'Address'
            columnName: 'ClientIP'
          }
        ]
      }
    ]
  }
  dependsOn: [
    parserHAProxyRequests
  ]
}

resource ruleHaproxyMachineStopped 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: 'f3d32383-cbfa-502e-8de4-fcf6a545afec'
  kind: 'Scheduled'
  properties: {
    displayName: 'HAProxy - Machine Stopped'
    description: 'Identifies virtual machines with haproxy in their name that someone stopped.'
    severity: 'Medium'
    enabled: true
    query: '''
AzureActivity
| where OperationNameValue =~ "Microsoft.Compute/virtualMachines/deallocate/action"
| where ActivityStatusValue =~ "Success" and _ResourceId has "haproxy"
| project TimeGenerated, Caller, CallerIpAddress, _ResourceId
'''
    queryFrequency: 'PT1H'
    queryPeriod: 'PT1H'
    triggerOperator: 'GreaterThan'
    triggerThreshold: 0
    suppressionDuration: 'PT1H'
    suppressionEnabled: false
    tactics: [
      'Impact'
    ]
    techniques: [
      'T1489'
    ]
    entityMappings: [
      {
        entityType: 'Account'
        fieldMappings: [
          {
            identifier: 'FullName'
            columnName: 'Caller'
          }
        ]
      }
      {
        entityType: 'IP'
        fieldMappings: [
          {
            identifier: 'Address'
            columnName: 'CallerIpAddress'
          }
        ]
      }
    ]
  }
}
