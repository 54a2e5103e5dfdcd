using System.Reflection;
using System.Text.Encodings.Web;
using IoMTAD.Hosting.Response;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Weasel.Core;

namespace IoMTAD.Functions.Recording;

/// <summary>The record's tables. A deployment applies them, by a role that owns them; a running host never does.</summary>
/// <remarks>Their schema is the first of the data source's search path, so that statements need no other name for it.</remarks>
public static class RecordSchema
{
    public const string DefaultName = "iomtad";

    private static readonly Assembly Own = typeof(RecordSchema).Assembly;

    /// <summary>Marten on the record: it appends, and leaves the schema alone.</summary>
    public static DocumentStore Open(NpgsqlDataSource source) => Open(source, AutoCreate.None);

    /// <summary>Brings the database up to this version; what is there already stays.</summary>
    /// <param name="runtimeRole">The role of the running host, which has to be there: it may append to the record and keep its state, and no more.</param>
    /// <exception cref="PostgresException">The database refused it. Marten's own objects may be there already.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource source, string? runtimeRole, CancellationToken cancellation = default)
    {
        await using (var documents = Open(source, AutoCreate.CreateOrUpdate))
            await documents.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var script in Scripts(runtimeRole))
        {
            await using var command = new NpgsqlCommand(script, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    /// <returns>All that <see cref="ApplyAsync"/> runs in an empty database; it needs none.</returns>
    public static string Script(string schema, string? runtimeRole)
    {
        using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder { Host = "nowhere", SearchPath = schema });
        using var documents = Open(source, AutoCreate.CreateOrUpdate);
        return string.Join('\n', [documents.Storage.ToDatabaseScript(), $"SET search_path TO \"{schema}\";", .. Scripts(runtimeRole)]);
    }

    /// <exception cref="ArgumentException">The data source has no search path.</exception>
    internal static string NameOf(NpgsqlDataSource source) =>
        new NpgsqlConnectionStringBuilder(source.ConnectionString).SearchPath?.Split(',')[0].Trim() is { Length: > 0 } name
            ? name
            : throw new ArgumentException("the data source's search path has to name the record's schema", nameof(source));

    private static DocumentStore Open(NpgsqlDataSource source, AutoCreate creation) => DocumentStore.For(options =>
    {
        options.Connection(source);
        options.DatabaseSchemaName = NameOf(source);
        options.AutoCreateSchemaObjects = creation;
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.MapEventType<RecordedEvent>("recorded");
        foreach (var index in (string[])["events_by_position", "events_by_time"]) options.Events.IgnoreIndex(index);
        options.UseSystemTextJsonForSerialization(casing: Casing.CamelCase, configure: json =>
        {
            json.TypeInfoResolverChain.Insert(0, RecordJson.Default);
            // The text is full of quotation marks, of which the default makes six characters each.
            json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        // An append that failed has spoilt its transaction: repeating is for whoever began that.
        options.ConfigurePolly(_ => { });
        options.DisableNpgsqlLogging = true;
    });

    private static IEnumerable<string> Scripts(string? runtimeRole)
    {
        foreach (var name in Own.GetManifestResourceNames().Where(n => n.StartsWith("schema/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            yield return Read(name);
        yield return OutboxSchema.Sql;
        if (runtimeRole is null) yield break;
        yield return $"SET record.runtime_role = '{runtimeRole.Replace("'", "''", StringComparison.Ordinal)}';";
        yield return Read("rights.sql");
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
