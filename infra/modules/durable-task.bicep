// Keeps where each run of training stands.
param name string
param location string
param tags types.Tags

import * as types from 'types.bicep'

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
    // An empty list lets nobody in. Addresses of a Flex Consumption app are not known: an Entra token with the role is what opens.
    ipAllowlist: ['0.0.0.0/0']
    publicNetworkAccess: 'Enabled'
  }

  // As host.json names it.
  resource hub 'taskHubs' = { name: 'IomtadTraining' }
}

output name string = scheduler.name
output hubName string = scheduler::hub.name
output endpoint string = scheduler.properties.endpoint
