namespace IoMTAD.Core.Tests.Capture;

public sealed class PcapWriterTests
{
    [Theory]
    [InlineData(-5, 0)]
    [InlineData(long.MaxValue, uint.MaxValue * 1_000_000_000L)]
    [InlineData(1_700_000_000_999_999_999, 1_700_000_000_999_999_999)]
    public void A_time_that_the_format_cannot_hold_is_its_nearest(long time, long written) =>
        Assert.Equal(written, Assert.Single(Captures.Read(Captures.Write([new StoredFrame(time, [1], 1)])).Frames).Timestamp);

    [Fact]
    public void A_wire_length_below_the_captured_one_is_not_written() =>
        Assert.Equal(3, Assert.Single(Captures.Read(Captures.Write([new StoredFrame(0, [1, 2, 3], 1)])).Frames).WireLength);
}
