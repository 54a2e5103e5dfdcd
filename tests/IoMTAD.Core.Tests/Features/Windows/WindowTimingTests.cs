using IoMTAD.Decoding;
using IoMTAD.Features;
using static IoMTAD.Core.Tests.Features.Windows;

namespace IoMTAD.Core.Tests.Features;

public sealed class WindowTimingTests
{
    [Fact]
    public void Sizes_are_those_on_the_wire()
    {
        var window = Assert.Single(Of(Tcp(payload: 0), Tcp(payload: 100)));
        Equal(104, window, WindowColumn.SizeMean);
        Equal(50, window, WindowColumn.SizeStd);
        Equal(154, window, WindowColumn.SizeMax);
        Equal(100 / 208.0, window, WindowColumn.PayloadShare);
    }

    [Fact]
    public void Gaps_are_taken_within_the_segment_and_across_its_windows()
    {
        var packets = Enumerable.Repeat(Tcp(), 11).ToArray();
        for (var i = 0; i < 11; i++) packets[i].TimestampNanoseconds = (i < 5 ? i : i + 1) * Millisecond + 7;
        packets[10].TimestampNanoseconds += 4 * Millisecond;
        var windows = Of(packets);
        Equal(10_000 / 9.0, windows[0], WindowColumn.GapMean);
        Equal(2000, windows[0], WindowColumn.GapMax);
        Equal(Math.Sqrt((8 * 1e6 + 4e6) / 9 - Math.Pow(10_000 / 9.0, 2)), windows[0], WindowColumn.GapStd);
        Equal(5000, windows[1], WindowColumn.GapMean);
        Equal(0, windows[1], WindowColumn.GapStd);
    }

    [Fact]
    public void A_flood_shows_its_rate_in_every_full_window()
    {
        var packets = Enumerable.Repeat(Tcp(payload: 46), 30).ToArray();
        for (var i = 0; i < 30; i++) packets[i].TimestampNanoseconds = 1 + i * Millisecond / 10;
        Assert.All(Of(packets), window =>
        {
            Equal(10_000, window, WindowColumn.PacketRate);
            Equal(1_000_000, window, WindowColumn.ByteRate);
        });
    }

    [Fact]
    public void A_quiet_device_that_sends_two_packets_at_once_is_no_flood()
    {
        var packets = new[] { Tcp(), Tcp() };
        packets[0].TimestampNanoseconds = Millisecond;
        packets[1].TimestampNanoseconds = Millisecond + 1000;
        var window = Assert.Single(Of(packets));
        Equal(2, window, WindowColumn.PacketRate);
        Equal(108, window, WindowColumn.ByteRate);
        Equal(2, window, WindowColumn.SegmentRate);
    }

    [Fact]
    public void A_packet_alone_in_its_segment_had_a_second_to_itself()
    {
        var window = Assert.Single(Of(Tcp()));
        Equal(1_000_000, window, WindowColumn.GapMean);
        Equal(1_000_000, window, WindowColumn.GapMax);
        Equal(0, window, WindowColumn.GapStd);
        Equal(1, window, WindowColumn.PacketRate);
    }

    [Fact]
    public void A_short_burst_raises_the_rate_of_the_moment_and_less_the_sustained_one()
    {
        var window = Of(Enumerable.Repeat(Tcp(), 10).ToArray())[0];
        Equal(1000, window, WindowColumn.PacketRate);
        Equal(100, window, WindowColumn.SegmentRate);
    }

    [Fact]
    public void Time_that_runs_backwards_counts_as_no_time()
    {
        var packets = new[] { Tcp(), Tcp(), Tcp() };
        packets[0].TimestampNanoseconds = 5 * Millisecond;
        packets[1].TimestampNanoseconds = 3 * Millisecond;
        packets[2].TimestampNanoseconds = 6 * Millisecond;
        var window = Assert.Single(Of(packets));
        Equal(500, window, WindowColumn.GapMean);
        Equal(1000, window, WindowColumn.GapMax);
    }

    [Fact]
    public void Direction_is_seen_from_the_device()
    {
        var window = Assert.Single(Of(Tcp(payload: 146), Tcp(outbound: false, payload: 46), Tcp(payload: 46), Tcp(payload: 46)));
        Equal(0.75, window, WindowColumn.OutboundShare);
        Equal(0.8, window, WindowColumn.OutboundByteShare);
        Equal(2 / 3.0, window, WindowColumn.TurnShare);
    }

    [Fact]
    public void A_device_known_by_its_IP_address_has_a_direction_too()
    {
        var extractor = new WindowExtractor();
        var window = Extract(extractor, IoMTAD.Capture.DeviceAddress.FromIp(DeviceIp), [Tcp(), Tcp(outbound: false)])[0];
        Equal(0.5, window, WindowColumn.OutboundShare);
        Equal(1, window, WindowColumn.Peers);
    }
}
