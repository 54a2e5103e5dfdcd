using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Records;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Tests;

/// <summary>What every event store promises. A store passes it by a subclass that opens it.</summary>
public abstract partial class EventStoreContract : IAsyncLifetime
{
    protected static readonly InventoryDevice Pump = new("02:00:00:00:00:01", "pump-01", "infusion-pump", "icu-1");
    protected static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected IEventStore Store { get; private set; } = null!;

    protected IOutbox Outbox { get; private set; } = null!;

    /// <summary>Opens a new, empty store.</summary>
    protected abstract Task<(IEventStore Store, IOutbox Outbox)> OpenAsync();

    /// <summary>Opens what <see cref="OpenAsync"/> opened a second time, as after a restart.</summary>
    protected abstract Task<IEventStore> ReopenAsync();

    public async ValueTask InitializeAsync() => (Store, Outbox) = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Events_read_back_in_order_with_versions_from_one()
    {
        await Append("a", null, "1", "2");
        await Append("b", null, "3");
        await Append("a", null, "4");

        Assert.Equal([("1", 1), ("2", 2), ("4", 3)], (await Stream("a")).Select(e => (e.Id, e.Version)));
        Assert.Equal(["1", "2", "3", "4"], (await All()).Select(e => e.Id));
        Assert.Equal(["2", "4"], (await Store.ReadStreamAsync("a", 2, Cancellation).ToListAsync(Cancellation)).Select(e => e.Id));
    }

    [Fact]
    public async Task A_second_event_with_the_same_id_is_refused_and_the_rest_is_stored()
    {
        await Append("a", null, "1");
        var result = await Append("a", null, "1", "2");

        Assert.Equal(1, result.Duplicates);
        Assert.Equal(["1", "2"], (await Stream("a")).Select(e => e.Id));
        Assert.Equal([1, 2], (await Stream("a")).Select(e => e.Version));
    }

    [Fact]
    public async Task A_wrong_expected_version_stores_nothing_of_the_commit()
    {
        await Append("a", 0, "1");
        var commit = new Commit([New("b", null, "2"), New("a", 0, "3")], new TrafficCheckpoint(new("t", 0, 9), []));

        var error = await Assert.ThrowsAsync<WrongExpectedVersionException>(() => Store.CommitAsync(commit, Cancellation));

        Assert.Equal(1, error.Actual);
        Assert.Equal(["1"], (await All()).Select(e => e.Id));
        Assert.Null(await Store.ReadCheckpointAsync("t", 0, Cancellation));
    }

