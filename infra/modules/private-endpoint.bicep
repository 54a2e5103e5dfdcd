// One way into the network, and its address in the private zone.
param name string
param location string
param tags types.Tags
param subnetId string
param serviceId string

@description('What of the resource it leads to: blob, vault, namespace, postgresqlServer …')
param groupId string
param zoneId string

import * as types from 'types.bicep'

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [{ name: groupId, properties: { privateLinkServiceId: serviceId, groupIds: [groupId] } }]
  }

  resource zones 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: 'zone', properties: { privateDnsZoneId: zoneId } }] }
  }
}
