using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using IoMTAD.Tests.Response;
using MailKit.Security;
using MimeKit;

namespace IoMTAD.Local.Tests.Response.Channels;

public sealed class EmailNotifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_says_at_a_glance_what_is_the_matter_and_that_no_person_wrote_it()
    {
        await using var server = await SmtpServer.StartAsync();
        Assert.Null(await Notifier(server).NotifyAsync(Sample.Notification(), Cancellation));

        var mail = Assert.Single(await server.ReceivedAsync(1));
        Assert.Equal(["ward@hospital.example", "bme@hospital.example"], mail.To);
        var m = mail.Message;
        Assert.Equal("[High] pump-03 (icu-1): talks differently from normal, suspected SYN flood", m.Subject);
        Assert.Equal("0123456789abcdef0123456789abcdef@hospital.example", m.MessageId);
        Assert.Equal(("auto-generated", XMessagePriority.High), (m.Headers[HeaderId.AutoSubmitted], m.XPriority));
        Assert.Contains("https://iomtad.hospital.example/#/incidents/1b2c3d4e5f60", m.TextBody, StringComparison.Ordinal);
        Assert.Contains("Since 2026-01-30 12:04:05 UTC.", m.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mails_of_an_incident_are_one_thread()
    {
        await using var server = await SmtpServer.StartAsync();
        var notifier = Notifier(server);
        foreach (var purpose in (NotificationPurpose[])[NotificationPurpose.Incident, NotificationPurpose.Escalation, NotificationPurpose.Recovery])
            await notifier.NotifyAsync(Sample.Notification($"{purpose}", purpose, Severity.Critical), Cancellation);

        Assert.Equal(3, (await server.ReceivedAsync(3)).Select(r => r.Message.MessageId).Distinct().Count());
        var root = Assert.Single(server.Received.Select(r => r.Message.InReplyTo).Distinct());
        Assert.Equal("incident-1b2c3d4e5f60@hospital.example", root);
        Assert.All(server.Received, r => Assert.Equal(root, Assert.Single(r.Message.References)));
    }

    [Fact]
    public async Task The_password_is_given_where_one_is_configured()
    {
        await using var server = await SmtpServer.StartAsync(new { user = "iomtad", password = "secret" });
        await Notifier(server, "iomtad", "secret").NotifyAsync(Sample.Notification(), Cancellation);
        Assert.Equal("iomtad", Assert.Single(await server.ReceivedAsync(1)).User);

        var fault = await FailsAsync(Notifier(server, "iomtad", "wrong"));
        Assert.Equal(DeliveryFault.Permanent, fault.Fault);
        Assert.DoesNotContain("wrong", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("450 try again later", DeliveryFault.Temporary)]
    [InlineData("550 not from you", DeliveryFault.Permanent)]
    public async Task The_servers_word_decides_whether_another_try_makes_sense(string answer, DeliveryFault expected)
    {
        await using var server = await SmtpServer.StartAsync();
        foreach (var behaviour in (object[])[new { mail = answer }, new { data = answer }])
        {
            await server.BehaveAsync(behaviour);
            var fault = await FailsAsync(Notifier(server));
            Assert.Equal(expected, fault.Fault);
            Assert.Contains(answer, fault.Message, StringComparison.Ordinal);
        }
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_refused_recipient_keeps_the_others_from_nothing_and_is_named()
    {
        await using var server = await SmtpServer.StartAsync();
        await server.BehaveAsync(new { recipient = new { address = "bme@hospital.example", answer = "550 no such user" } });
        Assert.Equal("not to bme@hospital.example: 550 no such user", await Notifier(server).NotifyAsync(Sample.Notification(), Cancellation));
        Assert.Equal(["ward@hospital.example"], Assert.Single(await server.ReceivedAsync(1)).To);

        var fault = await FailsAsync(Notifier(server, to: "bme@hospital.example"));
        Assert.Equal(("bme@hospital.example: 550 no such user", DeliveryFault.Permanent), (fault.Message, fault.Fault));
    }

    [Fact]
    public async Task A_break_after_the_mail_was_handed_over_leaves_its_outcome_unknown_and_an_earlier_one_does_not()
    {
        await using var server = await SmtpServer.StartAsync();
        await server.BehaveAsync(new { close = "message" });
        Assert.Equal(DeliveryFault.Unknown, (await FailsAsync(Notifier(server))).Fault);

        await server.BehaveAsync(new { slow = 60_000 });
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var slow = await Assert.ThrowsAsync<DeliveryException>(() => Notifier(server).NotifyAsync(Sample.Notification(), late.Token));
        Assert.Equal(DeliveryFault.Temporary, slow.Fault);
        Assert.Contains("did not answer in time", slow.Message, StringComparison.Ordinal);

        await server.KillAsync();
        Assert.Equal(DeliveryFault.Temporary, (await FailsAsync(Notifier(server))).Fault);
    }

    [Fact]
    public async Task A_server_without_encryption_is_refused_where_encryption_is_asked_for()
    {
        await using var server = await SmtpServer.StartAsync();
        var fault = await FailsAsync(Notifier(server, security: SecureSocketOptions.StartTls));
        Assert.Equal(DeliveryFault.Permanent, fault.Fault);
        Assert.Contains("does not offer", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    private static Task<DeliveryException> FailsAsync(EmailNotifier notifier) =>
        Assert.ThrowsAsync<DeliveryException>(() => notifier.NotifyAsync(Sample.Notification(), Cancellation));

    private static EmailNotifier Notifier(
        SmtpServer server, string? user = null, string? password = null, string? to = null, SecureSocketOptions security = SecureSocketOptions.None) =>
        new("mail", new EmailSettings("127.0.0.1", server.Port, security, user, password,
            MailboxAddress.Parse("IoMTAD <iomtad@hospital.example>"),
            [.. (to is null ? new[] { "ward@hospital.example", "bme@hospital.example" } : [to]).Select(MailboxAddress.Parse)]), Sample.Page);
}
