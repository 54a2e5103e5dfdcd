namespace IoMTAD.Capture;

/// <summary>Link-layer header types by their LINKTYPE_ number (https://www.tcpdump.org/linktypes.html).</summary>
public enum LinkType
{
    Null = 0,
    Ethernet = 1,
    RawIp = 101,
    Loop = 108,
    LinuxCooked = 113,
    IPv4 = 228,
    IPv6 = 229,
    LinuxCooked2 = 276,
}
