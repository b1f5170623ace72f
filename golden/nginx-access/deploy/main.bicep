// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Nginx Access Events'
metadata version = '3.0.0'
metadata description = 'Takes access events of nginx that Fluent Bit sends to Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Application id: the client id of the application in Microsoft Entra that sends the events')
@minLength(1)
param pushApplicationId string

@description('Service principal id: the object id of that application\'s service principal (its enterprise application, not its app registration)')
@minLength(1)
param pushServicePrincipalId string

@description('Whether the analytic rules are deployed too')
param enableAnalyticRules bool = true

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableNginxAccess 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'NginxAccess_CL'
  properties: {
    schema: {
      name: 'NginxAccess_CL'
      description: 'Requests that nginx answered'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the request was answered (UTC)'
        }
        {
          name: 'SourceIP'
          type: 'string'
          description: 'Address of the client'
        }
        {
          name: 'HttpUserName'
          type: 'string'
          description: 'Name that the client signed in with; empty without one'
        }
        {
          name: 'HttpMethod'
          type: 'string'
          description: 'Method, such as GET'
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
          name: 'ResponseBytes'
          type: 'long'
          description: 'Size of the answer without its headers'
        }
        {
          name: 'Referrer'
          type: 'string'
          description: 'Page that led there'
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

resource endpointNginxAccess 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'NginxAccessDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleNginxAccess 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'NginxAccessDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointNginxAccess.id
    streamDeclarations: {
      'Custom-NginxAccess': {
        columns: [
          {
            name: 'time'
            type: 'datetime'
          }
          {
            name: 'remote'
            type: 'string'
          }
          {
            name: 'user'
            type: 'string'
          }
          {
            name: 'method'
            type: 'string'
          }
          {
            name: 'path'
            type: 'string'
          }
          {
            name: 'code'
            type: 'string'
          }
          {
            name: 'size'
            type: 'string'
          }
          {
            name: 'referer'
            type: 'string'
          }
          {
            name: 'agent'
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
          'Custom-NginxAccess'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = ['time'],
    SourceIP = remote,
    HttpUserName = iif(user == "-", "", user),
    HttpMethod = method,
    UrlPath = path,
    HttpStatus = toint(code),
    ResponseBytes = tolong(size),
    Referrer = iif(referer == "-", "", referer),
    UserAgent = agent'''
        outputStream: 'Custom-NginxAccess_CL'
      }
    ]
  }
  dependsOn: [
    tableNginxAccess
  ]
}

resource definitionNginxAccess 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'NginxAccessDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'NginxAccessDefinition'
      title: 'Nginx access events (Fluent Bit)'
      publisher: 'F5'
      descriptionMarkdown: '''
Fluent Bit reads the access log of nginx with its parser of that name, and sends each request to a data collection rule
with its output `azure_logs_ingestion`.'''
      graphQueries: [
        {
          metricName: 'Rows of NginxAccess_CL'
          legend: 'Nginx access events (Fluent Bit)'
          baseQuery: 'NginxAccess_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of NginxAccess_CL'
          query: '''
NginxAccess_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'NginxAccess_CL'
          lastDataReceivedQuery: '''
NginxAccess_CL
| summarize Time = max(TimeGenerated)
| where isnotempty(Time)'''
        }
      ]
      connectivityCriteria: [
        {
          type: 'IsConnectedQuery'
          value: [
            '''
NginxAccess_CL
| where TimeGenerated > ago(7d)
| summarize Rows = count()
| project IsConnected = Rows > 0'''
          ]
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
            description: 'The right to register an application, as the role Application Developer has it.'
          }
          {
            name: 'Azure roles'
            description: 'The right to assign a role on the data collection rule, as Owner or User Access Administrator has it.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Make what receives the events'
          description: 'Once for each workspace.'
          instructions: [
            {
              type: 'Markdown'
              parameters: {
                content: 'The button makes the tables, the collection rule with its endpoint, an application in Microsoft Entra with a secret, and the role assignment (Monitoring Metrics Publisher) by which that application may send.'
              }
            }
            {
              type: 'DeployPushConnectorButton'
              parameters: {
                label: 'Deploy'
                applicationDisplayName: 'Fluent Bit of nginx'
              }
            }
          ]
        }
        {
          title: 'Tell Nginx access events (Fluent Bit) where to send'
          description: 'Copy these values into the sender. The secret is shown this once.'
          instructions: [
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Tenant id'
                fillWith: [
                  'TenantId'
                ]
                placeholder: 'Shown after the step above'
              }
            }
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Application id'
                fillWith: [
                  'ApplicationId'
                ]
                placeholder: 'Shown after the step above'
              }
            }
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Application secret'
                fillWith: [
                  'ApplicationSecret'
                ]
                placeholder: 'Shown after the step above'
              }
            }
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Endpoint'
                fillWith: [
                  'DataCollectionEndpoint'
                ]
                placeholder: 'Shown after the step above'
              }
            }
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Immutable id of the collection rule'
                fillWith: [
                  'DataCollectionRuleId'
                ]
                placeholder: 'Shown after the step above'
              }
            }
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Stream'
                value: 'Custom-NginxAccess'
              }
            }
          ]
        }
      ]
    }
  }
}

resource pollerNginxAccess 'Microsoft.SecurityInsights/dataConnectors@2025-07-01-preview' = {
  scope: workspace
  name: 'NginxAccessPoller'
  kind: 'Push'
  properties: {
    connectorDefinitionName: 'NginxAccessDefinition'
    dcrConfig: {
      streamName: 'Custom-NginxAccess'
      dataCollectionEndpoint: endpointNginxAccess.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleNginxAccess.properties.immutableId
    }
    auth: {
      type: 'Push'
      AppId: pushApplicationId
      ServicePrincipalId: pushServicePrincipalId
    }
    request: {
      RetryCount: 1
    }
    response: {
      eventsJsonPaths: [
        '$'
      ]
    }
  }
  dependsOn: [
    definitionNginxAccess
  ]
}

resource ruleManyRefused 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: '319d6d48-a045-5b0a-80e5-66ddc2433b12'
  kind: 'Scheduled'
  properties: {
    displayName: 'Nginx - many refused requests from one address'
    description: 'An address was refused more than a hundred times within an hour, as someone who tries passwords is.'
    severity: 'Medium'
    enabled: true
    query: '''
NginxAccess_CL
| where HttpStatus in (401, 403)
| summarize TimeGenerated = max(TimeGenerated), Refused = count(), Paths = dcount(UrlPath) by SourceIP
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
            columnName: 'SourceIP'
          }
        ]
      }
    ]
  }
  dependsOn: [
    tableNginxAccess
  ]
}

resource publisherOfCollectionRuleNginxAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: collectionRuleNginxAccess
  name: guid(collectionRuleNginxAccess.id, '3913510d-42f4-4e42-8a64-420c390055eb', pushServicePrincipalId)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')
    principalId: pushServicePrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointNginxAccess.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleNginxAccess.id

@description('Resource id of the table that holds the events')
output tableId string = tableNginxAccess.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionNginxAccess.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerNginxAccess.id
