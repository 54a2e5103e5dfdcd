using System.Text.Json;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>How an event stands in Marten's table.</summary>
internal static class EventRow
{
    public const string Columns = "(data ->> 'position')::bigint, stream_id, version, data::text, id, type, tenant_id, is_archived";

    private static readonly RecordedEvent Damaged = new(0, "", "", 0, 0, "", "", "");

    /// <remarks>Where somebody damaged it, it does not give its hash, and verification says so.</remarks>
    public static StoredEvent Read(NpgsqlDataReader r)
    {
        var (position, stream, version, body) = (r.GetInt64(0), r.GetString(1), r.GetInt64(2), Parse(r.GetString(3)));
        var type = r.GetString(5);
        // Marten's own columns say nothing that the body does not, and readers by Marten go by them.
        var agrees = r.GetGuid(4) == RecordedEvent.MartenId(body.Id ?? "") && type == body.Type && r.GetString(6) == "*DEFAULT*" && !r.GetBoolean(7);
        return new StoredEvent(position, stream, (int)Math.Clamp(version, int.MinValue, int.MaxValue), body.Id ?? "", type,
            Time(body.OccurredTicks), Time(body.RecordedTicks), body.Text ?? "", body.PreviousHash ?? "", agrees ? body.Hash ?? "" : "");
    }

    /// <summary>Of ticks that somebody may have damaged.</summary>
    public static DateTimeOffset Time(long ticks) => new(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private static RecordedEvent Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, RecordJson.Default.RecordedEvent) ?? Damaged;
        }
        catch (JsonException)
        {
            return Damaged;
        }
    }
}
