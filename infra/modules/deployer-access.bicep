// What whoever deploys needs for the hooks after it, and for running the host on a developer's machine.
param principalId string
param principalKind types.PrincipalKind
param vaultName string
param storageName string
param eventHubsName string
param trafficTopic string
param grafanaName string

import * as types from 'types.bicep'
import * as roles from 'roles.bicep'

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: vaultName }

resource storage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = { name: storageName }

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: eventHubsName

  resource traffic 'eventhubs' existing = { name: trafficTopic }
}

resource grafana 'Microsoft.Dashboard/grafana@2025-08-01' existing = { name: grafanaName }

// Puts in the secrets of channels, and hands the token of the time series to Grafana.
resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, roles.keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: principalId
    principalType: principalKind
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

// Uploads training data, looks at models.
resource blobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, principalId, roles.blobDataContributor)
  scope: storage
  properties: {
    principalId: principalId
    principalType: principalKind
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

// Replays a capture to see that all of it works.
resource traffic 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(namespace::traffic.id, principalId, roles.eventHubsDataSender)
  scope: namespace::traffic
  properties: {
    principalId: principalId
    principalType: principalKind
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventHubsDataSender)
  }
}

// Imports data sources and dashboards.
resource dashboards 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(grafana.id, principalId, roles.grafanaAdmin)
  scope: grafana
  properties: {
    principalId: principalId
    principalType: principalKind
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.grafanaAdmin)
  }
}
