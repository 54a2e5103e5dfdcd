using System.CommandLine;
using IoMTAD.Infra.Queries;
using Npgsql;

namespace IoMTAD.Infra;

/// <summary>Runs the queries of all dashboards on servers that a host has written to, and says which are refused or find nothing.</summary>
internal static class QueriesCommand
{
    private const string Dashboards = "infra/grafana/dashboards", RecordUid = "iomtad-record", SeriesUid = "iomtad-series";

    public static Command Build(Option<string?> root, TextWriter output, TextWriter error)
    {
        var record = new Option<string>("--record")
        {
            HelpName = "CONNECTION", Required = true,
                Description = "PostgreSQL, by the role that Grafana has. Better without a password: PGPASSWORD gives it.",
        };
        var series = new Option<string>("--series") { HelpName = "URL", Required = true,
            Description = "InfluxDB 1, 2 or 3. INFLUX_TOKEN gives a token." };
        var database = new Option<string>("--database") { HelpName = "NAME", DefaultValueFactory = _ => "iomtad",
            Description = "InfluxDB's database or bucket." };
        var hours = new Option<double>("--hours") { DefaultValueFactory = _ => 6,
            Description = "How far back from now the dashboards look." };
        var empty = new Option<bool>("--may-be-empty") { Description = "Only what is refused counts: a quiet ward has no incidents." };
        var command = new Command("queries", "Runs every query of every dashboard: none may be refused, and no panel may be empty.")
        {
            record, series, database, hours, empty,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (CheckCommand.TopOf(parsed.GetValue(root)) is not { } top
                || !Uri.TryCreate(parsed.GetValue(series), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                error.WriteLine("--root has to be the folder that holds IoMTAD.sln, and --series an address such as http://localhost:8086");
                return ExitCode.WrongUse;
            }
            var now = TimeProvider.System.GetUtcNow();
            var window = new TimeWindow(now.AddHours(-parsed.GetValue(hours)), now, TimeSpan.FromSeconds(10));
            using var client = Client(address);
            try
            {
                await using var source = NpgsqlDataSource.Create(parsed.GetValue(record)!);
                IQuerySource[] sources = [new RecordSource(RecordUid, source),
                    new SeriesSource(SeriesUid, client, parsed.GetValue(database)!)];
                return await RunAsync(new DeploymentTree(top), sources, window, parsed.GetValue(empty), output, cancellation)
                    ? ExitCode.Done : ExitCode.Found;
            }
            catch (Exception e) when (e is NpgsqlException or HttpRequestException or ArgumentException)
            {
                error.WriteLine($"a server cannot be asked: {e.Message}; mend --record or --series");
                return ExitCode.WrongUse;
            }
        });
        return command;
    }

    private static async Task<bool> RunAsync(
        DeploymentTree tree, IReadOnlyList<IQuerySource> sources, TimeWindow window, bool mayBeEmpty, TextWriter output,
            CancellationToken cancellation)
    {
        var all = true;
        foreach (var file in tree.Find(Dashboards, "*.json"))
        {
            var dashboard = Dashboard.Parse(file, tree.Read(file));
            var faults = (await new DashboardRun(dashboard, sources, window).RunAsync(null, cancellation))
                .Where(f => !f.IsEmpty || !mayBeEmpty).ToList();
            output.WriteLine($"{dashboard.Uid,-24} {dashboard.Queries.Count()} queries{(faults.Count == 0 ? "" : $", {faults.Count} found")}");
            foreach (var fault in faults) output.WriteLine($"  {fault}");
            all &= faults.Count == 0;
        }
        return all;
    }

    private static HttpClient Client(Uri address)
    {
        var client = new HttpClient { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/") };
        if (Environment.GetEnvironmentVariable("INFLUX_TOKEN") is { Length: > 0 } token)
            client.DefaultRequestHeaders.Add("Authorization", $"Token {token}");
        return client;
    }
}
