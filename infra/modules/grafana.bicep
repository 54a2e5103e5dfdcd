// Managed Grafana. Its identity reads Azure Monitor; the data sources of our own come in by the hook after provisioning.
param name string
param location string
param tags types.Tags
param workspaceId string
param majorVersion string

import * as types from 'types.bicep'
import * as roles from 'roles.bicep'

resource grafana 'Microsoft.Dashboard/grafana@2025-08-01' = {
  name: name
  location: location
  tags: tags
  // Essential has no plugins for InfluxDB and PostgreSQL.
  sku: { name: 'Standard' }
  identity: { type: 'SystemAssigned' }
  properties: {
    grafanaMajorVersion: majorVersion
    apiKey: 'Disabled'
    deterministicOutboundIP: 'Disabled'
    publicNetworkAccess: 'Enabled'
    zoneRedundancy: 'Disabled'
  }
}

// Metrics and logs of this resource group, and nothing of others.
resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, grafana.id, roles.monitoringReader)
  properties: {
    principalId: grafana.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringReader)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: grafana
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

output name string = grafana.name
output url string = grafana.properties.endpoint
