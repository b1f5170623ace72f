// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Tailscale Example'
metadata version = '3.0.0'
metadata description = 'Brings the configuration audit log of a Tailscale network into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Tailnet: Name of the Tailscale network')
@minLength(1)
param tailnet string

@description('API access token: Token of an administrator, made under Settings, Keys')
@secure()
@minLength(1)
param accessToken string

@description('Whether the analytic rules are deployed too')
param enableAnalyticRules bool = true

@description('Region of the data collection endpoint and rule and of the workbooks: that of the workspace')
param location string = resourceGroup().location

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableTailscaleAudit 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'TailscaleAudit_CL'
  properties: {
    schema: {
      name: 'TailscaleAudit_CL'
      description: 'Configuration audit log of a Tailscale network'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the change was made (UTC)'
        }
        {
          name: 'Action'
          type: 'string'
          description: 'What was done, such as CREATE or UPDATE'
        }
        {
          name: 'Origin'
          type: 'string'
          description: 'Where it was done, such as ADMIN_CONSOLE'
        }
        {
          name: 'ActorLogin'
          type: 'string'
          description: 'Login name of who did it'
        }
        {
          name: 'ActorType'
          type: 'string'
          description: 'USER, NODE or another kind of actor'
        }
        {
          name: 'TargetName'
          type: 'string'
          description: 'Name of what was changed'
        }
        {
          name: 'TargetType'
          type: 'string'
          description: 'Kind of what was changed, such as API_KEY'
        }
        {
          name: 'Property'
          type: 'string'
          description: 'The property that was changed'
        }
        {
          name: 'EventGroupId'
          type: 'string'
          description: 'Shared by the events of one change'
        }
      ]
    }
  }
}

