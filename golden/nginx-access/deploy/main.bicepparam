// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
param pushApplicationId = '00000000-0000-0000-0000-000000000000'
param pushServicePrincipalId = '00000000-0000-0000-0000-000000000000'
param enableAnalyticRules = true
