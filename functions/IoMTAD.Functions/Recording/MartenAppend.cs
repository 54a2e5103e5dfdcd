using System.Data.Common;
using System.Runtime.ExceptionServices;
using IoMTAD.Recording;
using Marten;
using Marten.Services;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>Appends linked events to Marten's streams, all in one round trip.</summary>
internal sealed class MartenAppend(IDocumentStore documents)
{
    /// <exception cref="DbException">The transaction has to be given up.</exception>
    public async Task AppendAsync(NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        if (events.Count == 0) return;
        await using var session = documents.LightweightSession(SessionOptions.ForTransaction(transaction));
        foreach (var stream in events.GroupBy(e => e.Stream))
        {
            var appended = session.Events.Append(stream.Key, stream.Select(object (e) => RecordedEvent.Of(e)));
            foreach (var @event in appended.Events)
            {
                var body = (RecordedEvent)@event.Data;
                (@event.Id, @event.EventTypeName) = (RecordedEvent.MartenId(body.Id), body.Type);
            }
        }
        try
        {
            await session.SaveChangesAsync(cancellation);
        }
        catch (Exception error) when (error is not DbException && DatabaseFault.Of(error) is { } cause)
        {
            // Callers know a database's faults, not Marten's words for them.
            ExceptionDispatchInfo.Throw(cause);
        }
    }
}
