using System.Globalization;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Core.Tests.Decoding;

/// <summary>A line of text per frame with all that the decoder found.</summary>
internal static class CaptureSummary
{
    public static string Of(ReadOnlySpan<byte> capture)
    {
        var text = new StringBuilder();
        var reader = new CaptureReader();
        var packet = new Packet();
        for (var number = 1; reader.TryRead(ref capture, isFinal: true, out var frame); number++)
        {
            var failure = PacketDecoder.Decode(frame, ref packet);
            text.Append(CultureInfo.InvariantCulture, $"{number,3} {frame.LinkType} {packet.WireLength}/{packet.CapturedLength}");
            Link(text, packet);
            Network(text, packet);
            Transport(text, packet);
            Application(text, packet);
            if (failure.IsFailure) text.Append(CultureInfo.InvariantCulture, $" ! {failure.Layer} {failure.Reason} at {failure.Offset}");
            text.Append('\n');
        }
        if (reader.Failure.IsFailure) text.Append(CultureInfo.InvariantCulture, $"! {reader.Failure.Fault} at {reader.Failure.Offset}\n");
        return text.ToString();
    }

    private static void Link(StringBuilder text, in Packet packet)
    {
        text.Append(CultureInfo.InvariantCulture,
            $" | {DeviceAddress.FromMac(packet.SourceMac)} > {DeviceAddress.FromMac(packet.DestinationMac)} {packet.EtherType:x4}");
        if (packet.VlanDepth > 0) text.Append(CultureInfo.InvariantCulture, $" vlan {packet.VlanId} of {packet.VlanDepth}");
    }

    private static void Network(StringBuilder text, in Packet packet)
    {
        text.Append(CultureInfo.InvariantCulture, $" | {packet.Network} {packet.NetworkLength}");
        if (packet.Network == NetworkProtocol.Other) return;
        var (source, destination) = (DeviceAddress.FromIp(packet.SourceAddress), DeviceAddress.FromIp(packet.DestinationAddress));
        text.Append(CultureInfo.InvariantCulture, $" {source} > {destination} protocol {packet.IpProtocol} ttl {packet.TimeToLive}");
        if (packet.IsFragment) text.Append(CultureInfo.InvariantCulture, $" fragment at {packet.FragmentOffset}");
        if (packet.Network == NetworkProtocol.Arp)
            text.Append(CultureInfo.InvariantCulture, $" operation {packet.ArpOperation}{(packet.IsArpGratuitous ? " gratuitous" : "")}");
    }

    private static void Transport(StringBuilder text, in Packet packet)
    {
        if (packet.Transport == TransportProtocol.None && packet.PayloadLength == 0) return;
        text.Append(CultureInfo.InvariantCulture, $" | {packet.Transport} {packet.TransportHeaderLength}+{packet.PayloadLength}");
        if (packet.SourcePort > 0) text.Append(CultureInfo.InvariantCulture, $" {packet.SourcePort} > {packet.DestinationPort}");
        if (packet.Transport == TransportProtocol.Tcp)
            text.Append(CultureInfo.InvariantCulture,
                $" {packet.TcpFlags} seq {packet.TcpSequence} ack {packet.TcpAcknowledgment} window {packet.TcpWindow}");
        if (packet.Transport is TransportProtocol.Icmp or TransportProtocol.IcmpV6)
            text.Append(CultureInfo.InvariantCulture, $" type {packet.IcmpType} code {packet.IcmpCode}");
    }

    private static void Application(StringBuilder text, in Packet packet)
    {
        if (packet.Application == ApplicationProtocol.None) return;
        text.Append(CultureInfo.InvariantCulture,
            $" | {packet.Application} {packet.ApplicationMessages} type {packet.ApplicationMessageType} {packet.ApplicationTraits}");
        if (packet.Application == ApplicationProtocol.Mqtt)
            text.Append(CultureInfo.InvariantCulture, $" packets {packet.MqttPacketTypes:x16} malformed {packet.MqttMalformed}");
    }
}
