using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Decoding;

public sealed class AllocationTests
{
    [Fact]
    public void Reading_and_decoding_allocate_nothing_per_packet()
    {
        var captures = SampleCaptures.Made.Where(c => c.Name.EndsWith(".pcap", StringComparison.Ordinal)).Select(c => c.Bytes).ToArray();
        var packet = new Packet();
        Assert.True(DecodeAll(captures, ref packet) > 50);
        Assert.Equal(0, Allocations.Of(() => DecodeAll(captures, ref packet)));
    }

    private static int DecodeAll(byte[][] captures, ref Packet packet)
    {
        var frames = 0;
        foreach (var capture in captures)
        {
            ReadOnlySpan<byte> rest = capture;
            var reader = new CaptureReader();
            while (reader.TryRead(ref rest, isFinal: true, out var frame))
            {
                PacketDecoder.Decode(frame, ref packet);
                frames++;
            }
        }
        return frames;
    }
}
