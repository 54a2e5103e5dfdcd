namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>From where to where a frame goes, and with how many hops left.</summary>
internal readonly record struct Route(ulong SourceMac, ulong DestinationMac, uint SourceIp, uint DestinationIp, byte Ttl)
{
    public static Route Between(Host from, Host to) => new(from.Mac, to.Mac, from.Ip, to.Ip, from.Stack.Ttl);

    /// <summary>The way back, with the answering stack's own hop count.</summary>
    public Route Reverse(byte ttl) => new(DestinationMac, SourceMac, DestinationIp, SourceIp, ttl);
}
