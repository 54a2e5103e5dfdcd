using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Commands;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>The first thing that anybody runs.</summary>
[Trait("Category", "Slow")]
public sealed class DemoTests : IDisposable
{
    private const int CaughtAtLeast = 19;
    private const double FalseIncidentsPerDeviceHourAtMost = 0.1;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_demo_catches_what_it_is_attacked_with_even_without_its_page_and_sums_up_in_one_line_of_json()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var result = await Iomtad.SucceedAsync(
            "demo", "--duration", "5s", "--seed", "3", "--port", taken, "--json", "--store", folder.File("store"));

        Assert.StartsWith($"iomtad: port {taken} is taken", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        var summary = JsonDocument.Parse(Assert.Single(result.OutputLines)).RootElement;
        var attacks = summary.GetProperty("attacks").EnumerateArray().ToList();
        Assert.Equal(AttackCatalog.All.Select(a => a.Name), attacks.Select(a => a.GetProperty("name").GetString()));
        Assert.All(attacks, AssertConsistent);
        Assert.True(attacks.Count(a => a.GetProperty("caught").GetBoolean()) >= CaughtAtLeast, result.Output);
        Assert.True(summary.GetProperty("falseIncidentsPerDeviceHour").GetDouble() < FalseIncidentsPerDeviceHourAtMost, result.Output);
        Assert.True(summary.GetProperty("deviceHours").GetDouble() > 10);
        Assert.True(summary.GetProperty("packetsPerSecond").GetDouble() > 0);
        await Iomtad.SucceedAsync("events", "verify", "--store", folder.File("store"));
    }

    [Fact]
    public async Task A_folder_that_holds_events_is_not_mixed_with_a_demo()
    {
        Directory.CreateDirectory(folder.File("store"));
        await File.WriteAllTextAsync(Path.Combine(folder.File("store"), "events.db"), "", TestContext.Current.CancellationToken);
        var result = await Iomtad.RunAsync("demo", "--no-page", "--store", folder.File("store"));
        Assert.Equal(ExitCode.WrongUse, result.ExitCode);
        Assert.Contains("--store", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static void AssertConsistent(JsonElement attack)
    {
        var caught = attack.GetProperty("caught").GetBoolean();
        Assert.Equal(caught, attack.GetProperty("incidents").GetInt32() > 0);
        Assert.Equal(caught, attack.GetProperty("secondsToIncident").ValueKind == JsonValueKind.Number);
    }
}
