// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
param principalId = '00000000-0000-0000-0000-000000000000'
param blobContainerUri = 'https://contosologs.z01.blob.storage.azure.net/logs'
param blobFolderName = '2026/requests'
param StorageAccountSubscription = '00000000-0000-0000-0000-000000000000'
param StorageAccountResourceGroupName = 'contoso-storage'
