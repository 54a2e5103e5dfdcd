using System.Text.Json;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response.Channels;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests;
using IoMTAD.Training.Export;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Tests.Commands;

public sealed class RescoreCommandTests(SimulatedWard ward) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_model_that_recorded_the_incidents_would_open_them_all_again_and_nothing_is_written()
    {
        var store = await CopyAsync();
        var (events, told) = (await StoredRun.EventsAsync(store), await File.ReadAllTextAsync(Path.Combine(store, FileNotifier.FileName), Cancellation));

        var (incidents, totals) = await RescoreAsync(await ward.ModelAsync(), store);
        var people = await Iomtad.SucceedAsync("rescore", "--model", await ward.ModelAsync(), "--store", store);

        Assert.NotEmpty(incidents);
        Assert.All(incidents, i => Assert.Equal("StillOpens", i.GetProperty("verdict").GetString()));
        Assert.All(incidents, i => Assert.Equal(i.GetProperty("oldScore").GetDouble(), i.GetProperty("newScore").GetDouble()));
        Assert.All(incidents, i => Assert.Equal(i.GetProperty("recorded").GetInt32(), i.GetProperty("strange").GetInt32()));
        Assert.Equal(incidents.Count, totals.GetProperty("stillOpen").GetInt32());
        Assert.Contains($"{incidents.Count} would still open, 0 would fall silent", people.Output, StringComparison.Ordinal);
        Assert.Equal(events, await StoredRun.EventsAsync(store));
        Assert.Equal(told, await File.ReadAllTextAsync(Path.Combine(store, FileNotifier.FileName), Cancellation));
    }

    [Fact]
    public async Task Attacks_that_a_deaf_model_would_miss_are_listed_first()
    {
        var store = await CopyAsync();
        var last = (await StoredRun.EventsAsync(store)).Select(e => e.Event).OfType<IncidentOpened>().Last();
        await CommitAsync(store, Incident.StreamOf(last.IncidentId),
            new IncidentClosed(last.IncidentId, last.Device.Id, Disposition.TrueAttack, "ann", "seen on the switch"));
        ModelBundle.Write(Models.Load(await ward.ModelAsync()).WithFalseAlarmRate(1e-30), folder.File("deaf"));

        var (incidents, totals) = await RescoreAsync(folder.File("deaf"), store);

        Assert.Equal(last.IncidentId, incidents[0].GetProperty("incident").GetString());
        Assert.Equal([last.IncidentId], totals.GetProperty("lostAttacks").EnumerateArray().Select(e => e.GetString()));
        Assert.All(incidents, i => Assert.Equal(
            i.GetProperty("strange").GetInt32() == 0 ? "FallsSilent" : i.GetProperty("verdict").GetString(), i.GetProperty("verdict").GetString()));
        // What was strange by the device's rate stays so under any model.
        Assert.All(incidents, i => Assert.Equal(i.GetProperty("byRateAlone").GetInt32(), i.GetProperty("strange").GetInt32()));
    }

    [Fact]
    public async Task Segments_that_were_removed_or_changed_are_a_fault_and_not_scored()
    {
        var store = await CopyAsync();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(store, SqliteDatabase.FileName)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER evidence_never_changes; UPDATE evidence SET value = x'00'";
            command.ExecuteNonQuery();
        }

        var result = await Iomtad.RunAsync("rescore", "--model", await ward.ModelAsync(), "--store", store, "--json");

        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.All(result.ErrorLines, line => Assert.Contains("are not those that were recorded", line, StringComparison.Ordinal));
        var incidents = result.OutputLines.SkipLast(1).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.All(incidents, i => Assert.Equal(("NoEvidence", 0), (i.GetProperty("verdict").GetString(), i.GetProperty("kept").GetInt32())));
    }

    [Fact]
    public async Task Incidents_from_before_evidence_was_kept_are_counted_as_such()
    {
        await CommitAsync(folder.File("old"), Incident.StreamOf("i1"), Opened, Observed("window-v1", null));
        var (incidents, totals) = await RescoreAsync(await ward.ModelAsync(), folder.File("old"));
        Assert.Equal("NoEvidence", Assert.Single(incidents).GetProperty("verdict").GetString());
        Assert.Equal(1, totals.GetProperty("noEvidence").GetInt32());
    }

    [Fact]
    public async Task A_model_of_another_schema_is_refused()
    {
        await CommitAsync(folder.File("rows"), Incident.StreamOf("i1"), Opened, Observed("ciciomt2024-v2", "00"));

        var result = await Iomtad.RunAsync("rescore", "--model", await ward.ModelAsync(), "--store", folder.File("rows"));

        Assert.Equal((ExitCode.FaultInInput, ""), (result.ExitCode, result.Output));
        Assert.Contains("another schema than window-v1", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static IncidentOpened Opened => new("i1", Views.Story.Pump, IncidentKind.Behaviour, Policy.Severity.High, "strange", null);

    private static AnomalyObserved Observed(string schema, string? sha256) =>
        new("i1", 9, 2, 1e-4, "m@1", schema, null, [], "strange", new("t", 0, 1), 3) { SegmentSha256 = sha256 };

    private async Task<string> CopyAsync() => SimulatedWard.Copy(await ward.StoreAsync(), folder.File("copy"));

    private static async Task CommitAsync(string store, string stream, params Policy.DomainEvent[] events)
    {
        await using var database = SqliteDatabase.Open(store);
        await new SqliteEventStore(database, TimeProvider.System).CommitAsync(new Commit([new StreamAppend(stream, null,
            [.. events.Select(e => new NewEvent(EventTypes.NameOf(e), e, Views.Story.Noon))])]), Cancellation);
    }

    private static async Task<(List<JsonElement> Incidents, JsonElement Totals)> RescoreAsync(string model, string store)
    {
        var lines = (await Iomtad.SucceedAsync("rescore", "--model", model, "--store", store, "--json")).OutputLines
            .Select(l => JsonDocument.Parse(l).RootElement).ToList();
        return (lines[..^1], lines[^1]);
    }
}
