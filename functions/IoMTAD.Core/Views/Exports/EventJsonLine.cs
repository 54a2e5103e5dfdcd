using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IoMTAD.Recording;

namespace IoMTAD.Views.Exports;

/// <summary>An event as one line of JSON: its envelope, and its data as stored.</summary>
public static class EventJsonLine
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(StoredEvent e) => Envelope(e).ToJsonString(Relaxed);

    /// <summary>The same, with what is known of the incident that it belongs to.</summary>
    public static string Write(EventRow row)
    {
        var line = Envelope(row.Event);
        line["incidentId"] = row.IncidentId;
        line["deviceId"] = row.DeviceId;
        line["ward"] = row.Ward;
        line["kind"] = row.Kind?.ToString();
        line["class"] = row.Class;
        line["severity"] = row.Severity?.ToString();
        line["score"] = row.Score is { } score
            ? double.IsFinite(score) ? score : JsonValue.Create(score.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : null;
        line["disposition"] = row.Disposition?.ToString();
        return line.ToJsonString(Relaxed);
    }

    private static JsonObject Envelope(StoredEvent e) => new()
    {
        ["position"] = e.Position, ["stream"] = e.Stream, ["version"] = e.Version, ["id"] = e.Id, ["type"] = e.Type, ["occurredAt"] = e.OccurredAt,
        ["recordedAt"] = e.RecordedAt, ["data"] = DataOf(e), ["previousHash"] = e.PreviousHash, ["hash"] = e.Hash,
    };

    /// <summary>Data that somebody damaged is shown as the text that it is.</summary>
    private static JsonNode? DataOf(StoredEvent e)
    {
        try
        {
            return JsonNode.Parse(e.Data);
        }
        catch (JsonException)
        {
            return e.Data;
        }
    }
}
