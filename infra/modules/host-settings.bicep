// All app settings of the host, made of what the other modules say. No resource: a list that can be read from top to bottom.
// What is secret is a reference to the vault, which the platform resolves with the host's identity.
param identityClientId string
param identityName string
param blobEndpoint string
param queueEndpoint string
param tableEndpoint string
param applicationInsights string
param recordHost string
param recordDatabase string
param brokers string
param trafficTopic string
param deadLetterTopic string
param triggerVaultEntry string
param influxUrl string
param influxVaultEntry string
param modelsContainer string
param trainingData string
param trainingApproval string
param inventoryJson string
param schedulerEndpoint string
param taskHubName string
param vaultName string
param more types.Settings
param vaultSettings types.Settings

import * as types from 'types.bicep'

var storage = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
}

var identity = {
  // By this the host's own clients find the user-assigned identity.
  AZURE_CLIENT_ID: identityClientId
  OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
}

var telemetry = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // With steady traffic batches end several times a second: one every other second is traced. Figures count them all.
  OTEL_TRACES_SAMPLER: 'microsoft.rate_limited'
  OTEL_TRACES_SAMPLER_ARG: '0.5'
}

var record = {
  ConnectionStrings__Record: 'Host=${recordHost};Database=${recordDatabase};Username=${identityName};SSL Mode=VerifyFull;Search Path=iomtad'
  Record__Authentication: 'Entra'
}

var traffic = {
  'AzureWebJobs.ScoreTrafficPlain.Disabled': 'true'
  Kafka__Brokers: brokers
  Kafka__Topic: trafficTopic
  Kafka__DeadLetterTopic: deadLetterTopic
  Kafka__Group: 'iomtad'
  Kafka__Authentication: 'Entra'
  Kafka__Username: '$ConnectionString'
  Kafka__Password: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${triggerVaultEntry})'
  Kafka__AuditSchedule: '0 */5 * * * *'
}

var series = {
  Influx__Url: influxUrl
  Influx__Org: 'iomtad'
  Influx__Bucket: 'iomtad'
  Influx__Token: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${influxVaultEntry})'
}

var training = {
  Models__Container: modelsContainer
  Models__Name: 'ward'
  Training__Model: 'ward'
  Training__Schedule: '0 0 3 * * 0'
  Training__DriftSchedule: '0 30 2 * * *'
  Training__Data: trainingData
  Training__Approval: trainingApproval
}

var asIdentity = 'Authentication=ManagedIdentity;ClientID=${identityClientId}'

// host.json names the hub and leaves the provider open, so that a developer's host works with Azurite.
var durable = {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};TaskHub=${taskHubName};${asIdentity}'
}

var rest = {
  AzureWebJobsDisableHomepage: 'true'
  Response__Schedule: '*/15 * * * * *'
  Inventory__Json: inventoryJson
}

// Of two with one name the later holds.
output settings types.Settings = union(
  storage,
  identity,
  telemetry,
  record,
  traffic,
  series,
  training,
  durable,
  rest,
  more,
  mapValues(vaultSettings, entry => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${entry})')
)
