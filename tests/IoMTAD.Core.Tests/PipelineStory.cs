using System.Text.Json;
using IoMTAD.Capture;
using IoMTAD.Core.Tests.Capture;
using IoMTAD.Core.Tests.Decoding;
using IoMTAD.Policy;
using IoMTAD.Recording;

namespace IoMTAD.Core.Tests;

/// <summary>What came of a story, so that two tellings of it can be compared: each stream's events, the watches in the end, the rejected offsets,
/// how often each score was seen.</summary>
internal sealed record StoryOutcome(
    IReadOnlyList<string> Events, IReadOnlyList<string> Watches, IReadOnlyList<(long Offset, string Fault)> Rejected, IReadOnlyList<ScoreCount> Scores)
{
    public bool Same(StoryOutcome other) =>
        Events.SequenceEqual(other.Events) && Watches.SequenceEqual(other.Watches) && Rejected.SequenceEqual(other.Rejected)
        && Scores.SequenceEqual(other.Scores);
}

/// <summary>Segments of a few devices, told to a pipeline in batches of any size.</summary>
internal sealed class PipelineStory
{
    public static readonly DeviceInventory Inventory = new(
    [
        new(Address(1), "monitor-01", "bedside-monitor", "icu-1"), new(Address(2), "pump-01", "infusion-pump", "icu-1"),
    ]);

    public static readonly PolicyOptions Policy = new()
    {
        LearningSegments = 5, LearningTime = TimeSpan.FromSeconds(5), IncidentWindow = TimeSpan.FromSeconds(20), Channels = ["pager"],
    };

    private static readonly (SegmentContent Content, byte[] Value)[] Poisons =
    [
        (SegmentContent.Pcap, []), (SegmentContent.Pcap, [1, 2, 3, 4, 5, 6, 7, 8]), (SegmentContent.Pcap, Captures.Write([])),
        (SegmentContent.CicIoMT2024V2, "a,b\n1,2\n"u8.ToArray()), (SegmentContent.Pcap, Captures.Write(Enumerable.Repeat(Frame(1, 0, 10), 101))),
    ];

    private readonly List<Segment> segments = [];

    public IReadOnlyList<Segment> Segments => segments;

    public static string Address(int device) => $"02:00:00:00:00:{device:x2}";

    /// <summary>Three frames, at <paramref name="second"/> of the story.</summary>
    public PipelineStory Talks(int device, double second, bool strange = false)
    {
        var at = 1_700_000_000_000_000_000 + DeviceWatch.Nanoseconds(second);
        return Add(device, SegmentContent.Pcap,
            Captures.Write(Enumerable.Range(0, 3).Select(i => Frame(device, at + i * 1_000_000, strange ? 900 : 60))));
    }

    /// <summary>A hundred large UDP frames within a tenth of a second: strange, and to the rules over the features a flood.</summary>
    public PipelineStory Floods(int device, double second)
    {
        var at = 1_700_000_000_000_000_000 + DeviceWatch.Nanoseconds(second);
        return Add(device, SegmentContent.Pcap, Captures.Write(Enumerable.Range(0, 100).Select(i => Frame(device, at + i * 1_000_000, 900))));
    }

    public PipelineStory Poison(int device, int kind) => Add(device, Poisons[kind % Poisons.Length].Content, Poisons[kind % Poisons.Length].Value);

    /// <param name="batches">The lengths of the batches, in turn; a negative one begins with a crash, after which all is read from the checkpoint.</param>
    public static StoryOutcome Tell(IReadOnlyList<Segment> segments, params IReadOnlyList<int> batches)
    {
        var watches = new SortedDictionary<string, string>(StringComparer.Ordinal);
        List<(string Stream, string Event)> events = [];
        List<(long, string)> rejected = [];
        List<ScoreCount> scores = [];
        var pipeline = Pipeline(watches.Values);
        for (var (at, turn) = (0, 0); at < segments.Count; turn++)
        {
            var length = batches[turn % batches.Count];
            if (length < 0) pipeline = Pipeline(watches.Values);
            var result = pipeline.Process([.. segments.Skip(at).Take(Math.Abs(length))]);
            at += Math.Abs(length);
            foreach (var append in result.Commit.Appends)
                events.AddRange(append.Events.Select(e => (append.Stream,
                    $"{append.Stream} {e.Id} {EventTypes.NameOf(e.Event)} {e.OccurredAt:O} {EventTypes.Serialize(e.Event)}")));
            foreach (var watch in result.Commit.Checkpoint!.Watches)
                watches[watch.Address] = JsonSerializer.Serialize(watch, EventJson.Default.DeviceWatch);
            foreach (var address in result.Commit.Checkpoint.Forgotten) watches.Remove(address);
            scores.AddRange(result.Commit.Checkpoint.Scores);
            rejected.AddRange(result.Rejected.Select(r => (r.Segment.Position.Offset, r.Fault)));
        }
        return new([.. events.OrderBy(e => e.Stream, StringComparer.Ordinal).Select(e => e.Event)], [.. watches.Values], rejected,
        [
            .. scores.GroupBy(s => s with { Segments = 0, Strange = 0 })
                .Select(g => g.Key with { Segments = g.Sum(s => s.Segments), Strange = g.Sum(s => s.Strange) })
                .OrderBy(s => (s.Hour, s.Bin)),
        ]);
    }

    public static DetectionPipeline Pipeline(IEnumerable<string> watches) => new(new ScriptedScorer(), new ScriptedScorer().Schema, Inventory, Policy,
        [.. watches.Select(json => JsonSerializer.Deserialize(json, EventJson.Default.DeviceWatch)!)]);

    private static StoredFrame Frame(int device, long at, int payload)
    {
        var bytes = Build.Ethernet(Build.IPv4(Build.Udp(5000, 6000, new byte[payload]), 17), source: (0x02_00_00_00_00_00UL) + (ulong)device);
        return new StoredFrame(at, bytes, bytes.Length);
    }

    private PipelineStory Add(int device, SegmentContent content, byte[] value)
    {
        segments.Add(new Segment(Address(device), content, new TrafficPosition("t", 0, segments.Count), value));
        return this;
    }
}
