// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param site = 'example.atlassian.net'
param email = 'admin@example.com'
param apiToken = readEnvironmentVariable('SENTINEL_GEN_APITOKEN', '')
