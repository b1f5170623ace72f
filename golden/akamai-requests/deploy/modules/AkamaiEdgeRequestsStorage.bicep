// Made by sentinel-gen: change the spec, not this file.

@description('Name of the storage account')
param storageAccountName string

@description('Name of the container with the blobs')
param containerName string

@description('What the names of the queues and of the event subscription begin with')
param queuePrefix string

@description('What the subject of an event begins with whose blob is read')
param subjectBeginsWith string

@description('Object id of the service principal that reads')
param principalId string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' existing = {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = {
  parent: blobService
  name: containerName
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' existing = {
  parent: account
  name: 'default'
}

resource notifications 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = {
  parent: queueService
  name: '${queuePrefix}-notification'
}

resource failures 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = {
  parent: queueService
  name: '${queuePrefix}-dlq'
}

resource newBlobs 'Microsoft.EventGrid/eventSubscriptions@2025-02-15' = {
  scope: account
  name: queuePrefix
  properties: {
    destination: {
      endpointType: 'StorageQueue'
      properties: {
        resourceId: account.id
        queueName: notifications.name
      }
    }
    filter: {
      includedEventTypes: [
        'Microsoft.Storage.BlobCreated'
      ]
      subjectBeginsWith: subjectBeginsWith
      advancedFilters: [
        {
          operatorType: 'StringEndsWith'
          key: 'subject'
          values: [
            '.gz'
          ]
        }
        {
          operatorType: 'NumberGreaterThan'
          key: 'data.contentLength'
          value: 0
        }
      ]
    }
  }
}

resource readsBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: container
  name: guid(container.id, '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', principalId)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource readsNotifications 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: notifications
  name: guid(notifications.id, '974c5e8b-45b9-4653-ba55-5f855dd0fb88', principalId)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '974c5e8b-45b9-4653-ba55-5f855dd0fb88')
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource writesFailures 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: failures
  name: guid(failures.id, '974c5e8b-45b9-4653-ba55-5f855dd0fb88', principalId)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '974c5e8b-45b9-4653-ba55-5f855dd0fb88')
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
