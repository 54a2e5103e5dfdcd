using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Tests.Capture.Simulation;

public sealed class WardDecodingTests
{
    [Fact]
    public void The_decoder_reads_every_frame_of_a_quiet_ward_and_finds_every_protocol()
    {
        var applications = new Dictionary<ApplicationProtocol, int>();
        var odd = new List<string>();
        var packet = default(Packet);
        new WardSimulation(new WardOptions()).RunUntil(SimulatedCapture.Start.AddMinutes(10), (in Frame f) =>
        {
            var failure = PacketDecoder.Decode(f, ref packet);
            if (!failure.Equals(default(DecodeFailure)) || packet.ApplicationTraits.HasFlag(ApplicationTraits.Malformed))
                odd.Add($"at {f.TimestampNanoseconds}: {failure} {packet.Application} {Convert.ToHexString(f.Bytes)}");
            applications[packet.Application] = applications.GetValueOrDefault(packet.Application) + 1;
        });
        Assert.Empty(odd.Take(5));
        Assert.Empty(Enum.GetValues<ApplicationProtocol>()
            .Except([ApplicationProtocol.Ssh, ApplicationProtocol.Telnet, ApplicationProtocol.Smtp])
            .Except(applications.Keys));
    }

    [Fact]
    public void The_decoder_finds_most_connections_of_the_fuzzer_malformed()
    {
        var simulation = SimulatedCapture.Attacked("MQTT-Malformed_Data", 5);
        var (malformed, connections) = (0, 0);
        var packet = default(Packet);
        simulation.RunUntil(simulation.Attacks[0].End, (in Frame f) =>
        {
            PacketDecoder.Decode(f, ref packet);
            malformed += packet.MqttMalformed > 0 ? 1 : 0;
            connections += packet.TcpFlags == TcpFlags.Syn && packet.SourceMac >> 24 == 0x02660D ? 1 : 0;
        });
        Assert.True(connections > 100);
        Assert.True(malformed > 0.8 * connections, $"{malformed} of {connections}");
    }
}
