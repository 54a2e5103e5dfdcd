using IoMTAD.Api.Live;
using IoMTAD.Local.Tests.Views;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Api;

public sealed class EventFeedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_event_is_handed_over_once_in_order_and_a_listener_that_fails_holds_up_nobody()
    {
        await using var store = new TestStore();
        var feed = new EventFeed(store.Events, TimeProvider.System, NullLogger<EventFeed>.Instance);
        List<long> heard = [];
        feed.Listen((_, _) => throw new InvalidOperationException("a fault"));
        feed.Listen((events, _) =>
        {
            heard.AddRange(events.Select(e => e.Position));
            return Task.CompletedTask;
        });

        await store.Events.CommitAsync(Story.Discovery, Cancellation);
        var next = await feed.CatchUpAsync(1, Cancellation);
        await store.Events.CommitAsync(Story.Incident(1), Cancellation);
        await feed.CatchUpAsync(next, Cancellation);

        Assert.Equal([1, 2, 3], heard);
    }
}
