using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Folds a batch of events into the stored rows: they are read in one round trip and written in another, however many events there are.</summary>
internal sealed class RecordFold
{
    private readonly Dictionary<(string View, string Key), string> stored = [];
    private readonly IViewRows[] views;
    private readonly ViewRows<Incident> incidents;
    private readonly Dictionary<string, long> numbers = [];

    private RecordFold()
    {
        views = [.. ViewSet.All.Select(view => view.Open(key => stored.GetValueOrDefault((view.Name, IndexText.Of(key)))))];
        incidents = Rows<Incident>();
    }

    /// <summary>Up to which position events are folded, with the rows that these events change.</summary>
    public static async Task<(RecordFold Fold, ViewPosition Position)> ReadAsync(
        NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        HashSet<(string View, string Key)> keys = [];
        foreach (var view in ViewSet.All)
            foreach (var @event in events)
                if (view.KeyOf(@event) is { } key) keys.Add((view.Name, IndexText.Of(key)));
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        batch.Add(ViewPosition.Select);
        batch.Add(
            """
            SELECT wanted.view, wanted.key, row.data FROM unnest($1, $2) AS wanted (view, key),
                LATERAL (SELECT data FROM view_rows AS r WHERE r.view = wanted.view AND r.key = wanted.key LIMIT 1) AS row
            """,
            (string[])[.. keys.Select(k => k.View)], (string[])[.. keys.Select(k => k.Key)]);
        var fold = new RecordFold();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var position = await ViewPosition.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) fold.stored[(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
        return (fold, position);
    }

    /// <summary>Once, with the events whose rows were read.</summary>
    public async Task WriteAsync(NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        List<(StoredEvent, IndexedEvent, Incident?)> indexed = new(events.Count);
        var hours = new HourSums();
        foreach (var @event in events)
        {
            // One by one, so that it makes no difference where a batch begins.
            foreach (var view in views) view.Apply(@event);
            var found = IndexedEvent.Of(@event);
            var incident = found.IncidentId is { } id ? incidents.Find(id) : null;
            if (incident is not null) numbers.TryAdd(incident.Id, @event.Position);
            indexed.Add((@event, found, incident));
            hours.Add(@event, incident);
        }
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        IndexRows.Insert(batch, indexed);
        IndexRows.Upsert(batch, [.. Changed(incidents).Select(i => (numbers[i.Id], i))]);
        IndexRows.Upsert(batch, Changed(Rows<DeviceHealth>()));
        IndexRows.Upsert(batch, Changed(Rows<NotificationRow>()));
        hours.Write(batch);
        WriteRows(batch);
        ViewPosition.Write(batch, events[^1].Position + 1);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private void WriteRows(NpgsqlBatch batch)
    {
        var changes = views.SelectMany(v => v.TakeChanges().Select(c => (v.View, Key: IndexText.Of(c.Key), c.Row))).ToLookup(c => c.Row is not null);
        if (changes[true].Any())
            batch.Add("INSERT INTO view_rows SELECT * FROM unnest($1, $2, $3) ON CONFLICT (view, key) DO UPDATE SET data = excluded.data",
                (string[])[.. changes[true].Select(c => c.View)], (string[])[.. changes[true].Select(c => c.Key)],
                (string[])[.. changes[true].Select(c => c.Row!)]);
        if (changes[false].Any())
            batch.Add("DELETE FROM view_rows WHERE (view, key) IN (SELECT * FROM unnest($1, $2))",
                (string[])[.. changes[false].Select(c => c.View)], (string[])[.. changes[false].Select(c => c.Key)]);
    }

    private ViewRows<TRow> Rows<TRow>()
        where TRow : class => views.OfType<ViewRows<TRow>>().Single();

    private static List<TRow> Changed<TRow>(ViewRows<TRow> rows)
        where TRow : class => [.. rows.Changed.Select(rows.Find).OfType<TRow>()];
}
