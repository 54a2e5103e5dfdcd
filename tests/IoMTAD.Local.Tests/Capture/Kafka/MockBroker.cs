namespace IoMTAD.Local.Tests.Capture.Kafka;

/// <summary>One mock cluster for all tests that do it no harm.</summary>
public sealed class MockBroker : IDisposable
{
    private readonly Lazy<MockCluster> _cluster = new(() => new MockCluster());

    /// <summary>Started by the first test that asks.</summary>
    internal MockCluster Cluster => _cluster.Value;

    public void Dispose()
    {
        if (_cluster.IsValueCreated) _cluster.Value.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class KafkaCollection : ICollectionFixture<MockBroker>
{
    public const string Name = "Kafka";
}
