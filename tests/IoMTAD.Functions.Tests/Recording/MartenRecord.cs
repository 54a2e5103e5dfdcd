using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Recording;
using Marten;
using Npgsql;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>A store as a running host opens it, and what has to be closed after it.</summary>
public sealed class MartenRecord : IAsyncDisposable
{
    private readonly DocumentStore documents;

    public MartenRecord(NpgsqlDataSource source, TimeProvider? time = null, params ICommitFollower[] followers)
    {
        Source = source;
        documents = RecordSchema.Open(source);
        Store = new MartenEventStore(source, documents, time ?? TimeProvider.System, followers);
    }

    public NpgsqlDataSource Source { get; }

    public MartenEventStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        await documents.DisposeAsync();
        await Source.DisposeAsync();
    }
}
