// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Akamai Edge Requests'
metadata version = '3.0.0'
metadata description = 'Reads the request records that Akamai keeps in Azure Storage into Microsoft Sentinel.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Service principal id: the object id of the service principal by which Microsoft Sentinel reads storage accounts, which `az ad sp show --id 4f05ce56-95b6-4612-9d98-a45c8cc33f9f --query id` prints')
@minLength(1)
param principalId string

@description('Blob container: its URL, as the container\'s properties show it')
@minLength(1)
param blobContainerUri string

@description('Folder: read only what lies below this path of the container')
param blobFolderName string = ''

@description('Subscription id of the storage account: where the account lies')
@minLength(1)
param StorageAccountSubscription string

@description('Resource group of the storage account: where the account lies')
@minLength(1)
param StorageAccountResourceGroupName string

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var blobContainerUriValue = trim(replace('${blobContainerUri} ', '/ ', ''))

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableAkamaiEdgeRequests 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace
  name: 'AkamaiEdgeRequests_CL'
  properties: {
    schema: {
      name: 'AkamaiEdgeRequests_CL'
      description: 'Requests that the edge answered'
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

resource endpointAkamaiEdgeRequests 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'AkamaiEdgeRequestsDCE'
  location: location
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource collectionRuleAkamaiEdgeRequests 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'AkamaiEdgeRequestsDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpointAkamaiEdgeRequests.id
    streamDeclarations: {
      'Custom-AkamaiEdgeRequests': {
        columns: [
          {
            name: 'reqTimeSec'
            type: 'string'
          }
          {
            name: 'cliIP'
            type: 'string'
          }
          {
            name: 'country'
            type: 'string'
          }
          {
            name: 'reqMethod'
            type: 'string'
          }
          {
            name: 'reqHost'
            type: 'string'
          }
          {
            name: 'reqPath'
            type: 'string'
          }
          {
            name: 'statusCode'
            type: 'string'
          }
          {
            name: 'UA'
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
          'Custom-AkamaiEdgeRequests'
        ]
        destinations: [
          'clv2ws1'
        ]
        transformKql: '''
source
| project
    TimeGenerated = datetime(1970-01-01) + toreal(reqTimeSec) * 1s,
    SourceIP = cliIP,
    SourceCountry = country,
    HttpMethod = reqMethod,
    Host = reqHost,
    UrlPath = reqPath,
    HttpStatus = toint(statusCode),
    UserAgent = UA'''
        outputStream: 'Custom-AkamaiEdgeRequests_CL'
      }
    ]
  }
  dependsOn: [
    tableAkamaiEdgeRequests
  ]
}

resource definitionAkamaiEdgeRequests 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace
  name: 'AkamaiEdgeRequestsDefinition'
  kind: 'Customizable'
  properties: {
    connectorUiConfig: {
      id: 'AkamaiEdgeRequestsDefinition'
      title: 'Akamai edge requests'
      publisher: 'Akamai'
      descriptionMarkdown: 'Reads the request records of Akamai DataStream from a storage account.'
      graphQueries: [
        {
          metricName: 'Rows of AkamaiEdgeRequests_CL'
          legend: 'Akamai edge requests'
          baseQuery: 'AkamaiEdgeRequests_CL'
        }
      ]
      sampleQueries: [
        {
          description: 'The ten newest rows of AkamaiEdgeRequests_CL'
          query: '''
AkamaiEdgeRequests_CL
| sort by TimeGenerated desc
| take 10'''
        }
      ]
      dataTypes: [
        {
          name: 'AkamaiEdgeRequests_CL'
          lastDataReceivedQuery: '''
AkamaiEdgeRequests_CL
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
            name: 'Microsoft Entra'
            description: 'An administrator who consents to the application of Microsoft Sentinel for storage accounts.'
          }
          {
            name: 'Azure roles'
            description: 'Owner of the storage account, or Contributor and User Access Administrator.'
          }
        ]
      }
      instructionSteps: [
        {
          title: 'Prepare the storage account'
          description: 'Once for each account.'
          instructions: [
            {
              type: 'Markdown'
              parameters: {
                content: 'Let an administrator of the tenant consent to the application `4f05ce56-95b6-4612-9d98-a45c8cc33f9f`, by which Microsoft Sentinel reads storage accounts: `az ad sp create --id 4f05ce56-95b6-4612-9d98-a45c8cc33f9f`.'
              }
            }
            {
              type: 'Markdown'
              parameters: {
                content: 'To connect, be Owner of the storage account, or Contributor and User Access Administrator: beside its container are made two queues, an Event Grid subscription that tells the first one of new blobs, and the roles Storage Blob Data Reader and Storage Queue Data Contributor of that application. The resource provider Microsoft.EventGrid has to be registered. If connecting fails because a new role is not known everywhere yet, connect again after some minutes.'
              }
            }
          ]
        }
        {
          title: 'Connect Akamai edge requests to Microsoft Sentinel'
          description: 'Fill in what is asked for, then press Connect.'
          instructions: [
            {
              type: 'ServicePrincipalIDTextBox_test'
              parameters: {
                tenantId: subscription().tenantId
                name: 'principalId'
                appId: '4f05ce56-95b6-4612-9d98-a45c8cc33f9f'
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'Blob container'
                placeholder: 'https://contosologs.z01.blob.storage.azure.net/logs'
                type: 'text'
                name: 'blobContainerUri'
                validations: {
                  required: true
                }
                description: 'its URL, as the container\'s properties show it'
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'Folder'
                placeholder: '2026/requests'
                type: 'text'
                name: 'blobFolderName'
                validations: {
                  required: false
                }
                description: 'read only what lies below this path of the container'
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'Subscription id of the storage account'
                placeholder: '00000000-0000-0000-0000-000000000000'
                type: 'text'
                name: 'StorageAccountSubscription'
                validations: {
                  required: true
                }
                description: 'where the account lies'
              }
            }
            {
              type: 'Textbox'
              parameters: {
                label: 'Resource group of the storage account'
                placeholder: 'contoso-storage'
                type: 'text'
                name: 'StorageAccountResourceGroupName'
                validations: {
                  required: true
                }
                description: 'where the account lies'
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

resource pollerAkamaiEdgeRequests 'Microsoft.SecurityInsights/dataConnectors@2025-07-01-preview' = {
  scope: workspace
  name: 'AkamaiEdgeRequestsPoller'
  kind: 'StorageAccountBlobContainer'
  properties: {
    connectorDefinitionName: 'AkamaiEdgeRequestsDefinition'
    dataType: 'AkamaiEdgeRequests_CL'
    dcrConfig: {
      streamName: 'Custom-AkamaiEdgeRequests'
      dataCollectionEndpoint: endpointAkamaiEdgeRequests.properties.logsIngestion.endpoint
      dataCollectionRuleImmutableId: collectionRuleAkamaiEdgeRequests.properties.immutableId
    }
    response: {
      eventsJsonPaths: [
        '$'
      ]
      format: 'json'
      isGzipCompressed: true
    }
    auth: {
      type: 'ServicePrincipal'
    }
    request: {
      QueueUri: 'https://${replace(first(split(replace(blobContainerUriValue, 'https://', ''), '/')), '.blob.', '.queue.')}/akamaiedgerequests-${uniqueString(toLower(workspace.id), toLower(blobContainerUriValue), blobFolderName)}-notification'
      DlqUri: 'https://${replace(first(split(replace(blobContainerUriValue, 'https://', ''), '/')), '.blob.', '.queue.')}/akamaiedgerequests-${uniqueString(toLower(workspace.id), toLower(blobContainerUriValue), blobFolderName)}-dlq'
    }
  }
  dependsOn: [
    definitionAkamaiEdgeRequests
    storageAkamaiEdgeRequests
  ]
}

module storageAkamaiEdgeRequests 'modules/AkamaiEdgeRequestsStorage.bicep' = {
  name: 'akamaiedgerequests-${uniqueString(toLower(workspace.id), toLower(blobContainerUriValue), blobFolderName)}'
  scope: resourceGroup(StorageAccountSubscription, StorageAccountResourceGroupName)
  params: {
    storageAccountName: first(split(first(split(replace(blobContainerUriValue, 'https://', ''), '/')), '.'))
    containerName: last(split(blobContainerUriValue, '/'))
    queuePrefix: 'akamaiedgerequests-${uniqueString(toLower(workspace.id), toLower(blobContainerUriValue), blobFolderName)}'
    subjectBeginsWith: '/blobServices/default/containers/${last(split(blobContainerUriValue, '/'))}/blobs/${blobFolderName}'
    principalId: principalId
  }
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpointAkamaiEdgeRequests.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = collectionRuleAkamaiEdgeRequests.id

@description('Resource id of the table that holds the events')
output tableId string = tableAkamaiEdgeRequests.id

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definitionAkamaiEdgeRequests.id

@description('Resource id of the connection to the source')
output dataConnectorId string = pollerAkamaiEdgeRequests.id
