using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Capture;
using IoMTAD.Core.Tests.Decoding;

namespace IoMTAD.Core.Tests.Capture;

public sealed class SegmenterTests
{
    private const long Second = 1_000_000_000;

    private static StoredFrame Frame(long time, ulong source = 1, ulong destination = 2)
    {
        var bytes = Build.Ethernet(Build.IPv4(Build.Udp(5, 6, []), 17), source: source, destination: destination);
        return new(time, bytes, bytes.Length);
    }

    private static List<Segment> Cut(IEnumerable<StoredFrame> frames, SegmenterOptions? options = null, DeviceInventory? inventory = null)
    {
        var segmenter = new Segmenter(inventory ?? DeviceInventory.Empty, "ward", 3, 100, options);
        var segments = new List<Segment>();
        foreach (var frame in frames)
        {
            segmenter.Add(frame.Frame);
            while (segmenter.TryTake(out var segment)) segments.Add(segment);
        }
        segmenter.Flush();
        while (segmenter.TryTake(out var segment)) segments.Add(segment);
        Assert.Equal(0, segmenter.OpenSegments);
        return segments;
    }

    private static List<StoredFrame> FramesOf(Segment segment) => Captures.Read(segment.Value.Span).Frames;

    [Fact]
    public void A_segment_holds_at_most_100_frames()
    {
        var segments = Cut(Enumerable.Range(0, 250).Select(i => Frame(i)));
        Assert.Equal([100, 100, 50], segments.Select(s => FramesOf(s).Count));
        Assert.Equal([100L, 101, 102], segments.Select(s => s.Position.Offset));
        Assert.All(segments, s => Assert.Equal(("ward", 3, "00:00:00:00:00:01"), (s.Position.Topic, s.Position.Partition, s.Device)));
    }

    [Fact]
    public void A_segment_spans_less_than_a_second()
    {
        var segments = Cut([Frame(0), Frame(Second - 1), Frame(Second), Frame(Second + 5)]);
        Assert.Equal([2, 2], segments.Select(s => FramesOf(s).Count));
    }

    [Fact]
    public void A_quiet_device_is_closed_by_the_frames_of_others()
    {
        var segmenter = new Segmenter(DeviceInventory.Empty, "ward");
        segmenter.Add(Frame(0, source: 1).Frame);
        segmenter.Add(Frame(5, source: 2).Frame);
        segmenter.Add(Frame(Second, source: 3).Frame);
        Assert.True(segmenter.TryTake(out var segment));
        Assert.Equal("00:00:00:00:00:01", segment.Device);
        Assert.False(segmenter.TryTake(out _));
        segmenter.Advance(Second + 5);
        Assert.True(segmenter.TryTake(out segment));
        Assert.Equal("00:00:00:00:00:02", segment.Device);
        Assert.Equal(1, segmenter.OpenSegments);
    }

    [Theory]
    [InlineData("00:00:00:00:00:02", 1, 2, "00:00:00:00:00:02")]
    [InlineData("00:00:00:00:00:02", 2, 1, "00:00:00:00:00:02")]
    [InlineData("00:00:00:00:00:02", 3, 4, "00:00:00:00:00:03")]
    [InlineData("10.0.0.254", 3, 4, "10.0.0.254")]
    [InlineData("10.0.0.1", 3, 4, "10.0.0.1")]
    [InlineData("10.0.0.9", 3, 4, "00:00:00:00:00:03")]
    public void A_frame_belongs_to_the_endpoint_that_the_inventory_knows(string known, ulong source, ulong destination, string device)
    {
        var inventory = new DeviceInventory([new InventoryDevice(known, "pump-1", "infusion-pump", "3B")]);
        var segment = Assert.Single(Cut([Frame(0, source, destination)], inventory: inventory));
        Assert.Equal(device, segment.Device);
    }

    [Fact]
    public void Between_two_known_devices_the_frame_is_the_senders()
    {
        var inventory = new DeviceInventory([new("00:00:00:00:00:01", "a", "k", "w"), new("00:00:00:00:00:02", "b", "k", "w")]);
        Assert.Equal("00:00:00:00:00:02", Assert.Single(Cut([Frame(0, 2, 1)], inventory: inventory)).Device);
    }

