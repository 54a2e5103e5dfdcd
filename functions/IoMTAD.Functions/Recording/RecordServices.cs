using IoMTAD.Hosting.Recording;
using IoMTAD.Recording;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>The event store among a host's services.</summary>
public static class RecordServices
{
    /// <remarks>Needs a <see cref="TimeProvider"/>; each registered <see cref="ICommitFollower"/> is called in the transactions of appends.</remarks>
    public static IServiceCollection AddRecord(this IServiceCollection services) => services
        .AddSingleton(provider => RecordDataSource.Create(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<IDocumentStore>(provider => RecordSchema.Open(provider.GetRequiredService<NpgsqlDataSource>()))
        .AddSingleton<ITransactionalStore, MartenEventStore>()
        .AddSingleton<IEventStore>(provider => provider.GetRequiredService<ITransactionalStore>());
}
