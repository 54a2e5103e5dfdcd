using System.Globalization;

namespace IoMTAD.Core.Tests.Decoding;

/// <summary>One row of tshark's fields. What an ICMP error quotes is left out: the first value of a field is the frame's own.</summary>
internal sealed class TsharkFrame(string[] fields, string[] row)
{
    private readonly string[] protocols = Own(row[0].Split(':'));

    public long? this[string field] => Values(field).Length > 0 ? Number(Values(field)[0]) : null;

    public long? Last(string field) => Values(field).Length > 0 ? Number(Values(field)[^1]) : null;

    public long Has(string protocol) => protocols.Contains(protocol) ? 1 : 0;

    public long Count(string field, long value) => Math.Min(15, Values(field).Count(v => Number(v) == value));

    private string[] Values(string field)
    {
        var text = row[Array.IndexOf(fields, field)];
        return text.Length == 0 ? [] : text.Split(',');
    }

    private static string[] Own(string[] protocols)
    {
        var icmp = Array.FindIndex(protocols, p => p is "icmp" or "icmpv6");
        return icmp < 0 ? protocols : protocols[..(icmp + 1)];
    }

    private static long Number(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            ? long.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : long.Parse(text, CultureInfo.InvariantCulture);
}
