// Event Hubs as Kafka: traffic comes in by one topic, what nobody can read goes out to another.
//
// There is no consumer group to make: Kafka's come into being when they first commit, span the namespace, and have nothing to do with the
// groups of Event Hubs' own protocol.
param name string
param location string
param tags types.Tags
param workspaceId string
param vaultName string

@description('1 MB/s and 1,000 records/s of traffic each.')
param throughputUnits int

@description('Up to so many are added by themselves when traffic grows; they are not taken away by themselves.')
param maximumThroughputUnits int

@description('Of the topic of traffic. It cannot be changed later, and bounds how many instances score at once.')
@minValue(1)
@maxValue(32)
param partitions int

@description('Addresses or ranges of the capture points. With private endpoints only these come in from outside the network.')
param producerAddresses string[]

@description('Private endpoints lead here, and the addresses above, and nobody else.')
param private bool

import * as types from 'types.bicep'

@description('Days; the tier keeps no longer. Traffic holds patient data: it is kept as long as a repair may take, and no longer.')
var trafficDays = 3
var deadLetterDays = 7

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard', capacity: throughputUnits }
  properties: {
    kafkaEnabled: true
    isAutoInflateEnabled: maximumThroughputUnits > throughputUnits
    maximumThroughputUnits: maximumThroughputUnits > throughputUnits ? maximumThroughputUnits : 0
    minimumTlsVersion: '1.2'
    // The Kafka trigger of Functions knows no managed identity: it alone uses a key, the one below, and that can only listen.
    disableLocalAuth: false
    publicNetworkAccess: private && empty(producerAddresses) ? 'Disabled' : 'Enabled'
  }

  resource network 'networkRuleSets' = {
    name: 'default'
    properties: {
      defaultAction: private ? 'Deny' : 'Allow'
      publicNetworkAccess: private && empty(producerAddresses) ? 'Disabled' : 'Enabled'
      trustedServiceAccessEnabled: true
      ipRules: [for address in (private ? producerAddresses : []): { ipMask: address, action: 'Allow' }]
    }
  }

  resource traffic 'eventhubs' = {
    name: 'iomt-traffic'
    properties: {
      partitionCount: partitions
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: trafficDays * 24 }
    }

    resource trigger 'authorizationRules' = {
      name: 'trigger'
      properties: { rights: ['Listen'] }
    }
  }

  resource deadLetters 'eventhubs' = {
    name: 'iomt-deadletter'
    properties: {
      partitionCount: 1
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: deadLetterDays * 24 }
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: vaultName }

// From here to the vault, never through an output.
resource password 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'kafka-password'
  properties: {
    value: namespace::traffic::trigger.listKeys().primaryConnectionString
    contentType: 'connection string of a rule that listens to iomt-traffic'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = namespace.id
output name string = namespace.name
output brokers string = '${split(split(namespace.properties.serviceBusEndpoint, '//')[1], ':')[0]}:9093'
output trafficTopic string = namespace::traffic.name
output deadLetterTopic string = namespace::deadLetters.name
output vaultEntry string = password.name
