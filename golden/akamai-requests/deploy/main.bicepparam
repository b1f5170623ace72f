// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
param queueUri = '<Queue URL>'
param deadLetterUri = '<URL of the queue of failures>'