    [Fact]
    public async Task Of_two_writers_that_expect_the_same_version_one_wins()
    {
        var writers = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await Append("a", 0, $"{i}");
                return 1;
            }
            catch (WrongExpectedVersionException)
            {
                return 0;
            }
        }, Cancellation));
        Assert.Equal(1, (await Task.WhenAll(writers)).Sum());
    }

    [Fact]
    public async Task Concurrent_appends_keep_each_streams_versions_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Append($"s{i % 4}", null, $"{i}"), Cancellation)));
        foreach (var stream in Enumerable.Range(0, 4))
            Assert.Equal(Enumerable.Range(1, 10), (await Stream($"s{stream}")).Select(e => e.Version));
        Assert.Null((await new ChainVerification(Store).VerifyAsync(Cancellation)).Breach);
    }

    [Fact]
    public async Task The_chain_of_hashes_holds_over_commits_and_a_restart()
    {
        await Append("a", null, "1", "2");
        await using var reopened = await ReopenAsync();
        await reopened.CommitAsync(new Commit([New("a", 2, "3")]), Cancellation);

        var events = await Stream("a");
        Assert.Equal(HashChain.Genesis, events[0].PreviousHash);
        Assert.Equal(events[1].Hash, events[2].PreviousHash);
        Assert.All(events, e => Assert.True(HashChain.Holds(e)));
    }

    [Fact]
    public async Task Events_are_found_by_their_time()
    {
        await Store.CommitAsync(new Commit([new StreamAppend("a", null,
            [.. Enumerable.Range(0, 5).Select(i => new NewEvent($"{i}", new DeviceDiscovered(Pump), Noon.AddMinutes(i)))])]), Cancellation);

        var found = await Store.ReadBetweenAsync(Noon.AddMinutes(1), Noon.AddMinutes(3), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["1", "2"], found.Select(e => e.Id));
    }

    [Fact]
    public async Task Every_event_reads_back_equal_to_what_was_stored()
    {
        var observed = new AnomalyObserved("i", 3.5, 2, 1e-5, "m@1", "window-v1", new SuspectedClass("SYN flood", null, "T0814"),
            [new ExplainedFeature("rate", "packets per second", "packets/s", 912.5, 4, .7)], "Es schlägt Alarm \u26a0", new("t", 0, 5), 3);
        await Store.CommitAsync(new Commit([new StreamAppend("incident-i", null, [new NewEvent("1", observed, Noon)])]), Cancellation);

        var read = Assert.IsType<AnomalyObserved>((await Stream("incident-i"))[0].Event);

        Assert.Equal(observed.Features, read.Features);
        Assert.Equal(observed with { Features = read.Features, Peers = read.Peers }, read);
    }

    [Fact]
    public async Task Evidence_is_stored_with_the_events_and_reads_back_byte_for_byte()
    {
        var evidence = Evidence.Of(new Segment(Pump.Address, SegmentContent.CicIoMT2024V2, new("t", 2, 41), new byte[] { 0, 1, 255, 0 }, 7));
        await Store.CommitAsync(new Commit([New("a", null, "1")]) { Evidence = [evidence] }, Cancellation);

        await using var reopened = await ReopenAsync();
        var read = await reopened.ReadEvidenceAsync(new("t", 2, 41), Cancellation);

        Assert.Equal(evidence.Segment.Value.ToArray(), read!.Segment.Value.ToArray());
        Assert.Equal(evidence, read with { Segment = read.Segment with { Value = evidence.Segment.Value } });
        Assert.True(read.Holds(evidence.Sha256));
        foreach (var elsewhere in (TrafficPosition[])[new("t", 2, 40), new("t", 1, 41), new("u", 2, 41)])
            Assert.Null(await reopened.ReadEvidenceAsync(elsewhere, Cancellation));
    }

    [Fact]
    public async Task Evidence_that_comes_again_changes_nothing()
    {
        var (first, other) = (Kept(1), Kept(2));
        await Store.CommitAsync(new Commit([]) { Evidence = [first] }, Cancellation);
        await Store.CommitAsync(new Commit([New("a", null, "1")]) { Evidence = [first, other] }, Cancellation);

        Assert.Equal(first.Sha256, (await Store.ReadEvidenceAsync(first.Segment.Position, Cancellation))!.Sha256);
        Assert.Single(await All());
    }

    [Fact]
    public async Task A_commit_that_is_refused_leaves_no_evidence()
    {
        await Append("a", 0, "1");
        var evidence = Kept(1);

        await Assert.ThrowsAsync<WrongExpectedVersionException>(
            () => Store.CommitAsync(new Commit([New("a", 0, "2")]) { Evidence = [evidence] }, Cancellation));

        Assert.Null(await Store.ReadEvidenceAsync(evidence.Segment.Position, Cancellation));
    }

    [Fact]
    public async Task Positions_have_no_gaps_and_each_commit_has_a_seal()
    {
        await Append("a", null, "1", "2");
        await Append("a", null, "1");
        await Store.CommitAsync(new Commit([New("b", null, "1", "3")]) { Evidence = [Kept(1)] }, Cancellation);
        await Store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 9), [])), Cancellation);

        Assert.Equal([1, 2, 3], (await All()).Select(e => e.Position));
        var seals = await Store.ReadSealsAsync(1, Cancellation).ToListAsync(Cancellation);
        Assert.Equal([(1L, 1L, 2L, 0), (2L, 3L, 3L, 1)], seals.Select(s => (s.Number, s.First, s.Last, s.Evidence.Count)));
        var head = await Store.ReadSealedHeadAsync(Cancellation);
        Assert.Equal((3L, seals[1].Hash), (head.Position, head.Seal!.Hash));
        Assert.Null((await new ChainVerification(Store).VerifyAsync(Cancellation)).Breach);
    }

    [Fact]
    public async Task Texts_are_stored_with_their_events_and_go_with_the_event_that_says_so()
    {
        var text = PersonalText.Of("a note", new byte[PersonalText.SaltBytes]);
        await Store.CommitAsync(Of("incident-i", "1", new NoteAdded("i", Pump.Id, "me", text.Digest)) with { Texts = [text] }, Cancellation);
        Assert.Equal(text, await Store.ReadTextAsync(text.Digest, Cancellation));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.CommitAsync(new Commit([]) { ErasedTexts = [text.Digest] }, Cancellation));
        Assert.NotNull(await Store.ReadTextAsync(text.Digest, Cancellation));
        await Store.CommitAsync(Of("incident-i", "2", new TextErased(text.Digest, "i", "me", "asked for")) with { ErasedTexts = [text.Digest] }, Cancellation);

        Assert.Null(await Store.ReadTextAsync(text.Digest, Cancellation));
        var report = await new ChainVerification(Store).VerifyAsync(Cancellation);
        Assert.Equal((1L, null), (report.Removed, report.Breach));
    }

    [Fact]
    public async Task Evidence_goes_with_the_event_of_its_expiry_and_does_not_come_back()
    {
        var kept = Kept(1);
        await Store.CommitAsync(new Commit([]) { Evidence = [kept] }, Cancellation);
        var expiry = new EvidenceExpired("i", [new ExpiredSegment(kept.Segment.Position, kept.Sha256)], "me", "old");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Store.CommitAsync(new Commit([]) { ExpiredEvidence = [kept.Segment.Position] }, Cancellation));
        await Store.CommitAsync(Of("incident-i", "1", expiry) with { ExpiredEvidence = [kept.Segment.Position] }, Cancellation);
        await Store.CommitAsync(new Commit([]) { Evidence = [kept] }, Cancellation);

        Assert.Null(await Store.ReadEvidenceAsync(kept.Segment.Position, Cancellation));
        Assert.Null((await new ChainVerification(Store).VerifyAsync(Cancellation)).Breach);
    }

    protected async Task<List<StoredEvent>> Stream(string stream) => await Store.ReadStreamAsync(stream, 1, Cancellation).ToListAsync(Cancellation);

    protected async Task<List<StoredEvent>> All() => await Store.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);

    protected Task<CommitResult> Append(string stream, int? expected, params string[] ids) =>
        Store.CommitAsync(new Commit([New(stream, expected, ids)]), Cancellation);

    private static StreamAppend New(string stream, int? expected, params string[] ids) =>
        new(stream, expected, [.. ids.Select(id => new NewEvent(id, new DeviceDiscovered(Pump), Noon))]);

    private static Commit Of(string stream, string id, DomainEvent @event) => new([new StreamAppend(stream, null, [new NewEvent(id, @event, Noon)])]);

    private static Evidence Kept(byte value) =>
        Evidence.Of(new Segment(Pump.Address, SegmentContent.Pcap, new("t", 0, 5), new[] { value }));
}
