using IoMTAD.Functions.Recording.TimeSeries;
using IoMTAD.Tests.Response;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

public sealed class InfluxTimeSeriesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_while_the_database_is_down_is_written_when_it_is_back()
    {
        await using var database = await HttpReceiver.StartAsync();
        var failures = 3;
        var accepted = new Accepted(1);
        database.Answer = context => Interlocked.Decrement(ref failures) >= 0 ? HttpReceiver.Refuse(503)(context) : accepted.AnswerAsync(context);
        using var series = await StartAsync(database);
        Add(series, 1);
        await accepted.All.WaitAsync(Cancellation);
        await series.StopAsync(Cancellation);
        Assert.Equal((2, 0, 0), (series.Written, series.Refused, series.Dropped));
        Assert.Equal(4, database.Received.Count);
        Assert.Equal(database.Received.First().Body, database.Received.Last().Body);
        Assert.Equal("Token a-token", database.Received.Last().Headers["authorization"]);
    }

    [Fact]
    public async Task What_the_database_refuses_keeps_back_nothing_else()
    {
        await using var database = await HttpReceiver.StartAsync();
        var refused = new TaskCompletionSource();
        var accepted = new Accepted(1);
        database.Answer = context =>
        {
            if (refused.Task.IsCompleted) return accepted.AnswerAsync(context);
            refused.SetResult();
            return HttpReceiver.Refuse(400, """{"code":"invalid","message":"unable to parse"}""")(context);
        };
        using var series = await StartAsync(database);
        Add(series, 1);
        await refused.Task.WaitAsync(Cancellation);
        Add(series, 2);
        await accepted.All.WaitAsync(Cancellation);
        await series.StopAsync(Cancellation);
        Assert.Equal((2, 2, 0), (series.Written, series.Refused, series.Dropped));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_holds_up_nobody_and_costs_the_oldest_points_when_too_many_wait()
    {
        await using var database = await HttpReceiver.StartAsync();
        var asked = new TaskCompletionSource();
        database.Answer = context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        using var series = await StartAsync(database, settings => settings with { MostWaiting = 10, LastWords = TimeSpan.FromMilliseconds(50) });
        Add(series, 1);
        await asked.Task.WaitAsync(Cancellation);
        for (var i = 2; i <= 1000; i++) Add(series, i);
        Assert.True(series.Dropped >= 2 * 999 - 10);
        await series.StopAsync(Cancellation);
        Assert.Equal((0, 2000), (series.Written, series.Dropped));
    }

    [Fact]
    public async Task What_waits_when_the_host_stops_is_written_before_it_ends()
    {
        await using var database = await HttpReceiver.StartAsync();
        database.Answer = HttpReceiver.Refuse(204);
        using var series = await StartAsync(database);
        for (var i = 1; i <= 100; i++) Add(series, i);
        await series.StopAsync(Cancellation);
        Assert.Equal((200, 0), (series.Written, series.Dropped));
    }

    [Fact]
    public async Task How_far_the_consumer_group_is_goes_there_by_the_clock_of_the_host()
    {
        await using var database = await HttpReceiver.StartAsync();
        database.Answer = HttpReceiver.Refuse(204);
        var settings = new InfluxSettings(new Uri(database.Url.GetLeftPart(UriPartial.Authority)), null, "iomtad", "iomtad");
        using var series = new InfluxTimeSeries(settings, Batches.Inventory, Sample.Clock, NullLogger<InfluxTimeSeries>.Instance);
        await series.StartAsync(Cancellation);
        series.Add([new("t", 0, 42, 0, 50), new("t", 7, null, 5, 12)]);
        await series.StopAsync(Cancellation);

        var at = Sample.Now.ToUnixTimeMilliseconds() * 1_000_000;
        Assert.Equal([$"lag,partition=0 committed=42i,end=50i,records=8i {at}", $"lag,partition=7 end=12i,records=7i {at}"],
            Assert.Single(database.Received).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Without_a_database_nothing_is_kept()
    {
        using var series = new InfluxTimeSeries(null, Batches.Inventory, TimeProvider.System, NullLogger<InfluxTimeSeries>.Instance);
        await series.StartAsync(Cancellation);
        for (var i = 1; i <= 10; i++) Add(series, i);
        series.Add([new("t", 0, 42, 0, 50)]);
        await series.StopAsync(Cancellation);
        Assert.Equal((0, 0), (series.Written, series.Dropped));
    }

    /// <summary>Two points.</summary>
    private static void Add(InfluxTimeSeries series, int number)
    {
        var (result, committed) = Batches.Of(Batches.Outcome(number, number * 1000));
        series.Add(result, committed, new(TimeSpan.FromSeconds(1), 0));
    }

    private static async Task<InfluxTimeSeries> StartAsync(HttpReceiver database, Func<InfluxSettings, InfluxSettings>? change = null)
    {
        var url = new Uri(database.Url.GetLeftPart(UriPartial.Authority));
        var settings = new InfluxSettings(url, "a-token", "iomtad", "iomtad") { FirstWait = TimeSpan.FromMilliseconds(1) };
        var series = new InfluxTimeSeries(change?.Invoke(settings) ?? settings, Batches.Inventory, TimeProvider.System, NullLogger<InfluxTimeSeries>.Instance);
        await series.StartAsync(Cancellation);
        return series;
    }

    private sealed class Accepted(int expected)
    {
        private readonly TaskCompletionSource all = new();
        private int left = expected;

        public Task All => all.Task;

        public Task AnswerAsync(HttpContext context)
        {
            context.Response.StatusCode = 204;
            if (--left == 0) all.SetResult();
            return Task.CompletedTask;
        }
    }
}
