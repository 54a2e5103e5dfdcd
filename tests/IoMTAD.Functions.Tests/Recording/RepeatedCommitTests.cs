using IoMTAD.Capture;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>Traffic is delivered at least once; the record is as if it came once.</summary>
public sealed class RepeatedCommitTests(PostgresServer server)
{
    private static readonly Commit[] Commits = [.. Enumerable.Range(0, 8).Select(Numbered)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task However_often_a_reader_goes_back_the_record_is_that_of_one_pass(int seed)
    {
        var random = new Random(seed);
        var once = await RecordAsync(store => InOrderAsync(store));
        var again = await RecordAsync(async store =>
        {
            for (var passes = random.Next(1, 5); passes > 0; passes--)
            {
                var stop = random.Next(Commits.Length);
                for (var i = random.Next(stop + 1); i <= stop && i <= (await SeenAsync(store)); i++) await store.CommitAsync(Commits[i], Cancellation);
            }
            await InOrderAsync(store);
        });
        Assert.Equal(once.Events, again.Events);
        Assert.Equal(once.Seals, again.Seals);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Any_interleaving_of_repeats_stores_each_event_once(int seed)
    {
        var (events, seals) = await RecordAsync(store => Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var commits = Commits.Concat(Commits).ToArray();
            new Random(seed * 10 + writer).Shuffle(commits);
            foreach (var commit in commits) await store.CommitAsync(commit, Cancellation);
        }, Cancellation))));

        Assert.Equal(
            Commits.SelectMany(c => c.Appends).SelectMany(a => a.Events, (a, e) => (a.Stream, e.Id)).Order(),
            events.Select(e => (e.Stream, e.Id)).Order());
        Assert.Equal(Commits.Length, seals.Count);
    }

    /// <returns>How many of the commits are there, from the first on.</returns>
    private static async Task<long> SeenAsync(IEventStore store) => (await store.ReadSealedHeadAsync(Cancellation)).Seal?.Number ?? 0;

    private static async Task InOrderAsync(IEventStore store)
    {
        foreach (var commit in Commits) await store.CommitAsync(commit, Cancellation);
    }

    private async Task<(List<StoredEvent> Events, List<string> Seals)> RecordAsync(Func<IEventStore, Task> write)
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open(), new ManualTime());
        await write(record.Store);
        Assert.Null((await new ChainVerification(record.Store).VerifyAsync(Cancellation)).Breach);
        return (
            await record.Store.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation),
            await record.Store.ReadSealsAsync(1, Cancellation).Select(s => s.Hash).ToListAsync(Cancellation));
    }

    private static Commit Numbered(int number)
    {
        var evidence = Evidence.Of(new Segment(Story.Pump.Address, SegmentContent.Pcap, new("t", 0, number), new byte[] { 1, (byte)number }));
        var appends = Enumerable.Range(0, 1 + (number % 3)).Select(stream => new StreamAppend($"s{(number + stream) % 4}", null,
        [
            .. Enumerable.Range(0, 2).Select(i => new NewEvent($"{number} {stream} {i}", Opened(number), Story.Noon.AddSeconds(number))),
        ]));
        return new Commit([.. appends]) { Evidence = [evidence] };
    }

    private static IncidentOpened Opened(int number) => new($"{number}", Story.Pump, IncidentKind.Behaviour, Severity.High, "strange", null);
}
