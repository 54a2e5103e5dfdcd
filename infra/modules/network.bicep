// The network, where there is one: a subnet for the host, one for InfluxDB, one for private endpoints.
param name string
param securityGroupName string
param location string
param tags types.Tags
param workspaceId string

@description('At least a /24: it is cut into four.')
param addressPrefix string

import * as types from 'types.bicep'

// Its built-in rules are what is wanted: in from the network alone, out to anywhere.
resource rules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: securityGroupName
  location: location
  tags: tags
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'functions'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          networkSecurityGroup: { id: rules.id }
          // Flex Consumption asks for the delegation of Container Apps; the two may not share a subnet all the same.
          delegations: [{ name: 'functions', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'containers'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          networkSecurityGroup: { id: rules.id }
          delegations: [{ name: 'containers', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 2)
          networkSecurityGroup: { id: rules.id }
          defaultOutboundAccess: false
        }
      }
    ]
  }

  resource functions 'subnets' existing = { name: 'functions' }
  resource containers 'subnets' existing = { name: 'containers' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: network
  properties: { workspaceId: workspaceId, metrics: [{ category: 'AllMetrics', enabled: true }] }
}

output id string = network.id
output functionsSubnetId string = network::functions.id
output containersSubnetId string = network::containers.id
output endpointsSubnetId string = network::endpoints.id
