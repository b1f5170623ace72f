// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param ApiUrl = 'https://federation.example.meshcloud.io'
param ClientId = '<Client id>'
param ClientSecret = readEnvironmentVariable('SENTINEL_GEN_CLIENTSECRET', '')
