// Where InfluxDB keeps its files: an account of its own, for InfluxDB comes in by key (it knows no managed identity), and a key opens all.
//
// Not a share of Azure Files as a volume: InfluxDB writes its log with hard links, which shares over SMB do not have, and shares over NFS
// need a network of one's own and the premium tier.
param name string
param location string
param tags types.Tags
param workspaceId string
param vaultName string

@description('Only a private endpoint leads here.')
param private bool

import * as types from 'types.bicep'

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: private ? 'Deny' : 'Allow' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource series 'containers' = { name: 'series' }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: vaultName }

resource key 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'influx-storage-key'
  properties: { value: account.listKeys().keys[0].value, contentType: 'key of the storage account that holds the time series' }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output id string = account.id
output name string = account.name
output container string = account::blobs::series.name
output vaultEntry string = key.name
