// Azure's built-in roles that are given here, by the names that Azure has for them.

@export()
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

@export()
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

@export()
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

@export()
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

@export()
var eventHubsDataReceiver = 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'

@export()
var eventHubsDataSender = '2b629674-e913-4c01-ae53-ef4638d8f975'

@export()
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

@export()
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

@export()
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

@export()
var monitoringReader = '43d0d8ad-25c7-4714-9337-8ba259a9fe05'

@export()
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

@export()
var communicationAndEmailServiceOwner = '09976791-48a7-449e-bb21-39d1a415f350'

@export()
var grafanaAdmin = '22926164-76b3-42b3-bc55-97df8dab3e41'
