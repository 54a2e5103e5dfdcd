using System.Buffers;
using IoMTAD.Capture;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>A store as an analyst finds it: a scan with frames as evidence and a note, an incident of dataset rows, and one that is closed.</summary>
internal sealed class ForensicStore : IDisposable
{
    public const string Secret = "Mrs Doe in bed 7 saw it";
    public const int FramesPerSegment = 4, Segments = 6;

    public static readonly DateTimeOffset Recorded = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public string Folder => folder.File("record");

    public string Digest { get; private set; } = "";

    public static async Task<ForensicStore> MakeAsync()
    {
        var made = new ForensicStore();
        var clock = new SteppedTime(Recorded);
        await using var database = SqliteDatabase.Open(made.Folder);
        await using var store = new SqliteEventStore(database, clock);
        await store.CommitAsync(Story.Discovery);
        await store.CommitAsync(Opened("scan", IncidentKind.Behaviour, "=cmd|' /C calc'!A0"));
        // Segments come in another order than their frames' times.
        foreach (var number in (int[])[0, 2, 1, 3, 5, 4]) await store.CommitAsync(Seen("scan", number, Frames(number), SegmentContent.Pcap, "port scan"));
        clock.Now = Recorded.AddHours(1);
        var text = PersonalText.Of(Secret, [.. Enumerable.Range(1, PersonalText.SaltBytes).Select(i => (byte)i)]);
        made.Digest = text.Digest;
        await store.CommitAsync(Act("scan", "note", new NoteAdded("scan", Story.Pump.Id, "analyst", text.Digest)) with { Texts = [text] });
        clock.Now = Recorded.AddHours(2);
        await store.CommitAsync(Act("scan", "closed", new IncidentClosed("scan", Story.Pump.Id, Disposition.TrueAttack, "analyst", "")));
        await store.CommitAsync(Opened("rows", IncidentKind.Behaviour, "rows"));
        await store.CommitAsync(Seen("rows", 50, "a,b\n1,2\n"u8.ToArray(), SegmentContent.CicIoMT2024V2, "SYN flood"));
        await store.CommitAsync(Opened("quiet", IncidentKind.Silence, "silent"));
        return made;
    }

    public string File(string name) => folder.File(name);

    public void Dispose() => folder.Dispose();

    public static Commit Act(string incident, string id, DomainEvent @event) =>
        new([new StreamAppend(Incident.StreamOf(incident), null, [new NewEvent($"{incident} {id}", @event, Story.Noon.AddMinutes(5))])]);

    private static Commit Opened(string id, IncidentKind kind, string summary) => new([new StreamAppend(Incident.StreamOf(id), null,
        [new NewEvent($"{id} opened", new IncidentOpened(id, Story.Pump, kind, Severity.High, summary, null), Story.Noon)])]);

    private static Commit Seen(string id, int number, byte[] bytes, SegmentContent content, string name)
    {
        var evidence = Evidence.Of(new Segment(Story.Pump.Address, content, new("t", 0, number), bytes));
        var observed = new AnomalyObserved(id, 3 + number, 2, 1e-4, "m@1", "window-v1", new SuspectedClass(name, .9, "T0846"),
            [new("packet_rate", "packets per second", "1/s", 90, 5, 1)], "packets = 90 | normally\\usually 5", evidence.Segment.Position, 1)
        {
            SegmentSha256 = evidence.Sha256, Peers = ["10.0.0.7", "fe80::1", "02:00:00:00:00:99"],
        };
        return new Commit([new StreamAppend(Incident.StreamOf(id), null, [new NewEvent($"{id} seen {number}", observed, Story.Noon.AddSeconds(number))])])
        {
            Evidence = [evidence],
        };
    }

    private static byte[] Frames(int number)
    {
        var pcap = new ArrayBufferWriter<byte>();
        PcapWriter.WriteHeader(pcap, LinkType.Ethernet);
        var begin = TrafficTime.FromDate(Story.Noon) + number * 700_000_000L;
        for (var i = 0; i < FramesPerSegment; i++)
        {
            byte[] frame = [2, 0, 0, 0, 0, 0x99, 2, 0, 0, 0, 0, 1, 0x88, 0xB5, (byte)number, (byte)i];
            // The next segment begins before this one ends.
            PcapWriter.WriteFrame(pcap, new Frame(begin + i * 300_000_000L, 60, LinkType.Ethernet, 0, frame));
        }
        return pcap.WrittenSpan.ToArray();
    }

    private sealed class SteppedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
