using IoMTAD.Capture;

namespace IoMTAD.Decoding;

public enum NetworkProtocol : byte { Other, Arp, IPv4, IPv6 }

public enum TransportProtocol : byte { None, Tcp, Udp, Icmp, IcmpV6, Igmp, Other }

/// <summary>RFC 9293 section 3.1, in the order of the header's bits.</summary>
[Flags]
public enum TcpFlags : byte { None = 0, Fin = 1, Syn = 2, Rst = 4, Psh = 8, Ack = 16, Urg = 32, Ece = 64, Cwr = 128 }

public enum ApplicationProtocol : byte { None, Mqtt, CoAP, Dns, Dhcp, Http, Tls, Ssh, Telnet, Smtp, Hl7, Dicom, Ntp }

[Flags]
public enum ApplicationTraits : byte
{
    None = 0,

    /// <summary>The payload is on this protocol's port but breaks its grammar.</summary>
    Malformed = 1,
    Request = 2,
    Response = 4,

    /// <summary>The protocol itself reports a failure: NXDOMAIN, HTTP 4xx and 5xx, a refused MQTT CONNACK, an HL7 AE or AR.</summary>
    Error = 8,

    /// <summary>The payload goes on with a message begun in an earlier segment of the same flow (no header to read).</summary>
    Continuation = 16,
}

/// <summary>What the decoder found in one frame. A mutable struct that the caller keeps and the decoder refills: nothing is allocated per packet.</summary>
/// <remarks>No payload byte leaves the decoder: only lengths, types and counts.</remarks>
public struct Packet
{
    public long TimestampNanoseconds;
    /// <summary>Bytes on the wire, link header included, padding included.</summary>
    public int WireLength;
    public int CapturedLength;

    /// <summary>48 bits; 0 where the link has no addresses.</summary>
    public ulong SourceMac;
    public ulong DestinationMac;
    /// <summary>EtherType after all VLAN tags; 0 for an 802.3 length field (LLC).</summary>
    public ushort EtherType;
    /// <summary>Identifier of the innermost VLAN tag; 0 if there is none.</summary>
    public ushort VlanId;
    public byte VlanDepth;

    public NetworkProtocol Network;
    /// <summary>IPv4 protocol number, or the IPv6 upper-layer protocol after its extension headers; 0 for ARP.</summary>
    public byte IpProtocol;
    /// <summary>TTL or hop limit; 0 for ARP.</summary>
    public byte TimeToLive;
    /// <summary>The IP header's total length (IPv6: 40 + payload length); for ARP 28. Excludes Ethernet padding.</summary>
    public int NetworkLength;
    /// <summary>IPv4-mapped for IPv4 (see <see cref="DeviceAddress.MapIPv4"/>); for ARP the sender's and target's protocol address.</summary>
    public UInt128 SourceAddress;
    public UInt128 DestinationAddress;
    public bool IsFragment;
    /// <summary>In bytes; a fragment with an offset above 0 has no transport header.</summary>
    public ushort FragmentOffset;

    public TransportProtocol Transport;
    public ushort SourcePort;
    public ushort DestinationPort;
    public TcpFlags TcpFlags;
    public uint TcpSequence;
    public uint TcpAcknowledgment;
    public ushort TcpWindow;
    /// <summary>TCP 20 with options more, UDP 8, ICMP 8, IGMP 8; 0 without one.</summary>
    public byte TransportHeaderLength;
    public byte IcmpType;
    public byte IcmpCode;
    /// <summary>Bytes after the transport header, by the IP length, so that padding does not count.</summary>
    public int PayloadLength;

    /// <summary>1 request, 2 reply (RFC 826).</summary>
    public ushort ArpOperation;
    public ulong ArpSenderMac;
    public ulong ArpTargetMac;

    public ApplicationProtocol Application;
    public ApplicationTraits ApplicationTraits;
    /// <summary>
    /// The protocol's own type of the first message: DNS opcode, DHCP message type (option 53), TLS content type, CoAP code, DICOM PDU type,
    /// HTTP method (1 GET, 2 POST, 3 HEAD, 4 PUT, 5 DELETE, 6 OPTIONS, 7 other) or status class × 100 / 10 (20, 30, 40, 50), NTP mode; 0 elsewhere.
    /// </summary>
    public byte ApplicationMessageType;
    /// <summary>Application messages that begin in this payload.</summary>
    public ushort ApplicationMessages;
    /// <summary>MQTT control packets by type 0–15, four bits each, saturating at 15 (MQTT 3.1.1 section 2.2.1).</summary>
    public ulong MqttPacketTypes;
    /// <summary>MQTT control packets of this payload that break the standard.</summary>
    public byte MqttMalformed;

    public readonly int MqttCount(int controlPacketType) => (int)(MqttPacketTypes >> (controlPacketType * 4) & 0xF);

    public readonly bool HasTcp(TcpFlags flags) => (TcpFlags & flags) == flags;

    public readonly bool IsArpGratuitous => Network == NetworkProtocol.Arp && SourceAddress == DestinationAddress && SourceAddress != 0;
}
