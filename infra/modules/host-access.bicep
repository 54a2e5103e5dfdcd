// What the host's identity may do: each right on the least that it needs.
param principalId string
param storageName string
param eventHubsName string
param trafficTopic string
param deadLetterTopic string
param vaultName string
param applicationInsightsName string
param schedulerName string
param taskHubName string
param communicationName string

import * as roles from 'roles.bicep'

resource storage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = { name: storageName }

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: eventHubsName

  resource traffic 'eventhubs' existing = { name: trafficTopic }
  resource deadLetters 'eventhubs' existing = { name: deadLetterTopic }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: vaultName }

resource components 'Microsoft.Insights/components@2020-02-02' existing = { name: applicationInsightsName }

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = {
  name: schedulerName

  resource hub 'taskHubs' existing = { name: taskHubName }
}

resource communication 'Microsoft.Communication/communicationServices@2025-09-01' existing = { name: communicationName }

// The Functions host makes containers of its own in this account and leases blobs in them: Microsoft asks for Owner, not Contributor. The
// package, models and training lie in the same account.
resource blobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, principalId, roles.blobDataOwner)
  scope: storage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataOwner)
  }
}

// It rings and hears the outbox's bell, and its trigger makes the queue of poisoned messages.
resource queues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, principalId, roles.queueDataContributor)
  scope: storage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueDataContributor)
  }
}

// The Functions host writes down there what went wrong while it started.
resource tables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, principalId, roles.tableDataContributor)
  scope: storage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableDataContributor)
  }
}

// The audit of offsets asks for what the group has committed. The trigger reads by its key.
resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(namespace::traffic.id, principalId, roles.eventHubsDataReceiver)
  scope: namespace::traffic
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventHubsDataReceiver)
  }
}

// Records that nobody can read go there; to the topic of traffic the host cannot write.
resource writer 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(namespace::deadLetters.id, principalId, roles.eventHubsDataSender)
  scope: namespace::deadLetters
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventHubsDataSender)
  }
}

// App settings that refer to the vault are resolved with this identity. Channels add secrets: so the vault, not single secrets.
resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

// Telemetry goes out by Entra tokens.
resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(components.id, principalId, roles.monitoringMetricsPublisher)
  scope: components
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
  }
}

// Training is started, carried out and asked about in this hub.
resource training 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(scheduler::hub.id, principalId, roles.durableTaskDataContributor)
  scope: scheduler::hub
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskDataContributor)
  }
}

// Short messages. There is no built-in role for sending alone.
resource messages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, principalId, roles.communicationAndEmailServiceOwner)
  scope: communication
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.communicationAndEmailServiceOwner)
  }
}
