// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Pulumi Cloud'
metadata version = '3.0.0'
metadata description = 'Brings Pulumi Cloud audit logs into Microsoft Sentinel, with three analytic rules.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Pulumi organization: Name of the Pulumi Cloud organization')
@minLength(1)
param orgName string

@description('Pulumi access token: Token with read access to the audit logs')
@secure()
@minLength(1)
param accessToken string

@description('Pulumi API URL (optional): Only for self-hosted Pulumi Cloud')
param apiUrl string = 'https://api.pulumi.com'

@description('Name of this connection, in letters, digits and hyphens: another name makes another connection; empty: one that follows from orgName')
@maxLength(36)
param connectionName string = ''

@description('Whether the analytic rules are deployed too')
param enableAnalyticRules bool = true

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var apiUrlValue = trim(replace('${empty(apiUrl) ? 'https://api.pulumi.com' : apiUrl} ', '/ ', ''))
var connection = empty(connectionName) ? uniqueString(orgName) : connectionName

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tablePulumiAuditLogs 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'PulumiAuditLogs_CL'
  properties: {
    schema: {
      name: 'PulumiAuditLogs_CL'
      description: 'Audit log events of Pulumi Cloud organizations'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the event happened (UTC)'
        }
        {
          name: 'Timestamp_d'
          type: 'long'
          description: 'When the event happened (Unix seconds)'
        }
        {
          name: 'SourceIP_s'
          type: 'string'
          description: 'Address of the client'
        }
        {
          name: 'Event_s'
          type: 'string'
          description: 'Type of the event, such as stack-deleted'
        }
        {
          name: 'Description_s'
          type: 'string'
          description: 'The event in words'
        }
        {
          name: 'UserName_s'
          type: 'string'
          description: 'Display name of the user'
        }
        {
          name: 'UserLogin_s'
          type: 'string'
          description: 'Login of the user'
        }
        {
          name: 'UserAvatarUrl_s'
          type: 'string'
          description: 'Picture of the user'
        }
        {
          name: 'TokenID_s'
          type: 'string'
          description: 'Id of the access token; empty without one'
        }
        {
          name: 'TokenName_s'
          type: 'string'
          description: 'Name of the access token; empty without one'
        }
        {
          name: 'ActorName_s'
          type: 'string'
          description: 'Name of an actor that is no person'
        }
        {
          name: 'ActorUrn_s'
          type: 'string'
          description: 'Pulumi URN of that actor'
        }
        {
          name: 'RequireOrgAdmin_b'
          type: 'boolean'
          description: 'Whether it took an organization administrator'
        }
        {
          name: 'RequireStackAdmin_b'
          type: 'boolean'
          description: 'Whether it took a stack administrator'
        }
        {
          name: 'AuthFailure_b'
          type: 'boolean'
          description: 'Whether authentication failed'
        }
      ]
    }
  }
}

