using System.Text.Json;
using IoMTAD.Capture;
using IoMTAD.Core.Tests;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Worker;

/// <summary>The built program killed amid its work, and traffic that comes again. It needs the extension's package.</summary>
public sealed class KilledWorkerTests(PostgresServer server) : IAsyncLifetime
{
    private const int Devices = 6, Kills = 20;
    private const double LearnedAt = 620;

    private HttpReceiver pager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => pager = await HttpReceiver.StartAsync();

    public ValueTask DisposeAsync() => pager.DisposeAsync();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Killed_at_twenty_random_moments_under_redelivery_nothing_is_missing_nothing_is_there_twice_and_nobody_is_told_twice()
    {
        var segments = Story();
        var (expected, database) = (await UndisturbedAsync(segments), await server.RecordAsync());
        pager.Received.Clear();
        var random = new Random(7);
        var (done, kills, amidABatch) = (0, 0, 0);
        while (kills < Kills || done < segments.Count)
        {
            await using var host = await WorkerHost.StartAsync(Settings(database), Cancellation);
            for (var alive = true; alive && (kills < Kills || done < segments.Count);)
            {
                // What was acknowledged comes again too, as after a rebalance.
                var from = Math.Max(0, done - random.Next(100));
                var batch = segments.Skip(from).Take(random.Next(100, 300)).ToList();
                Task[] work = [TakeInAsync(host, batch), DeliverAsync(host)];
                if (alive = kills >= Kills || random.Next(3) == 0)
                {
                    await Task.WhenAll(work);
                    done = from + batch.Count;
                    if (kills < Kills && done >= segments.Count) done = random.Next(segments.Count);
                    continue;
                }
                kills++;
                await Task.WhenAny(Task.WhenAll(work), Task.Delay(random.Next(700), Cancellation));
                await host.KillAsync();
                foreach (var task in work) await task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
                if (work[0].IsFaulted) amidABatch++;
            }
        }
        Assert.InRange(amidABatch, Kills / 4, Kills);
        await using var record = new MartenRecord(database.Open());
        Assert.Equal(expected, await DecidedAsync(record.Store));
        Assert.Null((await new ChainVerification(record.Store).VerifyAsync(Cancellation)).Breach);
        var asked = await record.Store.ReadAllAsync(0, Cancellation).CountAsync(e => e.Event is NotificationRequested, Cancellation);
        Assert.Equal(Devices - 1, asked);
        // Killed between the answer and its record, one is left for a person to decide; it is never sent again by itself.
        var posts = pager.Received.Select(p => JsonDocument.Parse(p.Body).RootElement.GetRawText()).ToList();
        Assert.Equal(posts.Count, posts.Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(posts.Count, 1, asked);
    }

    private async Task<List<string>> UndisturbedAsync(IReadOnlyList<Segment> segments)
    {
        var database = await server.RecordAsync();
        await using var host = await WorkerHost.StartAsync(Settings(database), Cancellation);
        await TakeInAsync(host, segments);
        await DeliverAsync(host);
        await using var record = new MartenRecord(database.Open());
        var decided = await DecidedAsync(record.Store);
        Assert.Equal(Devices - 1, decided.Count(e => e.Contains(nameof(NotificationRequested), StringComparison.Ordinal)));
        Assert.Equal(Devices - 1, pager.Received.Count);
        return decided;
    }

    private static async Task TakeInAsync(WorkerHost host, IReadOnlyList<Segment> batch)
    {
        var answer = await host.CallAsync("ScoreTrafficPlain", Guid.NewGuid().ToString(), Cancellation, TriggeredWorkerTests.Batch(batch));
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, $"{answer.Result.Exception?.Message}\n{host.Said}");
    }

    private static Task DeliverAsync(WorkerHost host) => host.CallAsync(
        "OutboxDue", Guid.NewGuid().ToString(), Cancellation, WorkerHost.Input("timer", """{"IsPastDue":false}"""));

    /// <summary>What was decided of the traffic; what became of messages has the host's own time.</summary>
    private static async Task<List<string>> DecidedAsync(IEventStore store) => [.. (await store.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation))
        .Where(e => e.Event is not (NotificationDelivered or NotificationFailed))
        .OrderBy(e => e.Stream, StringComparer.Ordinal).ThenBy(e => e.Version).Select(e => $"{e.Stream} {e.Id} {e.Type} {e.OccurredAt:O} {e.Data}")];

    /// <summary>Six devices talk every two seconds until their rhythm is known; then five fall silent one after another, and talk again.</summary>
    private static IReadOnlyList<Segment> Story()
    {
        var story = new PipelineStory();
        for (double second = 0; second < LearnedAt + Devices * 60; second += 2)
            for (var device = 1; device <= Devices; device++)
                if (device == Devices || second < LearnedAt + device * 60 || second > LearnedAt + device * 60 + 40) story.Talks(device, second + device * .1);
        return story.Segments;
    }

    private Dictionary<string, string?> Settings(PostgresDatabase database)
    {
        var devices = Enumerable.Range(1, Devices).Select(i => new InventoryDevice(PipelineStory.Address(i), $"pump-{i}", "infusion-pump", "icu-1"));
        return new(BuiltWorkerTests.Settings(database))
        {
            ["Inventory__Json"] = JsonSerializer.Serialize(devices, JsonSerializerOptions.Web),
            ["notifications__channels__pager__type"] = "webhook",
            ["notifications__channels__pager__url"] = $"{pager.Url}",
            ["notifications__routes__0__channels__0"] = "pager",
        };
    }
}
