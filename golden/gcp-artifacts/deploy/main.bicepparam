// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
param GCPProjectId = 'my-project'
param GCPProjectNumber = '123456789012'
param GCPSubscriptionName = 'my-subscription'
param GCPServiceAccountEmail = 'sentinel@my-project.iam.gserviceaccount.com'
param GCPWorkloadIdentityProviderId = 'sentinel-provider'
