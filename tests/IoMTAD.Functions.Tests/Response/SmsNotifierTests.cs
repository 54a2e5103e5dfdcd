using System.Globalization;
using System.Text.Json;
using IoMTAD.Functions.Response;
using IoMTAD.Response;
using IoMTAD.Tests;
using IoMTAD.Tests.Response;
using Microsoft.AspNetCore.Http;

namespace IoMTAD.Functions.Tests.Response;

public sealed class SmsNotifierTests
{
    private static readonly string[] Numbers = ["+4930123456", "+4930654321"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_gets_the_text_the_sender_and_the_notification_as_the_tag_of_its_report()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer = Accepted(202, 202);
        Assert.Null(await Notifier(service, new MovedClock()).NotifyAsync(Sample.Notification("n1"), Cancellation));

        var body = Assert.Single(service.Received).Body;
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        Assert.Equal(
            ("+4930111111", SmsText.Of(Sample.Notification("n1"), Sample.Page), "n1"), (root.GetProperty("from").GetString(),
            root.GetProperty("message").GetString(), root.GetProperty("smsSendOptions").GetProperty("tag").GetString()));
        Assert.Equal(Numbers, Recipients(body).Select(r => r.To));
    }

    [Fact]
    public async Task Each_attempt_at_the_same_message_has_the_same_id_and_first_time_and_no_two_messages_share_one()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer = Accepted(202, 202);
        var time = new MovedClock();
        var notifier = Notifier(service, time);
        await notifier.NotifyAsync(Sample.Notification("n1"), Cancellation);
        time.Now += TimeSpan.FromMinutes(3);
        await notifier.NotifyAsync(Sample.Notification("n1"), Cancellation);
        await notifier.NotifyAsync(Sample.Notification("n2"), Cancellation);

        var sent = service.Received.Select(r => Recipients(r.Body)).ToList();
        Assert.Equal(sent[0], sent[1]);
        Assert.Equal("Sat, 31 Jan 2026 12:00:00 GMT", sent[0][0].First);
        Assert.Equal(4, sent[0].Concat(sent[2]).Select(r => r.Id).Distinct().Count());
        Assert.All(service.Received, r => Assert.Equal("Bearer a token", r.Headers["authorization"]));
    }

    [Fact]
    public async Task A_first_time_that_the_service_has_forgotten_is_not_given_again()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer = Accepted(202, 202);
        var time = new MovedClock();
        var notifier = Notifier(service, time);
        await notifier.NotifyAsync(Sample.Notification("n1"), Cancellation);
        time.Now += TimeSpan.FromMinutes(10);
        await notifier.NotifyAsync(Sample.Notification("n1"), Cancellation);
        Assert.Equal("Sat, 31 Jan 2026 12:10:00 GMT", Recipients(service.Received.Last().Body)[0].First);
    }

    [Fact]
    public void The_documents_say_for_how_long_the_service_tells_a_repeat()
    {
        var path = Path.Combine(SharedData.RepositoryRoot, "docs", "notifications.md");
        var document = File.ReadAllText(path).ReplaceLineEndings(" ");
        Assert.Contains(string.Create(CultureInfo.InvariantCulture,
            $"tells a repeat within {FirstAttempts.Remembered.TotalMinutes} minutes of the first attempt"), document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(202, 404, "not to +4930654321: 404 unknown", null)]
    [InlineData(202, 429, null, DeliveryFault.Temporary)]
    [InlineData(202, 503, null, DeliveryFault.Temporary)]
    [InlineData(404, 404, null, DeliveryFault.Permanent)]
    [InlineData(404, 503, null, DeliveryFault.Temporary)]
    public async Task What_became_of_each_number_is_looked_at_although_the_service_accepted_all(int first, int second, string? remark, DeliveryFault? expected)
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer = Accepted(first, second);
        var notifying = Notifier(service, new MovedClock()).NotifyAsync(Sample.Notification(), Cancellation);
        if (expected is null) Assert.Equal(remark, await notifying);
        else Assert.Equal(expected, (await Assert.ThrowsAsync<DeliveryException>(() => notifying)).Fault);
    }

    private static SmsNotifier Notifier(HttpReceiver service, TimeProvider time) =>
        PlainSms.Notifier(service.Url, Numbers, "a token", time);

    private static Func<HttpContext, Task> Accepted(params int[] statuses) => HttpReceiver.Refuse(202, JsonSerializer.Serialize(new
    {
        value = Numbers.Zip(statuses, (to, status) => new
        {
            to, httpStatusCode = status, successful = status == 202, errorMessage = status == 202 ? null : "unknown",
        }),
    }));

    private static List<(string To, string Id, string First)> Recipients(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("smsRecipients").EnumerateArray().Select(r => (r.GetProperty("to").GetString()!,
            Guid.Parse(r.GetProperty("repeatabilityRequestId").GetString()!).ToString(), r.GetProperty("repeatabilityFirstSent").GetString()!))];
    }
}
