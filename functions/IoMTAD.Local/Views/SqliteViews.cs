using System.Threading.Channels;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>Keeps the rows of all views, and the indexes of events and incidents, beside the position up to which they are folded.</summary>
/// <param name="database">Where the rows are.</param>
/// <param name="store">Where the events are: the same file, or another one for rows that are to stand as of an earlier time.</param>
public sealed class SqliteViews(SqliteDatabase database, IEventStore store)
{
    // Small chunks die young; a transaction takes as many as come, at least this many events unless there are no more.
    private const int ChunkSize = 100, ChunksAhead = 8, BatchSize = 10_000, BatchSizeAnew = 50_000;
    private const string SelectNextPosition = "SELECT next_position FROM view_positions WHERE view = $view";

    // All views are folded together; another set of views, as after an upgrade, is another name, and starts anew.
    private static readonly string SetName = $"indexed {string.Join(' ', ViewSet.All.Select(view => view.Name))}";

    /// <summary>Only what was recorded up to then, by the host's clock; null for all.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Folds the events that have come since the last call. Several may do so at the same time: each event is folded once.</summary>
    /// <returns>How many this call folded.</returns>
    public async Task<long> CatchUpAsync(CancellationToken cancellation = default)
    {
        if (AsOf is null && await IsUpToDateAsync(cancellation)) return 0;
        await database.Folding.WaitAsync(cancellation);
        try
        {
            long folded = 0;
            for (var fold = new SqliteFold(database, ViewSet.All); ; fold.Forget())
            {
                var (count, ended) = await FoldAsync(fold, cancellation);
                folded += count;
                if (ended) break;
            }
            if (!HasIndexes()) await database.WriteDerivedAsync(t => SqliteEventIndex.MakeIndexes(database, t), cancellation);
            return folded;
        }
        finally
        {
            database.Folding.Release();
        }
    }

    /// <summary>Drops all rows and folds every event anew.</summary>
    public async Task<long> RebuildAsync(CancellationToken cancellation = default)
    {
        await database.WriteDerivedAsync(t =>
        {
            SqliteFold.Clear(database, t);
            return database.Prepared(t, "DELETE FROM view_positions").ExecuteNonQuery();
        }, cancellation);
        return await CatchUpAsync(cancellation);
    }

    /// <summary>All rows of a view, ordered by key.</summary>
    public async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(View<TRow> view, CancellationToken cancellation = default)
        where TRow : class
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM view_rows WHERE view = $view ORDER BY key";
        command.Parameters.AddWithValue("$view", view.Name);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<TRow> rows = [];
        while (await reader.ReadAsync(cancellation)) rows.Add(ViewJson.Read<TRow>(reader.GetString(0)));
        return rows;
    }

    /// <summary>Folds to the end, or until another process turns out to have folded in between.</summary>
    private async Task<(long Folded, bool Ended)> FoldAsync(SqliteFold fold, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var next = await database.WriteDerivedAsync(NextPosition, cancellation);
        var chunks = Channel.CreateBounded<List<StoredEvent>>(ChunksAhead);
        // One core reads and parses while the other folds and writes.
        var reading = Task.Run(() => ReadAsync(next, chunks.Writer, stopping.Token), CancellationToken.None);
        try
        {
            long folded = 0;
            while (await chunks.Reader.WaitToReadAsync(cancellation))
            {
                if (await WriteAsync(fold, chunks.Reader, next, cancellation) is not { } reached) return (folded, false);
                (folded, next) = (folded + reached.Count, reached.Next);
            }
            return (folded, true);
        }
        finally
        {
            await stopping.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(long from, ChannelWriter<List<StoredEvent>> chunks, CancellationToken cancellation)
    {
        try
        {
            List<StoredEvent> chunk = new(ChunkSize);
            await foreach (var @event in store.ReadAllAsync(from, cancellation))
            {
                if (@event.RecordedAt > AsOf) break;
                _ = @event.Event;
                chunk.Add(@event);
                if (chunk.Count < ChunkSize) continue;
                await chunks.WriteAsync(chunk, cancellation);
                chunk = new(ChunkSize);
            }
            if (chunk.Count > 0) await chunks.WriteAsync(chunk, cancellation);
            chunks.Complete();
        }
        catch (Exception e)
        {
            chunks.Complete(e);
        }
    }

    /// <returns>Null where another caller, or another process, has been faster.</returns>
    private async Task<(long Count, long Next)?> WriteAsync(SqliteFold fold, ChannelReader<List<StoredEvent>> chunks, long next, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteDerivedAsync<(long, long)?>(t =>
            {
                if (NextPosition(t) != next) return null;
                if (next == 0)
                {
                    SqliteFold.Clear(database, t);
                    fold.BeginAnew();
                }
                long count = 0;
                while (count < (fold.IsAnew ? BatchSizeAnew : BatchSize) && Take(chunks, cancellation) is { } chunk)
                {
                    fold.Fold(chunk);
                    (count, next) = (count + chunk.Count, chunk[^1].Position + 1);
                }
                fold.Flush();
                database.Prepared(t, "DELETE FROM view_positions").ExecuteNonQuery();
                database.Prepared(t, "INSERT INTO view_positions VALUES ($view, $next)", ("$view", SetName), ("$next", next)).ExecuteNonQuery();
                return (count, next);
            }, cancellation);
        }
        catch
        {
            fold.Forget();
            throw;
        }
    }

    /// <summary>The next chunk, which is being read; null at the end.</summary>
    private static List<StoredEvent>? Take(ChannelReader<List<StoredEvent>> chunks, CancellationToken cancellation)
    {
        while (true)
        {
            if (chunks.TryRead(out var chunk)) return chunk;
            if (!chunks.WaitToReadAsync(cancellation).AsTask().GetAwaiter().GetResult()) return null;
        }
    }

    /// <summary>Asked before each answer: two look-ups and no lock.</summary>
    private async Task<bool> IsUpToDateAsync(CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COALESCE(({SelectNextPosition}), 0) > COALESCE((SELECT MAX(position) FROM events), 0)";
        command.Parameters.AddWithValue("$view", SetName);
        return await command.ExecuteScalarAsync(cancellation) is 1L && SqliteEventIndex.HasIndexes(connection);
    }

    private bool HasIndexes()
    {
        using var connection = database.Connect();
        return SqliteEventIndex.HasIndexes(connection);
    }

    private long NextPosition(SqliteTransaction transaction) =>
        database.Prepared(transaction, SelectNextPosition, ("$view", SetName)).ExecuteScalar() as long? ?? 0;
}
