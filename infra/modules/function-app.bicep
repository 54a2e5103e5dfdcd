// The host on Flex Consumption. Its settings are all that it reads, see docs/operations.md; what is secret among them is a reference.
param planName string
param name string
param location string
param tags types.Tags
param workspaceId string
param identityId string
param packagesUrl string

@allowed([512, 2048, 4096])
@description('Of one instance, in MB.')
param memory int

@description('Of instances, of the app as a whole. One function of traffic never has more than the topic has partitions.')
@minValue(1)
@maxValue(1000)
param mostInstances int

@description('Instances that always run for scoring: with steady traffic cheaper than on demand, and without a cold start.')
param alwaysReady int

@description('Instances that always run for the page and the API.')
param alwaysReadyHttp int

@description('Of the network, where there is one.')
param subnetId string?
param settings types.Settings

@description('Application (client) id that people sign in with; empty: nobody signs in, and only keys of our own let in.')
param authClientId string

import * as types from 'types.bicep'

// Built-in authentication proves who the app is by its managed identity: there is no client secret to keep.
var assertion = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: subnetId
    siteConfig: { minTlsVersion: '1.2', http20Enabled: true, ftpsState: 'Disabled' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: memory
        maximumInstanceCount: mostInstances
        alwaysReady: filter(
          [
            { name: 'function:ScoreTraffic', instanceCount: alwaysReady }
            { name: 'http', instanceCount: alwaysReadyHttp }
          ],
          group => group.instanceCount > 0
        )
      }
    }
  }

  resource configuration 'config' = {
    name: 'appsettings'
    properties: settings
  }

  // Nobody uploads by a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // Requests without a sign-in are let through: programs bring keys of ours, and the host refuses the rest. What clients make up of the
  // platform's headers is taken off all the same.
  resource authentication 'config' = {
    name: 'authsettingsV2'
    dependsOn: [configuration]
    properties: {
      platform: { enabled: !empty(authClientId) }
      globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
      httpSettings: { requireHttps: true }
      identityProviders: empty(authClientId)
        ? {}
        : {
            azureActiveDirectory: {
              enabled: true
              registration: {
                clientId: authClientId
                clientSecretSettingName: assertion
                openIdIssuer: '${environment().authentication.loginEndpoint}${subscription().tenantId}/v2.0'
              }
              validation: { allowedAudiences: [authClientId, 'api://${authClientId}'] }
            }
          }
      login: { tokenStore: { enabled: false } }
    }
  }
}

// What the platform says of a host that does not start; telemetry begins only after that.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = app.id
output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
