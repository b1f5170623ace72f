// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param organizationId = '123456'
param apiKey = readEnvironmentVariable('SENTINEL_GEN_APIKEY', '')
param securityEvents = 'yes'
