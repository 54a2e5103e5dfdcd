// All of one deployment, in a resource group of its own. docs/operations.md says how to deploy it, docs/cost.md what it costs.
targetScope = 'subscription'

import * as types from 'modules/types.bicep'

@minLength(1)
@maxLength(40)
@description('Of the azd environment: it names the resource group.')
param environmentName string

@minLength(1)
param location string

@description('Whoever deploys: administrator of the record, of Grafana, and of the vault\'s secrets.')
param principalId string

@description('User principal name of a person, display name of an application or group.')
param principalName string
param principalKind types.PrincipalKind

@description('ward: about 20 devices; hospital: about 1,000; region: up to 12,500, more take several deployments.')
param size types.Size

@description('A network with private endpoints. Without one: public addresses that tokens of Entra open; InfluxDB\'s, its own token.')
param vnetEnabled bool

@description('Of the network: a /24 or larger that nothing else uses.')
param addressPrefix string

@description('Addresses or ranges of capture points that come in from outside the network.')
param producerAddresses string[]

@description('Application registration that people sign in with; empty: keys alone.')
param authClientId string = ''

@description('Who is told of alerts and of the budget, separated by commas.')
param alertEmails string = ''

@minValue(1)
@description('A month, in the currency of the subscription.')
param budgetAmount int

@description('First day of the month in which the budget was made, for example 2026-11-01.')
param budgetStart string

@description('Lets Grafana read the record by a role with a password: its PostgreSQL data source knows no Entra. Else Entra only.')
param recordInGrafana bool

@description('The hospital\'s devices as JSON; for more than a few, put inventory.json into the package.')
param inventoryJson string = ''

@description('Container and prefix of the training data; empty: nothing is trained.')
param trainingData string = ''

@description('How long a person may take to approve a model, for example 48h; empty: nobody is asked.')
param trainingApproval string = ''

@description('Further app settings: channels and routes of notifications, for example. Nothing secret.')
param settings types.Settings

@description('Further app settings of which the vault keeps the value: name of the setting, name of the entry, which has to be there.')
param vaultSettings types.Settings

@description('Where Communication Services keep messages.')
param communicationData string

param influxImage string
param grafanaVersion string

// Between ward and hospital one may change. What region has beside them cannot be changed later: partitions, copies of backups and blobs.
// Throughput units, partitions, memory of an instance, the record's server, InfluxDB: see docs/cost.md for the arithmetic.
var sizes = {
  ward: {
    throughputUnits: 1
    mostThroughputUnits: 2
    partitions: 8
    alwaysReadyHttp: 0
    memory: 2048
    postgres: { name: 'Standard_B1ms', tier: 'Burstable', storageGb: 32, available: false }
    influx: { cpu: '0.5', memory: '1Gi' }
    mostWaiting: 5000
  }
  hospital: {
    throughputUnits: 2
    mostThroughputUnits: 4
    partitions: 8
    alwaysReadyHttp: 1
    memory: 2048
    postgres: { name: 'Standard_D2ds_v5', tier: 'GeneralPurpose', storageGb: 128, available: false }
    influx: { cpu: '1.0', memory: '2Gi' }
    mostWaiting: 50000
  }
  region: {
    throughputUnits: 14
    mostThroughputUnits: 20
    partitions: 32
    alwaysReadyHttp: 1
    memory: 4096
    postgres: { name: 'Standard_D8ds_v5', tier: 'GeneralPurpose', storageGb: 1024, available: true }
    influx: { cpu: '2.0', memory: '4Gi' }
    mostWaiting: 500000
  }
}

var abbreviations = loadJsonContent('abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var chosen = sizes[size]
var emails = filter(map(split(alertEmails, ','), email => trim(email)), email => !empty(email))

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: '${abbreviations.managedIdentity}iomtad-${token}', location: location, tags: tags }
}

module seriesIdentity 'modules/identity.bicep' = {
  name: 'series-identity'
  scope: group
  params: { name: '${abbreviations.managedIdentity}series-${token}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    logAnalyticsName: '${abbreviations.logAnalytics}${token}'
    applicationInsightsName: '${abbreviations.applicationInsights}${token}'
    location: location
    tags: tags
    retentionDays: 31
    dailyQuotaGb: size == 'region' ? 20 : 2
  }
}

module vault 'modules/key-vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: '${abbreviations.keyVault}${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    private: vnetEnabled
    softDeleteDays: 7
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: '${abbreviations.storage}${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    private: vnetEnabled
    redundancy: size == 'region' ? 'Standard_ZRS' : 'Standard_LRS'
    trainingResultsDays: 30
  }
}

