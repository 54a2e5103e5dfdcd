using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Recording;

/// <summary>The body of an event as Marten stores it.</summary>
/// <param name="Position">Marten's own sequence may have gaps; this one has none.</param>
/// <param name="OccurredTicks">UTC: a time stamp of PostgreSQL would lose the tenths of a microsecond that are hashed.</param>
/// <param name="RecordedTicks">The same.</param>
/// <param name="Text">The event as JSON, exactly as it was hashed, which jsonb would not keep.</param>
public sealed record RecordedEvent(
    long Position, string Id, string Type, long OccurredTicks, long RecordedTicks, string Text, string PreviousHash, string Hash)
{
    public static RecordedEvent Of(StoredEvent e) =>
        new(e.Position, e.Id, e.Type, e.OccurredAt.UtcTicks, e.RecordedAt.UtcTicks, e.Data, e.PreviousHash, e.Hash);

    /// <returns>The id by which Marten knows the event.</returns>
    public static Guid MartenId(string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16), bigEndian: true);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordedEvent))]
internal sealed partial class RecordJson : JsonSerializerContext;
