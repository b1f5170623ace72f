// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param orgName = 'my-org'
param accessToken = readEnvironmentVariable('SENTINEL_GEN_ACCESSTOKEN', '')
param apiUrl = 'https://api.pulumi.com'
param enableAnalyticRules = true
