using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Tests.Commands;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Capture;

public sealed class TrafficProcessorTests(SimulatedWard ward) : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly TestStore store = new();
    private readonly List<long> processed = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_fails_now_and_then_loses_nothing_and_repeats_nothing(bool afterStoring)
    {
        // After one lost answer the store says where it stands, and that is an answer.
        var failures = afterStoring ? 1 : 3;
        var segments = await SegmentsAsync();
        var flaky = new FlakyEventStore(store.Events, failures, afterStoring);
        var source = Source(segments, 256);
        var running = (await ProcessorAsync(flaky)).RunAsync(source, Cancellation);
        var waits = Enumerable.Repeat((double[])[0.25, 0.5, 1], Batches(segments, 256)).SelectMany(w => w.Take(failures));
        foreach (var wait in waits) Assert.Equal(wait, (await time.PassAsync(Cancellation)).TotalSeconds);
        await running;

        Assert.Equal(failures * Batches(segments, 256), flaky.Failed);
        Assert.Equal(segments.Select(s => s.Position.Offset), processed);
        Assert.Equal(segments.Count, source.Committed.Sum(b => b.Segments.Count));
        Assert.Equal(await EventsAsync(segments, 256), await EventsAsync(store));
    }

    [Fact]
    public async Task The_events_are_the_same_however_many_segments_come_at_once()
    {
        var segments = await SegmentsAsync();
        var expected = await EventsAsync(segments, 256);
        Assert.Equal(expected, await EventsAsync(segments, 1));
        Assert.Equal(expected, await EventsAsync(segments, 37));
    }

    [Fact]
    public async Task What_was_stored_before_a_restart_is_passed_over_and_told_as_done()
    {
        var segments = await SegmentsAsync();
        await (await ProcessorAsync(store.Events)).RunAsync(Source([.. segments.Take(300)], 100), Cancellation);
        processed.Clear();

        var source = Source(segments, 128);
        await (await ProcessorAsync(store.Events)).RunAsync(source, Cancellation);

        Assert.Equal(segments.Skip(300).Select(s => s.Position.Offset), processed);
        Assert.Equal(Batches(segments, 128), source.Committed.Count);
        Assert.Equal(await EventsAsync(segments, 256), await EventsAsync(store));
    }

    [Fact]
    public async Task A_partition_that_comes_back_goes_on_from_the_store()
    {
        var segments = await SegmentsAsync();
        var processor = await ProcessorAsync(store.Events);
        await processor.RunAsync(Source([.. segments.Take(300)], 100), Cancellation);
        processor.Release(segments[0].Position.Topic, 0);
        await (await ProcessorAsync(store.Events)).RunAsync(Source([.. segments.Skip(300).Take(300)], 100), Cancellation);
        await processor.RunAsync(Source(segments, 100), Cancellation);

        Assert.Equal(segments.Select(s => s.Position.Offset), processed);
        Assert.Equal(await EventsAsync(segments, 256), await EventsAsync(store));
    }

    [Fact]
    public async Task Poison_is_rejected_by_the_source_and_the_stream_goes_on()
    {
        var segments = (await SegmentsAsync()).Take(20).ToList();
        segments[7] = segments[7] with { Value = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 } };
        var source = Source(segments, 5);

        await (await ProcessorAsync(store.Events)).RunAsync(source, Cancellation);

        Assert.Equal(segments[7], Assert.Single(source.Rejected).Segment);
        Assert.Equal(20, source.Committed.Sum(b => b.Segments.Count));
        Assert.Equal(20, (await store.Events.ReadCheckpointAsync(segments[0].Position.Topic, 0, Cancellation))!.Next.Offset);
    }

    [Fact]
    public async Task Of_two_workers_on_one_partition_the_slower_goes_on_from_where_the_other_is()
    {
        var segments = await SegmentsAsync();
        var (one, other) = (await ProcessorAsync(store.Events), await ProcessorAsync(store.Events));
        foreach (var (index, batch) in Source(segments, 64).Batches.Index())
            foreach (var worker in index % 3 == 0 ? [one, other] : (TrafficProcessor[])[other])
                await worker.ProcessAsync(batch, NeverReject, Cancellation);

        Assert.Equal(segments.Select(s => s.Position.Offset), processed);
        Assert.Equal(await EventsAsync(segments, 256), await EventsAsync(store));
    }

    [Fact]
    public async Task Records_that_were_passed_over_are_an_incident_of_their_stream_and_unreadable_ones_are_not()
    {
        var segments = (await SegmentsAsync()).Take(40).ToList();
        var (topic, read) = (segments[0].Position.Topic, segments.Where(s => s.Position.Offset is not (7 or 20 or 21)).ToList());
        var processor = await ProcessorAsync(store.Events);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await processor.ProcessAsync(new(topic, 0, [.. read.Take(19)]) { Unreadable = [7] }, NeverReject, Cancellation);
            await processor.ProcessAsync(new(topic, 0, [.. read.Skip(19)]), NeverReject, Cancellation);
            await processor.ProcessAsync(new(topic, 0, []) { Unreadable = [40, 41] }, NeverReject, Cancellation);
            processor.Release(topic, 0);
        }
        var opened = Assert.Single(await store.Events.ReadAllAsync(0, Cancellation).Select(e => e.Event).OfType<IncidentOpened>()
            .Where(e => e.Kind == IncidentKind.SkippedTraffic).ToListAsync(Cancellation));
        Assert.Contains("2 records from offset 20", opened.Summary, StringComparison.Ordinal);
        Assert.Equal(42, (await store.Events.ReadCheckpointAsync(topic, 0, Cancellation))!.Next.Offset);
        Assert.Equal(2, processor.Gaps);
    }

    private static Task NeverReject(Segment segment, string fault, CancellationToken cancellation) => throw new InvalidOperationException(fault);

    private static int Batches(IReadOnlyCollection<Segment> segments, int size) => (segments.Count + size - 1) / size;

    private static ScriptedSource Source(IEnumerable<Segment> segments, int size) =>
        new([.. segments.Chunk(size).Select(chunk => new TrafficBatch(chunk[0].Position.Topic, 0, chunk))]);

    private async Task<List<Segment>> SegmentsAsync()
    {
        await using var source = new FileTrafficSource(await ward.AttackedAsync(), DeviceInventory.Empty, Assert.Fail);
        return await source.ReadAsync(Cancellation).SelectMany(b => b.Segments).ToListAsync(Cancellation);
    }

    private async Task<TrafficProcessor> ProcessorAsync(IEventStore events)
    {
        var scorer = new ManagedAnomalyScorer(Models.Load(await ward.ModelAsync()));
        return new(events, scorer, scorer.Schema, DeviceInventory.Empty, new PolicyOptions { Channels = ["file"], LearningTime = TimeSpan.FromSeconds(20) },
            NullLogger<TrafficProcessor>.Instance, time)
        {
            Processed = (result, _) => processed.AddRange(result.Outcomes.Select(o => o.Segment.Position.Offset)),
        };
    }

    /// <summary>What an undisturbed run over these segments records.</summary>
    private async Task<List<string>> EventsAsync(IReadOnlyList<Segment> segments, int size)
    {
        await using var own = new TestStore();
        await (await ProcessorAsync(own.Events)).RunAsync(Source(segments, size), Cancellation);
        return await EventsAsync(own);
    }

    private static async Task<List<string>> EventsAsync(TestStore store)
    {
        var events = await store.Events.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);
        Assert.Contains(events, e => e.Type == "IncidentOpened");
        Assert.Contains(events, e => e.Type == "BaselineLearned");
        return [.. events.OrderBy(e => e.Stream, StringComparer.Ordinal).ThenBy(e => e.Version).Select(e => $"{e.Stream} {e.Version} {e.Hash} {e.Data}")];
    }
}