resource endpointPulumiAuditLogs 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'PulumiAuditLogsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRulePulumiAuditLogs 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'PulumiAuditLogsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointPulumiAuditLogs.id
    streamDeclarations: {
      'Custom-PulumiAuditLogs': {
        columns: [
          {
            name: 'timestamp'
            type: 'long'
          }
          {
            name: 'sourceIP'
            type: 'string'
          }
          {
            name: 'event'
            type: 'string'
          }
          {
            name: 'description'
            type: 'string'
          }
          {
            name: 'user'
            type: 'dynamic'
          }
          {
            name: 'tokenID'
            type: 'string'
          }
          {
            name: 'tokenName'
            type: 'string'
          }
          {
            name: 'actorName'
            type: 'string'
          }
          {
            name: 'actorUrn'
            type: 'string'
          }
          {
            name: 'reqOrgAdmin'
            type: 'boolean'
          }
          {
            name: 'reqStackAdmin'
            type: 'boolean'
          }
          {
            name: 'authFailure'
            type: 'boolean'
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
          'Custom-PulumiAuditLogs'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = datetime(1970-01-01) + timestamp * 1s,
    Timestamp_d = timestamp,
    SourceIP_s = sourceIP,
    Event_s = event,
    Description_s = description,
    UserName_s = tostring(user.name),
    UserLogin_s = tostring(user.githubLogin),
    UserAvatarUrl_s = tostring(user.avatarUrl),
    TokenID_s = tokenID,
    TokenName_s = tokenName,
    ActorName_s = actorName,
    ActorUrn_s = actorUrn,
    RequireOrgAdmin_b = iif(isnull(reqOrgAdmin), false, reqOrgAdmin),
    RequireStackAdmin_b = iif(isnull(reqStackAdmin), false, reqStackAdmin),
    AuthFailure_b = iif(isnull(authFailure), false, authFailure)'''
        outputStream: 'Custom-PulumiAuditLogs_CL'
      }
    ]
  }
  dependsOn: [
    tablePulumiAuditLogs
  ]
}

resource definitionPulumiAuditLogs 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'PulumiAuditLogsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'PulumiAuditLogsDefinition'
      title: 'Pulumi Cloud Audit Logs'
      publisher: 'Pulumi'
      descriptionMarkdown: 'Reads the audit log of a Pulumi Cloud organization through its REST API, with the organization\'s own access token.'
      graphQueries: [
        {
          metricName: 'Rows of PulumiAuditLogs_CL'
          legend: 'Pulumi Cloud Audit Logs'
          baseQuery: 'PulumiAuditLogs_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of PulumiAuditLogs_CL'
          query: '''
PulumiAuditLogs_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'PulumiAuditLogs_CL'
          lastDataReceivedQuery: '''
PulumiAuditLogs_CL
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
        isPreview: true
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
            name: 'Pulumi access token'
            description: 'A token that can read the audit logs of the organization.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Connect Pulumi Cloud Audit Logs to Microsoft Sentinel'
          description: 'Each row is a connection. Add one with the button below the list.'
          instructions: [
            {
              type: 'DataConnectorsGrid'
              parameters: {
                mapping: [
                  {
                    columnName: 'Organization'
                    columnValue: 'properties.request.queryParameters.orgName'
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
                label: 'Add Organization'
                title: 'Add Organization'
                subtitle: 'Pulumi Cloud Audit Logs'
                contextPaneType: 'DataConnectorsContextPane'
                instructionSteps: [
                  {
                    instructions: [
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Pulumi organization'
                          placeholder: 'my-org'
                          type: 'text'
                          name: 'orgName'
                          validations: {
                            required: true
                          }
                          description: 'Name of the Pulumi Cloud organization'
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Pulumi access token'
                          placeholder: 'Pulumi access token'
                          type: 'password'
                          name: 'accessToken'
                          validations: {
                            required: true
                          }
                          description: 'Token with read access to the audit logs'
                        }
                      }
                      {
                        type: 'Textbox'
                        parameters: {
                          label: 'Pulumi API URL (optional)'
                          placeholder: 'https://api.pulumi.com'
                          type: 'text'
                          name: 'apiUrl'
                          validations: {
                            required: false
                          }
                          description: 'Only for self-hosted Pulumi Cloud'
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

resource pollerPulumiAuditLogs 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'PulumiAuditLogsPoller-${connection}'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'PulumiAuditLogsDefinition'
    dataType: 'PulumiAuditLogs_CL'
    dcrConfig: {
      streamName: 'Custom-PulumiAuditLogs'
      dataCollectionEndpoint: endpointPulumiAuditLogs.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRulePulumiAuditLogs.properties.immutableId
    }
    auth: {
      type: 'APIKey'
      apiKeyName: 'Authorization'
      apiKeyIdentifier: 'token'
      apiKey: accessToken
    }
    request: {
      apiEndpoint: '${apiUrlValue}/api/orgs/${orgName}/auditlogs/v2'
      httpMethod: 'GET'
      queryWindowInMin: 5
      queryTimeFormat: 'UnixTimestamp'
      startTimeAttributeName: 'startTime'
      endTimeAttributeName: 'endTime'
      queryParameters: {
        orgName: orgName
      }
      headers: {
        Accept: 'application/json'
        'User-Agent': 'Scuba'
      }
      rateLimitQPS: 2
      retryCount: 3
      timeoutInSeconds: 60
    }
    response: {
      eventsJsonPaths: [
        '$.auditLogEvents'
      ]
      format: 'json'
    }
    paging: {
      pagingType: 'NextPageToken'
      nextPageTokenJsonPath: '$.continuationToken'
      nextPageParaName: 'continuationToken'
    }
  }
  dependsOn: [
    definitionPulumiAuditLogs
  ]
}

resource ruleExcessiveAuthenticationFailures 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: 'c0e148b8-2f06-5781-b557-393e802c6890'
  kind: 'Scheduled'
  properties: {
    displayName: 'Pulumi Cloud - Excessive Authentication Failures'
    description: 'Identifies an address with more than five failed authentications to Pulumi Cloud within fifteen minutes.'
    severity: 'Medium'
    enabled: true
    query: '''
PulumiAuditLogs_CL
| where AuthFailure_b
| summarize Failures = count(), TimeGenerated = max(TimeGenerated), Users = make_set(UserLogin_s, 20) by SourceIP_s
| where Failures > 5
'''
    queryFrequency: 'PT15M'
    queryPeriod: 'PT15M'
    triggerOperator: 'GreaterThan'
    triggerThreshold: 0
    suppressionDuration: 'PT1H'
    suppressionEnabled: false
    tactics: [
      'CredentialAccess'
      'InitialAccess'
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
            columnName: 'SourceIP_s'
          }
        ]
      }
    ]
  }
  dependsOn: [
    tablePulumiAuditLogs
  ]
}

resource ruleStackDeleted 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: '28a7816d-2183-51f4-aca9-5ea9f5646982'
  kind: 'Scheduled'
  properties: {
    displayName: 'Pulumi Cloud - Stack Deleted'
    description: 'Identifies the deletion of a Pulumi stack, which can remove the record of live infrastructure.'
    severity: 'Medium'
    enabled: true
    query: '''
PulumiAuditLogs_CL
| where ingestion_time() > ago(15m)
| where Event_s == "stack-deleted"
'''
    queryFrequency: 'PT15M'
    queryPeriod: 'PT1H'
    triggerOperator: 'GreaterThan'
    triggerThreshold: 0
    suppressionDuration: 'PT1H'
    suppressionEnabled: false
    tactics: [
      'Impact'
    ]
    techniques: [
      'T1485'
    ]
    entityMappings: [
      {
        entityType: 'Account'
        fieldMappings: [
          {
            identifier: 'Name'
            columnName: 'UserLogin_s'
          }
        ]
      }
      {
        entityType: 'IP'
        fieldMappings: [
          {
            identifier: 'Address'
            columnName: 'SourceIP_s'
          }
        ]
      }
    ]
  }
  dependsOn: [
    tablePulumiAuditLogs
  ]
}

resource ruleOrganizationMembershipChange 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: '0f7ba038-405c-55bb-9c04-23ce2589fad2'
  kind: 'Scheduled'
  properties: {
    displayName: 'Pulumi Cloud - Organization Membership Change'
    description: 'Identifies members who were added to or removed from a Pulumi organization, or got another role.'
    severity: 'Low'
    enabled: true
    query: '''
PulumiAuditLogs_CL
| where ingestion_time() > ago(15m)
| where Event_s in ("member-added", "member-removed", "member-role-changed")
'''
    queryFrequency: 'PT15M'
    queryPeriod: 'PT1H'
    triggerOperator: 'GreaterThan'
    triggerThreshold: 0
    suppressionDuration: 'PT1H'
    suppressionEnabled: false
    tactics: [
      'Persistence'
    ]
    techniques: [
      'T1098'
    ]
    entityMappings: [
      {
        entityType: 'Account'
        fieldMappings: [
          {
            identifier: 'Name'
            columnName: 'UserLogin_s'
          }
        ]
      }
      {
        entityType: 'IP'
        fieldMappings: [
          {
            identifier: 'Address'
            columnName: 'SourceIP_s'
          }
        ]
      }
    ]
  }
  dependsOn: [
    tablePulumiAuditLogs
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointPulumiAuditLogs.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRulePulumiAuditLogs.id

@description('Resource id of the table that holds the events')
output tableId string = tablePulumiAuditLogs.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionPulumiAuditLogs.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerPulumiAuditLogs.id
