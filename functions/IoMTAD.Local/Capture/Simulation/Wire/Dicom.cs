namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>
/// DICOM upper layer PDUs (PS3.8 section 9.3) and the DIMSE messages C-ECHO and C-STORE (PS3.7), implicit VR little endian.
/// </summary>
internal static class Dicom
{
    public const int Port = 104;
    public const string Verification = "1.2.840.10008.1.1";
    public const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    private const string ApplicationContext = "1.2.840.10008.3.1.1.1";
    private const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    private const string Implementation = "2.25.196431887541";
    private const uint LongestPdu = 16_384;
    private const byte Context = 1;

    /// <summary>The request, or with <paramref name="accept"/> its acceptance.</summary>
    public static int Associate(Span<byte> to, string abstractSyntax, bool accept)
    {
        var w = new ByteWriter(to);
        w.U8(accept ? 2 : 1);
        w.U8(0);
        w.U32(0);
        w.U16(1);
        w.U16(0);
        w.Text("PACS            ");
        w.Text("MODALITY        ");
        w.Zeros(32);
        Item(ref w, 0x10, ApplicationContext);
        var context = Begin(ref w, accept ? 0x21 : 0x20);
        w.Bytes([Context, 0, 0, 0]);
        if (!accept) Item(ref w, 0x30, abstractSyntax);
        Item(ref w, 0x40, ImplicitLittleEndian);
        w.PatchU16(context, w.Length - context - 2);
        var user = Begin(ref w, 0x50);
        w.Bytes([0x51, 0, 0, 4]);
        w.U32(LongestPdu);
        Item(ref w, 0x52, Implementation);
        w.PatchU16(user, w.Length - user - 2);
        w.PatchU32(2, (uint)w.Length - 6);
        return w.Length;
    }

    public static ReadOnlySpan<byte> ReleaseRequest => [5, 0, 0, 0, 0, 4, 0, 0, 0, 0];

    public static ReadOnlySpan<byte> ReleaseResponse => [6, 0, 0, 0, 0, 4, 0, 0, 0, 0];

    /// <summary>C-ECHO or C-STORE by its command field (0x8000 more for the response) in a data PDU of its own.</summary>
    public static int Command(Span<byte> to, int field, string abstractSyntax, int messageId, string? instance = null)
    {
        var response = field >= 0x8000;
        var w = new ByteWriter(to);
        w.U16(0x0400);
        w.U32(0);
        w.U32(0);
        w.U8(Context);
        w.U8(3); // command, last fragment
        var group = w.Length + 8;
        Element(ref w, 0, 0, 4);
        w.U32Little(0);
        Element(ref w, 0, 0x0002, abstractSyntax);
        Element(ref w, 0, 0x0100, field);
        Element(ref w, 0, response ? 0x0120 : 0x0110, messageId);
        if (!response && instance is not null) Element(ref w, 0, 0x0700, 0);
        Element(ref w, 0, 0x0800, instance is null || response ? 0x0101 : 0x0001);
        if (response) Element(ref w, 0, 0x0900, 0);
        if (instance is not null) Element(ref w, 0, 0x1000, instance);
        w.PatchU32Little(group, (uint)(w.Length - group - 4));
        w.PatchU32(2, (uint)w.Length - 6);
        w.PatchU32(6, (uint)w.Length - 10);
        return w.Length;
    }

    /// <summary>A CT image as a data set, before it is cut into PDUs.</summary>
    public static int Image(Span<byte> to, SimulationRandom random, string instance, int side)
    {
        var w = new ByteWriter(to);
        Element(ref w, 0x0008, 0x0016, CtImageStorage);
        Element(ref w, 0x0008, 0x0018, instance);
        Element(ref w, 0x0008, 0x0060, "CT");
        Element(ref w, 0x0010, 0x0020, "SIM-0001");
        Element(ref w, 0x0028, 0x0002, 1);
        Element(ref w, 0x0028, 0x0010, side);
        Element(ref w, 0x0028, 0x0011, side);
        Element(ref w, 0x0028, 0x0100, 16);
        Element(ref w, 0x7FE0, 0x0010, side * side * 2, length: true);
        w.Random(random, side * side * 2);
        return w.Length;
    }

    /// <summary>Cuts a data set into data PDUs no longer than the peer accepts.</summary>
    public static int DataPdus(Span<byte> to, ReadOnlySpan<byte> dataSet)
    {
        var w = new ByteWriter(to);
        while (dataSet.Length > 0)
        {
            var length = Math.Min(dataSet.Length, (int)LongestPdu - 6);
            w.U16(0x0400);
            w.U32((uint)length + 6);
            w.U32((uint)length + 2);
            w.U8(Context);
            w.U8(length == dataSet.Length ? 2 : 0);
            w.Bytes(dataSet[..length]);
            dataSet = dataSet[length..];
        }
        return w.Length;
    }

    private static int Begin(ref ByteWriter w, int type)
    {
        w.U8(type);
        w.U8(0);
        w.U16(0);
        return w.Length - 2;
    }

    private static void Item(ref ByteWriter w, int type, string text)
    {
        w.U8(type);
        w.U8(0);
        w.U16(text.Length);
        w.Text(text);
    }

    private static void Element(ref ByteWriter w, int group, int element, string text)
    {
        Element(ref w, group, element, (text.Length + 1) & ~1, length: true);
        w.Text(text);
        if (text.Length % 2 != 0) w.U8(0);
    }

    private static void Element(ref ByteWriter w, int group, int element, int value, bool length = false)
    {
        var sized = length || (group == 0 && element == 0);
        w.U16Little(group);
        w.U16Little(element);
        w.U32Little(sized ? (uint)value : 2);
        if (!sized) w.U16Little(value);
    }
}
