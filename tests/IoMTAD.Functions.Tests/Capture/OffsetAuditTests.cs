using Azure.Identity;
using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Functions.Capture;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Hosting.Settings;
using IoMTAD.Local.Tests.Capture.Kafka;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Capture;

public sealed class OffsetAuditTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_committed_and_is_not_stored_is_one_incident_however_often_it_is_looked_for()
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        await record.Store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 100), [])), Cancellation);
        await record.Store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 1, 50), [])), Cancellation);
        var audit = Audit(new Said([Read(0, 130), Read(1, 50), Read(2, 7), Read(3, null)]), record.Store);

        Assert.Equal(30, await audit.RunAsync(Cancellation));
        Assert.Equal(30, await audit.RunAsync(Cancellation));

        var opened = Assert.Single(await record.Store.ReadAllAsync(0, Cancellation).Select(e => e.Event).OfType<IncidentOpened>().ToListAsync(Cancellation));
        Assert.Equal(("t-0", IncidentKind.SkippedTraffic, Severity.High), (opened.Device.Id, opened.Kind, opened.Severity));
        Assert.Contains("30 records from offset 100", opened.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_brokers_say_how_far_the_group_is()
    {
        using var cluster = new MockCluster();
        var settings = cluster.NewTopic(partitions: 2);
        using (var producer = new ProducerBuilder<byte[], byte[]>(settings.Producer()).Build())
            for (var i = 0; i < 50; i++)
                await producer.ProduceAsync(new TopicPartition(settings.Topic, 1), new Message<byte[], byte[]> { Value = [1] }, Cancellation);
        using (var consumer = new ConsumerBuilder<byte[], byte[]>(settings.Consumer()).Build())
            consumer.Commit([new TopicPartitionOffset(settings.Topic, 1, 42)]);

        var offsets = new KafkaCommittedOffsets(new KafkaConnection(settings, IsEntra: false), new DefaultAzureCredential());
        var read = await offsets.ReadAsync(Cancellation);
        Assert.Equal([new(settings.Topic, 0, null, 0, 0), new GroupOffsets(settings.Topic, 1, 42, 0, 50)], read);
        Assert.Equal([0L, 8L], read.Select(o => o.Lag));
    }

    [Theory]
    [InlineData(42L, 10, 50, 8)]
    [InlineData(5L, 10, 50, 40)]
    [InlineData(null, 10, 50, 40)]
    [InlineData(60L, 10, 50, 0)]
    public void What_waits_is_what_is_kept_and_not_committed(long? committed, long start, long end, long lag) =>
        Assert.Equal(lag, new GroupOffsets("t", 0, committed, start, end).Lag);

    [Fact]
    public async Task What_the_brokers_said_is_told_even_where_nothing_is_amiss()
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        List<GroupOffsets> told = [];
        Assert.Equal(0, await Audit(new Said([Read(0, 90)]), record.Store, told.AddRange).RunAsync(Cancellation));
        Assert.Equal(Read(0, 90), Assert.Single(told));
    }

    [Theory]
    [InlineData("Kafka:Brokers", null, "Kafka:Brokers")]
    [InlineData("Kafka:Authentication", "Kerberos", "None, Plain or Entra")]
    [InlineData("Kafka:Authentication", "Plain", "Kafka:Username")]
    public void A_setting_that_cannot_be_used_is_named(string key, string? value, string named)
    {
        var settings = new Dictionary<string, string?> { ["Kafka:Brokers"] = "localhost:9092", [key] = value };
        var fault = Assert.Throws<SettingsException>(() => KafkaConnection.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private static GroupOffsets Read(int partition, long? committed) => new("t", partition, committed, 0, 200);

    private static OffsetAudit Audit(ICommittedOffsets committed, IEventStore store, Action<IReadOnlyList<GroupOffsets>>? looked = null) =>
        new(committed, store, PolicyOptions.Default, TimeProvider.System, NullLogger<OffsetAudit>.Instance, looked ?? (_ => { }));

    private sealed class Said(IReadOnlyList<GroupOffsets> offsets) : ICommittedOffsets
    {
        public Task<IReadOnlyList<GroupOffsets>> ReadAsync(CancellationToken cancellation) => Task.FromResult(offsets);
    }
}
