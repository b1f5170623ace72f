// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
