using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IoMTAD.Capture;

namespace IoMTAD.Policy;

/// <summary>Identifiers that derive from the data, so that a repeated record yields the same events and the store can refuse them.</summary>
public static class EventId
{
    /// <param name="kind">What was decided, and about which device where one record decides about several.</param>
    /// <returns>128 bits of SHA-256 as 32 hexadecimal digits.</returns>
    public static string From(TrafficPosition position, string modelVersion, string kind) =>
        From(string.Create(CultureInfo.InvariantCulture, $"{position.Topic}\n{position.Partition}\n{position.Offset}\n{modelVersion}\n{kind}"));

    public static string From(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16));
}
