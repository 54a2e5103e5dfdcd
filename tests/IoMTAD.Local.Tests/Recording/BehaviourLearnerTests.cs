using System.Buffers;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Tests.Recording;

/// <summary>What is learned from an incident, and what never is.</summary>
public sealed class BehaviourLearnerTests : IAsyncLifetime
{
    private readonly TestStore store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.Events.CommitAsync(new Commit([new StreamAppend(Device.StreamOf(Story.Pump), null,
        [new NewEvent("learned", new BaselineLearned(Story.Pump, 100, 2, 4, 5, 20, [0, 0]), Story.Noon)])]), Cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task The_box_holds_the_segments_that_it_was_learned_from_and_not_what_scores_or_sends_far_more()
    {
        var incident = await AttackedAsync(segments: 4, microsecondsApart: 10_000);

        var (behaviour, refusal) = await new BehaviourLearner(store.Events).LearnAsync(incident, Cancellation);

        Assert.Null(refusal);
        Assert.Equal((WindowSchema.Schema.Name, 4), (behaviour!.Schema, behaviour.Segments));
        var means = new SegmentMeans(WindowSchema.Schema).Read(Segment(0, 10_000))!.Means;
        Assert.True(behaviour.Holds(means, score: 9, packetsPerSecond: 100));
        Assert.False(behaviour.Holds(means, score: 14, packetsPerSecond: 100));
        Assert.False(behaviour.Holds(means, score: 9, packetsPerSecond: 160));
        Assert.False(behaviour.Holds([.. means.Select(m => m + 3)], score: 9, packetsPerSecond: 100));
    }

    [Fact]
    public async Task Nothing_is_learned_of_an_attack()
    {
        var incident = await AttackedAsync(segments: 4, microsecondsApart: 10_000);
        await RefusedAsync(incident with { Disposition = Disposition.TrueAttack }, "attack");
    }

    [Fact]
    public async Task A_flood_stays_strange_whoever_calls_it_normal() =>
        await RefusedAsync(await AttackedAsync(segments: 4, microsecondsApart: 100), "never learned");

    [Fact]
    public async Task Two_segments_are_too_few() => await RefusedAsync(await AttackedAsync(segments: 2, microsecondsApart: 10_000), "3 are needed");

    [Fact]
    public async Task Damaged_evidence_teaches_nothing() =>
        await RefusedAsync(await AttackedAsync(segments: 4, microsecondsApart: 10_000, digest: "another"), "0 segments");

    [Theory]
    [InlineData(null, "still silent")]
    [InlineData(15.0, null)]
    [InlineData(25.0, "never learned")]
    public async Task A_silence_is_learned_once_it_is_over_and_was_not_too_long(double? seconds, string? refusal)
    {
        if (seconds is { } silent)
            await store.Events.CommitAsync(new Commit([new StreamAppend(Device.StreamOf(Story.Pump), null,
                [new NewEvent("resumed", new DeviceResumed(Story.Pump, silent), Story.Noon.AddMinutes(2))])]), Cancellation);
        var opened = new IncidentOpened("s", Story.Pump, IncidentKind.Silence, Severity.High, "silent", null);
        var incident = Incident.Apply(null, opened, Story.Noon.AddMinutes(1))!;

        var result = await new BehaviourLearner(store.Events).LearnAsync(incident, Cancellation);

        if (refusal is null) Assert.Equal(30, result.Behaviour!.SilenceLimitSeconds);
        else Assert.Contains(refusal, result.Refusal, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(Incident incident, string because)
    {
        var (behaviour, refusal) = await new BehaviourLearner(store.Events).LearnAsync(incident, Cancellation);
        Assert.Null(behaviour);
        Assert.Contains(because, refusal, StringComparison.Ordinal);
    }

    /// <summary>Records an incident whose segments hold a hundred frames each.</summary>
    private async Task<Incident> AttackedAsync(int segments, int microsecondsApart, string? digest = null)
    {
        var opened = new IncidentOpened("i", Story.Pump, IncidentKind.Behaviour, Severity.High, "strange", null);
        List<NewEvent> events = [new("opened", opened, Story.Noon)];
        List<Evidence> evidence = [];
        for (var i = 0; i < segments; i++)
        {
            evidence.Add(Evidence.Of(Segment(i, microsecondsApart)));
            var observed = new AnomalyObserved(
                "i", 9, 2, 1e-4, "m@1", WindowSchema.Schema.Name, null, [], "strange", evidence[i].Segment.Position, 1)
            {
                SegmentSha256 = digest ?? evidence[i].Sha256,
            };
            events.Add(new($"observed {i}", observed, Story.Noon.AddSeconds(i)));
        }
        await store.Events.CommitAsync(new Commit([new StreamAppend(Incident.StreamOf("i"), null, events)]) { Evidence = evidence }, Cancellation);
        return Incident.Apply(null, opened, Story.Noon)!;
    }

    private static Segment Segment(int number, int microsecondsApart)
    {
        var output = new ArrayBufferWriter<byte>();
        PcapWriter.WriteHeader(output, LinkType.Ethernet);
        var bytes = new byte[60];
        for (var i = 0; i < 100; i++)
            PcapWriter.WriteFrame(output, new Frame(1_000_000_000L * number + 1000L * microsecondsApart * i, 60, LinkType.Ethernet, 0, bytes));
        return new Segment(Story.Pump.Address, SegmentContent.Pcap, new TrafficPosition("t", 0, number), output.WrittenMemory.ToArray());
    }
}
