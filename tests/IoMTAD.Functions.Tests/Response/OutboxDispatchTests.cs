using Azure.Core;
using IoMTAD.Functions.Response;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests;
using IoMTAD.Tests.Response;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Functions.Tests.Response;

/// <summary>The room as the host puts it together, over its database and a service on loopback.</summary>
public sealed class OutboxDispatchTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_committed_goes_out_once_though_several_instances_are_called_for_it()
    {
        var database = await server.RecordAsync();
        await using var hook = await HttpReceiver.StartAsync();
        await using var one = Host(database, hook);
        await using var other = Host(database, hook);
        for (var i = 1; i <= 20; i++)
            await one.GetRequiredService<ITransactionalStore>().CommitAsync(new Commit([new StreamAppend("incident-i", ExpectedVersion: null,
                [new NewEvent($"n{i}", Sample.Notification($"n{i}") with { Channel = "pager" }, Sample.Now)])]), Cancellation);

        await Task.WhenAll(Dispatch(one).OnCallAsync("look", Cancellation), Dispatch(other).OnCallAsync("look", Cancellation),
            Dispatch(other).OnScheduleAsync(new TimerInfo(), Cancellation));

        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"n{i}").Order(), hook.Received.Select(r => r.Headers["idempotency-key"]).Order());
        Assert.Equal("pager", Assert.Single(one.GetRequiredService<IoMTAD.Policy.PolicyOptions>().Channels));
    }

    [Fact]
    public async Task What_failed_is_tried_again_by_the_schedule_when_it_is_due()
    {
        var database = await server.RecordAsync();
        await using var hook = await HttpReceiver.StartAsync();
        var time = new MovedClock();
        await using var host = Host(database, hook, time);
        await host.GetRequiredService<ITransactionalStore>().CommitAsync(new Commit([new StreamAppend("incident-i", ExpectedVersion: null,
            [new NewEvent("n1", Sample.Notification("n1") with { Channel = "pager" }, Sample.Now)])]), Cancellation);
        hook.Answer = HttpReceiver.Refuse(503, "", "Retry-After", "60");
        await Dispatch(host).OnCallAsync("look", Cancellation);
        hook.Answer = HttpReceiver.Accept;
        using var measured = new Measured();
        await Dispatch(host).OnScheduleAsync(new TimerInfo(), Cancellation);
        Assert.Single(hook.Received);
        Assert.Contains(1, measured.Of("iomtad.notifications", "state=waiting"));
        time.Now += TimeSpan.FromSeconds(61);
        await Dispatch(host).OnScheduleAsync(new TimerInfo(), Cancellation);
        Assert.Equal(2, hook.Received.Count);
        var types = await host.GetRequiredService<ITransactionalStore>().ReadAllAsync(0, Cancellation).Select(e => e.Type).ToListAsync(Cancellation);
        Assert.Equal([nameof(NotificationRequested), nameof(NotificationFailed), nameof(NotificationDelivered)], types);
    }

    private static OutboxDispatch Dispatch(IServiceProvider host) => ActivatorUtilities.CreateInstance<OutboxDispatch>(host);

    private static ServiceProvider Host(PostgresDatabase database, HttpReceiver hook, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(time ?? Sample.Clock).AddSingleton<TokenCredential>(new KnownToken("a token"))
            .AddSingleton<HostMetrics>();
        services.AddResponse(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["notifications:channels:pager:type"] = "webhook", ["notifications:channels:pager:url"] = hook.Url.ToString(),
            ["notifications:routes:0:channels"] = "pager",
        }).Build());
        services.AddSingleton(p => new MartenRecord(database.Open(), p.GetRequiredService<TimeProvider>(), [.. p.GetServices<ICommitFollower>()]));
        services.AddSingleton<ITransactionalStore>(p => p.GetRequiredService<MartenRecord>().Store);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }
}
