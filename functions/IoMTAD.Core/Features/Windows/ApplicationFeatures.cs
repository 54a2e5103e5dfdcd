using IoMTAD.Decoding;

namespace IoMTAD.Features;

internal struct ApplicationFeatures
{
    private Counts protocols;
    private int errors;
    private int malformed;

    public void Add(in Packet packet)
    {
        protocols[(int)packet.Application]++;
        if ((packet.ApplicationTraits & ApplicationTraits.Error) != 0) errors++;
        if ((packet.ApplicationTraits & ApplicationTraits.Malformed) != 0) malformed++;
    }

    public readonly void Write(Span<float> vector, int packets)
    {
        float all = packets;
        vector[(int)WindowColumn.CoapShare] = protocols[(int)ApplicationProtocol.CoAP] / all;
        vector[(int)WindowColumn.DnsShare] = protocols[(int)ApplicationProtocol.Dns] / all;
        vector[(int)WindowColumn.DhcpShare] = protocols[(int)ApplicationProtocol.Dhcp] / all;
        vector[(int)WindowColumn.HttpShare] = protocols[(int)ApplicationProtocol.Http] / all;
        vector[(int)WindowColumn.TlsShare] = protocols[(int)ApplicationProtocol.Tls] / all;
        vector[(int)WindowColumn.Hl7Share] = protocols[(int)ApplicationProtocol.Hl7] / all;
        vector[(int)WindowColumn.DicomShare] = protocols[(int)ApplicationProtocol.Dicom] / all;
        vector[(int)WindowColumn.NtpShare] = protocols[(int)ApplicationProtocol.Ntp] / all;
        vector[(int)WindowColumn.TelnetSshSmtpShare] =
            (protocols[(int)ApplicationProtocol.Telnet] + protocols[(int)ApplicationProtocol.Ssh]
             + protocols[(int)ApplicationProtocol.Smtp]) / all;
        vector[(int)WindowColumn.ApplicationErrorShare] = errors / all;
        vector[(int)WindowColumn.ApplicationMalformedShare] = malformed / all;
    }
}
