using System.Text;
using IoMTAD.Decoding;
using static IoMTAD.Core.Tests.Decoding.Build;

namespace IoMTAD.Core.Tests.Decoding.Applications;

public sealed class ApplicationTests
{
    private const ApplicationTraits Request = ApplicationTraits.Request, Response = ApplicationTraits.Response,
        Error = ApplicationTraits.Error, Malformed = ApplicationTraits.Malformed,
        Continuation = ApplicationTraits.Continuation, None = ApplicationTraits.None;

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static void Check(Packet packet, ApplicationProtocol application, ApplicationTraits traits, int type, int messages)
    {
        Assert.Equal(application, packet.Application);
        Assert.Equal(traits, packet.ApplicationTraits);
        Assert.Equal(type, packet.ApplicationMessageType);
        Assert.Equal(messages, packet.ApplicationMessages);
    }

    [Theory]
    [InlineData(80, "GET /vitals HTTP/1.1\r\nHost: a\r\n", Request, 1, 1)]
    [InlineData(8080, "POST / HTTP/1.0\r\n", Request, 2, 1)]
    [InlineData(9999, "DELETE /x HTTP/1.1\r\n", Request, 5, 1)]
    [InlineData(80, "HTTP/1.1 204 No Content\r\n", Response, 20, 1)]
    [InlineData(80, "HTTP/1.1 503 Busy\r\n", Response | Error, 50, 1)]
    [InlineData(80, "HTTP/1.1 xyz\r\n", Response | Malformed, 0, 1)]
    [InlineData(80, "GET /vitals\r\n", Request | Malformed, 1, 1)]
    [InlineData(80, "<html>", Continuation, 0, 0)]
    public void Http_goes_by_its_start_line(int port, string text, ApplicationTraits traits, int type, int messages) =>
        Check(Decode.TcpPayload(port, Text(text)), ApplicationProtocol.Http, traits, type, messages);

    [Theory]
    [InlineData(443, "16 0301 0004 01000000", Request, 22, 1)]
    [InlineData(9443, "16 0303 0004 02000000", Response, 22, 1)]
    [InlineData(8883, "17 0303 0002 AAAA 17 0303 0001 BB", None, 23, 2)]
    [InlineData(443, "15 0303 0002 0228", Error, 21, 1)]
    [InlineData(443, "16 0303 FFFF 01", Request | Malformed, 22, 1)]
    [InlineData(443, "17 0303 0001 AA 99 0303 0001", Malformed, 23, 2)]
    [InlineData(443, "AABBCCDDEEFF", Continuation, 0, 0)]
    public void Tls_goes_by_its_records(int port, string hex, ApplicationTraits traits, int type, int messages) =>
        Check(Decode.TcpPayload(port, Hex(hex)), ApplicationProtocol.Tls, traits, type, messages);

    [Theory]
    [InlineData(53, "0001 0100 0001 0000 0000 0000 01 61 00 0001 0001", Request, 0, 1)]
    [InlineData(5353, "0000 8400 0000 0000 0000 0000", Response, 0, 1)]
    [InlineData(53, "0001 8183 0001 0000 0000 0000 01 61 00 0001 0001", Response | Error, 0, 1)]
    [InlineData(53, "0001 0100 0001 0000 0000 0000 3F 61 00 0001 0001", Request | Malformed, 0, 1)]
    [InlineData(53, "0001 0100 FFFF 0000 0000 0000 01 61 00 0001 0001", Request | Malformed, 0, 1)]
    [InlineData(53, "0001 01", Malformed, 0, 0)]
    public void Dns_goes_by_its_header_and_questions(int port, string hex, ApplicationTraits traits, int type, int messages) =>
        Check(Decode.UdpPayload(port, Hex(hex)), ApplicationProtocol.Dns, traits, type, messages);

    [Theory]
    [InlineData("0013 0001 2100 0001 0000 0000 0000 01 61 00 0001 0001", Request, 4, 1)]
    [InlineData("0013 0001 8100 0001 0000 0000 0000 01 61 00 0001 0001", Response, 0, 1)]
    [InlineData("FEDC BA98 7654 3210 FEDC BA98 7654 3210", Continuation, 0, 0)]
    public void Dns_over_tcp_has_a_length_in_front(string hex, ApplicationTraits traits, int type, int messages) =>
        Check(Decode.TcpPayload(53, Hex(hex)), ApplicationProtocol.Dns, traits, type, messages);

    [Theory]
    [InlineData(1, "63825363 0C0161 350101 FF", Request, 1, 1)]
    [InlineData(2, "63825363 350106 FF", Response | Error, 6, 1)]
    [InlineData(1, "00000000", Request, 0, 1)]
    [InlineData(1, "63825363 35FF", Request | Malformed, 0, 1)]
    [InlineData(9, "63825363 350101 FF", Response | Malformed, 0, 1)]
    public void Dhcp_tells_its_message_type_in_an_option(byte operation, string options, ApplicationTraits traits, int type, int messages)
    {
        var payload = Join([operation, 1, 6], new byte[233], Hex(options));
        Check(Decode.UdpPayload(67, payload), ApplicationProtocol.Dhcp, traits, type, messages);
    }

