namespace IoMTAD.Infra.Shapes;

/// <summary>host.json of a Functions app on runtime 4, as far as this host uses it.</summary>
internal sealed record HostJson
{
    public required string Version { get; init; }
    public string? TelemetryMode { get; init; }
    public string? FunctionTimeout { get; init; }
    public HostLogging? Logging { get; init; }
    public HostExtensions? Extensions { get; init; }
    public HostHealth? HealthMonitor { get; init; }
}

internal sealed record HostLogging(Dictionary<string, string>? LogLevel, object? ApplicationInsights, object? Console, string? FileLoggingMode);

internal sealed record HostHealth(bool? Enabled, string? HealthCheckInterval, string? HealthCheckWindow, int? HealthCheckThreshold, double? CounterThreshold);

internal sealed record HostExtensions(HostHttp? Http, HostKafka? Kafka, HostQueues? Queues, HostDurable? DurableTask);

internal sealed record HostHttp(
    string? RoutePrefix, int? MaxOutstandingRequests, int? MaxConcurrentRequests, bool? DynamicThrottlesEnabled, Dictionary<string, string>? CustomHeaders);

/// <summary>KafkaOptions of the extension, 4.3.</summary>
internal sealed record HostKafka(
    int? MaxBatchSize, int? SubscriberIntervalInSeconds, int? ExecutorChannelCapacity, int? ChannelFullRetryIntervalInMs, bool? CommitOnFailure, int? MaxRetries,
    int? ReconnectBackoffMs, int? ReconnectBackoffMaxMs, int? StatisticsIntervalMs, int? SessionTimeoutMs, int? MaxPollIntervalMs, int? QueuedMinMessages,
    int? QueuedMaxMessagesKbytes, int? MaxPartitionFetchBytes, int? FetchMaxBytes, int? AutoCommitIntervalMs, int? MetadataMaxAgeMs, bool? SocketKeepaliveEnable,
    string? LibkafkaDebug, string? AutoOffsetReset);

internal sealed record HostQueues(
    string? MaxPollingInterval, string? VisibilityTimeout, int? BatchSize, int? MaxDequeueCount, int? NewBatchThreshold, string? MessageEncoding);

/// <summary>DurableTaskOptions.</summary>
internal sealed record HostDurable(
    string? HubName, int? MaxConcurrentActivityFunctions, int? MaxConcurrentOrchestratorFunctions, int? MaxConcurrentEntityFunctions, bool? ExtendedSessionsEnabled,
    HostDurableStorage? StorageProvider, object? Tracing, bool? UseGracefulShutdown, string? VersionMatchStrategy, string? DefaultVersion);

internal sealed record HostDurableStorage(string? Type, string? ConnectionName, string? ConnectionStringName, int? PartitionCount, string? ControlQueueVisibilityTimeout);
