// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param ClientId = 'example.apps.googleusercontent.com'
param ClientSecret = readEnvironmentVariable('SENTINEL_GEN_CLIENTSECRET', '')
param AuthorizationCode = readEnvironmentVariable('SENTINEL_GEN_AUTHORIZATIONCODE', '')
