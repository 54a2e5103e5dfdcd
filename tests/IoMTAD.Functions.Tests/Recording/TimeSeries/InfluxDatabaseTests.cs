using System.Text.Json;
using IoMTAD.Functions.Recording.TimeSeries;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

/// <summary>Against InfluxDB 1, which refuses bad lines and overwrites repeated points.</summary>
[Trait("Category", "Slow")]
public sealed class InfluxDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Points_that_are_written_again_are_there_once_and_read_back_as_they_were()
    {
        await using var database = await InfluxServer.StartAsync();
        var (settings, url) = (database.Settings, database.Url);
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
        using var json = JsonDocument.Parse(await InfluxServer.QueryAsync(url, query));
        var row = json.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0];
        Assert.Equal(expected, row.EnumerateArray().Skip(1).Select(v => v.GetDouble()).ToArray());
    }
}
