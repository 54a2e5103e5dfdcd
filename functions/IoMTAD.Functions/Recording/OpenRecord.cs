using IoMTAD.Functions.Views;
using Marten;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>The record, opened for a command's length. What the command records is folded by the views that it reads.</summary>
internal sealed class OpenRecord : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly IDocumentStore documents;

    private OpenRecord(NpgsqlDataSource source)
    {
        (this.source, documents) = (source, RecordSchema.Open(source));
        var views = new RecordViews();
        Store = new MartenEventStore(source, documents, TimeProvider.System, [views]);
        Reads = new RecordReadModels(source, Store, views);
    }

    public MartenEventStore Store { get; }

    public RecordReadModels Reads { get; }

    /// <exception cref="InvalidOperationException">The configuration does not say how to get to the record.</exception>
    public static OpenRecord Of(IConfiguration configuration) => new(RecordDataSource.Create(configuration));

    public ValueTask DisposeAsync()
    {
        documents.Dispose();
        return source.DisposeAsync();
    }
}
