// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param profile = 'abc123'
param apiKey = readEnvironmentVariable('SENTINEL_GEN_APIKEY', '')
param enableAnalyticRules = true
