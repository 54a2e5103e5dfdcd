namespace IoMTAD.Infra.Shapes;

/// <summary>The triggers of KEDA 2.18 that may be used here, with what they take: https://keda.sh/docs/2.18/scalers/.</summary>
/// <param name="Required">Each by itself or with <c>FromEnv</c> behind it.</param>
internal sealed record KedaTriggers(string[] Required, string[] Optional)
{
    public static readonly IReadOnlyDictionary<string, KedaTriggers> Known = new Dictionary<string, KedaTriggers>(StringComparer.Ordinal)
    {
        // Without topic or lagThreshold KEDA would watch every topic, at its default of 10.
        ["kafka"] = new(["bootstrapServers", "consumerGroup", "topic", "lagThreshold"],
        [
            "activationLagThreshold", "offsetResetPolicy", "allowIdleConsumers", "scaleToZeroOnInvalidOffset", "excludePersistentLag", "version", "partitionLimitation",
            "limitToPartitionsWithLag", "ensureEvenDistributionOfPartitions", "sasl", "saslTokenProvider", "tls", "unsafeSsl",
        ]),
        ["cron"] = new(["timezone", "start", "end", "desiredReplicas"], []),
        ["cpu"] = new(["value"], ["containerName"]),
        ["memory"] = new(["value"], ["containerName"]),
    };

    public bool Takes(string key) => Required.Concat(Optional).Any(k => key == k || key == k + "FromEnv");

    public IEnumerable<string> MissingFrom(IReadOnlyCollection<string> keys) => Required.Where(r => !keys.Contains(r) && !keys.Contains(r + "FromEnv"));
}
