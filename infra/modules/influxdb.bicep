// InfluxDB 3 Core, one replica, in Container Apps; its files lie in Blob Storage. It holds time series for charts, and can be lost.
param environmentName string
param name string
param location string
param tags types.Tags
param workspaceId string
param vaultName string
param storageName string
param container string
param storageVaultEntry string
param identityId string
param identityPrincipalId string

@description('Pinned: a new version is a decision, see docs/operations.md, Upgrade.')
param image string

@description('Processors, as text: Bicep has no fractions.')
param cpu string
param memory string

@description('Subnet of the environment; without it the address is a public one, which the token guards.')
param subnetId string?

@description('Made with the first deployment and never again. Two of them are 244 random bits.')
@secure()
param firstHalf string = newGuid()
@secure()
param secondHalf string = newGuid()

import * as types from 'types.bicep'
import * as roles from 'roles.bicep'

var port = 8181

// The file is read only while the database has no token yet: from the first start on the token lives in the database too.
var start = '''
umask 077
printf '{"token":"%s","name":"_admin"}' "$ADMIN_TOKEN" > /tmp/admin-token.json
unset ADMIN_TOKEN
exec influxdb3 serve --node-id iomtad --object-store azure --bucket "$CONTAINER" \
  --admin-token-file /tmp/admin-token.json --disable-authz health,ping
'''

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName

  resource key 'secrets' existing = { name: storageVaultEntry }
}

@onlyIfNotExists()
resource token 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'influx-token'
  properties: {
    value: 'apiv3_${replace(firstHalf, '-', '')}${replace(secondHalf, '-', '')}'
    contentType: 'operator token of InfluxDB'
  }
}

// The container reads these two secrets, and no other.
resource readsToken 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(token.id, identityPrincipalId, roles.keyVaultSecretsUser)
  scope: token
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource readsKey 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault::key.id, identityPrincipalId, roles.keyVaultSecretsUser)
  scope: vault::key
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: environmentName
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: { destination: 'azure-monitor' }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    vnetConfiguration: empty(subnetId) ? null : { infrastructureSubnetId: subnetId, internal: true }
    publicNetworkAccess: empty(subnetId) ? 'Enabled' : 'Disabled'
  }
}

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  dependsOn: [readsToken, readsKey]
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      // Never two at a time on the same files, but for the seconds in which one takes over from the other.
      activeRevisionsMode: 'Single'
      // In an internal environment "external" means: from the network. Without one, from anywhere, by TLS and with the token.
      ingress: { external: true, targetPort: port, transport: 'http', allowInsecure: false }
      secrets: [
        { name: 'admin-token', keyVaultUrl: token.properties.secretUri, identity: identityId }
        { name: 'storage-key', keyVaultUrl: vault::key.properties.secretUri, identity: identityId }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 60
      scale: { minReplicas: 1, maxReplicas: 1 }
      containers: [
        {
          name: 'influxdb'
          image: image
          command: ['/bin/sh', '-c']
          args: [start]
          resources: { cpu: json(cpu), memory: memory }
          env: [
            { name: 'ADMIN_TOKEN', secretRef: 'admin-token' }
            { name: 'AZURE_STORAGE_ACCOUNT', value: storageName }
            { name: 'AZURE_STORAGE_ACCESS_KEY', secretRef: 'storage-key' }
            { name: 'CONTAINER', value: container }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/health', port: port }, periodSeconds: 5, failureThreshold: 60 }
            { type: 'Liveness', httpGet: { path: '/health', port: port }, periodSeconds: 30, failureThreshold: 5 }
            { type: 'Readiness', httpGet: { path: '/health', port: port }, periodSeconds: 10 }
          ]
        }
      ]
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output url string = 'https://${app.properties.configuration.ingress.fqdn}'
output appName string = app.name
output vaultEntry string = token.name
output domain string = environment.properties.defaultDomain
output address string = environment.properties.staticIp
