using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using static IoMTAD.Core.Tests.Features.Windows;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Features;

public sealed class WindowLawTests
{
    /// <summary>Packets with any field values at all, hostile ones included, from a seed.</summary>
    private static Packet[] AnyPackets(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[System.Runtime.CompilerServices.Unsafe.SizeOf<Packet>()];
        var packets = new Packet[random.Next(1, WindowExtractor.SegmentLength + 1)];
        for (var i = 0; i < packets.Length; i++)
        {
            random.NextBytes(bytes);
            packets[i] = System.Runtime.InteropServices.MemoryMarshal.Read<Packet>(bytes) with
            {
                Network = (NetworkProtocol)random.Next(4),
                Transport = (TransportProtocol)random.Next(7),
                Application = (ApplicationProtocol)random.Next(13),
                ArpOperation = (ushort)random.Next(4),
                ArpSenderMac = (ulong)random.Next(1, 4),
                SourceMac = (ulong)random.Next(1, 4),
                DestinationMac = (ulong)random.Next(1, 4),
                SourceAddress = DeviceAddress.MapIPv4((uint)random.Next(1, 6)),
                DestinationAddress = DeviceAddress.MapIPv4((uint)random.Next(1, 6)),
            };
        }
        return packets;
    }

    /// <summary>The same with times within reach of each other.</summary>
    private static Packet[] TimedPackets(int seed)
    {
        var packets = AnyPackets(seed);
        var random = new Random(seed);
        for (var i = 0; i < packets.Length; i++) packets[i].TimestampNanoseconds = i * 1000 + random.Next(1_000_000);
        return packets;
    }

    private static IReadOnlyList<float[]> Windows(Packet[] packets) =>
        Extract(new WindowExtractor(), DeviceAddress.FromMac(1), packets);

    [Fact]
    public void Values_are_finite_and_shares_lie_between_0_and_1() => Prop.ForAll<int>(seed =>
    {
        foreach (var window in Windows(AnyPackets(seed)))
        {
            for (var i = 0; i < window.Length; i++)
            {
                var column = WindowSchema.Schema.Columns[i];
                Assert.True(float.IsFinite(window[i]) && window[i] >= 0, $"{column.Name} is {window[i]}");
                if (column.Unit == "share") Assert.True(window[i] <= 1, $"{column.Name} is {window[i]}");
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_time_of_day_does_not_matter() => Prop.ForAll<int, int>((seed, shift) =>
    {
        var packets = TimedPackets(seed);
        var shifted = packets.Select(p => p with { TimestampNanoseconds = p.TimestampNanoseconds + shift * 1_000_000_007L }).ToArray();
        Assert.Equal(Windows(packets), Windows(shifted));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_of_devices_do_not_matter() => Prop.ForAll<int, uint>((seed, mask) =>
    {
        static UInt128 Rename(UInt128 ip, uint mask) => DeviceAddress.MapIPv4((uint)ip ^ mask & 0x0FFF_FFF0);
        static ulong RenameMac(ulong mac, uint mask) => mac == 0 ? 0 : mac ^ (ulong)(mask & 0xFFF0);
        var packets = TimedPackets(seed);
        var renamed = packets.Select(p => p with
        {
            SourceMac = RenameMac(p.SourceMac, mask),
            DestinationMac = RenameMac(p.DestinationMac, mask),
            ArpSenderMac = RenameMac(p.ArpSenderMac, mask),
            SourceAddress = Rename(p.SourceAddress, mask),
            DestinationAddress = Rename(p.DestinationAddress, mask),
        });
        Assert.Equal(Windows(packets), Extract(new WindowExtractor(), DeviceAddress.FromMac(RenameMac(1, mask)), renamed));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_timing_turns_and_what_the_segment_remembers_depend_on_the_order() => Prop.ForAll<int>(seed =>
    {
        WindowColumn[] ordered = [WindowColumn.TurnShare, WindowColumn.ArpUnaskedShare, WindowColumn.ChangedBindings];
        var packets = TimedPackets(seed).Take(WindowExtractor.WindowLength).ToArray();
        var reversed = packets.Reverse().ToArray();
        for (var i = 0; i < packets.Length; i++) packets[i].TimestampNanoseconds = reversed[i].TimestampNanoseconds = i;
        var (there, back) = (Windows(packets)[0], Windows(reversed)[0]);
        foreach (var column in Enum.GetValues<WindowColumn>())
        {
            if (WindowSchema.Schema.Columns[(int)column].Group == FeatureGroup.Timing || ordered.Contains(column)) continue;
            Assert.Equal(there[(int)column], back[(int)column], 1e-6f);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_segment_leaves_nothing_behind_for_the_next() => Prop.ForAll<int, int>((first, second) =>
    {
        var extractor = new WindowExtractor();
        Extract(extractor, DeviceAddress.FromMac(1), AnyPackets(first));
        Assert.Equal(Windows(AnyPackets(second)), Extract(extractor, DeviceAddress.FromMac(1), AnyPackets(second)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_allocated_per_packet_or_window()
    {
        var extractor = new WindowExtractor();
        var packets = TimedPackets(3);
        var vector = new float[64];
        Assert.Equal(0, Allocations.Of(Run));

        void Run()
        {
            extractor.Begin(Device);
            foreach (ref var packet in packets.AsSpan())
                if (extractor.Add(packet, default)) extractor.Write(vector);
        }
    }

    [Fact]
    public void More_packets_than_a_segment_holds_are_refused()
    {
        var packets = Enumerable.Repeat(Tcp(), WindowExtractor.SegmentLength + 1);
        Assert.Throws<InvalidOperationException>(() => Extract(new WindowExtractor(), Device, packets));
    }
}
