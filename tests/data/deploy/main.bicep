// Made by sentinel-gen: change the spec, not this file.

metadata name = 'Contoso\'s Cloud'
metadata version = '3.0.0'
metadata description = 'Reads the log of Contoso.'

@description('Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('orgName')
@minLength(1)
param orgName string

@description('accessToken: Don\'t share it')
@secure()
@minLength(1)
param accessToken string

@description('apiUrl')
param apiUrl string = 'https://api.example.com/'

@description('region')
@allowed([
  'eu'
  'us'
])
param region string = 'us'

@description('workspace')
param workspace string = ''

@description('Whether the analytic rules are deployed too')
param enableAnalyticRules bool = true

@description('Region of the data collection endpoint and rule: that of the workspace')
param location string = resourceGroup().location

var apiUrlValue = trim(replace('${empty(apiUrl) ? 'https://api.example.com/' : apiUrl} ', '/ ', ''))

resource workspace2 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource table 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace2
  name: 'Contoso_CL'
  properties: {}
}

resource Table2 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
  parent: workspace2
  name: 'Contoso2_CL'
  properties: {}
}

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: 'ContosoDCE'
  location: location
  properties: {}
}

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'ContosoDCR'
  location: location
  properties: {
    dataCollectionEndpointId: endpoint.id
    workspaceResourceId: workspace2.id
    transformKql: 'source\n| extend A = \'b\''
  }
  dependsOn: [
    table
  ]
}

resource definition 'Microsoft.SecurityInsights/dataConnectorDefinitions@2025-09-01' = {
  scope: workspace2
  name: 'ContosoDefinition'
  kind: 'Customizable'
  properties: {}
}

resource poller 'Microsoft.SecurityInsights/dataConnectors@2025-09-01' = {
  scope: workspace2
  name: 'ContosoPoller'
  kind: 'RestApiPoller'
  properties: {
    connectorDefinitionName: definition.name
    endpoint: endpoint.properties.logsIngestion.endpoint
    rule: rule.properties.immutableId
    url: '${apiUrlValue}/{v1}/$${orgName}/it\'s'
    token: accessToken
    region: region
    retries: 3
    'empty?': empty('${workspace}7')
    trimmed: trim(orgName)
    'two words': '[literal]'
    copy: '[also literal]'
    quoted: '\'\'\'\nlines'
    real: json('0.5')
    nothing: null
    empty: []
    list: [
      {}
      {
        on: true
      }
    ]
    ownCall: '${uniqueString(resourceGroup().id, 'x')}-${orgName}'
    ownLogic: 1 == 2 && !empty(orgName) ? 1 + 2 : null
    ownParts: {
      a: [
        true
        -1
      ]
      'b c': '{${toLower('X')}}'
    }
  }
  dependsOn: [
    table
  ]
}

resource alert 'Microsoft.SecurityInsights/alertRules@2025-09-01' = if (enableAnalyticRules) {
  scope: workspace2
  name: '0b0b'
  kind: 'Scheduled'
  properties: {
    query: '''
Contoso_CL
| where Text has "it's ${dollar}"
'''
  }
}

resource savedSearches 'Microsoft.OperationalInsights/workspaces/savedSearches@2023-09-01' = {
  parent: workspace2
  name: 'Contoso'
  properties: {
    query: 'Contoso_CL'
  }
  dependsOn: [
    rule
  ]
}

resource watchlists 'Microsoft.SecurityInsights/watchlists@2023-09-01' = if (enableAnalyticRules) {
  scope: workspace2
  name: 'Contoso'
}

@description('Where events are sent to: the logs-ingestion URL of the data collection endpoint')
output dataCollectionEndpointUrl string = endpoint.properties.logsIngestion.endpoint

@description('Resource id of the data collection rule')
output dataCollectionRuleId string = rule.id

@description('Resource id of the table that holds the events')
output tableIds object = {
  Contoso_CL: table.id
  Contoso2_CL: Table2.id
}

@description('Resource id of the connector\'s page')
output connectorDefinitionId string = definition.id

@description('Resource id of the connection to the source')
output dataConnectorId string = poller.id
