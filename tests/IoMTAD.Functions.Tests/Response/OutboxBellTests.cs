using System.Text;
using Azure.Storage.Queues;
using IoMTAD.Functions.Response;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests.Response;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Response;

public sealed class OutboxBellTests
{
    private const string Key = "QWNjb3VudCBrZXk=";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_that_people_are_to_hear_of_puts_one_message_in_the_queue_that_its_trigger_can_read_and_any_other_none()
    {
        await using var storage = await HttpReceiver.StartAsync();
        var called = new TaskCompletionSource();
        storage.Answer = context => AcceptAsync(context, called);
        using var bell = new OutboxBell(Queue(storage.Url), NullLogger<OutboxBell>.Instance);
        await bell.StartAsync(Cancellation);
        bell.Hear(Committed(new IncidentEscalated("i", "pump-03", Severity.Low, Severity.High, "worse")));
        bell.Hear(Committed(Sample.Notification()));
        await called.Task.WaitAsync(Cancellation);
        await bell.StopAsync(Cancellation);

        var body = Assert.Single(storage.Received).Body;
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("look")), body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_keeps_nobody_waiting_and_fails_nobody()
    {
        await using var storage = await HttpReceiver.StartAsync();
        var called = new TaskCompletionSource();
        storage.Answer = HttpReceiver.Refuse(403);
        using var bell = new OutboxBell(Queue(storage.Url), NullLogger<OutboxBell>.Instance);
        for (var i = 0; i < 1000; i++) bell.Hear(Committed(Sample.Notification()));
        await bell.StartAsync(Cancellation);
        while (storage.Received.IsEmpty) await Task.Yield();
        storage.Answer = context => AcceptAsync(context, called);
        bell.Ring();
        await called.Task.WaitAsync(Cancellation);
        await bell.StopAsync(Cancellation);
        Assert.InRange(storage.Received.Count, 2, 3);
        Assert.False(bell.ExecuteTask!.IsFaulted);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_made()
    {
        await using var storage = await HttpReceiver.StartAsync();
        var (called, made) = (new TaskCompletionSource(), false);
        storage.Answer = context =>
        {
            if (made) return AcceptAsync(context, called);
            made = context.Request.Method == "PUT";
            return HttpReceiver.Refuse(made ? 201 : 404, "", "x-ms-error-code", "QueueNotFound")(context);
        };
        using var bell = new OutboxBell(Queue(storage.Url), NullLogger<OutboxBell>.Instance);
        await bell.StartAsync(Cancellation);
        bell.Ring();
        await called.Task.WaitAsync(Cancellation);
        await bell.StopAsync(Cancellation);
        Assert.Equal(3, storage.Received.Count);
    }

    private static QueueClient? Queue(Uri url) => ResponseServices.Queue(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["AzureWebJobsStorage"] = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Key};QueueEndpoint={url.GetLeftPart(UriPartial.Authority)}/a",
    }).Build(), new KnownToken("a token"));

    private static CommitResult Committed(DomainEvent @event) =>
        new([new StoredEvent(1, "s", 1, "1", EventTypes.NameOf(@event), Sample.Now, Sample.Now, EventTypes.Serialize(@event), "", "")], 0);

    private static async Task AcceptAsync(HttpContext context, TaskCompletionSource called)
    {
        context.Response.StatusCode = 201;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync("""
            <?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId>
            <InsertionTime>Sat, 31 Jan 2026 12:00:00 GMT</InsertionTime><ExpirationTime>Sat, 31 Jan 2026 12:01:00 GMT</ExpirationTime>
            <PopReceipt>1</PopReceipt><TimeNextVisible>Sat, 31 Jan 2026 12:00:00 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>
            """);
        called.TrySetResult();
    }
}
