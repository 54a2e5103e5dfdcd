namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>CoAP messages (RFC 7252 section 3) with the Observe option (RFC 7641).</summary>
internal static class Coap
{
    public const int Port = 5683;
    public const int Empty = 0x00, Get = 0x01, Post = 0x02, Changed = 0x44, Content = 0x45;
    private const int OctetStream = 42;

    /// <param name="observe">Absent below 0.</param>
    public static int Message(
        Span<byte> to, CoapType type, int code, ushort messageId, uint token, int observe = -1, string path = "",
        ReadOnlySpan<byte> payload = default)
    {
        var w = new ByteWriter(to);
        w.U8(0x40 | (int)type << 4 | (code == Empty ? 0 : 4));
        w.U8(code);
        w.U16(messageId);
        if (code == Empty) return w.Length;
        w.U32(token);
        var option = 0;
        if (observe >= 0) Observe(ref w, ref option, observe & 0xFFFFFF);
        if (path.Length > 0)
        {
            Header(ref w, ref option, 11, path.Length);
            w.Text(path);
        }
        if (payload.Length > 0)
        {
            Header(ref w, ref option, 12, 1);
            w.U8(OctetStream);
            w.U8(0xFF);
            w.Bytes(payload);
        }
        return w.Length;
    }

    private static void Observe(ref ByteWriter w, ref int option, int value)
    {
        var length = value > 0xFFFF ? 3 : value > 0xFF ? 2 : value > 0 ? 1 : 0;
        Header(ref w, ref option, 6, length);
        for (var shift = (length - 1) * 8; shift >= 0; shift -= 8) w.U8(value >> shift);
    }

    /// <summary>Deltas below 13 and lengths below 13 fit their four bits: RFC 7252 section 3.1.</summary>
    private static void Header(ref ByteWriter w, ref int option, int number, int length)
    {
        w.U8((number - option) << 4 | length);
        option = number;
    }
}
