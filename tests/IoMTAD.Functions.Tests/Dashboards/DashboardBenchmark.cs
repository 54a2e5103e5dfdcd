using System.Diagnostics;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Infra.Queries;
using IoMTAD.Tests;

namespace IoMTAD.Functions.Tests.Dashboards;

/// <summary>How long the record's panels take in a hospital of 20,000 devices, over thirty days. Run as <see cref="AppendBenchmark"/>.</summary>
public sealed class DashboardBenchmark(DashboardWard ward) : IClassFixture<DashboardWard>
{
    private const int Devices = 20_000, Rows = 200_000;

    private static readonly Dictionary<string, DashboardVariable> Everything = new()
    {
        ["ward"] = new("ward", [.. Enumerable.Range(0, 50).Select(i => $"ward-{i}")], true), ["device"] = new("device", [""], false),
        ["kind"] = new("kind", ["bedside-monitor", "infusion-pump", "unknown"], true),
    };

    // Copies of what the pipeline wrote, one every ten minutes.
    private static readonly string[] Copies =
    [
        $"INSERT INTO device_index SELECT 'dev-' || i, 'ward-' || i % 50, 'x' FROM generate_series(1, {Devices}) AS i",
        $"INSERT INTO view_rows SELECT view, 'dev-' || i, data FROM view_rows, generate_series(1, {Devices}) AS i WHERE view = 'devices' AND key = 'pump-01'",
        $"INSERT INTO watches SELECT topic, partition, address || i, data FROM (SELECT * FROM watches LIMIT 1) AS w, generate_series(1, {Devices}) AS i",
        $"INSERT INTO view_rows SELECT view, 'inc-' || i, data FROM (SELECT * FROM view_rows WHERE view = 'incidents' LIMIT 1) AS r, "
            + $"generate_series(1, {Rows}) AS i",
        $"""
        INSERT INTO incident_index SELECT 'inc-' || i, 1000000 + i, i % 100 = 0, 638000000000000000 + i * 6000000000, 0, i % 4, 5, 'dev-' || i % {Devices},
            'ward-' || i % 50, 0, NULL, NULL, NULL FROM generate_series(1, {Rows}) AS i
        """,
        $"""
        INSERT INTO event_index SELECT 10000000 + i, 638000000000000000 + i * 6000000000, 'AnomalyObserved', 'inc-1', 'dev-1', 'ward-1', 5, ARRAY['a', 'b']
        FROM generate_series(1, {Rows}) AS i
        """,
        $"INSERT INTO view_rows SELECT view, 'n-' || i, data FROM (SELECT * FROM view_rows WHERE view = 'notifications' LIMIT 1) AS r, "
            + $"generate_series(1, {Rows}) AS i",
        $"INSERT INTO notification_index SELECT 'n-' || i, 638000000000000000 + i * 6000000000, 2 FROM generate_series(1, {Rows}) AS i",
        "ANALYZE",
    ];

    [Fact(Explicit = true)]
    public async Task What_a_dashboard_costs()
    {
        await ward.StartAsync();
        foreach (var copy in Copies) await ward.Database.ExecuteAsync(copy);
        var window = DashboardWard.Window with { From = DashboardWard.Window.To.AddDays(-30) };
        foreach (var file in Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "infra/grafana/dashboards"), "*.json"))
            foreach (var query in Dashboard.Parse(Path.GetFileName(file), await File.ReadAllTextAsync(file)).Queries.Where(q => q.Source == "iomtad-record"))
            {
                var (own, clock) = (window.ForPanel(query.Interval), Stopwatch.StartNew());
                var text = new Interpolation(Everything, own, "sqlstring").Of(query.Text);
                await ward.Sources[0].RunAsync(text, query.Format, own, TestContext.Current.CancellationToken);
                AppendBenchmark.Print($"{query.File} {query.Place}: {clock.ElapsedMilliseconds} ms");
            }
    }
}
