// A private zone that the network resolves by.
param name string
param networkId string
param tags types.Tags

@description('Of everything in the zone, where it stands for an environment of Container Apps.')
param wildcardAddress string?

import * as types from 'types.bicep'

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: name
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }

  resource everything 'A' = if (!empty(wildcardAddress)) {
    name: '*'
    properties: { ttl: 3600, aRecords: [{ ipv4Address: wildcardAddress }] }
  }
}

output id string = zone.id
