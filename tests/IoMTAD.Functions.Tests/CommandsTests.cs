using IoMTAD.Functions.Recording;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Views;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Recording;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Records;
using IoMTAD.Recording;
using IoMTAD.Tests;
using IoMTAD.Tests.Inference;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Tests;

/// <summary>What people run on the cloud's record and models, as the program takes it from its command line.</summary>
public sealed class CommandsTests(PostgresServer server, Azurite azurite) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string?> settings = new() { ["ConnectionStrings:Record"] = "Host=/nowhere/at/all;Username=me" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_record_is_verified_against_an_anchor_and_who_did_it_is_on_record()
    {
        await using var record = await RecordAsync();
        await record.Store.CommitAsync(Story.Incident(1), Cancellation);
        var (_, anchor, _) = await RunAsync("record", "anchor");
        var file = folder.File("anchors");
        await File.WriteAllTextAsync(file, anchor, Cancellation);

        var (exit, said, wrong) = await RunAsync("record", "verify", "--anchor", file, "--by", "anna");

        Assert.Equal((0, "2 events in 1 streams, 1 seals, 1 anchors: the chain holds.\n", ""), (exit, said, wrong));
        var access = Assert.Single(await record.Store.ReadAllAsync(0, Cancellation).Select(e => e.Event).OfType<RecordAccessed>().ToListAsync(Cancellation));
        Assert.Equal(("verify", "anna"), (access.Action, access.By));
    }

    [Fact]
    public async Task A_record_that_somebody_changed_is_named_and_fails()
    {
        await using var record = await RecordAsync();
        await record.Store.CommitAsync(Story.Incident(1), Cancellation);
        await record.Database.ExecuteAsync(
            "SET session_replication_role = replica; UPDATE mt_events SET data = jsonb_set(data, '{text}', '\"{}\"') WHERE version = 2");

        var (exit, said, _) = await RunAsync("record", "verify");

        Assert.Equal(1, exit);
        Assert.StartsWith("BROKEN at event 2", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_of_closed_incidents_goes_once_its_time_is_over_and_only_then()
    {
        await using var record = await RecordAsync();
        await record.Store.CommitAsync(Story.Incident(2), Cancellation);
        await record.Store.CommitAsync(Story.Anomaly(7), Cancellation);
        var closed = new IncidentClosed("i2", Story.Pump.Id, Disposition.FalseAlarm, "anna", "");
        await record.Store.CommitAsync(
            new Commit([new StreamAppend(Incident.StreamOf("i2"), null, [new NewEvent("closed", closed, Story.Noon)])]), Cancellation);

        Assert.StartsWith("1 segment(s) and 0 text(s) of 1 incident(s) would go",
            (await RunAsync("record", "retention", "--evidence-days", "0", "--dry-run")).Output, StringComparison.Ordinal);
        Assert.StartsWith("0 segment(s)", (await RunAsync("record", "retention", "--evidence-days", "1")).Output, StringComparison.Ordinal);
        Assert.NotNull(await record.Store.ReadEvidenceAsync(new("t", 1, 7), Cancellation));
        Assert.StartsWith("1 segment(s) and 0 text(s) of 1 incident(s) are gone",
            (await RunAsync("record", "retention", "--evidence-days", "0")).Output, StringComparison.Ordinal);
        Assert.Null(await record.Store.ReadEvidenceAsync(new("t", 1, 7), Cancellation));
        Assert.Equal(0, (await RunAsync("record", "verify")).Exit);
    }

    [Fact]
    public async Task A_model_is_rolled_back_if_there_is_one_to_go_back_to()
    {
        await using var record = await RecordAsync();
        settings["AzureWebJobsStorage"] = await azurite.ConnectionStringAsync();
        settings["Models:Container"] = "rolledback";
        var (model, configuration) = (SmallModel.Model, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var first = model.With(model.Manifest with { FalseAlarmRate = 0.5 });
        var store = Functions.Inference.ModelServices.Store(configuration, new Azure.Identity.DefaultAzureCredential());
        foreach (var version in (IoMTAD.Inference.AnomalyModel[])[first, model])
        {
            Assert.Equal(1, (await RunAsync("models", "rollback", "--reason", "too loud")).Exit);
            await store.KeepAsync(version.Version, version.Files.ToDictionary(f => f.Key, f => (ReadOnlyMemory<byte>)f.Value), Cancellation);
            var log = new ModelLog(record.Store, "ward", Story.Noon);
            var history = await log.ReadAsync(Cancellation);
            await log.RecordAsync(history, new ModelPromoted("ward", version.Version, history.State.Current, "better"), Cancellation);
        }

        Assert.Equal((0, $"{first.Version} is in use again, in place of {model.Version}.\n", ""), await RunAsync("models", "rollback", "--reason", "too loud"));
        Assert.Equal("models: no version before " + first.Version + "\n", (await RunAsync("models", "rollback", "--reason", "once more")).Error);
    }

    [Theory]
    [InlineData(2, "record")]
    [InlineData(2, "record", "retention")]
    [InlineData(2, "record", "retention", "--evidence-days", "-1")]
    [InlineData(2, "models", "rollback")]
    [InlineData(1, "record", "verify")]
    [InlineData(1, "record", "verify", "--anchor", "/nowhere/at/all")]
    [InlineData(0, "record", "verify", "--help")]
    [InlineData(0, "models", "rollback", "--help")]
    public async Task Wrong_use_is_told_from_what_is_not_there(int expected, params string[] arguments)
    {
        var (exit, said, wrong) = await RunAsync(arguments);
        Assert.Equal(expected, exit);
        Assert.StartsWith(expected == 0 ? "Description:" : $"{arguments[0]}: ", expected == 0 ? said : wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--functions-uri")]
    [InlineData("")]
    public void What_the_host_starts_the_worker_with_is_no_command(string argument) => Assert.Null(Commands.Find(argument));

    private async Task<OwnRecord> RecordAsync()
    {
        var database = await server.RecordAsync();
        settings["ConnectionStrings:Record"] = database.ConnectionString(PostgresDatabase.RuntimeRole);
        return new OwnRecord(database, new MartenRecord(database.Open(), null, new RecordViews()));
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Commands.Find(arguments[0])!(
            arguments[1..], new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), output, error, Cancellation);
        return (exit, output.ToString(), error.ToString());
    }

    private sealed record OwnRecord(PostgresDatabase Database, MartenRecord Record) : IAsyncDisposable
    {
        public IEventStore Store => Record.Store;

        public ValueTask DisposeAsync() => Record.DisposeAsync();
    }
}
