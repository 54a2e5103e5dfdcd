using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Core.Tests.Decoding;

internal static class Decode
{
    public static (Packet Packet, DecodeFailure Failure) Any(byte[] bytes, LinkType link = LinkType.Ethernet, int? wireLength = null)
    {
        var packet = new Packet { VlanId = 99, PayloadLength = 99, Application = ApplicationProtocol.Ntp };
        var failure = PacketDecoder.Decode(new Frame(1_000, wireLength ?? bytes.Length, link, 0, bytes), ref packet);
        return (packet, failure);
    }

    /// <summary>Decodes what must be sound.</summary>
    public static Packet Sound(byte[] bytes, LinkType link = LinkType.Ethernet, int? wireLength = null)
    {
        var (packet, failure) = Any(bytes, link, wireLength);
        Assert.False(failure.IsFailure, failure.ToString());
        return packet;
    }

    /// <summary>The payload of a TCP segment, sent from a high port to <paramref name="port"/>.</summary>
    public static Packet TcpPayload(int port, byte[] payload) => Sound(Build.TcpFrame(50_123, port, payload));

    public static Packet UdpPayload(int port, byte[] payload) => Sound(Build.UdpFrame(50_123, port, payload));
}
