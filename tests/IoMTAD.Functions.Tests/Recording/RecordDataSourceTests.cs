using Azure.Core;
using IoMTAD.Functions.Recording;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace IoMTAD.Functions.Tests.Recording;

public sealed class RecordDataSourceTests(PostgresServer server)
{
    [Fact]
    public async Task A_token_of_Entra_is_the_password()
    {
        var database = await server.RecordAsync();
        var connection = database.ConnectionString(PostgresDatabase.PasswordRole);
        var right = new FakeCredential(PostgresDatabase.Password);
        await using (var source = Create(connection, "Entra", right))
        {
            await using var command = source.CreateCommand("SELECT current_user::text");
            Assert.Equal(PostgresDatabase.PasswordRole, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal(["https://ossrdbms-aad.database.windows.net/.default"], right.Scopes);

        await using var refused = Create(connection, "Entra", new FakeCredential("another"));
        var error = await Assert.ThrowsAsync<PostgresException>(async () => await refused.OpenConnectionAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, error.SqlState);
    }

    [Fact]
    public async Task Without_Entra_no_token_is_asked_for()
    {
        var database = await server.RecordAsync();
        var unused = new FakeCredential("x");
        await using var source = Create(database.ConnectionString(PostgresDatabase.PasswordRole) + $";Password={PostgresDatabase.Password}", null, unused);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Empty(unused.Scopes);
    }

    [Theory]
    [InlineData("Host=x", "iomtad")]
    [InlineData("Host=x;Search Path=ward", "ward")]
    public async Task The_schema_is_the_search_paths(string connection, string schema)
    {
        await using var source = Create(connection, null);
        Assert.Equal(schema, RecordSchema.NameOf(source));
    }

    [Theory]
    [InlineData(null, null, "ConnectionStrings:Record is not set")]
    [InlineData("Host=x;Password=y", "Entra", "take one of them away")]
    [InlineData("Host=x", "Kerberos", "Entra and Password are known")]
    public void A_configuration_that_cannot_be_meant_is_refused(string? connection, string? authentication, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Create(connection, authentication));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password=y", error.Message, StringComparison.Ordinal);
    }

    private static NpgsqlDataSource Create(string? connection, string? authentication, TokenCredential? credential = null) => RecordDataSource.Create(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Record"] = connection, ["Record:Authentication"] = authentication,
        }).Build(),
        credential);

    private sealed class FakeCredential(string token) : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken(token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
