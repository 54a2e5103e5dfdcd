using System.Text.Json;
using IoMTAD.Functions.Response;
using IoMTAD.Response;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Response;

public sealed class SmsNotifierTests
{
    private static readonly string[] Numbers = ["+4930123456", "+4930654321"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_attempt_at_the_same_message_has_the_same_id_and_first_time_and_no_two_messages_share_one()
    {
        await using var service = await HttpReceiver.StartAsync();
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
        var time = new MovedClock();
        var notifier = Notifier(service, time);
        await notifier.NotifyAsync(Sample.Notification("n1"), Cancellation);
        time.Now += TimeSpan.FromMinutes(10);
        await notifier.NotifyAsync(Sample.Notification("n1"), Cancellation);
        Assert.Equal("Sat, 31 Jan 2026 12:10:00 GMT", Recipients(service.Received.Last().Body)[0].First);
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
        service.Answer = HttpReceiver.Refuse(202, JsonSerializer.Serialize(new
        {
            value = Numbers.Zip([first, second], (to, status) => new
            {
                to, httpStatusCode = status, successful = status == 202, errorMessage = status == 202 ? null : "unknown",
            }),
        }));
        var notifying = Notifier(service, new MovedClock()).NotifyAsync(Sample.Notification(), Cancellation);
        if (expected is null) Assert.Equal(remark, await notifying);
        else Assert.Equal(expected, (await Assert.ThrowsAsync<DeliveryException>(() => notifying)).Fault);
    }

    private static SmsNotifier Notifier(HttpReceiver service, TimeProvider time) =>
        new("phone", new SmsSettings(service.Url, "+4930111111", Numbers), new KnownToken("a token"), Sample.Page, time);

    private static List<(string To, string Id, string First)> Recipients(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("smsRecipients").EnumerateArray().Select(r => (r.GetProperty("to").GetString()!,
            Guid.Parse(r.GetProperty("repeatabilityRequestId").GetString()!).ToString(), r.GetProperty("repeatabilityFirstSent").GetString()!))];
    }
}
