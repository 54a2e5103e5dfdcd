namespace IoMTAD.Decoding.Applications;

/// <summary>
/// Which application a payload belongs to: by its port first, and by content where no port speaks or the port's protocol does not fit.
/// </summary>
internal static class ApplicationRecogniser
{
    public static void Read(in ApplicationPayload payload, ref Packet packet)
    {
        if (packet.Transport == TransportProtocol.Udp) ReadDatagram(payload, ref packet);
        else ReadSegment(payload, ref packet);
    }

    /// <summary>A datagram begins with a message: what cannot be read there breaks the grammar.</summary>
    private static void ReadDatagram(in ApplicationPayload payload, ref Packet packet)
    {
        var application = ServicePorts.Udp(packet.SourcePort, packet.DestinationPort);
        var isMessage = application switch
        {
            ApplicationProtocol.Dns => Dns.TryReadDatagram(payload, ref packet),
            ApplicationProtocol.CoAP => CoAP.TryRead(payload, ref packet),
            ApplicationProtocol.Dhcp => Dhcp.TryRead(payload, ref packet),
            ApplicationProtocol.Ntp => Ntp.TryRead(payload, ref packet),
            _ => true,
        };
        packet.Application = application;
        if (!isMessage) packet.ApplicationTraits |= ApplicationTraits.Malformed;
    }

    /// <summary>A TCP segment need not begin with a message: where it does not, nothing is known of it but that the flow goes on.</summary>
    private static void ReadSegment(in ApplicationPayload payload, ref Packet packet)
    {
        var application = ServicePorts.Tcp(packet.SourcePort, packet.DestinationPort);
        if (application != ApplicationProtocol.None && TryRead(application, payload, ref packet))
        {
            packet.Application = application;
            return;
        }
        var byContent = Signatures.Find(payload.Bytes);
        if (byContent != ApplicationProtocol.None && byContent != application && TryRead(byContent, payload, ref packet))
        {
            packet.Application = byContent;
            return;
        }
        packet.Application = application;
        if (application != ApplicationProtocol.None) packet.ApplicationTraits = ApplicationTraits.Continuation;
    }

    /// <summary>False, and the packet as it was, where the payload does not begin with a message of this protocol.</summary>
    private static bool TryRead(ApplicationProtocol application, in ApplicationPayload payload, ref Packet packet) => application switch
    {
        ApplicationProtocol.Mqtt => Mqtt.TryRead(payload, ref packet),
        ApplicationProtocol.Tls => Tls.TryRead(payload, ref packet),
        ApplicationProtocol.Http => Http.TryRead(payload, ref packet),
        ApplicationProtocol.Dns => Dns.TryReadStream(payload, ref packet),
        ApplicationProtocol.Hl7 => Hl7.TryRead(payload, ref packet),
        ApplicationProtocol.Dicom => Dicom.TryRead(payload, ref packet),
        ApplicationProtocol.Ssh => Ssh.TryRead(payload, ref packet),
        ApplicationProtocol.Telnet => Telnet.TryRead(payload, ref packet),
        ApplicationProtocol.Smtp => Smtp.TryRead(payload, ref packet),
        _ => false,
    };
}
