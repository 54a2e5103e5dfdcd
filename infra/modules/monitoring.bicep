// Logs and telemetry. Application Insights takes telemetry by Entra tokens alone: its connection string is an address, no secret.
param logAnalyticsName string
param applicationInsightsName string
param location string
param tags types.Tags

@description('Days that logs are kept. The first 31 cost nothing beyond their ingestion.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Gigabytes a day after which ingestion stops until the next: a bound on what a storm of logs can cost. Alerts are blind then.')
param dailyQuotaGb int

import * as types from 'types.bicep'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: logAnalyticsName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
    features: { disableLocalAuth: true }
  }
}

resource components 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

// Who asked what of the logs: they name devices and accounts.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: workspace
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

output workspaceId string = workspace.id
output applicationInsightsName string = components.name
output connectionString string = components.properties.ConnectionString