    [Fact]
    public void A_link_without_macs_goes_by_ip_and_keeps_its_type()
    {
        var bytes = Build.IPv6(Build.Udp(5, 6, []), 17);
        var segment = Assert.Single(Cut([new StoredFrame(7, bytes, bytes.Length, LinkType.RawIp)]));
        Assert.Equal("fd00::1", segment.Device);
        Assert.Equal(LinkType.RawIp, Assert.Single(FramesOf(segment)).LinkType);
    }

    [Fact]
    public void Snaplen_cuts_the_bytes_and_keeps_the_length()
    {
        var frame = Assert.Single(FramesOf(Assert.Single(Cut([Frame(0)], new SegmenterOptions { SnapLength = 34 }))));
        Assert.Equal((34, 60), (frame.Bytes.Length, frame.WireLength));
    }

    [Fact]
    public void A_clock_set_back_is_believed_after_a_while()
    {
        var late = Enumerable.Range(0, 3000).Select(i => Frame(i * Second / 50, source: (ulong)(i % 3)));
        var segments = Cut([Frame(500 * Second, source: 9), .. late]);
        Assert.Contains(segments[..5], s => s.Device == "00:00:00:00:00:09" || FramesOf(s).Count > 10);
        Assert.True(segments.Count < 200);
        Assert.Equal(3001, segments.Sum(s => FramesOf(s).Count));
    }

    [Fact]
    public void A_flood_from_ever_new_addresses_holds_bounded_memory()
    {
        var options = new SegmenterOptions { MaxOpenBytes = 100_000 };
        var segmenter = new Segmenter(DeviceInventory.Empty, "ward", options: options);
        for (var i = 0; i < 10_000; i++) segmenter.Add(Frame(i, source: (ulong)i + 1).Frame);
        Assert.InRange(segmenter.OpenSegments, 1, 100);
    }

    [Fact]
    public void Every_frame_comes_out_once_and_in_its_devices_order()
    {
        Prop.ForAll(Arbitrary.Frames.ToArbitrary(), frames =>
        {
            var segments = Cut(frames, new SegmenterOptions { MaxFrames = 7 });
            static string DeviceOf(StoredFrame f) => DeviceAddress.FromMac(f.Bytes[11]).ToString();
            return frames.GroupBy(DeviceOf).All(device =>
                    segments.Where(s => s.Device == device.Key).SelectMany(FramesOf).Zip(device, (a, b) => a.Same(b)).All(same => same))
                && segments.Sum(s => FramesOf(s).Count) == frames.Count
                && segments.All(s => FramesOf(s) is var f && f.Count <= 7 && f.Max(x => x.Timestamp) - f.Min(x => x.Timestamp) < 2 * Second)
                && segments.Select((s, i) => s.Position.Offset == 100 + i).All(ok => ok);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_same_capture_gives_the_same_segments_whatever_the_chunks()
    {
        Prop.ForAll(Arbitrary.Frames.ToArbitrary(), Gen.Choose(1, 500).ToArbitrary(), (frames, chunk) =>
        {
            var capture = Captures.Write(frames);
            var whole = Cut(Captures.Read(capture).Frames);
            var chunked = Cut(Captures.Read(capture, chunk).Frames);
            return whole.Count == chunked.Count && whole.Zip(chunked).All(p => p.First.Device == p.Second.Device
                && p.First.Position == p.Second.Position && p.First.Value.Span.SequenceEqual(p.Second.Value.Span));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Ten_thousand_devices_are_forgotten_when_they_fall_idle()
    {
        var segmenter = new Segmenter(DeviceInventory.Empty, "ward");
        for (var i = 0; i < 10_000; i++) segmenter.Add(Frame(i, source: (ulong)i + 1).Frame);
        Assert.Equal(10_000, segmenter.OpenSegments);
        segmenter.Add(Frame(2 * Second, source: 1).Frame);
        Assert.Equal(1, segmenter.OpenSegments);
        var order = new List<string>();
        while (segmenter.TryTake(out var segment)) order.Add(segment.Device);
        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => DeviceAddress.FromMac((ulong)i).ToString()), order);
    }
}
