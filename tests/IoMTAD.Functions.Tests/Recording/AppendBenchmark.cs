using System.Diagnostics;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Functions.Views;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>The figures of docs/adr/0018. Run the tests' program with <c>-explicit only -showLiveOutput</c>.</summary>
public sealed class AppendBenchmark(PostgresServer server)
{
    private const int Streams = 500, PerCommit = 1000, Segments = 100, SegmentBytes = 20_000;

    /// <param name="fill">Events that are there already.</param>
    /// <param name="withViews">Whether the views are folded in the same transactions.</param>
    [Theory(Explicit = true)]
    [InlineData(0, 60, false)]
    [InlineData(0, 60, true)]
    [InlineData(1_000_000, 60, false)]
    [InlineData(1_000_000, 60, true)]
    public async Task Events_appended_per_second(int fill, int commits, bool withViews)
    {
        var database = await server.RecordAsync();
        await using var record = new MartenRecord(database.Open(), null, withViews ? [new RecordViews()] : []);
        var number = 0;
        await record.Store.CommitAsync(Opened());
        for (; number < Math.Max(5, fill / PerCommit); number++) await record.Store.CommitAsync(Batch(number, PerCommit));

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < commits; i++) await record.Store.CommitAsync(Batch(number++, PerCommit));
        Print($"append, {fill:N0} events there, {(withViews ? "with" : "without")} views: {commits * PerCommit / clock.Elapsed.TotalSeconds:N0} events/s");
        Print($"commit of {PerCommit} events: {clock.Elapsed.TotalMilliseconds / commits:N1} ms");

        clock.Restart();
        for (var i = 0; i < 200; i++) await record.Store.CommitAsync(Batch(number++, 1));
        Print($"commit of one event: {clock.Elapsed.TotalMilliseconds / 200:N2} ms");

        clock.Restart();
        for (var i = 0; i < commits; i++) await record.Store.CommitAsync(Batch(number - 1, PerCommit));
        Print($"commit of {PerCommit} repeats: {clock.Elapsed.TotalMilliseconds / commits:N2} ms");

        clock.Restart();
        for (var i = 0; i < commits; i++) await record.Store.CommitAsync(WithEvidence(number++));
        Print($"commit of {Segments} anomalies with segments of {SegmentBytes / 1000} KB: {clock.Elapsed.TotalMilliseconds / commits:N1} ms");

        clock.Restart();
        var read = await record.Store.ReadAllAsync().CountAsync();
        Print($"read in order: {read / clock.Elapsed.TotalSeconds:N0} events/s");

        clock.Restart();
        var at = Story.Noon.AddSeconds(number / 2);
        var found = await record.Store.ReadBetweenAsync(at, at.AddSeconds(10)).CountAsync();
        Print($"{found:N0} events of ten seconds by their time: {clock.Elapsed.TotalMilliseconds:N1} ms");

        clock.Restart();
        var report = await new ChainVerification(record.Store).VerifyAsync();
        Assert.Null(report.Breach);
        Print($"verified: {report.Events / clock.Elapsed.TotalSeconds:N0} events/s");
        await PrintSizesAsync(record);
    }

    internal static Commit Opened() => new([.. Enumerable.Range(0, Streams).Select(i => new StreamAppend(Incident.StreamOf($"i{i}"), null,
        [new NewEvent($"opened {i}", new IncidentOpened($"i{i}", Story.Pump, IncidentKind.Behaviour, Severity.High, "strange", null), Story.Noon)]))]);

    /// <summary>As of an attack on many devices at once: each event with its segment's words, none with its bytes.</summary>
    internal static Commit Batch(int number, int events)
    {
        var appends = Enumerable.Range(0, events).GroupBy(i => i % Streams).Select(stream =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"i{stream.Key}");
            return new StreamAppend(Incident.StreamOf(id), null, [.. stream.Select(i => Event(id, number, i))]);
        });
        return new Commit([.. appends], new TrafficCheckpoint(new TrafficPosition("t", 0, number), []));
    }

    private static Commit WithEvidence(int number)
    {
        var bytes = new byte[SegmentBytes];
        var random = new Random(number);
        return Batch(number, Segments) with
        {
            Evidence = [.. Enumerable.Range(0, Segments).Select(i =>
            {
                random.NextBytes(bytes);
                return Evidence.Of(new Segment("02:00:00:00:00:01", SegmentContent.Pcap, new("t", 0, ((long)number * PerCommit) + i), bytes.ToArray()));
            })],
        };
    }

    private static NewEvent Event(string incident, int number, int i)
    {
        var observed = new AnomalyObserved(incident, 9.25 + i, 2, 1e-4, "gmm@2026-11-21", "window-v1", new SuspectedClass("SYN flood", null, "T0814"),
            [
                new ExplainedFeature("rate", "packets per second", "packets/s", 912.5 + i, 4, .7),
                new ExplainedFeature("syn", "share of SYN packets", "share", .93, .02, .2),
                new ExplainedFeature("peers", "peers", "", 17, 2, .1),
            ],
            "912 packets per second where 4 are usual; SYN flood suspected", new("t", 0, ((long)number * PerCommit) + i), 3);
        return new NewEvent(EventId.From($"{incident} {number} {i}"), observed, Story.Noon.AddSeconds(number).AddTicks(i));
    }

    private static async Task PrintSizesAsync(MartenRecord record)
    {
        await using var command = record.Source.CreateCommand("""
            SELECT relname, pg_relation_size(oid) / 1024, reltuples::bigint FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 1000000 ORDER BY 2 DESC
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) Print($"{reader.GetString(0)}: {reader.GetInt64(1):N0} KiB");
    }

    internal static void Print(FormattableString text) => TestContext.Current.TestOutputHelper!.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
