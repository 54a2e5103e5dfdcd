namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>DNS queries for an address and their answers (RFC 1035).</summary>
internal static class Dns
{
    public const int Port = 53;

    public static int Query(Span<byte> to, ushort id, string name)
    {
        var w = new ByteWriter(to);
        Question(ref w, id, 0x0100, 0, name);
        return w.Length;
    }

    public static int Answer(Span<byte> to, ushort id, string name, uint address)
    {
        var w = new ByteWriter(to);
        Question(ref w, id, 0x8580, 1, name);
        w.U16(0xC00C); // the name of the question
        w.U16(1);
        w.U16(1);
        w.U32(300);
        w.U16(4);
        w.U32(address);
        return w.Length;
    }

    /// <summary>Asks the name server and gets the address; returns the moment of the answer.</summary>
    public static long Resolve(Timeline timeline, SimulationRandom random, long time, Host asking, Host server, string name, uint address)
    {
        Span<byte> message = stackalloc byte[256];
        var id = random.Next16();
        var port = 32768 + random.Below(28000);
        UdpFrames.Send(timeline, time, asking, server, port, Port, message[..Query(message, id, name)]);
        time += random.Between(400 * Nano.Microsecond, 3 * Nano.Millisecond);
        UdpFrames.Send(timeline, time, server, asking, Port, port, message[..Answer(message, id, name, address)]);
        return time;
    }

    private static void Question(ref ByteWriter w, ushort id, int flags, int answers, string name)
    {
        w.U16(id);
        w.U16(flags);
        w.U16(1);
        w.U16(answers);
        w.U32(0);
        var label = w.Length;
        w.U8(0);
        foreach (var c in name)
        {
            if (c != '.')
            {
                w.U8(c);
                continue;
            }
            w.PatchU8(label, w.Length - label - 1);
            label = w.Length;
            w.U8(0);
        }
        w.PatchU8(label, w.Length - label - 1);
        w.U8(0);
        w.U16(1);
        w.U16(1);
    }
}
