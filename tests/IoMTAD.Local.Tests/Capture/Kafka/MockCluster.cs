using System.Runtime.InteropServices;
using System.Text;
using IoMTAD.Hosting.Capture.Kafka;

namespace IoMTAD.Local.Tests.Capture.Kafka;

/// <summary>librdkafka's own mock cluster of one broker, which any Kafka client can talk to.</summary>
/// <remarks>It drops, silently, what goes beyond 5 MB in a partition, and lets a group's first member wait for about three seconds.</remarks>
internal sealed class MockCluster : IDisposable
{
    public const short Produce = 0;
    public const int TopicAuthorizationFailed = 29;

    private const string Library = "librdkafka";
    private const int BrokerId = 1;

    // Whoever joins a group that another just left waits for the session time, less a second.
    private static readonly Dictionary<string, string> Impatient = new() { ["session.timeout.ms"] = "3000", ["heartbeat.interval.ms"] = "500" };
    private readonly IntPtr _client;
    private readonly IntPtr _cluster;

    // As the client does: the first of the package's builds that this system can load.
    static MockCluster() => NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, (name, importer, path) =>
        name == Library && (NativeLibrary.TryLoad(Library, importer, path, out var library)
            || NativeLibrary.TryLoad($"centos8-{Library}", importer, path, out library))
            ? library
            : IntPtr.Zero);

    public MockCluster()
    {
        var error = new StringBuilder(512);
        var configuration = rd_kafka_conf_new();
        rd_kafka_conf_set_log_cb(configuration, IntPtr.Zero);
        _client = rd_kafka_new(0, configuration, error, error.Capacity);
        _cluster = rd_kafka_mock_cluster_new(_client, 1);
        Assert.NotEqual(IntPtr.Zero, _cluster);
        Brokers = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(_cluster))!;
    }

    public string Brokers { get; }

    /// <summary>Topics and a group of the caller's own.</summary>
    public KafkaSettings NewTopic(int partitions = 1, string? deadLetterTopic = null)
    {
        var name = Guid.NewGuid().ToString("N");
        var settings = new KafkaSettings(Brokers, $"traffic-{name}", deadLetterTopic ?? $"deadletter-{name}", $"group-{name}", Impatient);
        Assert.Equal(0, rd_kafka_mock_topic_create(_cluster, settings.Topic, partitions, 1));
        Assert.Equal(0, rd_kafka_mock_topic_create(_cluster, settings.DeadLetterTopic, 1, 1));
        return settings;
    }

    public void Stop() => Assert.Equal(0, rd_kafka_mock_broker_set_down(_cluster, BrokerId));

    public void Start() => Assert.Equal(0, rd_kafka_mock_broker_set_up(_cluster, BrokerId));

    /// <summary>The next requests of this kind are answered with these errors.</summary>
    public void Fail(short request, params int[] errors) =>
        rd_kafka_mock_push_request_errors_array(_cluster, request, (UIntPtr)errors.Length, errors);

    public void Dispose()
    {
        rd_kafka_mock_cluster_destroy(_cluster);
        rd_kafka_destroy(_client);
    }

#pragma warning disable IDE1006, SYSLIB1054 // the names are librdkafka's
    [DllImport(Library)]
    private static extern IntPtr rd_kafka_conf_new();

    [DllImport(Library)]
    private static extern void rd_kafka_conf_set_log_cb(IntPtr configuration, IntPtr callback);

    [DllImport(Library)]
    private static extern IntPtr rd_kafka_new(int type, IntPtr configuration, [Out] StringBuilder error, IntPtr size);

    [DllImport(Library)]
    private static extern void rd_kafka_destroy(IntPtr client);

    [DllImport(Library)]
    private static extern IntPtr rd_kafka_mock_cluster_new(IntPtr client, int brokers);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_cluster_destroy(IntPtr cluster);

    [DllImport(Library)]
    private static extern IntPtr rd_kafka_mock_cluster_bootstraps(IntPtr cluster);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_topic_create(IntPtr cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_broker_set_down(IntPtr cluster, int broker);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_broker_set_up(IntPtr cluster, int broker);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_push_request_errors_array(IntPtr cluster, short request, UIntPtr count, int[] errors);
#pragma warning restore IDE1006, SYSLIB1054
}