module eventHubs 'modules/event-hubs.bicep' = {
  name: 'event-hubs'
  scope: group
  params: {
    name: '${abbreviations.eventHubs}${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    vaultName: vault.outputs.name
    throughputUnits: chosen.throughputUnits
    maximumThroughputUnits: chosen.mostThroughputUnits
    partitions: chosen.partitions
    producerAddresses: producerAddresses
    private: vnetEnabled
  }
}

module record 'modules/postgres.bicep' = {
  name: 'record'
  scope: group
  params: {
    name: '${abbreviations.postgres}${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    administratorId: principalId
    administratorName: principalName
    administratorKind: principalKind
    skuName: chosen.postgres.name
    skuTier: chosen.postgres.tier
    storageGb: chosen.postgres.storageGb
    backupDays: size == 'ward' ? 7 : 35
    geoRedundantBackup: size == 'region'
    highAvailability: chosen.postgres.available
    private: vnetEnabled
    allowPasswords: recordInGrafana
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  name: 'network'
  scope: group
  params: {
    name: '${abbreviations.network}${token}'
    securityGroupName: '${abbreviations.networkSecurityGroup}${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    addressPrefix: addressPrefix
  }
}

module seriesStorage 'modules/series-storage.bicep' = {
  name: 'series-storage'
  scope: group
  params: {
    name: '${abbreviations.storage}series${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    vaultName: vault.outputs.name
    private: vnetEnabled
  }
}

module privateAccess 'modules/private-access.bicep' = if (vnetEnabled) {
  name: 'private-access'
  scope: group
  params: {
    location: location
    tags: tags
    namePrefix: abbreviations.privateEndpoint
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointsSubnetId
    services: [
      { id: storage.outputs.id, name: storage.outputs.name, groupId: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
      { id: storage.outputs.id, name: storage.outputs.name, groupId: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
      { id: storage.outputs.id, name: storage.outputs.name, groupId: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
      {
        id: seriesStorage.outputs.id
        name: seriesStorage.outputs.name
        groupId: 'blob'
        zone: 'privatelink.blob.${environment().suffixes.storage}'
      }
      { id: vault.outputs.id, name: vault.outputs.name, groupId: 'vault', zone: 'privatelink.vaultcore.azure.net' }
      { id: eventHubs.outputs.id, name: eventHubs.outputs.name, groupId: 'namespace', zone: 'privatelink.servicebus.windows.net' }
      { id: record.outputs.id, name: record.outputs.name, groupId: 'postgresqlServer', zone: 'privatelink.postgres.database.azure.com' }
    ]
  }
}

module series 'modules/influxdb.bicep' = {
  name: 'series'
  scope: group
  dependsOn: [privateAccess]
  params: {
    environmentName: '${abbreviations.containerEnvironment}${token}'
    name: '${abbreviations.containerApp}series'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    vaultName: vault.outputs.name
    storageName: seriesStorage.outputs.name
    container: seriesStorage.outputs.container
    storageVaultEntry: seriesStorage.outputs.vaultEntry
    identityId: seriesIdentity.outputs.id
    identityPrincipalId: seriesIdentity.outputs.principalId
    image: influxImage
    cpu: chosen.influx.cpu
    memory: chosen.influx.memory
    subnetId: network.?outputs.containersSubnetId
  }
}

module seriesZone 'modules/private-dns-zone.bicep' = if (vnetEnabled) {
  name: 'series-zone'
  scope: group
  params: { name: series.outputs.domain, networkId: network!.outputs.id, tags: tags, wildcardAddress: series.outputs.address }
}

module grafana 'modules/grafana.bicep' = {
  name: 'grafana'
  scope: group
  params: {
    // At most 23 characters.
    name: '${abbreviations.grafana}${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    majorVersion: grafanaVersion
  }
}

module communication 'modules/communication.bicep' = {
  name: 'communication'
  scope: group
  params: {
    name: '${abbreviations.communication}${token}'
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    dataLocation: communicationData
  }
}

module durableTask 'modules/durable-task.bicep' = {
  name: 'durable-task'
  scope: group
  params: { name: '${abbreviations.durableTask}${token}', location: location, tags: tags }
}

module hostAccess 'modules/host-access.bicep' = {
  name: 'host-access'
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    eventHubsName: eventHubs.outputs.name
    trafficTopic: eventHubs.outputs.trafficTopic
    deadLetterTopic: eventHubs.outputs.deadLetterTopic
    vaultName: vault.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    schedulerName: durableTask.outputs.name
    taskHubName: durableTask.outputs.hubName
    communicationName: communication.outputs.name
  }
}

module deployerAccess 'modules/deployer-access.bicep' = {
  name: 'deployer-access'
  scope: group
  params: {
    principalId: principalId
    principalKind: principalKind
    vaultName: vault.outputs.name
    storageName: storage.outputs.name
    eventHubsName: eventHubs.outputs.name
    trafficTopic: eventHubs.outputs.trafficTopic
    grafanaName: grafana.outputs.name
  }
}

module hostSettings 'modules/host-settings.bicep' = {
  name: 'host-settings'
  scope: group
  params: {
    identityClientId: identity.outputs.clientId
    identityName: identity.outputs.name
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    applicationInsights: monitoring.outputs.connectionString
    recordHost: record.outputs.host
    recordDatabase: record.outputs.database
    brokers: eventHubs.outputs.brokers
    trafficTopic: eventHubs.outputs.trafficTopic
    deadLetterTopic: eventHubs.outputs.deadLetterTopic
    triggerVaultEntry: eventHubs.outputs.vaultEntry
    influxUrl: series.outputs.url
    influxVaultEntry: series.outputs.vaultEntry
    modelsContainer: storage.outputs.modelsContainer
    trainingData: trainingData
    trainingApproval: trainingApproval
    inventoryJson: inventoryJson
    schedulerEndpoint: durableTask.outputs.endpoint
    taskHubName: durableTask.outputs.hubName
    vaultName: vault.outputs.name
    more: settings
    vaultSettings: vaultSettings
  }
}

module host 'modules/function-app.bicep' = {
  name: 'host'
  scope: group
  // Its rights first: a host that starts without them reports faults that are none.
  dependsOn: [hostAccess, privateAccess]
  params: {
    planName: '${abbreviations.functionPlan}${token}'
    name: '${abbreviations.functionApp}${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    identityId: identity.outputs.id
    packagesUrl: '${storage.outputs.blobEndpoint}${storage.outputs.packagesContainer}'
    memory: chosen.memory
    mostInstances: 40
    alwaysReady: 1
    alwaysReadyHttp: chosen.alwaysReadyHttp
    subnetId: network.?outputs.functionsSubnetId
    settings: hostSettings.outputs.settings
    authClientId: authClientId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    actionGroupName: '${abbreviations.actionGroup}${token}'
    alertPrefix: abbreviations.alert
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    eventHubsId: eventHubs.outputs.id
    postgresId: record.outputs.id
    emails: emails
    mostWaiting: chosen.mostWaiting
  }
}

module budget 'modules/budget.bicep' = {
  name: 'budget'
  scope: group
  params: {
    name: '${abbreviations.budget}${environmentName}'
    amount: budgetAmount
    start: budgetStart
    emails: emails
    actionGroupId: alerts.outputs.actionGroupId
  }
}

// What the hooks and a developer's local settings are made of. azd keeps them in clear, so nothing here opens anything.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output IOMTAD_HOST_NAME string = host.outputs.name
output IOMTAD_HOST_URL string = host.outputs.url
output IOMTAD_HOST_IDENTITY_NAME string = identity.outputs.name
output IOMTAD_HOST_IDENTITY_ID string = identity.outputs.principalId
output IOMTAD_RECORD_SERVER string = record.outputs.name
output IOMTAD_RECORD_HOST string = record.outputs.host
output IOMTAD_RECORD_DATABASE string = record.outputs.database
output IOMTAD_RECORD_ADMINISTRATOR string = principalName
output IOMTAD_RECORD_IN_GRAFANA bool = recordInGrafana
output IOMTAD_VNET_ENABLED bool = vnetEnabled
output IOMTAD_BROKERS string = eventHubs.outputs.brokers
output IOMTAD_BLOB_ENDPOINT string = storage.outputs.blobEndpoint
output IOMTAD_QUEUE_ENDPOINT string = storage.outputs.queueEndpoint
output IOMTAD_TABLE_ENDPOINT string = storage.outputs.tableEndpoint
output IOMTAD_INFLUX_URL string = series.outputs.url
output IOMTAD_GRAFANA_NAME string = grafana.outputs.name
output IOMTAD_GRAFANA_URL string = grafana.outputs.url
output IOMTAD_COMMUNICATION_ENDPOINT string = communication.outputs.endpoint
