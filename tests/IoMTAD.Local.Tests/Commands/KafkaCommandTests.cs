using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Capture.Kafka;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Response;
using IoMTAD.Local.Tests.Capture.Kafka;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>From a capture through the brokers into the store, by the commands that people use.</summary>
[Trait("Category", "Slow")]
public sealed class KafkaCommandTests(SimulatedWard ward) : IDisposable
{
    private const int Partitions = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    // First: where it skips the test, nothing is left behind.
    private readonly MockCluster cluster = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        cluster.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_replayed_into_a_topic_is_told_as_detect_tells_it_of_the_file()
    {
        var (settings, store) = (NewTopic(Partitions), folder.File("served"));
        var sent = await ReplayAsync(settings);

        await ServeAsync(settings, store, () => StoredRun.Progress(store) == sent);

        Assert.Equal(Ends(settings), Committed(settings));
        Assert.True(Ends(settings).Count(end => end > 0) > 1, "all devices are in one partition");
        var events = await StoredRun.EventsAsync(store);
        Assert.Equal(await DetectedAsync(), Incidents(events));
        Assert.Null((await ChainVerification.VerifyAsync(events.ToAsyncEnumerable(), TestContext.Current.CancellationToken)).Broken);
        var requested = events.Select(e => e.Event).OfType<NotificationRequested>().Where(n => n.Channel == "file");
        Assert.Equal(requested.Select(n => n.NotificationId).Order(StringComparer.Ordinal), Written(store));
    }

    [Fact]
    public async Task Records_that_cannot_be_read_become_dead_letters_byte_for_byte_and_the_rest_is_watched()
    {
        var (settings, store) = (NewTopic(partitions: 1), folder.File("served"));
        var records = await RecordsAsync();
        var some = records[0];
        var garbage = new byte[500];
        new Random(4).NextBytes(garbage);
        Message<byte[], byte[]>[] poison =
        [
            new() { Key = garbage[..20], Value = garbage },
            new() { Key = some.Key, Value = some.Value, Headers = new() { { SegmentRecords.ContentType, "text/plain"u8.ToArray() } } },
            new() { Key = some.Key, Value = garbage, Headers = some.Headers },
        ];
        for (var i = 0; i < poison.Length; i++) records.Insert(records.Count * (i + 1) / (poison.Length + 1), poison[i]);
        Send(settings, records);

        await ServeAsync(settings, store, () => StoredRun.Progress(store) == records.Count);

        var letters = Records.ReadTopic(settings, settings.DeadLetterTopic);
        Assert.Equal(poison.Select(Bytes), letters.Select(Bytes));
        Assert.Equal("the key is not plain UTF-8 text", letters[0].Headers.Text("error"));
        Assert.Equal("unknown content-type 'text/plain'", letters[1].Headers.Text("error"));
        Assert.NotEmpty(letters[2].Headers.Text("error"));
        Assert.Equal(await DetectedAsync(), Incidents(await StoredRun.EventsAsync(store)));
        Assert.Equal(Ends(settings), Committed(settings));
    }

    [Fact]
    public async Task Stopped_and_started_again_it_loses_nothing_and_repeats_nothing()
    {
        var (settings, store, undisturbed) = (NewTopic(Partitions), folder.File("served"), folder.File("undisturbed"));
        var sent = await ReplayAsync(settings);
        await ServeAsync(settings with { Group = "another" }, undisturbed, () => StoredRun.Progress(undisturbed) == sent);
        var expected = Identities(await StoredRun.EventsAsync(undisturbed));
        Assert.NotEmpty(expected);

        await ServeAsync(settings, store, () => StoredRun.Progress(store) > 0);
        await ServeAsync(settings, store, () => StoredRun.Progress(store) == sent);
        Assert.Equal(expected, Identities(await StoredRun.EventsAsync(store)));

        // A group that knows no offsets gets every record again; the store knows them.
        var anew = settings with { Group = "anew" };
        await ServeAsync(anew, store, () => Committed(anew).SequenceEqual(Ends(anew)));
        Assert.Equal(expected, Identities(await StoredRun.EventsAsync(store)));
        Assert.Equal(Written(undisturbed), Written(store));
    }

    private KafkaSettings NewTopic(int partitions) => cluster.NewTopic(partitions, KafkaSettings.DefaultDeadLetterTopic);

