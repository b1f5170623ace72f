// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Google Artifact Registry Audit'
metadata version = '3.0.0'
metadata description = 'Reads who changed and fetched artifacts in Google Cloud into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Project id: the project of Google Cloud with the subscription')
@minLength(1)
param GCPProjectId string

@description('Project number: the number of that project')
@minLength(1)
param GCPProjectNumber string

@description('Subscription name: the Pub/Sub subscription that is read')
@minLength(1)
param GCPSubscriptionName string

@description('Service account: the e-mail address of the account that may read the subscription')
@minLength(1)
param GCPServiceAccountEmail string

@description('Workload identity provider id: the provider in the workload identity pool that is named after the tenant')
@minLength(1)
param GCPWorkloadIdentityProviderId string

@description('Name of this connection, in letters, digits and hyphens: another name makes another connection; empty: one that follows from GCPProjectId, GCPSubscriptionName')
@maxLength(36)
param connectionName string = ''

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var connection = empty(connectionName) ? uniqueString('${GCPProjectId}\n${GCPSubscriptionName}') : connectionName

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableGoogleArtifactAudit 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'GoogleArtifactAudit_CL'
  properties: {
    schema: {
      name: 'GoogleArtifactAudit_CL'
      description: 'Calls of Artifact Registry'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'datetime'
          description: 'When the call was made (UTC)'
        }
        {
          name: 'MethodName'
          type: 'string'
          description: 'What was called'
        }
        {
          name: 'ResourceName'
          type: 'string'
          description: 'What it was about'
        }
        {
          name: 'PrincipalEmail'
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
        {
          name: 'StatusCode'
          type: 'int'
          description: '0 for success'
        }
        {
          name: 'Severity'
          type: 'string'
          description: 'Severity of the entry'
        }
      ]
    }
  }
}

resource endpointGoogleArtifactAudit 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'GoogleArtifactAuditDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleGoogleArtifactAudit 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'GoogleArtifactAuditDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointGoogleArtifactAudit.id
    streamDeclarations: {
      'Custom-GoogleArtifactAudit': {
        columns: [
          {
            name: 'timestamp'
            type: 'datetime'
          }
          {
            name: 'severity'
            type: 'string'
          }
          {
            name: 'protoPayload'
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
          'Custom-GoogleArtifactAudit'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = timestamp,
    MethodName = tostring(protoPayload.methodName),
    ResourceName = tostring(protoPayload.resourceName),
    PrincipalEmail = tostring(protoPayload.authenticationInfo.principalEmail),
    SourceIP = tostring(protoPayload.requestMetadata.callerIp),
    UserAgent = tostring(protoPayload.requestMetadata.callerSuppliedUserAgent),
    StatusCode = toint(protoPayload.status.code),
    Severity = severity'''
        outputStream: 'Custom-GoogleArtifactAudit_CL'
      }
    ]
  }
  dependsOn: [
    tableGoogleArtifactAudit
  ]
}

resource definitionGoogleArtifactAudit 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'GoogleArtifactAuditDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'GoogleArtifactAuditDefinition'
      title: 'Google Artifact Registry audit'
      publisher: 'Google'
      descriptionMarkdown: 'Reads audit log entries of Artifact Registry from a Pub/Sub subscription.'
      graphQueries: [
        {
          metricName: 'Rows of GoogleArtifactAudit_CL'
          legend: 'Google Artifact Registry audit'
          baseQuery: 'GoogleArtifactAudit_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of GoogleArtifactAudit_CL'
          query: '''
GoogleArtifactAudit_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'GoogleArtifactAudit_CL'
          lastDataReceivedQuery: '''
GoogleArtifactAudit_CL
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
            name: 'Google Cloud'
            description: 'The right to make a log sink, a Pub/Sub subscription, a service account and a workload identity pool.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Prepare Google Cloud'
          description: 'Once for each project.'
          instructions: [
            {
              type: 'MarkdownControlEnvBased'
              parameters: {
                prodScript: 'In Google Cloud, let a log sink write to a Pub/Sub topic, and make a subscription of it. Make a workload identity pool whose id is your tenant id without its dashes, with a provider of type OpenID Connect: issuer `https://sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d`, audience `api://2041288c-b303-4ca0-9076-9612db3beeb2`, attribute mapping `google.subject=assertion.sub`. Make a service account with the role Pub/Sub Subscriber, and let the pool\'s identities take it on (Workload Identity User).'
                govScript: 'In Google Cloud, let a log sink write to a Pub/Sub topic, and make a subscription of it. Make a workload identity pool whose id is your tenant id without its dashes, with a provider of type OpenID Connect: issuer `https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e`, audience `api://e9885b54-fac0-4cd6-959f-a72066026929`, attribute mapping `google.subject=assertion.sub`. Make a service account with the role Pub/Sub Subscriber, and let the pool\'s identities take it on (Workload Identity User).'
              }
            }
            {
              type: 'CopyableLabel'
              parameters: {
                label: 'Tenant id'
                fillWith: [
                  'TenantId'
                ]
              }
            }
          ]
        }
        {
          title: 'Connect Google Artifact Registry audit to Microsoft Sentinel'
          description: 'Each row is a subscription. Add one with the button below the list.'
          instructions: [
            {
              type: 'GCPGrid'
              parameters: {}
            }
            {
              type: 'GCPContextPane'
              parameters: {}
            }
          ]
        }
      ]
    }
  }
}

resource pollerGoogleArtifactAudit 'Microsoft.SecurityInsights/dataConnectors@2025-07-01-preview' = {
  scope: workspace
  name: 'GoogleArtifactAuditPoller-${connection}'
  kind: 'GCP'
  properties: {
    connectorDefinitionName: 'GoogleArtifactAuditDefinition'
    dcrConfig: {
      streamName: 'Custom-GoogleArtifactAudit'
      dataCollectionEndpoint: endpointGoogleArtifactAudit.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleGoogleArtifactAudit.properties.immutableId
    }
    auth: {
      serviceAccountEmail: GCPServiceAccountEmail
      projectNumber: GCPProjectNumber
      workloadIdentityProviderId: GCPWorkloadIdentityProviderId
    }
    request: {
      projectId: GCPProjectId
      subscriptionNames: [
        GCPSubscriptionName
      ]
    }
  }
  dependsOn: [
    definitionGoogleArtifactAudit
  ]
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointGoogleArtifactAudit.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleGoogleArtifactAudit.id

@description('Resource id of the table that holds the events')
output tableId string = tableGoogleArtifactAudit.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionGoogleArtifactAudit.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerGoogleArtifactAudit.id
