// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
param queueUri = 'https://contoso.queue.core.windows.net/akamai-new'
param deadLetterUri = 'https://contoso.queue.core.windows.net/akamai-failed'
