using IoMTAD.Capture;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>
/// Events into SQLite, a hundred in a transaction that reaches the disk; the baseline writes and flushes as many bytes to a plain file.
/// </summary>
internal static class AppendStage
{
    private const int BatchSize = 100, Streams = 10, Devices = 24;
    private const double Goal = 20_000;

    public static void Run(Bench bench)
    {
        var flushed = PlainFile(bench);
        Append(bench, "100 events", flushed, (commit, _) => commit);
        Append(bench, "100 events + checkpoint of 24 devices", flushed, (commit, number) => commit with { Checkpoint = Checkpoint(number) });
        Append(bench, "100 anomalies + their segments of 8 KiB", flushed, WithEvidence);
    }

    private static void Append(Bench bench, string workload, Sample baseline, Func<Commit, int, Commit> complete)
    {
        var database = SqliteDatabase.Open(Path.Combine(bench.Folder, Guid.NewGuid().ToString("N")));
        var store = new SqliteEventStore(database, TimeProvider.System);
        var number = 0;
        var sample = Measure.Throughput(bench.Settings, () =>
        {
            var commit = complete(Batch(ref number), number);
            return store.CommitAsync(commit).GetAwaiter().GetResult().Appended.Count;
        });
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        bench.Rows.Add(new("append", workload, "events/s", sample with { AllocatedPerItem = double.NaN }, Goal,
            baseline.Median, "a flushed file"));
    }

    private static Sample PlainFile(Bench bench)
    {
        using var file = new FileStream(Path.Combine(bench.Folder, "plain"), FileMode.Create);
        var number = 0;
        var bytes = new byte[Batch(ref number).Appends.Sum(a => a.Events.Sum(e => 2 * 64 + EventTypes.Serialize(e.Event).Length))];
        return Measure.Throughput(bench.Settings, () =>
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            return BatchSize;
        });
    }

    private static Commit Batch(ref int number)
    {
        var appends = new StreamAppend[Streams];
        for (var s = 0; s < Streams; s++)
        {
            var events = new NewEvent[BatchSize / Streams];
            for (var i = 0; i < events.Length; i++) events[i] = Observed($"{s}", number++);
            appends[s] = new($"incident-{s}", ExpectedVersion: null, events);
        }
        return new(appends);
    }

    private static NewEvent Observed(string incident, int number)
    {
        var position = new TrafficPosition("benchmark", 0, number);
        ExplainedFeature[] features =
        [
            new("syn_rate", "connection attempts", "1/s", 812.5, 0.4, 0.41), new("client_ports", "client ports", "ports", 10, 1.2, 0.22),
            new("inter_arrival_mean", "time between packets", "s", 0.0012, 0.31, 0.12),
            new("size_mean", "packet size", "bytes", 60, 214, 0.08),
            new("half_open", "half-open handshakes", "count", 10, 0, 0.07),
        ];
        return new(EventId.From(position, "benchmark", "anomaly"),
            new AnomalyObserved(incident, 4.2, 3, 0.00006, "ward@0123456789abcdef", "window-v1", new("SYN flood", null, "T0814"), features,
                "connection attempts 812.5 1/s, normally 0.4", position, 12),
            TrafficTime.ToDate(1_770_000_000_000_000_000 + number * 1_000_000L));
    }

    private static Commit WithEvidence(Commit commit, int number) => commit with
    {
        Evidence = [.. Enumerable.Range(number - BatchSize, BatchSize).Select(i => Evidence.Of(
            new Segment("02:1a:00:00:00:01", SegmentContent.Pcap, new("benchmark", 0, i), new byte[8192])))],
    };

    private static TrafficCheckpoint Checkpoint(int number) => new(new("benchmark", 0, number), [.. Enumerable.Range(0, Devices).Select(i =>
        new DeviceWatch($"02:1a:00:00:00:{i:x2}", 1, number) { Segments = number, SilenceLimitSeconds = 3.5 })]);
}
