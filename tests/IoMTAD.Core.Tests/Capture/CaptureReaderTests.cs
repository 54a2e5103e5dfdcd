using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Capture;

namespace IoMTAD.Core.Tests.Capture;

public sealed class CaptureReaderTests
{
    private static readonly StoredFrame First = new(1_700_000_000_123_456_000, [1, 2, 3], 3);
    private static readonly StoredFrame Second = new(1_700_000_001_000_000_000, [4, 5], 1500);

    [Fact]
    public void What_the_writer_wrote_reads_back_whatever_the_chunks()
    {
        Prop.ForAll(Arbitrary.Frames.ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), (frames, chunk) =>
        {
            var capture = Captures.Write(frames);
            var (whole, failure) = Captures.Read(capture);
            var (chunked, chunkedFailure) = Captures.Read(capture, chunk);
            return !failure.IsFailure && !chunkedFailure.IsFailure
                && whole.Count == frames.Count && whole.Zip(frames).All(p => p.First.Same(p.Second))
                && chunked.Count == frames.Count && chunked.Zip(frames).All(p => p.First.Same(p.Second));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(false, 0xA1B2C3D4, 1000)]
    [InlineData(true, 0xA1B2C3D4, 1000)]
    [InlineData(false, 0xA1B23C4D, 1)]
    [InlineData(true, 0xA1B23C4D, 1)]
    public void Both_byte_orders_and_both_resolutions_are_read(bool bigEndian, uint magic, long fractionNanoseconds)
    {
        var capture = new byte[24 + 16 + 3];
        void Put(int offset, uint value)
        {
            if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(capture.AsSpan(offset), value);
            else BinaryPrimitives.WriteUInt32LittleEndian(capture.AsSpan(offset), value);
        }
        Put(0, magic);
        Put(20, 0x3000_0000 | 101);
        Put(24, 17);
        Put(28, 5);
        Put(32, 3);
        Put(36, 90);
        var (frames, failure) = Captures.Read(capture);
        Assert.False(failure.IsFailure);
        var frame = Assert.Single(frames);
        Assert.Equal(17_000_000_000 + 5 * fractionNanoseconds, frame.Timestamp);
        Assert.Equal(90, frame.WireLength);
        Assert.Equal(LinkType.RawIp, frame.LinkType);
    }

    [Fact]
    public void A_frame_knows_where_its_record_stands()
    {
        ReadOnlySpan<byte> capture = Captures.Write([First, Second]);
        var reader = new CaptureReader();
        Assert.True(reader.TryRead(ref capture, true, out var frame));
        Assert.Equal(24, frame.Offset);
        Assert.True(reader.TryRead(ref capture, true, out frame));
        Assert.Equal(24 + 16 + 3, frame.Offset);
        Assert.False(reader.TryRead(ref capture, true, out _));
        Assert.Equal(24 + 16 + 3 + 16 + 2, reader.Position);
    }

    [Theory]
    [InlineData(1, 24 + 19)]
    [InlineData(7, 24 + 19)]
    [InlineData(19, 24)]
    public void A_capture_that_ends_early_gives_what_it_has_and_where_it_broke(int missing, int offset)
    {
        var capture = Captures.Write([First, Second]);
        var (frames, failure) = Captures.Read(capture.AsSpan(0, capture.Length - missing));
        Assert.Equal(offset == 24 ? 0 : 1, frames.Count);
        Assert.Equal(new CaptureFailure(CaptureFault.Truncated, offset), failure);
    }

    [Fact]
    public void An_absurd_record_length_ends_the_capture_at_once()
    {
        var capture = Captures.Write([First, Second]);
        BinaryPrimitives.WriteUInt32LittleEndian(capture.AsSpan(24 + 19 + 8), 0x7FFF_FFF0);
        foreach (var (frames, failure) in new[] { Captures.Read(capture), Captures.Read(capture, 5) })
        {
            Assert.True(Assert.Single(frames).Same(First));
            Assert.Equal(new CaptureFailure(CaptureFault.BadLength, 24 + 19), failure);
        }
    }

    [Theory]
    [InlineData("", CaptureFault.Truncated)]
    [InlineData("A1B2", CaptureFault.Truncated)]
    [InlineData("A1B2C3D400020004", CaptureFault.Truncated)]
    [InlineData("504B0304000000000000000000000000000000000000000000", CaptureFault.UnknownFormat)]
    public void What_is_no_capture_says_so(string hex, CaptureFault fault)
    {
        var (frames, failure) = Captures.Read(Convert.FromHexString(hex));
        Assert.Empty(frames);
        Assert.Equal(new CaptureFailure(fault, 0), failure);
    }

    [Fact]
    public void The_longest_frame_fits_the_smallest_buffer()
    {
        var longest = new byte[CaptureReader.MaxFrameLength];
        var capture = new PcapNg(false).Section().Interface(1).Enhanced(0, 1, longest).Block(5, new byte[100]).Bytes;
        var reader = new CaptureReader();
        ReadOnlySpan<byte> buffer = capture.AsSpan(0, 100);
        Assert.False(reader.TryRead(ref buffer, isFinal: false, out _));
        buffer = capture.AsSpan((int)reader.Position, CaptureReader.MinimumBuffer);
        Assert.True(reader.TryRead(ref buffer, isFinal: false, out var frame));
        Assert.Equal(CaptureReader.MaxFrameLength, frame.Bytes.Length);
    }
}
