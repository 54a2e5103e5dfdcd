using System.Text.Json;
using IoMTAD.Api;
using IoMTAD.Recording;

namespace IoMTAD.Local.Commands;

/// <summary>An event as one line of JSON: its envelope, and its data as stored.</summary>
internal static class EventLine
{
    public static string Write(StoredEvent e)
    {
        using var data = JsonDocument.Parse(e.Data);
        return ApiJson.Write(new
        {
            e.Position, e.Stream, e.Version, e.Id, e.Type, e.OccurredAt, e.RecordedAt, Data = data.RootElement, e.PreviousHash, e.Hash,
        });
    }
}
