using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IoMTAD.Capture;

namespace IoMTAD.Recording;

/// <summary>A segment kept as it came, because an anomaly of it is recorded: to be looked at again, and scored again.</summary>
/// <param name="Sha256">Of the segment's bytes, lower-case hex; the anomaly's event names it too, so the chain of hashes covers the evidence.</param>
public sealed record Evidence(Segment Segment, string Sha256)
{
    public static Evidence Of(Segment segment) => new(segment, Digest(segment));

    /// <summary>The bytes are those whose digest was recorded.</summary>
    public bool Holds(string? recorded) => Sha256 == recorded && Digest(Segment) == recorded;

    /// <summary>SHA-256 over what is kept beside the bytes, and their digest: the commit's seal covers it.</summary>
    public string Seal()
    {
        var (device, content, (topic, partition, offset), _, recorded) = Segment;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{topic.Length}\n{topic}\n{partition}\n{offset}\n{device.Length}\n{device}\n{content}\n{recorded}\n{Sha256}"))));
    }

    private static string Digest(Segment segment) => Convert.ToHexStringLower(SHA256.HashData(segment.Value.Span));
}
