using IoMTAD.Functions.Recording;
using Npgsql;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>A database of a <see cref="PostgresServer"/>.</summary>
/// <param name="Socket">The folder of the server's socket.</param>
public sealed record PostgresDatabase(string Socket, string Name)
{
    /// <summary>May do anything: the server's own account.</summary>
    public const string Owner = "postgres";

    /// <summary>Owns the database, and applies the schema.</summary>
    public const string Deployment = "iomtad_deployment";

    /// <summary>What a running host may do.</summary>
    public const string RuntimeRole = "iomtad_host";

    /// <summary>What Grafana may do: nothing, until <c>reader.sql</c> says more.</summary>
    public const string ReaderRole = "iomtad_reader";

    /// <summary>The only one that is asked for its password.</summary>
    public const string PasswordRole = "with_password", Password = "a token";

    public string ConnectionString(string user) => $"Host={Socket};Database={Name};Username={user};Search Path={RecordSchema.DefaultName}";

    /// <summary>Its connections end with it: a database that is to be copied has none.</summary>
    public NpgsqlDataSource Open(string user = RuntimeRole) => NpgsqlDataSource.Create(ConnectionString(user));

    /// <returns>Rows that were changed.</returns>
    public async Task<int> ExecuteAsync(string sql, string user = Owner)
    {
        await using var source = Open(user);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }
}
