using System.Text.Json;
using IoMTAD.Functions.Response;
using IoMTAD.Tests.Response;
using MimeKit;

namespace IoMTAD.Functions.Tests.Response;

public sealed class SendGridNotifierTests
{
    [Fact]
    public async Task A_mail_carries_the_notifications_id_the_incidents_thread_and_nothing_that_tells_who_reads_it()
    {
        await using var service = await HttpReceiver.StartAsync();
        var settings = new SendGridSettings(service.Url, "a key", MailboxAddress.Parse("IoMTAD <iomtad@hospital.example>"),
            [MailboxAddress.Parse("ward@hospital.example"), MailboxAddress.Parse("bme@hospital.example")]);
        await new SendGridNotifier("mail", settings, Sample.Page, Sample.Clock).NotifyAsync(Sample.Notification(), TestContext.Current.CancellationToken);

        var post = Assert.Single(service.Received);
        Assert.Equal("Bearer a key", post.Headers["authorization"]);
        using var json = JsonDocument.Parse(post.Body);
        var mail = json.RootElement;
        Assert.Equal(("iomtad@hospital.example", "[High] pump-03 (icu-1): talks differently from normal, suspected SYN flood"),
            (mail.GetProperty("from").GetProperty("email").GetString(), mail.GetProperty("subject").GetString()));
        var personal = Assert.Single(mail.GetProperty("personalizations").EnumerateArray());
        Assert.Equal(["ward@hospital.example", "bme@hospital.example"],
            personal.GetProperty("to").EnumerateArray().Select(t => t.GetProperty("email").GetString()));
        Assert.Equal("0123456789abcdef0123456789abcdef", personal.GetProperty("custom_args").GetProperty("notification").GetString());
        Assert.Equal("<incident-1b2c3d4e5f60@hospital.example>", personal.GetProperty("headers").GetProperty("In-Reply-To").GetString());
        Assert.Equal("text/plain", Assert.Single(mail.GetProperty("content").EnumerateArray()).GetProperty("type").GetString());
        foreach (var tracking in mail.GetProperty("tracking_settings").EnumerateObject())
            Assert.False(tracking.Value.GetProperty("enable").GetBoolean(), tracking.Name);
        Assert.Equal(4, mail.GetProperty("tracking_settings").EnumerateObject().Count());
    }
}
