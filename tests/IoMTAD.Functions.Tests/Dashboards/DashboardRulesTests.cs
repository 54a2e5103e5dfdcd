using System.Diagnostics;
using IoMTAD.Infra.Queries;
using IoMTAD.Tests;

namespace IoMTAD.Functions.Tests.Dashboards;

/// <summary>What can be said of the dashboards without a database.</summary>
public sealed class DashboardRulesTests
{
    private static readonly string Grafana = Path.Combine(SharedData.RepositoryRoot, "infra/grafana");
    private static readonly string[] Sources = ["iomtad-record", "iomtad-series"];

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "\"description\": \"Of all", "\"text\": \"Of all", "does not say what it shows" },
        { "\"title\": \"Drift\"", "\"title\": \"\"", "has no title" },
        { "\"uid\": \"iomtad-models\"", "\"uid\": \"iomtad-model\"", "is not the file's name" },
        { "\"id\": 2,", "\"id\": 1,", "2 panels have the id 1" },
        { "\"x\": 12,", "\"x\": 11,", "lies over" },
        { "\"uid\": \"iomtad-series\"", "\"uid\": \"influx\"", "there is no data source 'influx'" },
        { "\"unit\": \"dateTimeFromNow\",", "", "has no unit" },
        { "\"targets\": [", "\"tragets\": [", "asks nothing" },
    };

    [Fact]
    public void The_dashboards_keep_the_rules() => Assert.Empty(DashboardRules.Check([.. Files().Select(f => Dashboard.Parse(f.Name, f.Json))], Sources));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_planted_mistake_is_found(string right, string wrong, string fault)
    {
        var json = Files().Single(f => f.Name == "iomtad-models.json").Json;
        Assert.Contains(right, json, StringComparison.Ordinal);
        var faults = DashboardRules.Check([Dashboard.Parse("iomtad-models.json", json.Replace(right, wrong, StringComparison.Ordinal))], Sources);
        Assert.Contains(faults, f => f.Fault.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_to_a_dashboard_that_is_not_there_is_found() => Assert.Contains(
        DashboardRules.Check([.. Files().Where(f => f.Name == "iomtad-ward.json").Select(f => Dashboard.Parse(f.Name, f.Json))], Sources),
        f => f.Fault == "there is no dashboard 'iomtad-anomalies'");

    [Fact]
    public async Task The_dashboards_are_those_that_their_source_gives()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Grafana, "node_modules")), "needs: npm ci --ignore-scripts --prefix infra/grafana");
        var start = new ProcessStartInfo("npm", ["run", "check", "--silent"])
        {
            WorkingDirectory = Grafana, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, string.Concat(said));
    }

    private static IEnumerable<(string Name, string Json)> Files() =>
        Directory.GetFiles(Path.Combine(Grafana, "dashboards"), "*.json").Select(f => (Path.GetFileName(f), File.ReadAllText(f)));
}
