// With a network: every store is reached by a private endpoint, and its public address is shut (in the store's own module).
param location string
param tags types.Tags
param namePrefix string
param networkId string
param subnetId string

@description('Resource, what of it, and in which zone its name is looked up.')
param services { id: string, name: string, groupId: string, zone: string }[]

import * as types from 'types.bicep'

var zones = reduce(map(services, service => service.zone), [], (seen, name) => contains(seen, name) ? seen : concat(seen, [name]))

module zone 'private-dns-zone.bicep' = [
  for (name, index) in zones: {
    name: 'zone-${index}'
    params: { name: name, networkId: networkId, tags: tags }
  }
]

module endpoint 'private-endpoint.bicep' = [
  for service in services: {
    name: 'endpoint-${service.name}-${service.groupId}'
    params: {
      name: '${namePrefix}${service.name}-${service.groupId}'
      location: location
      tags: tags
      subnetId: subnetId
      serviceId: service.id
      groupId: service.groupId
      zoneId: zone[indexOf(zones, service.zone)].outputs.id
    }
  }
]
