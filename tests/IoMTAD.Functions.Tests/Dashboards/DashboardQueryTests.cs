using System.Globalization;
using System.Text.RegularExpressions;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Infra.Queries;
using IoMTAD.Tests;
using Npgsql;

namespace IoMTAD.Functions.Tests.Dashboards;

/// <summary>Every query of every dashboard, by the rights that Grafana has, on what the host wrote.</summary>
[Trait("Category", "Slow")]
public sealed partial class DashboardQueryTests(DashboardWard ward, PostgresServer server) : IClassFixture<DashboardWard>, IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "infra/grafana/dashboards");

    private static readonly Dictionary<string, DashboardVariable> Everything = new()
    {
        ["ward"] = new("ward", ["icu-1", "pipeline", "unknown"], true), ["device"] = new("device", [""], false),
        ["kind"] = new("kind", ["bedside-monitor", "infusion-pump", "traffic-stream", "unknown"], true),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync() => await ward.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_panel_variable_and_annotation_has_something_to_show(string file) =>
        Assert.Empty(await RunAsync(Read(file), null));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Whatever_is_chosen_no_query_is_wrong(string file)
    {
        foreach (var odd in (string[])["icu-1", "a'b", "x/y", "(", "$", ""])
        {
            var chosen = new Dictionary<string, string> { ["ward"] = odd, ["kind"] = odd, ["device"] = odd };
            Assert.DoesNotContain(await RunAsync(Read(file), chosen), f => !f.IsEmpty);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Where_nothing_has_happened_yet_panels_are_empty_and_none_is_wrong(string file)
    {
        var empty = await server.RecordAsync();
        await DashboardWard.GrantAsync(empty);
        await using var reader = empty.Open(PostgresDatabase.ReaderRole);
        var run = new DashboardRun(Read(file), [new RecordSource("iomtad-record", reader), ward.Sources[1]], DashboardWard.Window);
        var faults = await run.RunAsync(null, Cancellation);
        Assert.DoesNotContain(faults, f => !f.IsEmpty);
    }

    [Theory]
    [InlineData("iomtad-ward.json", "Devices heard", 3)]
    [InlineData("iomtad-pipeline.json", "Dead letters", DashboardWard.Poisoned + DashboardWard.Undecodable)]
    [InlineData("iomtad-pipeline.json", "Records skipped", DashboardWard.Skipped)]
    [InlineData("iomtad-pipeline.json", "Lag", DashboardWard.Waiting)]
    public async Task A_figure_is_what_happened(string file, string title, double expected)
    {
        var answer = await AnswerAsync(file, title);
        Assert.Equal(expected, double.Parse(Assert.Single(answer.Rows)[^1]!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Devices_incidents_and_messages_are_those_of_the_record()
    {
        await using var owner = ward.Database.Open(PostgresDatabase.Owner);
        var open = await OneAsync(owner, "SELECT count(*) FROM incident_index WHERE open");
        Assert.Equal(open,
            (await AnswerAsync("iomtad-ward.json", "Open incidents by severity")).Rows[0].Sum(v => long.Parse(v!, CultureInfo.InvariantCulture)));
        Assert.NotEqual(0, open);
        foreach (var (title, state) in (List<(string, int)>)[("Delivered", 2), ("Given up", 1), ("Waiting", 0)])
        {
            var count = await OneAsync(owner, $"SELECT count(*) FROM notification_index WHERE state = {state}");
            Assert.NotEqual(0, count);
            Assert.Equal(count, long.Parse((await AnswerAsync("iomtad-notifications.json", title)).Rows[0][0]!, CultureInfo.InvariantCulture));
        }
        Assert.Equal("scripted@0", Assert.Single((await AnswerAsync("iomtad-models.json", "Model in use")).Rows)[0]);
        Assert.Contains((await AnswerAsync("iomtad-ward.json", "Devices")).Rows, row => row.Contains("pump-01") && row.Contains("infusion-pump"));
        Assert.Contains((await AnswerAsync("iomtad-anomalies.json", "Attack patterns")).Rows, row => row[0]!.Contains("(T0814)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FROM panels.devices WHERE silent", "FROM panels.devices WHERE mute", "Devices silent", false)]
    [InlineData("FROM \\\"device\\\"", "FROM \\\"devices\\\"", "Traffic by device kind", true)]
    [InlineData("sum(\\\"packets\\\")", "sum(\\\"pakets\\\")", "Packets by ward", true)]
    [InlineData("$__timeGroupAlias(opened_at, $__interval)", "$__timeGroup(opened_at, $__interval)", "Incidents opened", false)]
    [InlineData("panels.ticks($__timeFrom())", "panels.ticks($__timeFom())", "Incidents opened", false)]
    [InlineData("${kind:regex}", "${kinds:regex}", "Devices talking", false)]
    [InlineData("${ward:sqlstring}", "${ward:sql}", "Devices heard", false)]
    [InlineData("iomtad-series", "iomtad-serie", "Devices talking", false)]
    [InlineData("GROUP BY time($__interval)", "GROUP time($__interval)", "Devices talking", false)]
    [InlineData("FROM panels.devices UNION", "FROM panels.device UNION", "'ward'", false)]
    [InlineData("FROM panels.model_changes", "FROM panels.models_changes", "'Models'", false)]
    [InlineData("type IN ('ModelPromoted', 'ModelRolledBack')", "type IN ('Promoted')", "'Models'", true)]
    [InlineData("FROM panels.checkpoints", "FROM iomtad.checkpoints", "Newest traffic", false)]
    public async Task A_planted_mistake_is_found_where_it_is(string right, string wrong, string place, bool isEmpty)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(Folder, "iomtad-ward.json"), Cancellation);
        Assert.Contains(right, json, StringComparison.Ordinal);
        var faults = await RunAsync(Dashboard.Parse("iomtad-ward.json", json.Replace(right, wrong, StringComparison.Ordinal)), null);
        Assert.Contains(faults, f => f.Place.Contains(place, StringComparison.Ordinal) && f.IsEmpty == isEmpty);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Rows_of_the_dashboards_time_are_found_by_an_index(string file)
    {
        foreach (var query in Read(file).Queries.Where(q => q.Source == "iomtad-record" && q.Text.Contains("panels.ticks(", StringComparison.Ordinal)))
        {
            var text = new Interpolation(Everything, DashboardWard.Window.ForPanel(query.Interval), "sqlstring").Of(query.Text);
            var sql = SqlMacros.Expand(text, DashboardWard.Window);
            // A table as small as these would be read whole.
            var plan = string.Join('\n', await ListAsync(ward.Reader, $"SET enable_seqscan = off; EXPLAIN {sql}"));
            Assert.True(ByTime().IsMatch(plan), $"{query.Place}: {plan}");
        }
    }

    [Fact]
    public async Task The_reader_sees_the_panels_views_and_no_table()
    {
        await using var owner = ward.Database.Open(PostgresDatabase.Owner);
        var tables = await ListAsync(owner,
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'iomtad' UNION SELECT 'iomtad.events'");
        Assert.Contains("iomtad.texts", tables);
        Assert.Contains("iomtad.evidence", tables);
        foreach (var table in tables)
        {
            await using var command = ward.Reader.CreateCommand($"SELECT 1 FROM {table}");
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync(Cancellation));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
        await using var write = ward.Reader.CreateCommand("DELETE FROM panels.checkpoints");
        await Assert.ThrowsAsync<PostgresException>(() => write.ExecuteNonQueryAsync(Cancellation));
    }

    [Fact]
    public async Task What_people_wrote_who_they_are_what_servers_said_and_evidence_stand_in_no_view()
    {
        await using var owner = ward.Database.Open(PostgresDatabase.Owner);
        foreach (var secret in (string[])[DashboardWard.Person, DashboardWard.ServerWords])
            Assert.NotEqual(0, await OneAsync(owner, $"SELECT count(*) FROM iomtad.events WHERE data::text LIKE '%{secret}%'"));
        Assert.Equal(1, await OneAsync(owner, $"SELECT count(*) FROM iomtad.texts WHERE convert_from(text, 'UTF8') = '{DashboardWard.Note}'"));
        var views = await ListAsync(ward.Reader, "SELECT format('%I.%I', schemaname, viewname) FROM pg_views WHERE schemaname = 'panels'");
        Assert.True(views.Count > 8);
        foreach (var view in views)
        {
            var rows = await ListAsync(ward.Reader, $"SELECT v::text FROM {view} AS v");
            Assert.NotEmpty(rows);
            Assert.DoesNotContain(rows, r => r.Contains(DashboardWard.Person, StringComparison.Ordinal)
                || r.Contains(DashboardWard.Note, StringComparison.Ordinal)
                || r.Contains(DashboardWard.ServerWords, StringComparison.Ordinal));
            Assert.Empty(await ListAsync(ward.Reader,
                $"SELECT attname::text FROM pg_attribute WHERE attrelid = '{view}'::regclass AND atttypid = 'bytea'::regtype"));
        }
    }

    [Fact]
    public async Task Rights_can_be_given_again()
    {
        await DashboardWard.GrantAsync(ward.Database);
        Assert.Empty(await RunAsync(Read("iomtad-ward.json"), null));
    }

    private static Dashboard Read(string file) => Dashboard.Parse(file, File.ReadAllText(Path.Combine(Folder, file)));

    private Task<IReadOnlyList<QueryFault>> RunAsync(Dashboard dashboard, IReadOnlyDictionary<string, string>? chosen) =>
        new DashboardRun(dashboard, ward.Sources, DashboardWard.Window).RunAsync(chosen, Cancellation);

    /// <summary>Of a panel's first query, with all wards and kinds.</summary>
    private async Task<QueryAnswer> AnswerAsync(string file, string title)
    {
        var query = Read(file).Queries.First(q => q.Place.StartsWith($"panel '{title}'", StringComparison.Ordinal));
        var source = ward.Sources.Single(s => s.Uid == query.Source);
        var window = DashboardWard.Window.ForPanel(query.Interval);
        return await source.RunAsync(new Interpolation(Everything, window, source.DefaultFormat).Of(query.Text), query.Format, window, Cancellation);
    }

    private static async Task<long> OneAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<List<string>> ListAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        List<string> list = [];
        while (await rows.ReadAsync(Cancellation)) list.Add(rows.GetString(0));
        return list;
    }

    [GeneratedRegex(@"Index Cond: .*\b(opened_at|requested_at|time|hour)""? [<>]=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ByTime();
}
