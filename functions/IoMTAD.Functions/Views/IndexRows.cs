using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Narrow rows, with what questions filter and sort by, beside what they are of.</summary>
internal static class IndexRows
{
    /// <param name="events">Each with what it is found by, and its incident where that is known.</param>
    public static void Insert(NpgsqlBatch batch, IReadOnlyList<(StoredEvent Event, IndexedEvent Found, Incident? Incident)> events) => batch.Add(
        """
        INSERT INTO event_index SELECT position, time, type, incident, device, ward, score, string_to_array(features, E'\n')
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS new (position, time, type, incident, device, ward, score, features)
        """,
        (long[])[.. events.Select(e => e.Event.Position)], (long[])[.. events.Select(e => e.Event.OccurredAt.UtcTicks)],
        (string[])[.. events.Select(e => IndexText.Of(e.Event.Type))], (string?[])[.. events.Select(e => IndexText.OfOptional(e.Incident?.Id))],
        (string?[])[.. events.Select(e => IndexText.OfOptional(e.Incident?.Device.Id ?? e.Found.DeviceId))],
        (string?[])[.. events.Select(e => IndexText.OfOptional(e.Incident?.Device.Ward ?? e.Found.Ward))],
        (long[])[.. events.Select(e => ScoreOrder.Of(e.Found.Score))], (string?[])[.. events.Select(e => Features(e.Found))]);

    /// <param name="incidents">By the position of an event of theirs: of a new one, the first.</param>
    public static void Upsert(NpgsqlBatch batch, IReadOnlyList<(long Number, Incident Incident)> incidents)
    {
        if (incidents.Count == 0) return;
        Incident[] all = [.. incidents.Select(i => i.Incident)];
        batch.Add(
            """
            INSERT INTO incident_index SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (incident) DO UPDATE SET (open, opened_at, seen_at, severity, score, device, ward, kind, class, technique, disposition) =
                (excluded.open, excluded.opened_at, excluded.seen_at, excluded.severity, excluded.score, excluded.device, excluded.ward, excluded.kind,
                excluded.class, excluded.technique, excluded.disposition)
            """,
            (string[])[.. all.Select(i => IndexText.Of(i.Id))], (long[])[.. incidents.Select(i => i.Number)], (bool[])[.. all.Select(i => i.IsOpen)],
            (long[])[.. all.Select(i => i.OpenedAt.UtcTicks)], (long[])[.. all.Select(i => i.LastSeenAt.UtcTicks)],
            (int[])[.. all.Select(i => (int)i.Severity)], (long[])[.. all.Select(i => ScoreOrder.Of(i.HighestScore))],
            (string[])[.. all.Select(i => IndexText.Of(i.Device.Id))], (string[])[.. all.Select(i => IndexText.Of(i.Device.Ward))],
            (int[])[.. all.Select(i => (int)i.Kind)], (string?[])[.. all.Select(i => IndexText.OfOptional(i.Suspected?.Name))],
            (string?[])[.. all.Select(i => IndexText.OfOptional(i.Suspected?.Technique))], (int?[])[.. all.Select(i => (int?)i.Disposition)]);
    }

    public static void Upsert(NpgsqlBatch batch, IReadOnlyList<DeviceHealth> devices)
    {
        if (devices.Count == 0) return;
        batch.Add(
            """
            INSERT INTO device_index AS old SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (device) DO UPDATE SET ward = excluded.ward, words = excluded.words WHERE (old.ward, old.words) <> (excluded.ward, excluded.words)
            """,
            (string[])[.. devices.Select(d => IndexText.Of(d.Device.Id))], (string[])[.. devices.Select(d => IndexText.Of(d.Device.Ward))],
            (string[])[.. devices.Select(d => IndexText.Plain(DeviceWords.Of(d.Device)))]);
    }

    public static void Upsert(NpgsqlBatch batch, IReadOnlyList<NotificationRow> notifications)
    {
        if (notifications.Count == 0) return;
        batch.Add(
            """
            INSERT INTO notification_index SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (notification) DO UPDATE SET requested_at = excluded.requested_at, state = excluded.state
            """,
            (string[])[.. notifications.Select(n => IndexText.Of(n.Id))], (long[])[.. notifications.Select(n => n.RequestedAt.UtcTicks)],
            (int[])[.. notifications.Select(n => (int)n.State)]);
    }

    private static string? Features(in IndexedEvent found) =>
        found.Features.Count == 0 ? null : string.Join(IndexText.Separator, found.Features.Select(f => IndexText.Of(f.Name)));
}
