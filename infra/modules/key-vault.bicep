// Secrets, by role-based access. Purge protection cannot be taken back: after `azd down` the vault stays, deleted, for its retention.
param name string
param location string
param tags types.Tags
param workspaceId string

@description('Only private endpoints lead here.')
param private bool

@description('Days for which a deleted secret, and the deleted vault, can be had back and cannot be removed.')
@minValue(7)
@maxValue(90)
param softDeleteDays int

import * as types from 'types.bicep'

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: softDeleteDays
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: private ? 'Deny' : 'Allow' }
  }
}

// Who read which secret, and when.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = vault.id
output name string = vault.name
