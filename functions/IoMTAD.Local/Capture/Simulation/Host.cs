using IoMTAD.Capture;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>One end of the wire: its addresses, its TCP/IP stack, and what it does when spoken to.</summary>
internal sealed class Host(string id, string kind, ulong mac, uint ip, TcpStack stack, params int[] openPorts)
{
    private ushort ipId = (ushort)(mac * 40503);
    private ushort port = (ushort)(mac * 9176 % 8192);

    public string Id { get; } = id;
    public string Kind { get; } = kind;
    public ulong Mac { get; } = mac;
    public uint Ip { get; } = ip;
    public string DomainName { get; } = $"{id}.ward.internal";
    public TcpStack Stack { get; } = stack;

    /// <summary>While simulated time is before this, the device is off.</summary>
    public long SilentUntil { get; set; }

    /// <summary>How many times faster than normal the device repeats its messages.</summary>
    public double ChatterFactor { get; set; } = 1;

    public string MacText => DeviceAddress.FromMac(Mac).ToString();

    public string IpText => DeviceAddress.FromIp(DeviceAddress.MapIPv4(Ip)).ToString();

    public bool Listens(int tcpPort) => Array.IndexOf(openPorts, tcpPort) >= 0;

    /// <summary>RFC 6864: datagrams that may not be fragmented need no identification, and Linux sends 0.</summary>
    public ushort NextIpId() => Stack.DontFragment ? (ushort)0 : ++ipId;

    /// <summary>Ephemeral ports of RFC 6335, one after another.</summary>
    public ushort NextPort() => (ushort)(49152 + ++port % 16384);
}
