// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param tailnet = 'example.com'
param accessToken = readEnvironmentVariable('SENTINEL_GEN_ACCESSTOKEN', '')
param enableAnalyticRules = true
