using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;

namespace IoMTAD.Core.Tests.Response;

public sealed class DispatchRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly QuietHours Night = new(
        new WeeklyHours(new TimeOnly(22, 0), new TimeOnly(6, 0), Enum.GetValues<DayOfWeek>().ToHashSet(), TimeZoneInfo.Utc), Severity.Critical);

    [Fact]
    public void What_goes_beyond_the_limit_is_told_together_with_wards_severities_and_the_worst_by_name()
    {
        var options = new ChannelOptions { Digest = new(2, TimeSpan.FromMinutes(5)) };
        var plan = DispatchRules.Plan(Queue(Noon, [
            Message("n1", Severity.Low, "icu-1"), Message("n2", Severity.Critical, "icu-2"), Message("n3", Severity.Low, "icu-1"),
        ]), options, tellsRepeats: false);
        Assert.Equal(plan.Digest, Assert.Single(plan.Send));
        Assert.Equal(3, plan.Gathered.Count);
        Assert.Equal(
            "3 notifications in one message (1 critical, 2 low).\nicu-2: 1 critical\nicu-1: 2 low\nThe worst:\n[Critical] n2 is strange (incident in2)\n"
            + "[Low] n1 is strange (incident in1)\n[Low] n3 is strange (incident in3)", plan.Digest!.Notification.Text);
        Assert.Equal(Severity.Critical, plan.Digest.Notification.Severity);
    }

    [Fact]
    public void The_worst_goes_first()
    {
        var plan = DispatchRules.Plan(Queue(Noon, [Message("n1", Severity.Low), Message("n2", Severity.High)]), new ChannelOptions { MaxInFlight = 1 }, false);
        Assert.Equal("n2", Assert.Single(plan.Send).Id);
    }

    [Fact]
    public void A_test_and_a_sign_of_life_wait_for_no_quiet_hours_and_join_no_digest()
    {
        var options = new ChannelOptions { QuietHours = Night, Digest = new(1, TimeSpan.FromMinutes(5)) };
        var plan = DispatchRules.Plan(Queue(Noon.AddHours(11), [
            Message("n1", Severity.Low, purpose: NotificationPurpose.Heartbeat), Message("n2", Severity.Low, purpose: NotificationPurpose.Heartbeat),
        ]), options, false);
        Assert.Equal(2, plan.Send.Count);
    }

    [Fact]
    public void However_messages_come_each_is_settled_once_none_waits_beyond_the_window_and_no_window_has_more_than_allowed()
    {
        var cases = from most in Gen.Choose(1, 5)
            from gaps in Gen.Choose(0, 90).ListOf()
            from tail in Gen.Choose(1, 40)
            select (most, gaps: gaps.Concat(Enumerable.Repeat(0, tail)).ToList());
        Prop.ForAll(cases.ToArbitrary(), c => Holds(c.most, c.gaps)).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Through_a_night_of_quiet_hours_no_message_is_lost()
    {
        var options = new ChannelOptions { QuietHours = Night, MaxInFlight = 100 };
        var cases = Gen.Choose(0, 86_400 * 3).ListOf();
        Prop.ForAll(cases.ToArbitrary(), seconds =>
        {
            var waiting = seconds
                .Select((s, i) => (Due: Noon.AddSeconds(s), Message: Message($"n{i}", i % 7 == 0 ? Severity.Critical : Severity.High))).ToList();
            var sent = new HashSet<string>();
            while (waiting.Count > 0)
            {
                var now = waiting.Min(w => w.Due);
                var plan = DispatchRules.Plan(Queue(now, [.. waiting.Where(w => w.Due <= now).Select(w => w.Message)]), options, false);
                foreach (var message in plan.Send)
                {
                    if (!sent.Add(message.Id) || (message.Notification.Severity < Severity.Critical && Night.Hours.Contains(now))) return false;
                    waiting.RemoveAll(w => w.Message.Id == message.Id);
                }
                foreach (var (message, until) in plan.Deferred)
                    waiting[waiting.FindIndex(w => w.Message.Id == message.Id)] = (until, message);
            }
            return sent.Count == seconds.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    /// <summary>Messages come after these gaps, in seconds; each one is sent at once and accepted.</summary>
    private static bool Holds(int most, IReadOnlyList<int> gaps)
    {
        var window = TimeSpan.FromMinutes(1);
        var options = new ChannelOptions { Digest = new(most, window), MaxInFlight = 3 };
        var (now, coming, arrived) = (Noon, new Queue<int>(gaps), new Dictionary<string, DateTimeOffset>());
        List<OutboxMessage> waiting = [];
        var sends = new Dictionary<DateTimeOffset, int>();
        var (start, messages) = ((DateTimeOffset?)null, 0);
        while (coming.Count > 0 || waiting.Count > 0)
        {
            var plan = DispatchRules.Plan(new ChannelQueue(now, waiting, [], 0, null, start, messages), options, false);
            (start, messages) = (plan.WindowStart, plan.WindowMessages);
            foreach (var message in plan.Send)
            {
                sends[start!.Value] = sends.GetValueOrDefault(start.Value) + 1;
                foreach (var settled in message == plan.Digest ? plan.Gathered : [message])
                {
                    if (!arrived.Remove(settled.Id, out var at) || now - at > window) return false;
                    waiting = [.. waiting.Where(w => w.Id != settled.Id)];
                }
            }
            if (plan.Send.Count > 0) continue;
            if (coming.TryDequeue(out var gap))
            {
                // What waits for the window's end is not made to wait longer by what comes later.
                var next = now.AddSeconds(gap);
                if (plan.LookAgainAt <= next)
                {
                    now = plan.LookAgainAt!.Value;
                    coming = new([(int)(next - now).TotalSeconds, .. coming]);
                    continue;
                }
                now = next;
                var message = Message($"n{arrived.Count}-{coming.Count}-{now.Ticks}", Severity.High);
                arrived[message.Id] = now;
                waiting = [.. waiting, message];
            }
            else if (plan.LookAgainAt is { } at) now = at;
            else return false;
        }
        return arrived.Count == 0 && sends.Values.All(n => n <= most);
    }

    private static ChannelQueue Queue(DateTimeOffset now, IReadOnlyList<OutboxMessage> due) => new(now, due, [], 0, null, null, 0);

    private static OutboxMessage Message(
        string id, Severity severity, string ward = "icu-1", NotificationPurpose purpose = NotificationPurpose.Incident) =>
        new(new NotificationRequested(id, $"i{id}", "mail", severity, new InventoryDevice("a", id, "k", ward), $"{id} is strange") { Purpose = purpose }, 0);
}
