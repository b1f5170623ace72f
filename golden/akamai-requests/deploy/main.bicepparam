// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
param queueUri = 'https://contosologs.z01.queue.storage.azure.net/akamai-new'
param deadLetterUri = 'https://contosologs.z01.queue.storage.azure.net/akamai-failed'
