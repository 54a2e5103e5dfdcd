// Short messages. A number is not bought here: that needs papers in most countries. Buy it in the portal, then name it in a channel.
param name string
param tags types.Tags
param workspaceId string

@description('Where messages are kept: a geography such as Europe, not a region.')
param dataLocation string

import * as types from 'types.bicep'

resource service 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: service
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output name string = service.name
output endpoint string = 'https://${service.properties.hostName}/'
