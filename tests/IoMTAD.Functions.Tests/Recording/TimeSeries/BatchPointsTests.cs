using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Capture;
using IoMTAD.Functions.Recording.TimeSeries;
using IoMTAD.Recording;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

public sealed class BatchPointsTests
{
    private static readonly BatchFigures Figures = new(TimeSpan.FromSeconds(0.25), 2);

    [Fact]
    public void A_batch_gives_its_flagged_sessions_its_devices_windows_and_itself()
    {
        var (result, committed) = Batches.Of(Batches.Outcome(1, 1000), Batches.Outcome(2, 4000, 9, strange: true), Batches.Outcome(3, 12_000, 1.5f));
        Assert.Equal(
            [
                "session,class=SYN\\ flood,device=pump-03,kind=infusion-pump,partition=3,ward=icu-1 calibrated=0.0001,incident=\"1b2c3d4e5f60\",packets=10i,"
                    + "peers=2i,score=9,segments=3i,severity=\"High\",threshold=2 1769860804000000000",
                "device,device=pump-03,kind=infusion-pump,partition=3,ward=icu-1 bytes=2000i,packets=20i,score_highest=9,score_mean=4.75,"
                    + "segments=2i,strange=1i 1769860800000000000",
                "device,device=pump-03,kind=infusion-pump,partition=3,ward=icu-1 bytes=1000i,packets=10i,score_highest=1.5,score_mean=1.5,"
                    + "segments=1i,strange=0i 1769860810000000000",
                "pipeline,partition=3 dead_letters=0i,duplicates=1i,events=2i,gaps=2i,packets=30i,seconds=0.25,segments=3i 1769860812500000000",
            ],
            Lines(new BatchPoints(Batches.Inventory, Sample.Clock), result, committed));
    }

    [Fact]
    public void However_traffic_is_cut_into_batches_the_last_points_of_its_windows_are_the_same() => Prop.ForAll<int, byte[]>((seed, cuts) =>
    {
        var random = new System.Random(seed);
        var clock = 0;
        var outcomes = Enumerable.Range(0, 60).Select(i => Batches.Outcome(i, clock += random.Next(4000), random.NextSingle() * 4, random.Next(5) == 0,
            random.Next(3) == 0 ? Batches.Stranger : null, random.Next(1, 100))).ToArray();
        return Last([outcomes]).SequenceEqual(Last(Cut(outcomes, cuts ?? [])));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_batch_in_which_nothing_could_be_read_is_counted_by_the_clock_of_the_host()
    {
        var nothing = PipelineResult.Nothing(new TrafficPosition("iomt-traffic", 3, 7));
        var lines = new BatchPoints(Batches.Inventory, Sample.Clock).Of(nothing, new CommitResult([], 0), new(TimeSpan.FromSeconds(1), 0, Unreadable: 4));
        Assert.Equal("pipeline,partition=3 dead_letters=4i,duplicates=0i,events=0i,gaps=0i,packets=0i,seconds=1,segments=0i 1769860800000000000",
            Assert.Single(lines).ToLineProtocol());
        Assert.Empty(new BatchPoints(Batches.Inventory, Sample.Clock).Of(nothing, new CommitResult([], 0), Figures));
    }

    [Fact]
    public void Strangers_are_one_series_whatever_they_call_themselves()
    {
        var (result, committed) = Batches.Of([.. Enumerable.Range(0, 50).Select(i => Batches.Outcome(i, 1000, 9, i == 0, $"02:00:00:00:01:{i:x2}"))]);
        var lines = Lines(new BatchPoints(Batches.Inventory, Sample.Clock), result, committed);
        Assert.Equal(3, lines.Count);
        Assert.Contains("device=unknown,kind=unknown", lines[1], StringComparison.Ordinal);
        Assert.Contains("segments=50i", lines[1], StringComparison.Ordinal);
        Assert.Contains("address=\"02:00:00:00:01:00\"", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_was_set_back_goes_on_and_one_late_segment_reopens_no_window()
    {
        var points = new BatchPoints(Batches.Inventory, Sample.Clock);
        var (result, committed) = Batches.Of(
            Batches.Outcome(1, 11_000), Batches.Outcome(2, 9_000), Batches.Outcome(3, 3_600_000), Batches.Outcome(4, 12_000), Batches.Outcome(5, 13_000));
        var windows = Lines(points, result, committed).Where(l => l.StartsWith("device,", StringComparison.Ordinal)).ToList();
        Assert.Equal(["segments=2i", "segments=1i", "segments=2i"],
            windows.Select(l => l.Split(',').Single(f => f.StartsWith("segments", StringComparison.Ordinal))));
        Assert.EndsWith(" 1769860810000000000", windows[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_was_said_and_no_address_of_a_known_device_gets_into_a_point()
    {
        var (result, committed) = Batches.Of(Batches.Outcome(1, 1000, 9, strange: true));
        var text = string.Join('\n', Lines(new BatchPoints(Batches.Inventory, Sample.Clock), result, committed));
        Assert.DoesNotContain(Batches.Payload, text, StringComparison.Ordinal);
        Assert.DoesNotContain("02:00", text, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2", text, StringComparison.Ordinal);
    }

    private static List<string> Lines(BatchPoints points, PipelineResult result, IoMTAD.Recording.CommitResult committed) =>
        [.. points.Of(result, committed, Figures).Select(p => p.ToLineProtocol())];

    private static IEnumerable<SegmentOutcome[]> Cut(SegmentOutcome[] outcomes, byte[] cuts)
    {
        var bounds = cuts.Select(c => c % outcomes.Length).Append(0).Append(outcomes.Length).Distinct().Order().ToList();
        return bounds.Zip(bounds.Skip(1), (from, to) => outcomes[from..to]);
    }

    /// <summary>What the database holds in the end: of each series and time the point that was written last.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Last(IEnumerable<SegmentOutcome[]> batches)
    {
        var points = new BatchPoints(Batches.Inventory, Sample.Clock);
        SortedDictionary<string, string> held = new(StringComparer.Ordinal);
        foreach (var (result, committed) in batches.Select(b => Batches.Of(b)))
            foreach (var line in Lines(points, result, committed).Where(l => !l.StartsWith("pipeline", StringComparison.Ordinal)))
            {
                var parts = line.Split(' ');
                held[$"{string.Join(' ', parts[..^2])} {parts[^1]}"] = parts[^2];
            }
        return held;
    }
}
