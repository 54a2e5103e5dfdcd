// A user-assigned identity: it outlives the app that uses it, so that its rights and its role in the database stay.
param name string
param location string
param tags types.Tags

import * as types from 'types.bicep'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output name string = identity.name
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
