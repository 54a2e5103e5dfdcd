using Confluent.Kafka;
using IoMTAD.Hosting.Settings;

namespace IoMTAD.Hosting.Capture.Kafka;

/// <summary>Where the records travel.</summary>
/// <param name="Brokers">Comma-separated <c>host:port</c>.</param>
/// <param name="Group">Instances of one group share the partitions.</param>
/// <param name="Properties">Any further properties of librdkafka: TLS, SASL, tuning. They may hold secrets and are never printed.</param>
public sealed record KafkaSettings(
    string Brokers,
    string Topic = KafkaSettings.DefaultTopic,
    string DeadLetterTopic = KafkaSettings.DefaultDeadLetterTopic,
    string Group = KafkaSettings.DefaultGroup,
    IReadOnlyDictionary<string, string>? Properties = null)
{
    public const string DefaultTopic = "iomt-traffic";
    public const string DefaultDeadLetterTopic = "iomt-deadletter";
    public const string DefaultGroup = "iomtad";

    /// <summary>Reads lines of <c>name=value</c>; empty lines and those that begin with <c>#</c> are passed over.</summary>
    /// <exception cref="SettingsException">The file is absent, or a line is neither; names the line, never its text.</exception>
    public static IReadOnlyDictionary<string, string> ReadProperties(string path)
    {
        if (!File.Exists(path)) throw new SettingsException($"no Kafka configuration '{path}'");
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            if (line.Trim() is not { Length: > 0 } text || text[0] == '#') continue;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new SettingsException($"{path}:{number + 1}: expected name=value");
            properties[text[..equals].TrimEnd()] = text[(equals + 1)..].TrimStart();
        }
        return properties;
    }

    public ConsumerConfig Consumer()
    {
        var config = With(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["auto.offset.reset"] = "earliest",
            ["isolation.level"] = "read_committed",
            // A topic that is made after the start, or grows, is noticed within this time.
            ["topic.metadata.refresh.interval.ms"] = "10000",
            // When this much is fetched ahead, librdkafka 2.0 pauses a whole second: it must hold a second's traffic.
            ["queued.max.messages.kbytes"] = "131072",
        });
        // The processor says when a record is done with; nothing else may.
        config["enable.auto.commit"] = "false";
        config["enable.auto.offset.store"] = "false";
        config["group.id"] = Group;
        return new ConsumerConfig(config);
    }

    public ProducerConfig Producer() => new(With(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acks"] = "all",
        ["enable.idempotence"] = "true",
        ["message.timeout.ms"] = "30000",
        // As the Java clients do, so that a device has one partition whoever produces.
        ["partitioner"] = "murmur2_random",
    }));

    private Dictionary<string, string> With(Dictionary<string, string> config)
    {
        config["client.id"] = "iomtad";
        foreach (var (name, value) in Properties ?? new Dictionary<string, string>()) config[name] = value;
        config["bootstrap.servers"] = Brokers;
        return config;
    }

    /// <summary>Builds a client.</summary>
    /// <exception cref="SettingsException">A property is unknown or has a value that librdkafka refuses.</exception>
    public T Open<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new SettingsException($"Kafka at {Brokers}: {e.Message}");
        }
    }
}
