using System.Data.Common;
using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Recording;
using IoMTAD.Recording;
using Npgsql;
using StoredRow = IoMTAD.Functions.Recording.EventRow;

namespace IoMTAD.Functions.Views;

/// <summary>Folds events into the rows that questions are answered from, in the transaction that appends them.</summary>
/// <remarks>Where the rows are behind the record, as after an upgrade that has other views, appends leave them alone until they have been
/// brought up to it: by a deployment's <c>views rebuild</c>, or by the next question.</remarks>
public sealed class RecordViews : ICommitFollower
{
    /// <summary>Of the views and their tables. Rows of an earlier one are dropped and made anew; those of a later one, by a newer host,
    /// are left alone.</summary>
    public const int Version = 1;

    private const string Clear = """
        TRUNCATE view_rows, event_index, incident_index, device_index, notification_index, device_hours, class_hours;
        DELETE FROM view_positions;
        """;

    // One statement, and so one moment.
    private const string AskUpToDate = """
        SELECT EXISTS (SELECT 1 FROM view_positions WHERE version > $1 OR (version = $1
            AND next_position > (SELECT COALESCE(MAX((data ->> 'position')::bigint), 0) FROM mt_events)))
            OR NOT EXISTS (SELECT 1 FROM mt_events)
        """;

    /// <summary>Events of the record folded in one transaction, which holds up appends.</summary>
    internal int SliceSize { get; init; } = 5000;

    public async Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> appended, CancellationToken cancellation)
    {
        var own = (NpgsqlTransaction)transaction;
        var (fold, position) = await RecordFold.ReadAsync(own, appended, cancellation);
        if (position == new ViewPosition(Version, appended[0].Position)) await fold.WriteAsync(own, appended, cancellation);
    }

    /// <summary>Folds what is in the record and not yet in the rows; in the rule there is nothing.</summary>
    /// <param name="progress">Told how many events have been folded so far.</param>
    /// <returns>How many this call folded.</returns>
    public async Task<long> CatchUpAsync(ITransactionalStore store, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        await using (var connection = (NpgsqlConnection)await store.ConnectAsync(cancellation))
        await using (var ask = connection.Statement(AskUpToDate, Version))
            if (await ask.ExecuteScalarAsync(cancellation) is true) return 0;
        long folded = 0;
        while (await store.WriteAsync(t => FoldSliceAsync((NpgsqlTransaction)t, cancellation), cancellation) is var count and > 0)
        {
            folded += count;
            progress?.Report(folded);
        }
        return folded;
    }

    /// <summary>Drops all rows and folds the whole record anew. Appends go on in between.</summary>
    /// <inheritdoc cref="CatchUpAsync"/>
    public async Task<long> RebuildAsync(ITransactionalStore store, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        await store.WriteAsync(t => ClearAsync((NpgsqlTransaction)t, cancellation), cancellation);
        return await CatchUpAsync(store, progress, cancellation);
    }

    private async Task<int> FoldSliceAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        ViewPosition position;
        await using (var ask = transaction.Connection!.Statement(ViewPosition.Select))
        await using (var reader = await ask.ExecuteReaderAsync(cancellation))
            position = await ViewPosition.ReadAsync(reader, cancellation);
        if (position.Version > Version) return 0;
        if (position.Version < Version)
        {
            await ClearAsync(transaction, cancellation);
            position = new(Version, 1);
        }
        List<StoredEvent> events = [];
        await using (var next = transaction.Connection!.Statement(
            $"SELECT {StoredRow.Columns} FROM mt_events WHERE (data ->> 'position')::bigint >= $1 ORDER BY (data ->> 'position')::bigint LIMIT {SliceSize}",
            position.Next))
        await using (var reader = await next.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) events.Add(StoredRow.Read(reader));
        if (events.Count == 0) return 0;
        var (fold, _) = await RecordFold.ReadAsync(transaction, events, cancellation);
        await fold.WriteAsync(transaction, events, cancellation);
        return events.Count;
    }

    private static async Task<int> ClearAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Connection!.Statement(Clear);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
