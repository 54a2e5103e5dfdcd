namespace IoMTAD.Capture;

/// <summary>EtherTypes the decoder follows (IANA ieee-802-numbers).</summary>
public static class EtherTypes
{
    public const ushort IPv4 = 0x0800;
    public const ushort Arp = 0x0806;
    public const ushort Vlan = 0x8100;
    public const ushort IPv6 = 0x86DD;
    public const ushort ServiceVlan = 0x88A8;
    public const ushort OldServiceVlan = 0x9100;

    /// <summary>Below it the field is the length of an IEEE 802.3 frame.</summary>
    public const ushort First = 0x0600;
}
