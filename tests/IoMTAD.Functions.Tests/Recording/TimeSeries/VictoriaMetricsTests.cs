using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using IoMTAD.Functions.Recording.TimeSeries;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

/// <summary>Against a database that takes <c>/api/v2/write</c> itself.</summary>
[Trait("Category", "Slow")]
public sealed class VictoriaMetricsTests
{
    [Fact]
    public async Task Points_arrive_by_the_path_that_newer_databases_have()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var (database, _) = await DatabaseProcess.StartAsync("victoria-metrics", "victoria-metrics", folder =>
            [$"-storageDataPath={folder.Path}", $"-httpListenAddr={url.Authority}", "-retentionPeriod=100y", "-loggerFormat=default"], "starting http server");
        await using var running = database;
        using var series = new InfluxTimeSeries(
            new InfluxSettings(url, null, "iomtad", "iomtad") { FirstWait = TimeSpan.FromMilliseconds(20) }, Batches.Inventory, TimeProvider.System,
            NullLogger<InfluxTimeSeries>.Instance);
        await series.StartAsync(cancellation);
        var (result, committed) = Batches.Of(Batches.Outcome(1, 1000), Batches.Outcome(2, 4000, 9, strange: true));
        series.Add(result, committed, new(TimeSpan.FromSeconds(1), 0));
        await series.StopAsync(cancellation);
        Assert.Equal((3, 0, 0), (series.Written, series.Refused, series.Dropped));

        using var http = new HttpClient();
        await http.GetStringAsync(new Uri(url, "/internal/force_flush"), cancellation);
        var exported = await http.GetStringAsync(new Uri(url, "/api/v1/export?match[]=device_score_highest"), cancellation);
        using var json = JsonDocument.Parse(exported.Split('\n')[0]);
        Assert.Equal("pump-03", json.RootElement.GetProperty("metric").GetProperty("device").GetString());
        Assert.Equal(9, json.RootElement.GetProperty("values")[0].GetDouble());
        Assert.Equal(1769860800000, json.RootElement.GetProperty("timestamps")[0].GetInt64());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
