// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param region = 'us.etd.cisco.com'
param clientId = readEnvironmentVariable('SENTINEL_GEN_CLIENTID', '')
param clientSecret = readEnvironmentVariable('SENTINEL_GEN_CLIENTSECRET', '')
param apiKey = readEnvironmentVariable('SENTINEL_GEN_APIKEY', '')
