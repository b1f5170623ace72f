// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Google Workspace Sign Ins'
metadata version = '3.0.0'
metadata description = 'Brings the sign-ins of Google Workspace users into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Client id')
@minLength(1)
param ClientId string

@description('Client secret')
@secure()
@minLength(1)
param ClientSecret string

@description('Authorization code: Comes from signing in on the connector page')
@secure()
@minLength(1)
param AuthorizationCode string

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableGoogleWorkspaceSignIns 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'GoogleWorkspaceSignIns_CL'
  properties: {
    schema: {
      name: 'GoogleWorkspaceSignIns_CL'
      description: 'Login report of Google Workspace'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When it happened (UTC)'
        }
        {
          name: 'CustomerId'
          type: 'string'
          description: 'Id of the Google Workspace account'
        }
        {
          name: 'ActorEmail'
          type: 'string'
          description: 'E-mail address of the user who acted'
        }
        {
          name: 'ActorProfileId'
          type: 'string'
          description: 'Id of that user'
        }
        {
          name: 'SourceIP'
          type: 'string'
          description: 'Address that the user acted from'
        }
        {
          name: 'Events'
          type: 'dynamic'
          description: 'What happened: a list of events with their parameters'
        }
      ]
    }
  }
}

resource endpointGoogleWorkspaceSignIns 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'GoogleWorkspaceSignInsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleGoogleWorkspaceSignIns 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'GoogleWorkspaceSignInsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointGoogleWorkspaceSignIns.id
    streamDeclarations: {
      'Custom-GoogleWorkspaceSignIns': {
        columns: [
          {
            name: 'id'
            type: 'dynamic'
          }
          {
            name: 'actor'
            type: 'dynamic'
          }
          {
            name: 'ipAddress'
            type: 'string'
          }
          {
            name: 'events'
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
          'Custom-GoogleWorkspaceSignIns'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = todatetime(id['time']),
    CustomerId = tostring(id.customerId),
    ActorEmail = tostring(actor.email),
    ActorProfileId = tostring(actor.profileId),
    SourceIP = ipAddress,
    Events = events'''
        outputStream: 'Custom-GoogleWorkspaceSignIns_CL'
      }
    ]
  }
  dependsOn: [
    tableGoogleWorkspaceSignIns
  ]
}

resource definitionGoogleWorkspaceSignIns 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'GoogleWorkspaceSignInsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'GoogleWorkspaceSignInsDefinition'
      title: 'Google Workspace Sign Ins'
      publisher: 'Google'
      descriptionMarkdown: 'Reads the sign-ins of Google Workspace users through the Admin SDK.'
      graphQueries: [
        {
          metricName: 'Rows of GoogleWorkspaceSignIns_CL'
          legend: 'Google Workspace Sign Ins'
          baseQuery: 'GoogleWorkspaceSignIns_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of GoogleWorkspaceSignIns_CL'
          query: '''
GoogleWorkspaceSignIns_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'GoogleWorkspaceSignIns_CL'
          lastDataReceivedQuery: '''
GoogleWorkspaceSignIns_CL
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
            name: 'Google OAuth client'
            description: 'A web client whose redirect address is the portal\'s.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Connect Google Workspace Sign Ins to Microsoft Sentinel'
          description: 'Fill in what is asked for, then press Connect.'
          instructions: [
            {
              type: 'OAuthForm'
              parameters: {
                clientIdLabel: 'Client id'
                clientIdPlaceholder: 'example.apps.googleusercontent.com'
                clientSecretLabel: 'Client secret'
                connectButtonLabel: 'Connect'
                disconnectButtonLabel: 'Disconnect'
                showRedirectUri: true
                sendRedirectUri: true
              }
            }
          ]
        }
      ]
    }
  }
}

resource pollerGoogleWorkspaceSignIns 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace
  name: 'GoogleWorkspaceSignInsPoller'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: 'GoogleWorkspaceSignInsDefinition'
    dataType: 'GoogleWorkspaceSignIns_CL'
    dcrConfig: {
      streamName: 'Custom-GoogleWorkspaceSignIns'
      dataCollectionEndpoint: endpointGoogleWorkspaceSignIns.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleGoogleWorkspaceSignIns.properties.immutableId
    }
    auth: {
      type: 'OAuth2'
      clientId: ClientId
      clientSecret: ClientSecret
      grantType: 'authorization_code'
      tokenEndpoint: 'https://oauth2.googleapis.com/token'
      tokenEndpointHeaders: {
        'Content-Type': 'application/x-www-form-urlencoded'
      }
      authorizationCode: AuthorizationCode
      authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth'
      authorizationEndpointQueryParameters: {
        access_type: 'offline'
        prompt: 'consent'
      }
      scope: 'https://www.googleapis.com/auth/admin.reports.audit.readonly'
      redirectUri: 'https://portal.azure.com/TokenAuthorize/ExtensionName/Microsoft_Azure_Security_Insights'
    }
    request: {
      apiEndpoint: 'https://admin.googleapis.com/admin/reports/v1/activity/users/all/applications/login'
      queryWindowInMin: 10
      queryWindowDelayInMin: 30
      queryTimeFormat: 'yyyy-MM-ddTHH:mm:ss.fffZ'
      startTimeAttributeName: 'startTime'
      endTimeAttributeName: 'endTime'
      queryParameters: {
        maxResults: 1000
      }
      headers: {
        Accept: 'application/json'
        'User-Agent': 'Scuba'
      }
      rateLimitQPS: 5
    }
    response: {
      eventsJsonPaths: [
        '$.items[*]'
      ]
      format: 'json'
    }
    paging: {
      pagingType: 'NextPageToken'
      nextPageTokenJsonPath: '$.nextPageToken'
      nextPageParaName: 'pageToken'
    }
  }
  dependsOn: [
    definitionGoogleWorkspaceSignIns
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointGoogleWorkspaceSignIns.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleGoogleWorkspaceSignIns.id

@description('Resource id of the table that holds the events')
output tableId string = tableGoogleWorkspaceSignIns.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionGoogleWorkspaceSignIns.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerGoogleWorkspaceSignIns.id
