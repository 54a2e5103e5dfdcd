using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>Opens the record's database as it is configured: <c>ConnectionStrings:Record</c> and, without a password, <c>Record:Authentication</c>.</summary>
public static class RecordDataSource
{
    private static readonly string[] Scopes = ["https://ossrdbms-aad.database.windows.net/.default"];

    /// <summary>A token lasts an hour or more; one is asked for well before, and soon again where that failed.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(30), Retry = TimeSpan.FromSeconds(5);

    /// <param name="credential">For Entra; the host's own where it is null.</param>
    /// <exception cref="InvalidOperationException">The configuration does not say how to get to the record.</exception>
    public static NpgsqlDataSource Create(IConfiguration configuration, TokenCredential? credential = null)
    {
        var text = configuration.GetConnectionString("Record");
        if (string.IsNullOrWhiteSpace(text)) throw new InvalidOperationException("ConnectionStrings:Record is not set: it names the record's database");
        var builder = new NpgsqlDataSourceBuilder(text);
        if (string.IsNullOrEmpty(builder.ConnectionStringBuilder.SearchPath)) builder.ConnectionStringBuilder.SearchPath = RecordSchema.DefaultName;
        switch (configuration["Record:Authentication"])
        {
            case null or "" or "Password":
                break;
            case "Entra" when string.IsNullOrEmpty(builder.ConnectionStringBuilder.Password):
                credential ??= new DefaultAzureCredential();
                builder.UsePeriodicPasswordProvider(
                    async (_, cancellation) => (await credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellation)).Token, Renewal, Retry);
                break;
            case "Entra":
                throw new InvalidOperationException("ConnectionStrings:Record holds a password, and Record:Authentication is Entra: take one of them away");
            case var other:
                throw new InvalidOperationException($"Record:Authentication is '{other}': Entra and Password are known");
        }
        return builder.Build();
    }
}
