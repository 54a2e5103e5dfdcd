using System.Buffers;
using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Recording;

/// <param name="Rows">Segments that are rows of a dataset: there are no frames in them.</param>
/// <param name="Missing">Segments that have expired, or were never kept.</param>
/// <param name="Damaged">Segments whose bytes are not those that were recorded; they are left out.</param>
/// <param name="OtherLinks">Frames of another link type than the first one's: a pcap file holds one.</param>
public sealed record EvidencePcapResult(int Segments, long Frames, int Rows, int Missing, int Damaged, long OtherLinks);

/// <summary>Merges the segments that were kept of an incident into one capture, in the order of their frames' times.</summary>
public sealed class EvidencePcap(IEventStore store)
{
    private const int FlushAt = 1 << 16;

    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly PriorityQueue<(FrameList Frames, int Index), (long Time, int Segment, int Index)> waiting = new();
    private LinkType? link;
    private long frames, otherLinks;

    /// <summary>Writes a pcap file; nothing at all where there is not one frame. As much is in memory as overlaps in time.</summary>
    public async Task<EvidencePcapResult> WriteAsync(string incidentId, Stream output, CancellationToken cancellation = default)
    {
        var (rows, missing, damaged) = (0, 0, 0);
        Dictionary<TrafficPosition, long> begins = [];
        await foreach (var @event in store.ReadStreamAsync(Incident.StreamOf(incidentId), 1, cancellation))
        {
            if (@event.Event is not AnomalyObserved observed || begins.ContainsKey(observed.Position)) continue;
            if (await store.ReadEvidenceAsync(observed.Position, cancellation) is not { } kept) missing++;
            else if (!kept.Holds(observed.SegmentSha256)) damaged++;
            else if (kept.Segment.Content != SegmentContent.Pcap) rows++;
            else begins[observed.Position] = new FrameList(kept.Segment).Begin;
        }
        var segment = 0;
        foreach (var (position, begin) in begins.OrderBy(b => b.Value).ThenBy(b => b.Key.Offset))
        {
            Drain(begin);
            if (await store.ReadEvidenceAsync(position, cancellation) is { } kept) Await(new FrameList(kept.Segment), 0, segment++);
            if (buffer.WrittenCount >= FlushAt) await FlushAsync(output, cancellation);
        }
        Drain(long.MaxValue);
        await FlushAsync(output, cancellation);
        return new(begins.Count, frames, rows, missing, damaged, otherLinks);
    }

    private void Await(FrameList list, int index, int segment)
    {
        if (index < list.Count) waiting.Enqueue((list, index), (list.Time(index), segment, index));
    }

    /// <summary>Writes all frames that come before a time.</summary>
    private void Drain(long before)
    {
        while (waiting.TryPeek(out var next, out var place) && place.Time <= before)
        {
            waiting.Dequeue();
            Write(next.Frames.Frame(next.Index));
            Await(next.Frames, next.Index + 1, place.Segment);
        }
    }

    private void Write(in Frame frame)
    {
        if (link is null)
        {
            link = frame.LinkType;
            PcapWriter.WriteHeader(buffer, frame.LinkType, CaptureReader.MaxFrameLength);
        }
        if (frame.LinkType != link)
        {
            otherLinks++;
            return;
        }
        PcapWriter.WriteFrame(buffer, frame, CaptureReader.MaxFrameLength);
        frames++;
    }

    private async Task FlushAsync(Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(buffer.WrittenMemory, cancellation);
        buffer.ResetWrittenCount();
    }

    /// <summary>Where the frames of a segment stand in its bytes.</summary>
    private sealed class FrameList
    {
        private readonly ReadOnlyMemory<byte> bytes;
        private readonly List<(long Time, int Original, LinkType Link, int Start, int Length)> found = [];

        public FrameList(Segment segment)
        {
            bytes = segment.Value;
            var reader = new CaptureReader();
            var rest = bytes.Span;
            while (reader.TryRead(ref rest, isFinal: true, out var frame))
                found.Add((frame.TimestampNanoseconds, frame.OriginalLength, frame.LinkType,
                    bytes.Length - rest.Length - frame.Bytes.Length, frame.Bytes.Length));
            found.Sort((a, b) => a.Time.CompareTo(b.Time));
        }

        public int Count => found.Count;

        public long Begin => found.Count > 0 ? found[0].Time : long.MaxValue;

        public long Time(int index) => found[index].Time;

        public Frame Frame(int index)
        {
            var (time, original, link, start, length) = found[index];
            return new Frame(time, original, link, start, bytes.Span.Slice(start, length));
        }
    }
}
