using System.Runtime.CompilerServices;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>One row closes each commit.</summary>
internal static class SqliteSeals
{
    private const int PageSize = 1000;
    private const string Columns = "number, first, last, recorded_at, evidence, hash";

    /// <summary>Within the transaction that appends the events, after them.</summary>
    /// <param name="last">Position of the last event before the commit.</param>
    public static void Close(
        SqliteDatabase database, SqliteTransaction transaction, IReadOnlyList<StoredEvent> appended, IReadOnlyList<string> evidence, long last,
        DateTimeOffset recordedAt)
    {
        if (appended.Count == 0 && evidence.Count == 0) return;
        var (number, hash) = Last(database, transaction);
        using var builder = new SealBuilder(hash, number + 1);
        foreach (var @event in appended) builder.Add(@event);
        var (from, to) = (last + 1, last + appended.Count);
        Insert(database, transaction, new Seal(number + 1, from, to, recordedAt, evidence, builder.Finish(from, to, recordedAt, evidence)));
    }

    /// <summary>A store from before there were seals gets its first one over all that is there.</summary>
    public static void CloseOlderRecord(SqliteDatabase database, SqliteTransaction transaction)
    {
        if (Last(database, transaction).Number > 0) return;
        using var builder = new SealBuilder(Seal.Genesis, 1);
        var (first, last) = (0L, 0L);
        using (var reader = database.Prepared(transaction, $"SELECT {SqliteEventRow.Columns} FROM events ORDER BY position").ExecuteReader())
            while (reader.Read())
            {
                var @event = SqliteEventRow.Read(reader);
                builder.Add(@event);
                (first, last) = (first == 0 ? @event.Position : first, @event.Position);
            }
        if (last == 0) return;
        var evidence = SqliteEvidence.SealsOfAll(database, transaction);
        Insert(database, transaction, new Seal(1, first, last, null, evidence, builder.Finish(first, last, null, evidence)));
    }

    public static async IAsyncEnumerable<Seal> ReadAsync(
        SqliteDatabase database, long fromNumber, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Seal> page = [];
        do
        {
            page.Clear();
            await using (var connection = database.Connect())
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT {Columns} FROM seals WHERE number >= $from ORDER BY number LIMIT {PageSize}";
                command.Parameters.AddWithValue("$from", fromNumber);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation)) page.Add(Read(reader, 0));
            }
            foreach (var seal in page) yield return seal;
            if (page.Count > 0) fromNumber = page[^1].Number + 1;
        }
        while (page.Count == PageSize);
    }

    /// <summary>The last event and the last seal, in one look.</summary>
    public static async Task<StoreHead> ReadHeadAsync(SqliteDatabase database, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT (SELECT COALESCE(MAX(position), 0) FROM events), {Columns}
            FROM (SELECT 1) LEFT JOIN seals ON number = (SELECT MAX(number) FROM seals)
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new StoreHead(reader.GetInt64(0), reader.IsDBNull(1) ? null : Read(reader, 1));
    }

    private static (long Number, string Hash) Last(SqliteDatabase database, SqliteTransaction transaction)
    {
        using var reader = database.Prepared(transaction, "SELECT number, hash FROM seals ORDER BY number DESC LIMIT 1").ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetString(1)) : (0, Seal.Genesis);
    }

    private static void Insert(SqliteDatabase database, SqliteTransaction transaction, Seal seal) => database.Prepared(transaction,
        $"INSERT INTO seals ({Columns}) VALUES ($number, $first, $last, $recorded, $evidence, $hash)",
        ("$number", seal.Number), ("$first", seal.First), ("$last", seal.Last), ("$recorded", seal.RecordedAt?.UtcTicks),
        ("$evidence", string.Join(' ', seal.Evidence)), ("$hash", seal.Hash)).ExecuteNonQuery();

    private static Seal Read(SqliteDataReader r, int at) => new(r.GetInt64(at), r.GetInt64(at + 1), r.GetInt64(at + 2),
        r.IsDBNull(at + 3) ? null : SqliteEventRow.Time(r.GetInt64(at + 3)), r.GetString(at + 4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        r.GetString(at + 5));
}
