using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>Reads events page by page, each in a connection of its own: a slow reader holds no snapshot.</summary>
internal sealed class RecordReader(NpgsqlDataSource source)
{
    private const int PageSize = 1000;
    private const string Position = "(data ->> 'position')::bigint", Occurred = "(data ->> 'occurredTicks')::bigint";

    public async Task<long> ReadHeadAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"SELECT COALESCE(MAX({Position}), 0) FROM mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, int fromVersion, CancellationToken cancellation) => PagesAsync(
        (connection, last) => connection.Statement(
            $"SELECT {EventRow.Columns} FROM mt_events WHERE stream_id = $1 AND version >= $2 ORDER BY version LIMIT {PageSize}",
            stream, last?.Version + 1L ?? fromVersion),
        cancellation);

    public IAsyncEnumerable<StoredEvent> ReadAllAsync(long fromPosition, CancellationToken cancellation) => PagesAsync(
        (connection, last) => connection.Statement(
            $"SELECT {EventRow.Columns} FROM mt_events WHERE {Position} >= $1 ORDER BY {Position} LIMIT {PageSize}",
            last?.Position + 1 ?? fromPosition),
        cancellation);

    public IAsyncEnumerable<StoredEvent> ReadBetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => PagesAsync(
        (connection, last) => connection.Statement(
            $"""
            SELECT {EventRow.Columns} FROM mt_events WHERE ({Occurred}, {Position}) > ($1, $2) AND {Occurred} < $3
            ORDER BY {Occurred}, {Position} LIMIT {PageSize}
            """,
            last?.OccurredAt.UtcTicks ?? from.UtcTicks, last?.Position ?? long.MinValue, to.UtcTicks),
        cancellation);

    public async Task<TrafficCheckpoint?> ReadCheckpointAsync(string topic, int partition, CancellationToken cancellation)
    {
        // One statement, so that the watches are those of the checkpoint.
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.Statement("""
            SELECT next_offset, clock, data FROM checkpoints LEFT JOIN watches USING (topic, partition)
            WHERE topic = $1 AND partition = $2 ORDER BY address
            """, topic, partition);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        TrafficCheckpoint? checkpoint = null;
        List<DeviceWatch> watches = [];
        while (await reader.ReadAsync(cancellation))
        {
            checkpoint ??= new(new(topic, partition, reader.GetInt64(0)), watches) { Clock = reader.IsDBNull(1) ? null : EventRow.Time(reader.GetInt64(1)) };
            if (!reader.IsDBNull(2)) watches.Add(JsonSerializer.Deserialize(reader.GetString(2), EventJson.Default.DeviceWatch)!);
        }
        return checkpoint;
    }

    public IAsyncEnumerable<Seal> ReadSealsAsync(long fromNumber, CancellationToken cancellation) => SealRows.ReadAsync(source, fromNumber, cancellation);

    public Task<StoreHead> ReadSealedHeadAsync(CancellationToken cancellation) => SealRows.ReadHeadAsync(source, cancellation);

    public Task<Evidence?> ReadEvidenceAsync(TrafficPosition position, CancellationToken cancellation) =>
        EvidenceRows.ReadAsync(source, position, cancellation);

    public async Task<PersonalText?> ReadTextAsync(string digest, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.Statement("SELECT salt, text FROM texts WHERE digest = $1", digest);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new PersonalText(digest, reader.GetString(0), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1)))
            : null;
    }

    private async IAsyncEnumerable<StoredEvent> PagesAsync(
        Func<NpgsqlConnection, StoredEvent?, NpgsqlCommand> query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var page = new List<StoredEvent>(PageSize);
        StoredEvent? last = null;
        do
        {
            page.Clear();
            await using (var connection = await source.OpenConnectionAsync(cancellation))
            {
                await using var command = query(connection, last);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation)) page.Add(EventRow.Read(reader));
            }
            foreach (var @event in page) yield return @event;
            if (page.Count > 0) last = page[^1];
        }
        while (page.Count == PageSize);
    }
}
