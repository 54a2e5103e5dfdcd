using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Core.Tests.Policy.Notifications;

public sealed class HeartbeatTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 30, 12, 20, 0, TimeSpan.Zero);
    private static readonly HeartbeatOptions Options = new(TimeSpan.FromHours(6), ["mail", "pager"]);

    [Fact]
    public void It_says_how_the_watch_is_and_when_to_expect_the_next()
    {
        var figures = new WatchFigures(24, new Dictionary<Severity, int> { [Severity.High] = 2, [Severity.Critical] = 1 }, Now.AddMinutes(-7), 3, 1);
        Assert.Equal(
            "24 devices watched, 3 open incidents (1 critical, 2 high).\nLast traffic 7 min ago; 3 notifications waiting, 1 failed.\n"
            + "Expect the next message like this within 6 h: if it does not come, nobody is watching.", Heartbeat.Text(Options, figures, Now));
    }

    [Fact]
    public void A_watch_without_traffic_says_so() => Assert.Contains("no open incidents.\nNo traffic since the start;",
        Heartbeat.Text(Options, new WatchFigures(0, new Dictionary<Severity, int>(), null, 0, 0), Now), StringComparison.Ordinal);

    [Fact]
    public void A_restart_within_one_beat_asks_for_the_same_notification_and_the_next_beat_for_another()
    {
        Assert.Equal(Ids(Now), Ids(Now.AddHours(3)));
        Assert.Empty(Ids(Now).Intersect(Ids(Now.AddHours(6))));
        Assert.Equal(2, Ids(Now).Distinct().Count());
    }

    private static IEnumerable<string> Ids(DateTimeOffset now) =>
        Heartbeat.Requests(Options, new WatchFigures(1, new Dictionary<Severity, int>(), null, 0, 0), now).Select(r => r.NotificationId);
}
