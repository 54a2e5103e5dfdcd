using System.Text.Json;
using IoMTAD.Functions.Recording.TimeSeries;
using IoMTAD.Tests.Response;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

/// <summary>Against InfluxDB 1, which refuses bad lines and overwrites repeated points. It has <c>/write</c> only: a forwarder stands before it.</summary>
[Trait("Category", "Slow")]
public sealed class InfluxDatabaseTests
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Points_that_are_written_again_are_there_once_and_read_back_as_they_were()
    {
        var (database, line) = await DatabaseProcess.StartAsync("influxd", "influxdb", folder => ["-config", Configuration(folder.Path)], "Listening on HTTP");
        await using var running = database;
        var url = new Uri($"http://{line.Split("addr=")[1].Split(' ')[0]}");
        await QueryAsync(url, "CREATE DATABASE iomtad");
        await using var forwarder = await HttpReceiver.StartAsync();
        forwarder.Answer = context => ForwardAsync(context, forwarder.Received.Last().Body, url);

        var settings = new InfluxSettings(new Uri(forwarder.Url.GetLeftPart(UriPartial.Authority)), null, "iomtad", "iomtad");
        for (var run = 0; run < 2; run++)
        {
            using var series = new InfluxTimeSeries(settings, Batches.Inventory, TimeProvider.System, NullLogger<InfluxTimeSeries>.Instance);
            await series.StartAsync(Cancellation);
            for (var i = 1; i <= 30; i++)
            {
                var (result, committed) = Batches.Of(Batches.Outcome(i, i * 1000, i, strange: i % 10 == 0));
                series.Add(result, committed, new(TimeSpan.FromSeconds(1), 0));
            }
            await series.StopAsync(Cancellation);
            Assert.Equal((0, 0), (series.Refused, series.Dropped));
        }

        await HoldsAsync(url, "SELECT SUM(segments), SUM(strange) FROM device", 30, 3);
        await HoldsAsync(url, "SELECT MAX(score_highest), COUNT(segments) FROM device WHERE ward = 'icu-1' AND device = 'pump-03'", 30, 4);
        await HoldsAsync(url, "SELECT COUNT(score), SUM(segments) FROM session WHERE \"class\" = 'SYN flood'", 3, 9);
        await HoldsAsync(url, "SELECT SUM(packets) FROM pipeline", 300);
    }

    /// <param name="expected">The first row, without its time.</param>
    private static async Task HoldsAsync(Uri url, string query, params double[] expected)
    {
        using var json = JsonDocument.Parse(await QueryAsync(url, query));
        var row = json.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0];
        Assert.Equal(expected, row.EnumerateArray().Skip(1).Select(v => v.GetDouble()).ToArray());
    }

    private static string Configuration(string folder)
    {
        var file = Path.Combine(folder, "influx.conf");
        File.WriteAllText(file, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:0"
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:0"
            """);
        return file;
    }

    private static async Task ForwardAsync(HttpContext context, string lines, Uri url)
    {
        Assert.Equal("/api/v2/write", context.Request.Path);
        using var content = new StringContent(lines);
        var asked = context.Request.Query;
        using var answer = await Http.PostAsync(new Uri(url, $"/write?db={asked["bucket"]}&precision={asked["precision"]}"), content, Cancellation);
        context.Response.StatusCode = (int)answer.StatusCode;
        if (!answer.IsSuccessStatusCode) await context.Response.WriteAsync(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<string> QueryAsync(Uri url, string query)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["q"] = query });
        using var answer = await Http.PostAsync(new Uri(url, "/query?db=iomtad"), content, Cancellation);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
