// The record. People and the host come in with Entra tokens; who administers is the one who deploys.
param name string
param location string
param tags types.Tags
param workspaceId string

param administratorId string
@description('User principal name, or display name of an application or group: also the name of the database role.')
param administratorName string
param administratorKind types.PrincipalKind

param skuName string
param skuTier 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized'
param storageGb int
param backupDays int
param geoRedundantBackup bool
param highAvailability bool

@description('Only a private endpoint leads here.')
param private bool

@description('''Lets roles with passwords in, for the one role by which Grafana reads: its PostgreSQL data source knows no Entra.''')
param allowPasswords bool

@description('Of the server\'s own administrator, who exists only while passwords are allowed. New with each deployment, and kept nowhere.')
@secure()
param nobodysPassword string = newGuid()

import * as types from 'types.bicep'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: skuName, tier: skuTier }
  properties: {
    version: '17'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: allowPasswords ? 'Enabled' : 'Disabled'
      tenantId: subscription().tenantId
    }
    administratorLogin: allowPasswords ? 'nobody' : null
    administratorLoginPassword: allowPasswords ? nobodysPassword : null
    storage: { storageSizeGB: storageGb, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: backupDays, geoRedundantBackup: geoRedundantBackup ? 'Enabled' : 'Disabled' }
    highAvailability: { mode: highAvailability ? 'ZoneRedundant' : 'Disabled' }
    network: { publicNetworkAccess: private ? 'Disabled' : 'Enabled' }
    maintenanceWindow: { customWindow: 'Enabled', dayOfWeek: 2, startHour: 3, startMinute: 0 }
  }

  // The server takes one change at a time: each waits for the one before.
  resource database 'databases' = {
    name: 'iomtad'
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  }

  resource administrator 'administrators' = {
    name: administratorId
    dependsOn: [database]
    properties: { principalName: administratorName, principalType: administratorKind, tenantId: subscription().tenantId }
  }

  // A Flex Consumption app without a network has no address of its own: all of Azure may knock, and an Entra token opens.
  resource azure 'firewallRules' = if (!private) {
    name: 'azure-services'
    dependsOn: [administrator]
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: server
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'PostgreSQLLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = server.id
output name string = server.name
output host string = server.properties.fullyQualifiedDomainName
output database string = server::database.name
