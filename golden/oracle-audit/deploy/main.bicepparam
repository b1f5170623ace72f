// Example values: change them before a deployment.
// Secrets are read from environment variables, so that none stands in this file.

using './main.bicep'

param workspaceName = 'my-workspace'
param endpoint = 'https://cell-1.streaming.eu-frankfurt-1.oci.oraclecloud.com'
param streamOcid = 'ocid1.stream.oc1..example'
param tenancyOcid = 'ocid1.tenancy.oc1..example'
param userOcid = 'ocid1.user.oc1..example'
param fingerprint = '12:34:56:78:90:ab:cd:ef:12:34:56:78:90:ab:cd:ef'
param privateKey = readEnvironmentVariable('SENTINEL_GEN_PRIVATEKEY', '')
