using System.Globalization;
using System.Text;
using System.Text.Json;
using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Response;
using IoMTAD.Tests.Response;
using Microsoft.AspNetCore.Http;

namespace IoMTAD.Local.Tests.Response.Channels;

public sealed class HttpDeliveryTests
{
    private static readonly DateTimeOffset Now = new ManualTime().GetUtcNow();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slack_gets_blocks_and_a_plain_text_with_its_three_characters_escaped()
    {
        await using var slack = await HttpReceiver.StartAsync();
        await Slack(slack).NotifyAsync(Sample.Notification() with { Text = "<!channel> a & b" }, Cancellation);

        using var json = JsonDocument.Parse(Assert.Single(slack.Received).Body);
        var root = json.RootElement;
        Assert.Equal("[High] pump-03 (icu-1): &lt;!channel&gt; a &amp; b", root.GetProperty("text").GetString());
        Assert.Equal("🔴 [High] pump-03 (icu-1): <!channel> a & b", root.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString());
        var section = root.GetProperty("blocks")[1].GetProperty("text").GetProperty("text").GetString();
        Assert.StartsWith("&lt;!channel&gt; a &amp; b\nSince ", section, StringComparison.Ordinal);
        Assert.EndsWith("https://iomtad.hospital.example/#/incidents/1b2c3d4e5f60", section, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_gets_json_its_idempotency_key_and_a_signature_that_holds()
    {
        await using var hook = await HttpReceiver.StartAsync();
        await Webhook(hook, "secret").NotifyAsync(Sample.Notification(), Cancellation);

        var post = Assert.Single(hook.Received);
        using var json = JsonDocument.Parse(post.Body);
        Assert.Equal(
            ("0123456789abcdef0123456789abcdef", "Incident", "High", "1b2c3d4e5f60", "pump-03"),
            (json.RootElement.GetProperty("id").GetString(), json.RootElement.GetProperty("purpose").GetString(),
            json.RootElement.GetProperty("severity").GetString(), json.RootElement.GetProperty("incidentId").GetString(),
            json.RootElement.GetProperty("device").GetProperty("id").GetString()));
        Assert.Equal("0123456789abcdef0123456789abcdef", post.Headers["idempotency-key"]);
        var seconds = Now.ToUnixTimeSeconds();
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("secret"u8, Encoding.UTF8.GetBytes($"{seconds}.{post.Body}")));
        Assert.Equal($"t={seconds},sha256={expected}", post.Headers["x-iomtad-signature"]);
    }

    [Theory]
    [InlineData(400, "invalid_payload", DeliveryFault.Permanent)]
    [InlineData(403, "action_prohibited", DeliveryFault.Permanent)]
    [InlineData(404, "no_service", DeliveryFault.Permanent)]
    [InlineData(410, "channel_is_archived", DeliveryFault.Permanent)]
    [InlineData(429, "rate_limited", DeliveryFault.Temporary)]
    [InlineData(503, "", DeliveryFault.Temporary)]
    public async Task The_status_decides_whether_another_try_makes_sense_and_the_services_words_are_kept(int status, string body, DeliveryFault expected)
    {
        await using var slack = await HttpReceiver.StartAsync();
        slack.Answer = HttpReceiver.Refuse(status, body);
        var fault = await FailsAsync(Slack(slack));
        Assert.Equal((expected, status == 429), (fault.Fault, fault.IsRateLimit));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{status} {body}"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_says_when_to_come_back_in_seconds_by_a_date_or_by_the_end_of_its_limit()
    {
        await using var service = await HttpReceiver.StartAsync();
        (string Header, string Value)[] ways =
        [
            ("Retry-After", "120"), ("Retry-After", Now.AddSeconds(120).ToString("R", CultureInfo.InvariantCulture)),
            ("X-RateLimit-Reset", Now.AddSeconds(120).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];
        foreach (var (header, value) in ways)
        {
            service.Answer = HttpReceiver.Refuse(429, "", header, value);
            Assert.Equal(Now.AddSeconds(120), (await FailsAsync(Slack(service))).RetryAt);
        }
        foreach (var nonsense in (string[])["soon", "-5", "99999999999999999999"])
        {
            service.Answer = HttpReceiver.Refuse(429, "", "X-RateLimit-Reset", nonsense);
            Assert.Null((await FailsAsync(Slack(service))).RetryAt);
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_leaves_the_outcome_unknown_and_one_that_never_came_about_does_not()
    {
        var service = await HttpReceiver.StartAsync();
        service.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Equal(DeliveryFault.Unknown, (await FailsAsync(Slack(service))).Fault);

        var arrived = new TaskCompletionSource();
        service.Answer = async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        using var late = new CancellationTokenSource();
        var sending = Slack(service).NotifyAsync(Sample.Notification(), late.Token);
        await arrived.Task;
        await late.CancelAsync();
        Assert.Equal(DeliveryFault.Unknown, (await Assert.ThrowsAsync<DeliveryException>(() => sending)).Fault);

        var notifier = Slack(service);
        await service.DisposeAsync();
        Assert.Equal(DeliveryFault.Temporary, (await FailsAsync(notifier)).Fault);
    }

    [Fact]
    public async Task A_server_that_never_lets_us_speak_has_not_heard_anything()
    {
        // It takes the connection and says nothing, as a firewall may: TLS never begins.
        using var mute = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        mute.Start();
        using var late = new CancellationTokenSource();
        var url = new Uri($"https://{mute.LocalEndpoint}/");
        var sending = new SlackNotifier("slack", url, null, new ManualTime()).NotifyAsync(Sample.Notification(), late.Token);
        using var connection = await mute.AcceptTcpClientAsync(Cancellation);
        await late.CancelAsync();
        Assert.Equal(DeliveryFault.Temporary, (await Assert.ThrowsAsync<DeliveryException>(() => sending)).Fault);
    }

    [Fact]
    public async Task A_service_that_accepts_and_then_names_failed_recipients_is_believed()
    {
        await using var service = await HttpReceiver.StartAsync();
        const string One = """{"value":[{"to":"+49 1","httpStatusCode":202,"successful":true},"""
            + """{"to":"+49 2","httpStatusCode":404,"successful":false,"errorMessage":"unknown number"}]}""";
        service.Answer = HttpReceiver.Refuse(202, One);
        Assert.Equal("not to +49 2: 404 unknown number", await Webhook(service).NotifyAsync(Sample.Notification(), Cancellation));

        service.Answer = HttpReceiver.Refuse(202, """{"value":[{"to":"+49 2","httpStatusCode":429,"successful":false}]}""");
        Assert.Equal(DeliveryFault.Temporary, (await FailsAsync(Webhook(service))).Fault);
        service.Answer = HttpReceiver.Refuse(202, """{"value":[{"to":"+49 2","httpStatusCode":404,"successful":false}]}""");
        Assert.Equal(DeliveryFault.Permanent, (await FailsAsync(Webhook(service))).Fault);
        foreach (var other in (string[])["{", "[]", "{\"value\":3}", "{\"value\":[4]}", "ok"])
        {
            service.Answer = HttpReceiver.Refuse(202, other);
            Assert.Null(await Webhook(service).NotifyAsync(Sample.Notification(), Cancellation));
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed_for_the_message_is_for_nobody_else()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer = HttpReceiver.Refuse(302, "", "Location", "http://127.0.0.1:1/");
        Assert.Equal(DeliveryFault.Permanent, (await FailsAsync(Slack(service))).Fault);
    }

    private static Task<DeliveryException> FailsAsync(INotifier notifier) =>
        Assert.ThrowsAsync<DeliveryException>(() => notifier.NotifyAsync(Sample.Notification(), Cancellation));

    private static SlackNotifier Slack(HttpReceiver receiver) => new("slack", receiver.Url, Sample.Page, new ManualTime());

    private static WebhookNotifier Webhook(HttpReceiver receiver, string? secret = null) => new("hook", receiver.Url, secret, Sample.Page, new ManualTime());
}
