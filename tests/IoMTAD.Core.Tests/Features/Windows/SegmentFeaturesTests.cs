using System.Buffers;
using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Features;

public sealed class SegmentFeaturesTests
{
    private static readonly byte[] SynFrame = Convert.FromHexString(
        "020000000002" + "020000000001" + "0800" + "45000028000040004006" + "0000" + "0A000001" + "0A000002"
        + "C350075B" + "00000001" + "00000000" + "5002" + "0200" + "0000" + "0000");

    private static byte[] Capture(int frames, int bytesPerFrame = 54)
    {
        var output = new ArrayBufferWriter<byte>();
        PcapWriter.WriteHeader(output, LinkType.Ethernet);
        for (var i = 0; i < frames; i++)
        {
            var bytes = SynFrame.AsSpan(0, bytesPerFrame);
            PcapWriter.WriteFrame(output, new Frame(5_000_000_000 + i * 1_000_000, SynFrame.Length, LinkType.Ethernet, 0, bytes));
        }
        return output.WrittenSpan.ToArray();
    }

    [Fact]
    public void A_segment_becomes_one_sequence_of_windows()
    {
        var batch = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
        var summary = new SegmentFeatures().Extract(Windows.Device, Capture(25), batch);
        Assert.Equal(new SegmentSummary(25, 0, 3, 25 * 54, 5_000_000_000, 5_024_000_000, null), summary);
        Assert.Equal([3], batch.Lengths.ToArray());
        Windows.Equal(25, batch.Step(0, 2).ToArray(), WindowColumn.UnansweredSyns);
        Windows.Equal(1, batch.Step(0, 2).ToArray(), WindowColumn.OutboundShare);
    }

    [Fact]
    public void Frames_that_cannot_be_decoded_are_counted_and_kept()
    {
        var batch = new SequenceBatch(64);
        var summary = new SegmentFeatures().Extract(Windows.Device, Capture(3, bytesPerFrame: 20), batch);
        Assert.Equal((3, 3), (summary.Frames, summary.Undecodable));
        Windows.Equal(1, batch.Step(0, 0).ToArray(), WindowColumn.UndecodableShare);
    }

    [Fact]
    public void A_hundred_frames_fill_a_sequence_and_one_more_is_a_fault()
    {
        var batch = new SequenceBatch(64);
        var features = new SegmentFeatures();
        Assert.Equal(10, features.Extract(Windows.Device, Capture(100), batch).Steps);
        var tooLong = features.Extract(Windows.Device, Capture(101), batch);
        Assert.Equal(0, tooLong.Steps);
        Assert.Contains("more than 100 frames", tooLong.Fault, StringComparison.Ordinal);
        Assert.Equal(1, features.Extract(Windows.Device, Capture(1), batch).Steps);
        Assert.Equal([10, 1], batch.Lengths.ToArray());
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    public void What_is_no_capture_gives_no_sequence(byte[] value)
    {
        var batch = new SequenceBatch(64);
        var summary = new SegmentFeatures().Extract(Windows.Device, value, batch);
        Assert.Equal(0, summary.Steps);
        Assert.NotNull(summary.Fault);
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void A_capture_cut_short_keeps_the_frames_before_the_cut()
    {
        var batch = new SequenceBatch(64);
        var summary = new SegmentFeatures().Extract(Windows.Device, Capture(5).AsSpan(..^3), batch);
        Assert.Equal((4, 1, "capture: Truncated at byte 304"), (summary.Frames, summary.Steps, summary.Fault));
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Nothing_is_allocated_per_segment()
    {
        var (features, batch, capture) = (new SegmentFeatures(), new SequenceBatch(64), Capture(100));
        Assert.Equal(0, Allocations.Of(() =>
        {
            batch.Clear();
            features.Extract(Windows.Device, capture, batch);
        }));
    }
}
