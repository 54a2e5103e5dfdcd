namespace IoMTAD.Views.Exports;

/// <summary>Events as a table for spreadsheets: one line each, its data as JSON in the last column.</summary>
public static class EventCsv
{
    public static string Head { get; } = CsvCells.Line(
        "position", "occurred_at", "recorded_at", "type", "stream", "version", "id", "incident", "device", "ward", "kind", "class", "severity", "score",
        "disposition", "hash", "data");

    public static string Line(EventRow row)
    {
        var e = row.Event;
        return CsvCells.Line(e.Position, e.OccurredAt, e.RecordedAt, e.Type, e.Stream, e.Version, e.Id, row.IncidentId, row.DeviceId, row.Ward,
            row.Kind?.ToString(), row.Class, row.Severity?.ToString(), row.Score, row.Disposition?.ToString(), e.Hash, e.Data);
    }
}
