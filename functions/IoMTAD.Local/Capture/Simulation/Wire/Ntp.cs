namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>NTP version 4 client and server packets (RFC 5905 section 7.3).</summary>
internal static class Ntp
{
    public const int Port = 123;
    private const uint UnixEpochInNtp = 2_208_988_800;

    /// <summary>Asks the time and gets it; returns the moment of the answer.</summary>
    public static long Poll(Timeline timeline, SimulationRandom random, long time, Host client, Host server)
    {
        Span<byte> packet = stackalloc byte[48];
        UdpFrames.Send(timeline, time, client, server, Port, Port, packet[..Write(packet, client: true, 0, time)]);
        var sent = time;
        time += random.Between(150 * Nano.Microsecond, 900 * Nano.Microsecond);
        UdpFrames.Send(timeline, time, server, client, Port, Port, packet[..Write(packet, client: false, sent, time)]);
        return time;
    }

    private static int Write(Span<byte> to, bool client, long origin, long transmit)
    {
        var w = new ByteWriter(to);
        w.U8(client ? 0xE3 : 0x24); // leap unknown or none, version 4, mode 3 or 4
        w.U8(client ? 0 : 2);
        w.U8(6);
        w.U8(-20);
        w.U32(client ? 0 : 0x0000_0120u);
        w.U32(client ? 0x0001_0000u : 0x0000_0260u);
        w.U32(client ? 0 : 0x0A140001u);
        w.U64(client ? 0 : Stamp(transmit - 7 * Nano.Second));
        w.U64(client ? 0 : Stamp(origin));
        w.U64(client ? 0 : Stamp(transmit - 60 * Nano.Microsecond));
        w.U64(Stamp(transmit));
        return w.Length;
    }

    private static ulong Stamp(long time)
    {
        var (seconds, rest) = Math.DivRem(time, Nano.Second);
        return (ulong)(uint)(seconds + UnixEpochInNtp) << 32 | ((ulong)rest << 32) / (ulong)Nano.Second;
    }
}
