using IoMTAD.Capture;

namespace IoMTAD.Core.Tests.Capture;

public sealed class PcapNgReaderTests
{
    private static readonly byte[] Bytes = [1, 2, 3, 4, 5];

    private static List<StoredFrame> Sound(PcapNg capture)
    {
        var (frames, failure) = Captures.Read(capture.Bytes);
        Assert.False(failure.IsFailure, failure.ToString());
        var (chunked, chunkedFailure) = Captures.Read(capture.Bytes, 7);
        Assert.False(chunkedFailure.IsFailure);
        Assert.True(frames.Zip(chunked, (a, b) => a.Same(b)).All(same => same) && frames.Count == chunked.Count);
        return frames;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_packet_blocks_of_several_interfaces_are_read_and_others_skipped(bool bigEndian)
    {
        var frames = Sound(new PcapNg(bigEndian).Section().Interface(1).Block(5, new byte[40]).Interface(101, resolution: 9)
            .Enhanced(0, 1_700_000_000_000_001, Bytes).Block(0xBAD, new byte[8]).Enhanced(1, 1_700_000_001_000_000_002, [9])
            .Packet(0, 7, Bytes).Simple(Bytes, 5));
        Assert.Equal([LinkType.Ethernet, LinkType.RawIp, LinkType.Ethernet, LinkType.Ethernet], frames.Select(f => f.LinkType));
        Assert.Equal([1_700_000_000_000_001_000, 1_700_000_001_000_000_002, 7_000, 7_000], frames.Select(f => f.Timestamp));
        Assert.Equal([6, 2, 5, 5], frames.Select(f => f.WireLength));
        Assert.Equal(Bytes, frames[0].Bytes);
        Assert.Equal([9], frames[1].Bytes);
    }

    [Theory]
    [InlineData(0, 3UL, 3_000_000_000)]
    [InlineData(3, 1234UL, 1_234_000_000)]
    [InlineData(12, 1_500UL, 1)]
    [InlineData(19, 15_000_000_000_000_000_000UL, 1_500_000_000)]
    [InlineData(0x80 | 10, 1536UL, 1_500_000_000)]
    [InlineData(0x80 | 40, 3UL << 39, 1_500_000_000)]
    [InlineData(0, ulong.MaxValue, 1L << 62)]
    public void Time_is_counted_in_the_interfaces_unit(byte resolution, ulong units, long nanoseconds)
    {
        var frame = Assert.Single(Sound(new PcapNg(false).Section().Interface(1, resolution: resolution).Enhanced(0, units, Bytes)));
        Assert.Equal(nanoseconds, frame.Timestamp);
    }

    [Theory]
    [InlineData(1_000, 1_000_000_001_000)]
    [InlineData(-1_000, 0)]
    public void The_interfaces_offset_is_added(long seconds, long nanoseconds)
    {
        var capture = new PcapNg(true).Section().Interface(1, offset: seconds).Enhanced(0, 1, Bytes);
        Assert.Equal(nanoseconds, Assert.Single(Sound(capture)).Timestamp);
    }

    [Fact]
    public void A_new_section_may_have_another_byte_order_and_other_interfaces()
    {
        var frames = Sound(new PcapNg(false).Section().Interface(1).Enhanced(0, 1, Bytes)
            .Then(new PcapNg(true).Section().Interface(101).Enhanced(0, 2, Bytes)));
        Assert.Equal([LinkType.Ethernet, LinkType.RawIp], frames.Select(f => f.LinkType));
    }

    [Fact]
    public void A_simple_packet_is_as_long_as_snaplen_lets_it()
    {
        var frame = Assert.Single(Sound(new PcapNg(false).Section().Interface(1, snapLength: 5).Simple(Bytes, 900)));
        Assert.Equal((5, 900), (frame.Bytes.Length, frame.WireLength));
    }

    [Fact]
    public void A_bad_packet_block_is_skipped_and_the_rest_is_read()
    {
        var start = new PcapNg(false).Section().Interface(1).Interface(1, resolution: 0x7F);
        var offset = start.Bytes.Length;
        var (frames, failure) = Captures.Read(start.Enhanced(0, 1, Bytes, captured: 4000).Enhanced(7, 2, Bytes).Enhanced(1, 3, Bytes)
            .Enhanced(0, 4, Bytes).Bytes);
        Assert.Equal(4_000, Assert.Single(frames).Timestamp);
        Assert.Equal(CaptureFault.BadTimeResolution, failure.Fault);
        Assert.InRange(failure.Offset, 1, offset);
    }

    [Fact]
    public void A_block_length_that_cannot_be_ends_the_capture()
    {
        var capture = new PcapNg(false).Section().Interface(1).Enhanced(0, 1, Bytes);
        var offset = capture.Bytes.Length;
        var bytes = capture.Enhanced(0, 2, Bytes).Bytes;
        bytes[offset + 4] = 13;
        var (frames, failure) = Captures.Read(bytes);
        Assert.Single(frames);
        Assert.Equal(new CaptureFailure(CaptureFault.BadLength, offset), failure);
    }

    [Fact]
    public void A_huge_block_is_skipped_without_being_held()
    {
        var reader = new CaptureReader();
        var head = new PcapNg(false).Section().Interface(1).Bytes;
        ReadOnlySpan<byte> buffer = [.. head, 0xAD, 0x0B, 0, 0, 0xF0, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4];
        Assert.False(reader.TryRead(ref buffer, isFinal: false, out _));
        Assert.Equal(0, buffer.Length);
        Assert.False(reader.Failure.IsFailure);
        Assert.False(reader.TryRead(ref buffer, isFinal: true, out _));
        Assert.Equal(CaptureFault.Truncated, reader.Failure.Fault);
    }
}