    [Theory]
    [InlineData("40 01 0001 B1 61 FF 31", Request, 1, 1)]
    [InlineData("62 45 0001 AABB C0 FF 31", Response, 0x45, 1)]
    [InlineData("60 84 0001", Response | Error, 0x84, 1)]
    [InlineData("60 00 0001", None, 0, 1)]
    [InlineData("60 00 0001 00", Malformed, 0, 1)]
    [InlineData("49 01 0001 000000000000000000", Request | Malformed, 1, 1)]
    [InlineData("40 01 0001 F0", Request | Malformed, 1, 1)]
    [InlineData("40 01 0001 FF", Request | Malformed, 1, 1)]
    [InlineData("40 01 0001 BD 05 61", Request | Malformed, 1, 1)]
    [InlineData("C0 01 0001", Malformed, 0, 0)]
    public void CoAP_goes_by_its_code_and_options(string hex, ApplicationTraits traits, int type, int messages) =>
        Check(Decode.UdpPayload(5683, Hex(hex)), ApplicationProtocol.CoAP, traits, type, messages);

    [Theory]
    [InlineData("23 00", 48, Request, 3, 1)]
    [InlineData("24 01", 48, Response, 4, 1)]
    [InlineData("24 00", 48, Response | Error, 4, 1)]
    [InlineData("16 02", 12, None, 6, 1)]
    [InlineData("23 00", 40, Request | Malformed, 3, 1)]
    [InlineData("3B 00", 48, Request | Malformed, 3, 1)]
    public void Ntp_goes_by_its_mode(string start, int length, ApplicationTraits traits, int type, int messages) =>
        Check(Decode.UdpPayload(123, Join(Hex(start), new byte[length - 2])), ApplicationProtocol.Ntp, traits, type, messages);

    [Theory]
    [InlineData(2575, "\vMSH|^~\\&|GW|H|||2024||ORU^R01|1|P|2.5\rPID|1\r\x1c\r", Request, 1)]
    [InlineData(7000, "\vMSH|^~\\&|GW|H|||2024||ACK|1|P|2.5\rMSA|AA|1\r\x1c\r", Response, 1)]
    [InlineData(2575, "\vMSH|^~\\&|GW|H|||2024||ACK|1|P|2.5\rMSA|AE|1\r\x1c\r\vMSH|^~\\&|B\r\x1c\r", Response | Error | Request, 2)]
    [InlineData(2575, "\vMSH|^~\\&|GW|H", Request, 1)]
    [InlineData(2575, "\vGET / HTTP", Request | Malformed, 1)]
    [InlineData(2575, "\vMSH|^~\\&|A\r\x1cX", Request | Malformed, 2)]
    [InlineData(2575, "\v\x1c\x1c\x1c", Request | Malformed, 3)]
    [InlineData(2575, "OBX|1|NM|HR||72\r\x1c\r", Continuation, 0)]
    public void Hl7_goes_by_its_envelope_and_header(int port, string text, ApplicationTraits traits, int messages) =>
        Check(Decode.TcpPayload(port, Text(text)), ApplicationProtocol.Hl7, traits, 0, messages);

    [Theory]
    [InlineData(104, "0100 0000 0044", 68, Request, 1, 1)]
    [InlineData(11112, "0400 0000 0006", 6, None, 4, 1)]
    [InlineData(104, "0700 0000 0004", 4, Error, 7, 1)]
    [InlineData(104, "0300 0000 0004 00000000 0600 0000 0004", 4, Response | Error, 3, 2)]
    [InlineData(104, "0500 0000 0008", 8, Request | Malformed, 5, 1)]
    [InlineData(104, "0900 0000 0100", 8, Continuation, 0, 0)]
    public void Dicom_goes_by_its_data_units(int port, string hex, int zeros, ApplicationTraits traits, int type, int messages) =>
        Check(Decode.TcpPayload(port, Join(Hex(hex), new byte[zeros])), ApplicationProtocol.Dicom, traits, type, messages);

    [Theory]
    [InlineData(22, "SSH-2.0-OpenSSH_9.6\r\n", ApplicationProtocol.Ssh, Request, 1)]
    [InlineData(2222, "SSH-9\r\n", ApplicationProtocol.Ssh, Request | Malformed, 1)]
    [InlineData(22, "\0\0\u0001\0\u0006\u0014abc", ApplicationProtocol.Ssh, None, 1)]
    [InlineData(22, "\xff\xff\xff\xff\xff\xff\xff", ApplicationProtocol.Ssh, Continuation, 0)]
    [InlineData(23, "\xff\xfd\x18login: \xff\xfb\x01", ApplicationProtocol.Telnet, None, 2)]
    [InlineData(23, "\xff\x01", ApplicationProtocol.Telnet, Malformed, 1)]
    [InlineData(25, "ehlo pump\r\n", ApplicationProtocol.Smtp, Request, 1)]
    [InlineData(25, "250-ok\r\n", ApplicationProtocol.Smtp, Response, 1)]
    [InlineData(25, "550 no\r\n", ApplicationProtocol.Smtp, Response | Error, 1)]
    [InlineData(25, "Dear all,", ApplicationProtocol.Smtp, Continuation, 0)]
    [InlineData(22, "GET / HTTP/1.1\r\n", ApplicationProtocol.Http, Request, 1)]
    public void Text_protocols_go_by_their_first_words(
        int port, string text, ApplicationProtocol application, ApplicationTraits traits, int messages)
    {
        var packet = Decode.TcpPayload(port, Text(text));
        Check(packet, application, traits, application == ApplicationProtocol.Http ? 1 : 0, messages);
    }

    [Fact]
    public void A_segment_without_payload_has_no_application() =>
        Assert.Equal(ApplicationProtocol.None, Decode.TcpPayload(1883, []).Application);
}
