using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Views;
using IoMTAD.Local.Tests.Views;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Tests.Views;

public sealed class ViewsCommandTests(PostgresServer server)
{
    [Fact]
    public async Task A_deployment_rebuilds_the_views_by_the_hosts_role()
    {
        var database = await server.RecordAsync();
        await using var record = new MartenRecord(database.Open());
        await record.Store.CommitAsync(Story.Incident(1), TestContext.Current.CancellationToken);
        Assert.Equal((0, "2 events folded into 6 views.", ""), await RunAsync(database.ConnectionString(PostgresDatabase.RuntimeRole), "rebuild"));
        Assert.Equal(0, await new RecordViews().CatchUpAsync(record.Store, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_without_the_tables_says_what_to_do_first()
    {
        var (exit, _, wrong) = await RunAsync((await server.EmptyAsync()).ConnectionString(PostgresDatabase.Deployment), "rebuild");
        Assert.Equal(1, exit);
        Assert.Contains("run 'schema apply' first", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "rebuild")]
    [InlineData("Host=x")]
    [InlineData("Host=x", "build")]
    public async Task Wrong_use_says_what_is_wrong(string connection, params string[] arguments)
    {
        var (exit, _, wrong) = await RunAsync(connection, arguments);
        Assert.Equal(2, exit);
        Assert.StartsWith("views: ", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("rebuild", "--help")]
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
        var exit = await ViewsCommand.RunAsync(arguments, configuration, output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString().Trim(), error.ToString().Trim());
    }
}