    private async Task<long> ReplayAsync(KafkaSettings settings)
    {
        // The ward's inventory is there once its model is.
        await ward.ModelAsync();
        await Iomtad.SucceedAsync("replay", await ward.AttackedAsync(), "--speed", "max", "--inventory", ward.Inventory,
            "--kafka", settings.Brokers, "--topic", settings.Topic);
        var sent = Ends(settings).Sum();
        Assert.Equal((await RecordsAsync()).Count, sent);
        return sent;
    }

    private async Task ServeAsync(KafkaSettings settings, string store, Func<bool> done)
    {
        var config = folder.File("kafka.properties");
        var properties = settings.Properties!.Select(p => $"{p.Key}={p.Value}");
        await File.WriteAllLinesAsync(config, properties, TestContext.Current.CancellationToken);
        var model = await ward.ModelAsync();
        using var limit = Records.Limit();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var serving = Iomtad.RunAsync(
            stop.Token, "serve", "--kafka", settings.Brokers, "--topic", settings.Topic, "--group", settings.Group, "--kafka-config",
            config, "--model", model, "--inventory", ward.Inventory, "--store", store, "--no-page");
        while (!serving.IsCompleted && !limit.IsCancellationRequested && !done())
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        Assert.False(serving.IsCompleted, "it ended by itself");
        await stop.CancelAsync();
        var result = await serving;
        Assert.False(limit.IsCancellationRequested, $"never done: {result.Error}");
        Assert.True(result.ExitCode == ExitCode.Done, $"{result.ExitCode}: {result.Error}");
    }

    private async Task<List<string>> DetectedAsync()
    {
        var store = folder.File("detected");
        await Iomtad.SucceedAsync(
            "detect", await ward.AttackedAsync(), "--model", await ward.ModelAsync(), "--inventory", ward.Inventory, "--store", store);
        var incidents = Incidents(await StoredRun.EventsAsync(store));
        Assert.NotEmpty(incidents);
        return incidents;
    }

    /// <summary>The attacked capture's segments as replay sends them.</summary>
    private async Task<List<Message<byte[], byte[]>>> RecordsAsync()
    {
        await ward.ModelAsync();
        await using var source = new FileTrafficSource(await ward.AttackedAsync(), Files.Inventory(ward.Inventory), Assert.Fail);
        List<Message<byte[], byte[]>> records = [];
        await foreach (var batch in source.ReadAsync(TestContext.Current.CancellationToken))
            records.AddRange(batch.Segments.Select(SegmentRecords.Write));
        return records;
    }

    private static void Send(KafkaSettings settings, List<Message<byte[], byte[]>> records)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(settings.Producer()).SetLogHandler((_, _) => { }).Build();
        foreach (var record in records) producer.Produce(settings.Topic, record);
        Assert.Equal(0, producer.Flush(Patience));
    }

    private static List<long> Ends(KafkaSettings settings) =>
        Ask(settings, (consumer, partitions) => partitions.Select(p => consumer.QueryWatermarkOffsets(p, Patience).High.Value));

    private static List<long> Committed(KafkaSettings settings) => Ask(settings, (consumer, partitions) =>
        consumer.Committed(partitions, Patience).OrderBy(p => p.Partition.Value).Select(p => Math.Max(0, p.Offset.Value)));

    private static List<long> Ask(KafkaSettings settings, Func<IConsumer<byte[], byte[]>, List<TopicPartition>, IEnumerable<long>> question)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(settings.Consumer()).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(settings.Topic, Patience).Topics[0].Partitions.Select(p => p.PartitionId).Order();
        return [.. question(consumer, [.. partitions.Select(p => new TopicPartition(settings.Topic, p))])];
    }

    private static (string Key, string Value, string Headers) Bytes(Message<byte[], byte[]> message) =>
        (Convert.ToHexString(message.Key), Convert.ToHexString(message.Value), string.Join(',', (message.Headers ?? [])
            .TakeWhile(h => h.Key != "error").Select(h => $"{h.Key}={Convert.ToHexString(h.GetValueBytes())}")));

    private static List<string> Incidents(IEnumerable<StoredEvent> events) =>
        [.. events.Select(e => e.Event).OfType<IncidentOpened>().Select(o => $"{o.Device} {o.Kind}").Order(StringComparer.Ordinal)];

    private static List<(string, string, string, string)> Identities(IEnumerable<StoredEvent> events) =>
        [.. events.Select(e => (e.Stream, e.Id, e.Type, e.Data)).Order()];

    private static IEnumerable<string> Written(string store) => File.ReadLines(Path.Combine(store, FileNotifier.FileName))
        .Select(line => ((NotificationRequested)EventTypes.Deserialize(nameof(NotificationRequested), line)!).NotificationId)
        .Order(StringComparer.Ordinal);
}
