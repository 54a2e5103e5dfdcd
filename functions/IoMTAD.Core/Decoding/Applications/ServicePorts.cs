namespace IoMTAD.Decoding.Applications;

/// <summary>Registered ports (IANA service-names-port-numbers), and 8080 and 11112 by custom.</summary>
internal static class ServicePorts
{
    /// <summary>The lower of two ports is the more likely to be the service's.</summary>
    public static ApplicationProtocol Tcp(ushort source, ushort destination)
    {
        var application = Tcp(Math.Min(source, destination));
        return application != ApplicationProtocol.None ? application : Tcp(Math.Max(source, destination));
    }

    public static ApplicationProtocol Udp(ushort source, ushort destination)
    {
        var application = Udp(Math.Min(source, destination));
        return application != ApplicationProtocol.None ? application : Udp(Math.Max(source, destination));
    }

    private static ApplicationProtocol Tcp(ushort port) => port switch
    {
        22 => ApplicationProtocol.Ssh,
        23 => ApplicationProtocol.Telnet,
        25 or 587 => ApplicationProtocol.Smtp,
        53 => ApplicationProtocol.Dns,
        80 or 8080 => ApplicationProtocol.Http,
        104 or 11112 => ApplicationProtocol.Dicom,
        443 or 8883 => ApplicationProtocol.Tls,
        1883 => ApplicationProtocol.Mqtt,
        2575 => ApplicationProtocol.Hl7,
        _ => ApplicationProtocol.None,
    };

    private static ApplicationProtocol Udp(ushort port) => port switch
    {
        53 or 5353 => ApplicationProtocol.Dns,
        67 or 68 => ApplicationProtocol.Dhcp,
        123 => ApplicationProtocol.Ntp,
        5683 => ApplicationProtocol.CoAP,
        _ => ApplicationProtocol.None,
    };
}
