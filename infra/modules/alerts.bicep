// Who is woken, and by what. Each rule has its page in docs/operations.md, Runbook, under the name that it has here.
param actionGroupName string
param alertPrefix string
param location string
param tags types.Tags
param workspaceId string
param eventHubsId string
param postgresId string

@description('Who gets mail; without any, alerts show in the portal alone.')
param emails string[]

@description('Records of traffic that may wait. One instance takes in more than ten thousand a second.')
param mostWaiting int

import * as types from 'types.bicep'

var fiveMinutes = 'PT5M'
var quarterOfAnHour = 'PT15M'
var halfAnHour = 'PT30M'

// Each query gives one number, in one row, also where there is nothing to count.
var rules = [
  {
    name: 'lag'
    severity: 2
    description: 'More traffic waits than a quarter of an hour ago, and it is much.'
    query: '''
AppMetrics
| where Name == 'iomtad.traffic.lag'
| summarize Records = max(Max) by Partition = tostring(Properties.partition), At = bin(TimeGenerated, 5m)
| summarize Records = sum(Records) by At
| summarize (First, Before) = arg_min(At, Records), (Last, Now) = arg_max(At, Records)
| project Found = iff(Now >= Before, Now, 0.0)
'''
    threshold: mostWaiting
    every: fiveMinutes
    over: quarterOfAnHour
  }
  {
    name: 'unread'
    severity: 2
    description: 'Event Hubs takes in more than it gives out: nobody reads, or not fast enough.'
    query: '''
AzureMetrics
| where ResourceProvider == 'MICROSOFT.EVENTHUB' and MetricName in ('IncomingMessages', 'OutgoingMessages')
| summarize Incoming = sumif(Total, MetricName == 'IncomingMessages'), Outgoing = sumif(Total, MetricName == 'OutgoingMessages')
| project Found = Incoming - Outgoing
'''
    threshold: mostWaiting
    every: quarterOfAnHour
    over: halfAnHour
  }
  {
    name: 'skipped'
    severity: 1
    description: 'Traffic was committed and is not stored: the ward was not watched for that long.'
    // A batch tells of gaps before and in it, the audit of what the trigger gave up.
    query: '''
union
  (AppMetrics | where Name == 'iomtad.traffic.gaps' | project Count = Sum),
  (AppTraces | where Message has 'were committed and are not stored' | project Count = 1.0)
| summarize Found = coalesce(sum(Count), 0.0)
'''
    threshold: 0
    every: fiveMinutes
    over: fiveMinutes
  }
  {
    name: 'notifications'
    severity: 1
    description: 'Messages were given up: somebody was not told.'
    query: '''
AppMetrics
| where Name == 'iomtad.notifications' and tostring(Properties.state) == 'failed'
| summarize Found = coalesce(max(Max), 0.0)
'''
    threshold: 0
    every: fiveMinutes
    over: quarterOfAnHour
  }
  {
    name: 'heartbeat'
    severity: 1
    description: 'The timer that sends what is due has not ended well once: the host does not run, or its database is away.'
    // It counts messages each time it ends, every 15 seconds.
    query: '''
AppMetrics
| where Name == 'iomtad.notifications'
| summarize Found = iff(count() == 0, 1.0, 0.0)
'''
    threshold: 0
    every: fiveMinutes
    over: quarterOfAnHour
  }
  {
    name: 'failures'
    severity: 2
    description: 'Batches of traffic fail, and are brought again; after five times they are given up.'
    // Of the platform's own log: of traces only a share is kept.
    query: '''
FunctionAppLogs
| where Level == 'Error' and (FunctionName has 'ScoreTraffic' or Message has 'Functions.ScoreTraffic')
| summarize Found = todouble(count())
'''
    threshold: 2
    every: fiveMinutes
    over: quarterOfAnHour
  }
  {
    name: 'model'
    severity: 2
    description: 'The model in use cannot be loaded: scoring goes on with the one before, or with none.'
    query: '''
AppTraces
| where Message has 'is in use, but cannot be loaded'
| summarize Found = todouble(count())
'''
    threshold: 0
    every: quarterOfAnHour
    over: quarterOfAnHour
  }
  {
    name: 'series'
    severity: 3
    description: 'Points of time series were dropped or refused: charts have holes. Nothing is decided by them.'
    query: '''
AppMetrics
| where Name == 'iomtad.timeseries.points' and tostring(Properties.outcome) in ('dropped', 'refused')
| summarize Found = coalesce(sum(Sum), 0.0)
'''
    threshold: 0
    every: quarterOfAnHour
    over: quarterOfAnHour
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'iomtad'
    emailReceivers: [for (email, index) in emails: { name: 'mail-${index}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource byQuery 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${alertPrefix}${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'IoMTAD: ${rule.name}'
      description: '${rule.description} Runbook: docs/operations.md, ${rule.name}.'
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.over
      autoMitigate: true
      // A new workspace has not seen the columns of metrics yet.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Found'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${alertPrefix}dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Records that nobody can read. Runbook: docs/operations.md, dead-letters.'
    severity: 3
    enabled: true
    scopes: [eventHubsId]
    evaluationFrequency: fiveMinutes
    windowSize: quarterOfAnHour
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'records'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.EventHub/namespaces'
          metricName: 'IncomingMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['iomt-deadletter'] }]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

resource noTraffic 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${alertPrefix}no-traffic'
  location: 'global'
  tags: tags
  properties: {
    description: 'No traffic arrives: a capture point, or the way from it, is away. Runbook: docs/operations.md, no-traffic.'
    severity: 1
    enabled: true
    scopes: [eventHubsId]
    evaluationFrequency: fiveMinutes
    windowSize: quarterOfAnHour
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'records'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.EventHub/namespaces'
          metricName: 'IncomingMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['iomt-traffic'] }]
          timeAggregation: 'Total'
          operator: 'LessThan'
          threshold: 1
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

resource storageFills 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${alertPrefix}record-full'
  location: 'global'
  tags: tags
  properties: {
    description: 'The record\'s disk fills; at 95 % the server refuses to write. Runbook: docs/operations.md, record-full.'
    severity: 2
    enabled: true
    scopes: [postgresId]
    evaluationFrequency: quarterOfAnHour
    windowSize: quarterOfAnHour
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'disk'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.DBforPostgreSQL/flexibleServers'
          metricName: 'storage_percent'
          timeAggregation: 'Average'
          operator: 'GreaterThan'
          threshold: 80
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

output actionGroupId string = people.id
