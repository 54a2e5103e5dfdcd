using System.Runtime.InteropServices;
using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>What the dataset's first extractor knows of a flow: everything since its first packet, both directions in one.</summary>
internal struct CicFlow
{
    public long Bytes;
    public int Packets;
    public int Fin;
    public int Syn;
    public int Rst;
    public int Ack;
    public double Earliest;
    public double Latest;

    public readonly double Duration => Latest - Earliest;

    public void Add(in Packet packet, bool isTcp, double time, int length)
    {
        if (Packets++ == 0) Earliest = Latest = time;
        Earliest = Math.Min(Earliest, time);
        Latest = Math.Max(Latest, time);
        Bytes += length;
        if (!isTcp) return;
        if (packet.HasTcp(TcpFlags.Fin)) Fin++;
        if (packet.HasTcp(TcpFlags.Syn)) Syn++;
        if (packet.HasTcp(TcpFlags.Rst)) Rst++;
        if (packet.HasTcp(TcpFlags.Ack)) Ack++;
    }
}

/// <summary>
/// Flows by their unordered pair of address and port; TCP and UDP apart. Never expires an entry, as the extractor it follows.
/// </summary>
internal sealed class CicFlowTable
{
    private readonly Dictionary<(TransportProtocol, ulong Low, ulong High), CicFlow> flows = [];

    public ref CicFlow Find(in Packet packet)
    {
        var source = (ulong)(uint)packet.SourceAddress << 16 | packet.SourcePort;
        var destination = (ulong)(uint)packet.DestinationAddress << 16 | packet.DestinationPort;
        var key = (packet.Transport, Math.Min(source, destination), Math.Max(source, destination));
        return ref CollectionsMarshal.GetValueRefOrAddDefault(flows, key, out _);
    }

    public void Clear() => flows.Clear();
}
