using IoMTAD.Functions.Recording;
using IoMTAD.Local.Tests.Views;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Tests.Recording;

public sealed class SchemaCommandTests(PostgresServer server)
{
    [Fact]
    public async Task A_deployment_makes_the_schema_and_may_do_so_again()
    {
        var database = await server.EmptyAsync();
        for (var i = 0; i < 2; i++)
        {
            var (exit, said, wrong) = await RunAsync(
                database.ConnectionString(PostgresDatabase.Deployment), "apply", "--runtime-role", PostgresDatabase.RuntimeRole);
            Assert.Equal((0, "", "schema iomtad is up to date"), (exit, wrong, said.Trim()));
        }
        await using var record = new MartenRecord(database.Open());
        await record.Store.CommitAsync(Story.Discovery, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_asked_for_and_nothing_of_ours_is_made()
    {
        var database = await server.EmptyAsync();
        var (exit, _, wrong) = await RunAsync(database.ConnectionString(PostgresDatabase.Deployment), "apply", "--runtime-role", "it's \"nobody\" %s");
        Assert.Equal(1, exit);
        Assert.Contains("role \"it's \"nobody\" %s\" does not exist: make it first", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_a_fault()
    {
        var (exit, _, wrong) = await RunAsync("Host=/nowhere/at/all;Username=me", "apply");
        Assert.Equal(1, exit);
        Assert.Contains("is not there", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "apply")]
    [InlineData("Nonsense=1", "apply")]
    [InlineData("Host=x")]
    [InlineData("Host=x", "aply")]
    [InlineData("Host=x", "apply", "--role", "me")]
    public async Task Wrong_use_says_what_is_wrong(string connection, params string[] arguments)
    {
        var (exit, _, wrong) = await RunAsync(connection, arguments);
        Assert.Equal(2, exit);
        Assert.StartsWith("schema: ", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_is_printed_without_a_database()
    {
        var (exit, said, _) = await RunAsync("", "script", "--runtime-role", "host");
        Assert.Equal(0, exit);
        foreach (var part in (string[])["mt_quick_append_events", "CREATE TABLE IF NOT EXISTS seals", "record.runtime_role = 'host'"])
            Assert.Contains(part, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("apply", "--help")]
    [InlineData("script", "--help")]
    public async Task Help_is_given(params string[] arguments)
    {
        var (exit, said, _) = await RunAsync("", arguments);
        Assert.Equal(0, exit);
        Assert.Contains("Usage:", said, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string connection, params string[] arguments)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Record"] = connection }).Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await SchemaCommand.RunAsync(arguments, configuration, output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
