using System.Runtime.CompilerServices;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>One row closes each commit.</summary>
internal static class SealRows
{
    private const int PageSize = 1000;

    public static void Insert(NpgsqlBatch batch, Seal seal) => batch.Add("INSERT INTO seals VALUES ($1, $2, $3, $4, $5, $6)",
        seal.Number, seal.First, seal.Last, seal.RecordedAt?.UtcTicks, string.Join(' ', seal.Evidence), seal.Hash);

    public static async IAsyncEnumerable<Seal> ReadAsync(NpgsqlDataSource source, long fromNumber, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Seal> page = [];
        do
        {
            page.Clear();
            await using (var connection = await source.OpenConnectionAsync(cancellation))
            {
                await using var command = connection.Statement(
                    "SELECT number, first, last, recorded_at, evidence, hash FROM seals WHERE number >= $1 ORDER BY number LIMIT $2", fromNumber, PageSize);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation)) page.Add(Read(reader, 0));
            }
            foreach (var seal in page) yield return seal;
            if (page.Count > 0) fromNumber = page[^1].Number + 1;
        }
        while (page.Count == PageSize);
    }

    /// <summary>The last event and the last seal, in one look.</summary>
    public static async Task<StoreHead> ReadHeadAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.Statement("""
            SELECT (SELECT COALESCE(MAX((data ->> 'position')::bigint), 0) FROM mt_events), number, first, last, recorded_at, evidence, hash
            FROM (SELECT 1) AS one LEFT JOIN seals ON number = (SELECT MAX(number) FROM seals)
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new StoreHead(reader.GetInt64(0), reader.IsDBNull(1) ? null : Read(reader, 1));
    }

    private static Seal Read(NpgsqlDataReader r, int at) => new(r.GetInt64(at), r.GetInt64(at + 1), r.GetInt64(at + 2),
        r.IsDBNull(at + 3) ? null : EventRow.Time(r.GetInt64(at + 3)), r.GetString(at + 4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        r.GetString(at + 5));
}
