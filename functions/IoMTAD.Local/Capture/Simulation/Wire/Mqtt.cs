namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>MQTT 3.1.1 control packets (OASIS standard, section 3). Each method returns the packet's length in bytes.</summary>
internal static class Mqtt
{
    public const int Port = 1883;

    public static int Connect(Span<byte> to, string clientId, int keepAliveSeconds)
    {
        var w = new ByteWriter(to);
        w.U8(0x10);
        w.U8(12 + clientId.Length);
        w.U16(4);
        w.Bytes("MQTT"u8);
        w.U8(4);
        w.U8(0x02); // clean session
        w.U16(keepAliveSeconds);
        w.U16(clientId.Length);
        w.Text(clientId);
        return w.Length;
    }

    public static int ConnAck(Span<byte> to, int returnCode = 0) => Short(to, 0x20, 0, returnCode);

    public static int Publish(Span<byte> to, string topic, int quality, ushort packetId, ReadOnlySpan<byte> payload, bool repeated = false)
    {
        var w = new ByteWriter(to);
        w.U8(0x30 | quality << 1 | (repeated ? 8 : 0));
        RemainingLength(ref w, 2 + topic.Length + (quality > 0 ? 2 : 0) + payload.Length);
        w.U16(topic.Length);
        w.Text(topic);
        if (quality > 0) w.U16(packetId);
        w.Bytes(payload);
        return w.Length;
    }

    public static int PubAck(Span<byte> to, ushort packetId) => Short(to, 0x40, packetId >> 8, packetId);

    public static int PubRec(Span<byte> to, ushort packetId) => Short(to, 0x50, packetId >> 8, packetId);

    public static int PubRel(Span<byte> to, ushort packetId) => Short(to, 0x62, packetId >> 8, packetId);

    public static int PubComp(Span<byte> to, ushort packetId) => Short(to, 0x70, packetId >> 8, packetId);

    public static int Subscribe(Span<byte> to, ushort packetId, string filter, int quality)
    {
        var w = new ByteWriter(to);
        w.U8(0x82);
        w.U8(5 + filter.Length);
        w.U16(packetId);
        w.U16(filter.Length);
        w.Text(filter);
        w.U8(quality);
        return w.Length;
    }

    public static int SubAck(Span<byte> to, ushort packetId, int quality)
    {
        Short(to, 0x90, packetId >> 8, packetId);
        to[1] = 3;
        to[4] = (byte)quality;
        return 5;
    }

    public static ReadOnlySpan<byte> PingRequest => [0xC0, 0];

    public static ReadOnlySpan<byte> PingResponse => [0xD0, 0];

    public static ReadOnlySpan<byte> Disconnect => [0xE0, 0];

    private static int Short(Span<byte> to, int type, int first, int second)
    {
        to[0] = (byte)type;
        to[1] = 2;
        to[2] = (byte)first;
        to[3] = (byte)second;
        return 4;
    }

    private static void RemainingLength(ref ByteWriter w, int length)
    {
        for (; length > 127; length >>= 7) w.U8(length & 127 | 128);
        w.U8(length);
    }
}
