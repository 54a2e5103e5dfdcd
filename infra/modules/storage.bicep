// The host's own account: package, models, training data, steps of training, and the queue that calls for messages. No keys, Entra alone.
param name string
param location string
param tags types.Tags
param workspaceId string

@description('Only private endpoints lead here.')
param private bool

@description('Locally redundant, or over zones.')
param redundancy 'Standard_LRS' | 'Standard_ZRS'

@description('Days after which results of steps of training go: they are a cache.')
param trainingResultsDays int

import * as types from 'types.bicep'

var packages = 'packages'
var models = 'models'
var trainingResults = 'iomtad-training'
var trainingData = 'training-data'

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: private ? 'Deny' : 'Allow' }
  }

  // Models are what the ward is watched with: what was overwritten or deleted can be had back.
  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 14 }
      containerDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource containers 'containers' = [for container in [packages, models, trainingResults, trainingData]: { name: container }]
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource outbox 'queues' = { name: 'iomtad-outbox' }
  }

  resource tables 'tableServices' = { name: 'default' }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    dependsOn: [blobs]
    properties: {
      policy: {
        rules: [
          {
            name: 'training-results-expire'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${trainingResults}/'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: trainingResultsDays } } }
            }
          }
          {
            name: 'old-versions-expire'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: 90 } } }
            }
          }
        ]
      }
    }
  }
}

// Deletions alone: the host renews leases on blobs every few seconds, and each would be a row.
resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: account::queues
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: account::tables
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
output packagesContainer string = packages
output modelsContainer string = models
output trainingDataContainer string = trainingData