resource endpointTailscaleAudit 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'TailscaleAuditDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleTailscaleAudit 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'TailscaleAuditDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointTailscaleAudit.id
    streamDeclarations: {
      'Custom-TailscaleAudit': {
        columns: [
          {
            name: 'eventTime'
            type: 'datetime'
          }
          {
            name: 'action'
            type: 'string'
          }
          {
            name: 'origin'
            type: 'string'
          }
          {
            name: 'actor'
            type: 'dynamic'
          }
          {
            name: 'target'
            type: 'dynamic'
          }
          {
            name: 'eventGroupID'
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
          'Custom-TailscaleAudit'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = eventTime,
    Action = action,
    Origin = origin,
    ActorLogin = tostring(actor.loginName),
    ActorType = tostring(actor.type),
    TargetName = tostring(target.name),
    TargetType = tostring(target.type),
    Property = tostring(target.property),
    EventGroupId = eventGroupID'''
        outputStream: 'Custom-TailscaleAudit_CL'
      }
    ]
  }
  dependsOn: [
    tableTailscaleAudit
  ]
}

resource definitionTailscaleAudit 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'TailscaleAuditDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'TailscaleAuditDefinition'
      title: 'Tailscale audit log'
      publisher: 'Tailscale'
      descriptionMarkdown: 'Reads the configuration audit log of a Tailscale network through its API.'
      graphQueries: [
        {
          metricName: 'Rows of TailscaleAudit_CL'
          legend: 'Tailscale audit log'
          baseQuery: 'TailscaleAudit_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of TailscaleAudit_CL'
          query: '''
TailscaleAudit_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'TailscaleAudit_CL'
          lastDataReceivedQuery: '''
TailscaleAudit_CL
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
          title: 'Connect Tailscale audit log to Microsoft Sentinel'
          description: 'Fill in what is asked for, then press Connect.'
          instructions: [
            {
              type: 'Textbox'
              parameters: {
                label: 'Tailnet'
                placeholder: 'example.com'
                type: 'text'
                name: 'tailnet'
                validations: {
                  required: true
                }
                description: 'Name of the Tailscale network'
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'API access token'
                placeholder: 'API access token'
                type: 'password'
                name: 'accessToken'
                validations: {
                  required: true
                }
                description: 'Token of an administrator, made under Settings, Keys'
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

resource pollerTailscaleAudit 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'TailscaleAuditPoller'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'TailscaleAuditDefinition'
    dataType: 'TailscaleAudit_CL'
    dcrConfig: {
      streamName: 'Custom-TailscaleAudit'
      dataCollectionEndpoint: endpointTailscaleAudit.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleTailscaleAudit.properties.immutableId
    }
    auth: {
      type: 'APIKey'
      apiKeyName: 'Authorization'
      apiKeyIdentifier: 'Bearer'
      apiKey: accessToken
    }
    request: {
      apiEndpoint: 'https://api.tailscale.com/api/v2/tailnet/${tailnet}/logging/configuration'
      httpMethod: 'GET'
      queryWindowInMin: 5
      queryTimeFormat: 'yyyy-MM-ddTHH:mm:ssZ'
      startTimeAttributeName: 'start'
      endTimeAttributeName: 'end'
      headers: {
        Accept: 'application/json'
      }
      rateLimitQPS: 1
      retryCount: 3
      timeoutInSeconds: 60
    }
    response: {
      eventsJsonPaths: [
        '$.logs'
      ]
      format: 'json'
    }
  }
  dependsOn: [
    definitionTailscaleAudit
  ]
}

resource parserTailscaleChanges 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: 'TailscaleChanges'
  etag: '*'
  properties: {
    category: 'Microsoft Sentinel Parser'
    displayName: 'Changes of a Tailscale network'
    query: '''
// One row for each changed property.
TailscaleAudit_CL
| where array_length(actions) == 0 or Action in (actions)
'''
    functionAlias: 'TailscaleChanges'
    functionParameters: 'actions:dynamic=dynamic([])'
    version: 2
    tags: [
      {
        name: 'description'
        value: 'The configuration audit log, with the actions that are asked for; all without any.'
      }
    ]
  }
}

resource parserTailscaleAdminLogins 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: 'TailscaleAdminLogins'
  etag: '*'
  properties: {
    category: 'Microsoft Sentinel Parser'
    displayName: 'Sign-ins of Tailscale administrators'
    query: '''
TailscaleChanges(actions=dynamic(["LOGIN"]))
| where Origin == "ADMIN_CONSOLE"
| extend Name = tostring(split(ActorLogin, "@")[0]), UPNSuffix = tostring(split(ActorLogin, "@")[1])
'''
    functionAlias: 'TailscaleAdminLogins'
    version: 2
    tags: [
      {
        name: 'description'
        value: 'One row for each login to the admin console, with the parts of the login name.'
      }
    ]
  }
  dependsOn: [
    parserTailscaleChanges
  ]
}

resource parserASimAuditEventTailscale 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: 'ASimAuditEventTailscale'
  etag: '*'
  properties: {
    category: 'ASIM'
    displayName: 'Audit events of Tailscale for the information model'
    query: '''
let Types = datatable(Action: string, EventType: string)[
  "CREATE", "Create",
  "UPDATE", "Set",
  "DELETE", "Delete",
  "ENABLE", "Enable",
  "DISABLE", "Disable"
];
TailscaleAudit_CL
| where not(disabled)
| lookup Types on Action
| project
    TimeGenerated,
    EventStartTime = TimeGenerated,
    EventEndTime = TimeGenerated,
    EventCount = int(1),
    EventType = iff(isempty(EventType), "Other", EventType),
    EventOriginalType = Action,
    EventResult = "Success",
    EventSeverity = "Informational",
    EventVendor = "Tailscale",
    EventProduct = "Tailscale",
    EventSchema = "AuditEvent",
    EventSchemaVersion = "0.1.2",
    Dvc = "Tailscale",
    Operation = strcat(Action, " ", TargetType),
    Object = TargetName,
    ObjectType = iff(Property == "ACL", "Policy Rule", "Configuration Atom"),
    OriginalObjectType = TargetType,
    ActorUsername = ActorLogin,
    ActorUsernameType = "UPN",
    ActorOriginalUserType = ActorType
'''
    functionAlias: 'ASimAuditEventTailscale'
    functionParameters: 'disabled:bool=false'
    version: 2
    tags: [
      {
        name: 'description'
        value: 'The configuration audit log of Tailscale with the names of the audit event schema.'
      }
    ]
  }
}

resource parserTailscaleKeys 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: 'TailscaleKeys'
  etag: '*'
  properties: {
    category: 'Samples'
    displayName: 'TailscaleKeys'
    query: '''

TailscaleChanges
| where TargetType == "API_KEY"
| summarize Since = min(TimeGenerated) by TargetName, Action, ActorLogin
'''
    functionAlias: 'TailscaleKeys'
    version: 1
    tags: [
      {
        name: 'description'
        value: 'TailscaleKeys'
      }
    ]
  }
  dependsOn: [
    parserTailscaleChanges
  ]
}

resource parserTailscaleDevices 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: 'TailscaleDevices'
  etag: '*'
  properties: {
    category: 'Microsoft Sentinel Parser'
    displayName: 'Changes of Tailscale devices'
    query: '''
TailscaleChanges
| where TargetType == "NODE"'''
    functionAlias: 'TailscaleDevices'
    version: 2
    tags: [
      {
        name: 'description'
        value: 'Changes of Tailscale devices'
      }
    ]
  }
  dependsOn: [
    parserTailscaleChanges
  ]
}

resource huntTailscaleAdministratorsWhoSignInRarely 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: '3a2b1f8c-55d4-4f7e-9e0b-0c8a0d9a7e21'
  etag: '*'
  properties: {
    category: 'Hunting Queries'
    displayName: 'Tailscale - administrators who sign in rarely'
    query: '''
TailscaleAdminLogins
| summarize Logins = count(), Last = max(TimeGenerated) by ActorLogin, Name, UPNSuffix
| where Logins == 1
'''
    version: 2
    tags: [
      {
        name: 'description'
        value: 'Looks for administrators who signed in to the admin console once in the time that is looked at.'
      }
      {
        name: 'tactics'
        value: 'InitialAccess'
      }
      {
        name: 'techniques'
        value: 'T1078.004'
      }
    ]
  }
}

resource huntAccessRulesChanged 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = {
  parent: workspace
  name: 'bc10d2a3-8ea3-5be5-8080-607f2631a100'
  etag: '*'
  properties: {
    category: 'Hunting Queries'
    displayName: 'Tailscale - changes of the access rules'
    query: '''
TailscaleChanges()
| where TargetType == "TAILNET" and Property == "ACL"
| summarize Changes = count(), Last = max(TimeGenerated) by ActorLogin
'''
    version: 2
    tags: [
      {
        name: 'description'
        value: 'Lists who changed the access rules of the network, and how often.'
      }
      {
        name: 'tactics'
        value: 'DefenseEvasion'
      }
      {
        name: 'techniques'
        value: 'T1562'
      }
    ]
  }
}

resource ruleTailscaleAPIAccessTokenCreated 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: '0f0d5b0a-7b6e-4f52-8a53-5f0c7f3f6d11'
  kind: 'Scheduled'
  properties: {
    displayName: 'Tailscale - API Access Token Created'
    description: 'Identifies new API access tokens, with which everything in the network can be changed.'
    severity: 'Medium'
    enabled: true
    query: '''
TailscaleChanges(actions=dynamic(["CREATE"]))
| where TargetType == "API_KEY"
| extend Name = tostring(split(ActorLogin, "@")[0]), UPNSuffix = tostring(split(ActorLogin, "@")[1])
'''
    queryFrequency: 'PT1H'
    queryPeriod: 'PT1H'
    triggerOperator: 'GreaterThan'
    triggerThreshold: 0
    suppressionDuration: 'PT1H'
    suppressionEnabled: false
    tactics: [
      'Persistence'
      'CredentialAccess'
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
            columnName: 'Name'
          }
          {
            identifier: 'UPNSuffix'
            columnName: 'UPNSuffix'
          }
        ]
      }
    ]
  }
  dependsOn: [
    tableTailscaleAudit
    parserTailscaleChanges
  ]
}

resource ruleTailscaleAccessRulesChanged 'Microsoft.SecurityInsights/alertRules@2025-07-01-preview' = if (enableAnalyticRules) {
  scope: workspace
  name: '3f0c2b8e-9d41-4b57-8f6a-52c7e1d90b34'
  kind: 'NRT'
  properties: {
    displayName: 'Tailscale - Access Rules Changed'
    description: 'Identifies a change of the access rules, which decide who reaches what in the network, within a minute.'
    severity: 'Medium'
    enabled: true
    query: '''
TailscaleAudit_CL
| where TargetType == "TAILNET" and Property == "ACL"
| extend Name = tostring(split(ActorLogin, "@")[0]), UPNSuffix = tostring(split(ActorLogin, "@")[1])
'''
    suppressionDuration: 'PT1H'
    suppressionEnabled: true
    tactics: [
      'DefenseEvasion'
    ]
    subTechniques: [
      'T1562.007'
    ]
    techniques: [
      'T1562'
    ]
    entityMappings: [
      {
        entityType: 'Account'
        fieldMappings: [
          {
            identifier: 'Name'
            columnName: 'Name'
          }
          {
            identifier: 'UPNSuffix'
            columnName: 'UPNSuffix'
          }
        ]
      }
    ]
    eventGroupingSettings: {
      aggregationKind: 'AlertPerResult'
    }
    customDetails: {
      Action: 'Action'
      Origin: 'Origin'
    }
    alertDetailsOverride: {
      alertDisplayNameFormat: 'Access rules of Tailscale changed by {{ActorLogin}}'
    }
  }
  dependsOn: [
    tableTailscaleAudit
  ]
}

resource ruleKeyExpiryDisabled 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace
  name: 'ff5af431-7c4d-573d-bec7-5c314d1ea2d8'
  kind: 'Scheduled'
  properties: {
    displayName: 'Tailscale - Key Expiry Disabled'
    description: 'Identifies devices whose key no longer expires, so that a stolen device stays in the network.'
    severity: 'Low'
    enabled: true
    query: '''
TailscaleChanges(actions=dynamic(["DISABLE", "UPDATE"]))
| where Property == "KEY_EXPIRY"
| extend Name = tostring(split(ActorLogin, "@")[0]), UPNSuffix = tostring(split(ActorLogin, "@")[1])
'''
    queryFrequency: 'PT1H'
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
            columnName: 'Name'
          }
          {
            identifier: 'UPNSuffix'
            columnName: 'UPNSuffix'
          }
        ]
      }
    ]
  }
  dependsOn: [
    tableTailscaleAudit
    parserTailscaleChanges
  ]
}

resource workbookTailscaleExampleChangesWorkbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: '5d212f2a-3c06-57b9-87a7-964010dae3e9'
  location: location
  kind: 'shared'
  properties: {
    displayName: 'Tailscale - changes of the network'
    description: 'Shows who changed what in a Tailscale network, over time and by administrator.'
    category: 'sentinel'
    version: 'Notebook/1.0'
    sourceId: workspace.id
    serializedData: '''
{"version":"Notebook/1.0","items":[{"type":1,"content":{"json":"## Changes of the Tailscale network\n\nWho changed what, and when. Choose a time and, if you like, one or more administrators."},"name":"heading"},{"type":9,"content":{"version":"KqlParameterItem/1.0","parameters":[{"id":"0d6b1b0e-6a53-4f0c-9a3e-5b1f6a0f7c21","version":"KqlParameterItem/1.0","name":"TimeRange","label":"Time","type":4,"isRequired":true,"value":{"durationMs":604800000},"typeSettings":{"selectableValues":[{"durationMs":86400000},{"durationMs":604800000},{"durationMs":2592000000}],"allowCustom":true}},{"id":"5b0b6a0e-3d9c-4c55-8f1c-0a8d8c3f2b76","version":"KqlParameterItem/1.0","name":"Administrators","type":2,"isRequired":true,"multiSelect":true,"quote":"'","delimiter":",","query":"TailscaleChanges()\n| where TimeGenerated {TimeRange}\n| distinct ActorLogin\n| sort by ActorLogin asc","typeSettings":{"additionalResourceOptions":["value::all"],"showDefault":false},"defaultValue":"value::all","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces"}],"style":"pills","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces"},"name":"parameters"},{"type":3,"content":{"version":"KqlItem/1.0","query":"TailscaleChanges()\n| where TimeGenerated {TimeRange} and ActorLogin in ({Administrators})\n| summarize Changes = count() by TargetType, bin(TimeGenerated, {TimeRange:grain})","size":0,"title":"Changes over time","noDataMessage":"No changes in this time.","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"timechart"},"name":"changes over time"},{"type":12,"content":{"version":"NotebookGroup/1.0","groupType":"editable","items":[{"type":3,"content":{"version":"KqlItem/1.0","query":"TailscaleChanges()\n| where TimeGenerated {TimeRange} and ActorLogin in ({Administrators})\n| summarize Changes = count(), Last = max(TimeGenerated) by ActorLogin, Action\n| top 20 by Changes desc","size":0,"title":"Most active administrators","noDataMessage":"No changes in this time.","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"table","gridSettings":{"formatters":[{"columnMatch":"Changes","formatter":4,"formatOptions":{"palette":"blue"}}]}},"customWidth":"60","name":"most active administrators"},{"type":3,"content":{"version":"KqlItem/1.0","query":"TailscaleAudit_CL\n| where TimeGenerated {TimeRange}\n| summarize Changes = count() by Origin","size":3,"title":"Where changes are made","noDataMessage":"No changes in this time.","queryType":0,"resourceType":"microsoft.operationalinsights/workspaces","visualization":"piechart"},"customWidth":"40","name":"where changes are made"}]},"name":"who and where"}],"fromTemplateId":"sentinel-TailscaleChanges","$schema":"https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json"}
'''
  }
}

resource watchlistTailscaleBreakGlass 'Microsoft.SecurityInsights/watchlists@2025-09-01' = {
  scope: workspace
  name: 'TailscaleBreakGlass'
  properties: {
    displayName: 'Tailscale break-glass administrators'
    source: 'TailscaleBreakGlassAdministrators.csv'
    description: 'Login names that are for emergencies alone.'
    provider: 'Example'
    isDeleted: false
    defaultDuration: 'P1000Y'
    contentType: 'Text/Csv'
    numberOfLinesToSkip: 0
    itemsSearchKey: 'LoginName'
    watchlistAlias: 'TailscaleBreakGlass'
    rawContent: '''
LoginName,Purpose
break-glass@example.com,"Lost administrators, or a broken identity provider"
billing@example.com,Payment
'''
  }
}

resource summaryTailscaleChangesPerHour 'Microsoft.OperationalInsights/workspaces/summaryLogs@2025-07-01' = {
  parent: workspace
  name: 'Tailscale changes per hour'
  properties: {
    ruleType: 'User'
    displayName: 'Tailscale changes per hour'
    description: 'Counts the changes of each administrator by hour.'
    ruleDefinition: {
      query: '''
TailscaleAudit_CL
| summarize Changes = count() by ActorLogin, Action
'''
      binSize: 60
      destinationTable: 'TailscaleChangesPerHour_CL'
    }
  }
  dependsOn: [
    tableTailscaleAudit
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointTailscaleAudit.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleTailscaleAudit.id

@description('Resource id of the table that holds the events')
output tableId string = tableTailscaleAudit.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionTailscaleAudit.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerTailscaleAudit.id
