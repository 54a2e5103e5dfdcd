namespace IoMTAD.Features;

/// <summary>
/// The columns of <c>window-v1</c> in order: the value is the index into the vector, the name in snake case the column's name.
/// </summary>
public enum WindowColumn
{
    SizeMean, SizeStd, SizeMax, PayloadShare,
    GapMean, GapStd, GapMax, PacketRate, ByteRate, SegmentRate,
    OutboundShare, OutboundByteShare, TurnShare,
    Ipv6Share, TcpShare, UdpShare, IcmpShare, IcmpErrorShare, IgmpShare, FragmentShare, UndecodableShare, TtlMean, TtlStd,
    SynShare, SynAckShare, FinShare, RstShare, OddFlagsShare, UnansweredSyns, RetransmissionShare, ZeroWindowShare,
    Peers, PeerEntropy, SegmentPeers, ServicePorts, ClientPorts, WellKnownPortShare, NewLowPorts, BroadcastShare, MulticastShare,
    ArpRequestShare, ArpReplyShare, ArpGratuitousShare, ArpUnaskedShare, ChangedBindings,
    MqttConnects, MqttConnacks, MqttPublishes, MqttAcks, MqttSubscribes, MqttPings, MqttDisconnects, MqttMalformed,
    CoapShare, DnsShare, DhcpShare, HttpShare, TlsShare, Hl7Share, DicomShare, NtpShare, TelnetSshSmtpShare,
    ApplicationErrorShare, ApplicationMalformedShare,
}
