using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Core.Tests.Policy.Notifications;

public sealed class FollowUpRulesTests
{
    private static readonly InventoryDevice Pump = new("02:00:00:00:00:02", "pump-01", "infusion-pump", "icu-1");
    private static readonly DateTimeOffset Noon = new(2026, 1, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FollowUpOptions options = new()
    {
        Escalation = [new(TimeSpan.FromMinutes(5), ["doctor"]), new(TimeSpan.FromMinutes(15), ["head"], Severity.High)],
        Fallbacks = new Dictionary<string, ChannelFallback> { ["mail"] = new("slack", 3), ["slack"] = new("pager") },
        Recovery = true,
    };

    private NotificationThread? thread;

    public FollowUpRulesTests()
    {
        Happens(new IncidentOpened("i", Pump, IncidentKind.Behaviour, Severity.High, "pump-01 talks differently.", null), 0);
        Happens(Requested("mail"), 0);
    }

    [Fact]
    public void While_nobody_acknowledges_each_step_is_told_once_when_its_time_has_come()
    {
        Assert.Empty(Decide(60).Requests);
        Happens(new NotificationDelivered("mail", "i", "mail", 1), 0);
        Assert.Equal(Noon.AddMinutes(5), Decide(4).NextAt);
        Assert.Equal(["doctor"], Ask(5));
        Assert.Equal(Noon.AddMinutes(15), Decide(6).NextAt);
        Assert.Equal(["head"], Ask(15));
        Assert.Equal(new FollowUp([], null), Decide(60) with { Requests = [] });
        Assert.Empty(Ask(60));
    }

    [Fact]
    public void An_escalation_waits_for_no_mail_server()
    {
        Happens(new NotificationFailed("mail", "i", "mail", 1, "down", WillRetry: true), 0);
        Assert.Equal(["doctor"], Ask(5));
    }

    [Fact]
    public void Once_somebody_has_acknowledged_nobody_else_is_bothered()
    {
        Happens(new NotificationDelivered("mail", "i", "mail", 1), 0);
        Happens(new IncidentAcknowledged("i", Pump.Id, "anna"), 4);
        Assert.Equal((0, null), (Decide(60).Requests.Count, Decide(60).NextAt));
    }

    [Fact]
    public void A_step_for_severe_incidents_leaves_milder_ones_alone()
    {
        thread = thread! with { Severity = Severity.Low };
        Happens(new NotificationDelivered("mail", "i", "mail", 1), 0);
        Assert.Equal(["doctor"], Ask(60));
    }

    [Fact]
    public void Another_channel_stands_in_after_so_many_failures_and_for_it_a_third_when_it_is_given_up()
    {
        for (var attempt = 1; attempt <= 2; attempt++) Happens(new NotificationFailed("mail", "i", "mail", attempt, "down", WillRetry: true), 0);
        Assert.Empty(Ask(1));
        Happens(new NotificationFailed("mail", "i", "mail", 3, "down", WillRetry: true), 1);
        Assert.Equal(["slack"], Ask(1));
        Assert.Empty(Ask(1));
        Happens(new NotificationFailed(NotificationIds.For("i", NotificationPurpose.Fallback, "slack"), "i", "slack", 1, "404", WillRetry: false), 2);
        Assert.Equal(["pager"], Ask(2));
    }

    [Fact]
    public void A_channel_that_has_been_told_stands_in_for_nobody()
    {
        Happens(Requested("slack"), 0);
        Happens(new NotificationFailed("mail", "i", "mail", 1, "550", WillRetry: false), 0);
        Assert.Empty(Ask(1));
    }

    [Fact]
    public void Those_who_were_told_are_told_of_the_end_those_who_were_not_are_not_even_if_their_message_comes_late()
    {
        Happens(Requested("slack"), 0);
        Happens(new NotificationDelivered("mail", "i", "mail", 1), 0);
        Happens(new IncidentClosed("i", Pump.Id, Disposition.Malfunction, "iomtad", "the device talks again"), 2);
        var recovery = Assert.Single(Decide(2).Requests);
        Assert.Equal(("mail", NotificationPurpose.Recovery), (recovery.Channel, recovery.Purpose));
        Assert.Equal("pump-01 (infusion-pump, icu-1): the device talks again; closed as a malfunction by iomtad.", recovery.Text);
        Assert.Equal(["mail"], Ask(2));
        Happens(new NotificationDelivered("slack", "i", "slack", 4), 30);
        Assert.Equal(["slack"], Ask(30));
        Assert.False(thread!.IsSettled);
        foreach (var message in thread.Messages) Happens(new NotificationDelivered(message.NotificationId, "i", message.Channel, 1), 31);
        Assert.True(thread.IsSettled);
        Assert.Empty(Ask(60));
    }

    [Fact]
    public void Whatever_happens_in_whatever_order_each_channel_is_asked_once_per_purpose()
    {
        var random = new Random(7);
        for (var run = 0; run < 200; run++)
        {
            thread = null;
            Happens(new IncidentOpened("i", Pump, IncidentKind.Behaviour, Severity.High, "strange", null), 0);
            Happens(Requested("mail"), 0);
            HashSet<(NotificationPurpose, string)> asked = [(NotificationPurpose.Incident, "mail")];
            for (var step = 0; step < 40; step++)
            {
                var message = thread!.Messages[random.Next(thread.Messages.Count)];
                Happens(random.Next(5) switch
                {
                    0 => new NotificationDelivered(message.NotificationId, "i", message.Channel, 1),
                    1 => new NotificationFailed(message.NotificationId, "i", message.Channel, random.Next(1, 13), "down", random.Next(2) == 0),
                    2 => new NotificationResent(message.NotificationId, "i", message.Channel, "anna"),
                    3 when random.Next(10) == 0 => new IncidentClosed("i", Pump.Id, Disposition.FalseAlarm, "anna", ""),
                    _ => new AnomalyAllowed(),
                }, step);
                foreach (var request in Decide(step).Requests)
                {
                    Assert.True(asked.Add((request.Purpose, request.Channel)));
                    Happens(request, step);
                }
            }
        }
    }

    private static NotificationRequested Requested(string channel) => new(channel, "i", channel, Severity.High, Pump, "strange");

    private FollowUp Decide(double minutes) => FollowUpRules.Decide(thread!, options, Noon.AddMinutes(minutes));

    private List<string> Ask(double minutes)
    {
        var requests = Decide(minutes).Requests;
        foreach (var request in requests) Happens(request, minutes);
        return [.. requests.Select(r => r.Channel)];
    }

    private void Happens(DomainEvent @event, double minutes) =>
        thread = NotificationThread.Apply(thread, @event, Noon.AddMinutes(minutes), Noon.AddMinutes(minutes));

    private sealed record AnomalyAllowed : DomainEvent;
}
