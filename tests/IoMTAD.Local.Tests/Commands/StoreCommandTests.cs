using System.Text.Json;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response.Channels;
using IoMTAD.Local.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Tests;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>The commands that read a store: events, incidents, devices, views.</summary>
public sealed class StoreCommandTests(SimulatedWard ward) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Json_output_is_one_object_per_line()
    {
        var store = await ward.StoreAsync();
        var events = await StoredRun.EventsAsync(store);

        Assert.Equal(events.Select(e => e.Id), Ids(await Iomtad.SucceedAsync("events", "list", "--json", "--last", "1000000", "--store", store)));
        Assert.Equal(events.TakeLast(3).Select(e => e.Id), Ids(await Iomtad.SucceedAsync("events", "list", "--json", "--last", "3", "--store", store)));
        Assert.Equal(events.Select(e => e.Id), Ids(await Iomtad.SucceedAsync("events", "export", "--store", store)));
        var opened = events.Select(e => e.Event).OfType<IncidentOpened>().Select(i => i.IncidentId).ToList();
        Assert.NotEmpty(opened);
        Assert.Equal(opened, Ids(await Iomtad.SucceedAsync("incidents", "list", "--json", "--store", store)));
        Assert.Equal(events.Where(e => e.Stream == $"incident-{opened[0]}").Select(e => e.Id),
            Ids(await Iomtad.SucceedAsync("incidents", "show", opened[0][..6], "--json", "--store", store)));
        var devices = (await Iomtad.SucceedAsync("devices", "list", "--json", "--store", store)).OutputLines;
        Assert.Equal(events.Count(e => e.Type == "DeviceDiscovered"), devices.Select(d => JsonDocument.Parse(d)).Count());
        var models = (await Iomtad.SucceedAsync("models", "list", await ward.ModelAsync(), "--json")).OutputLines;
        Assert.StartsWith("model@", JsonDocument.Parse(Assert.Single(models)).RootElement.GetProperty("version").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events list")]
    [InlineData("incidents list")]
    [InlineData("devices list")]
    public async Task Without_json_people_get_a_table(string command)
    {
        var result = await Iomtad.SucceedAsync([.. command.Split(' '), "--store", await ward.StoreAsync()]);
        Assert.Contains("───", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task An_incident_is_shown_with_what_was_seen_against_what_is_normal()
    {
        var incident = (await StoredRun.EventsAsync(await ward.StoreAsync())).Select(e => e.Event).OfType<IncidentOpened>().First();
        var shown = await Iomtad.SucceedAsync("incidents", "show", incident.IncidentId, "--store", await ward.StoreAsync());
        Assert.All((string[])[incident.IncidentId, "observed", "normally", "AnomalyObserved"],
            word => Assert.Contains(word, shown.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ffffffffffff", "no incident 'ffffffffffff'")]
    [InlineData("", "give more digits")]
    public async Task An_incident_that_is_not_one_is_a_fault(string id, string told)
    {
        var result = await Iomtad.RunAsync("incidents", "show", id, "--store", await ward.StoreAsync());
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains(told, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_is_exit_code_one_once_an_event_was_changed()
    {
        var store = await CopyAsync();
        await Iomtad.SucceedAsync("events", "verify", "--store", store);
        Execute(store, "DROP TRIGGER events_never_change; UPDATE events SET data = replace(data, 'icu-1', 'icu-9') WHERE position = 5");

        var people = await Iomtad.RunAsync("events", "verify", "--store", store);
        var machine = await Iomtad.RunAsync("events", "verify", "--json", "--store", store);

        Assert.Equal((ExitCode.FaultInInput, ExitCode.FaultInInput), (people.ExitCode, machine.ExitCode));
        Assert.StartsWith("BROKEN at event 5 ", Assert.Single(people.OutputLines), StringComparison.Ordinal);
        var report = JsonDocument.Parse(Assert.Single(machine.OutputLines)).RootElement;
        Assert.False(report.GetProperty("intact").GetBoolean());
        Assert.Equal((await StoredRun.EventsAsync(store))[4].Id, report.GetProperty("broken").GetString());
    }

    [Theory]
    [InlineData("events list")]
    [InlineData("views rebuild")]
    public async Task A_store_that_is_no_database_is_named_in_one_line_with_the_way_out(string command)
    {
        Directory.CreateDirectory(folder.File("damaged"));
        await File.WriteAllTextAsync(Path.Combine(folder.File("damaged"), SqliteDatabase.FileName), "Once upon a time there was a database.",
            TestContext.Current.CancellationToken);

        var result = await Iomtad.RunAsync([.. command.Split(' '), "--store", folder.File("damaged")]);

        Assert.Equal((ExitCode.FaultInInput, ""), (result.ExitCode, result.Output));
        var told = Assert.Single(result.ErrorLines);
        Assert.Contains(folder.File("damaged"), told, StringComparison.Ordinal);
        Assert.Contains("--store", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_rebuilt_are_the_views_that_grew_with_the_events()
    {
        var store = await CopyAsync();
        var devices = await Iomtad.SucceedAsync("devices", "list", "--json", "--store", store);
        var device = JsonDocument.Parse(devices.OutputLines[0]).RootElement.GetProperty("device").GetProperty("id").GetString()!;
        await Iomtad.SucceedAsync("suppressions", "mute", device, "--for", "1h", "--store", store);
        await Iomtad.SucceedAsync("incidents", "list", "--store", store);
        var grown = Rows(store);

        var rebuilt = await Iomtad.SucceedAsync("views", "rebuild", "--store", store);

        Assert.Equal(ViewSet.All.Select(v => v.Name).Order(), grown.Select(r => r.View).Distinct().Order());
        Assert.Equal(grown, Rows(store));
        Assert.Contains($"{(await StoredRun.EventsAsync(store)).Count} events", rebuilt.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_incident_was_told_once()
    {
        var store = await ward.StoreAsync();
        var requested = (await StoredRun.EventsAsync(store)).Select(e => e.Event).OfType<NotificationRequested>().Where(n => n.Channel == "file");
        var lines = await File.ReadAllLinesAsync(Path.Combine(store, FileNotifier.FileName), TestContext.Current.CancellationToken);
        Assert.Equal(requested.Select(n => n.NotificationId).Order(),
            lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("notificationId").GetString()!).Order());
    }

    private async Task<string> CopyAsync() => SimulatedWard.Copy(await ward.StoreAsync(), folder.File("copy"));

    private static IEnumerable<string> Ids(CommandResult result) =>
        result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!);

    private static void Execute(string store, string sql)
    {
        using var connection = Connect(store);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<(string View, string Key, string Data)> Rows(string store)
    {
        using var connection = Connect(store);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT view, key, data FROM view_rows ORDER BY view, key";
        using var reader = command.ExecuteReader();
        List<(string, string, string)> rows = [];
        while (reader.Read()) rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }

    private static SqliteConnection Connect(string store)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(store, SqliteDatabase.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }
}
