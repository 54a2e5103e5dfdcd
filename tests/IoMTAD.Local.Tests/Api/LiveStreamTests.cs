using IoMTAD.Api.Desks;
using IoMTAD.Api.Live;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Local.Views;
using IoMTAD.Policy.Notifications;
using IoMTAD.Views;

namespace IoMTAD.Local.Tests.Api;

public sealed class LiveStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_state_comes_first_and_then_what_changes()
    {
        await using var host = await TestHost.StartAsync();
        using var response = await host.SendAsync(HttpMethod.Get, "/api/v1/stream");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        foreach (var expected in new[] { "overview", "devices", "incident" }) Assert.Equal(expected, await NextAsync(reader));
        await host.CommitAsync(Story.Incident(2));

        string? type;
        do type = await NextAsync(reader);
        while (type != "incident");
    }

    [Fact]
    public async Task An_act_of_another_process_reaches_the_page_too()
    {
        await using var host = await TestHost.StartAsync();
        using var response = await host.SendAsync(HttpMethod.Get, "/api/v1/stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        for (var i = 0; i < 3; i++) await NextAsync(reader);

        await Commands.Iomtad.SucceedAsync("incidents", "ack", "i1", "--store", host.Folder);

        string? type;
        do type = await NextAsync(reader);
        while (type != "incident");
    }

    [Fact]
    public async Task Of_many_incidents_at_once_none_is_passed_over()
    {
        await using var host = await TestHost.StartAsync();
        using var response = await host.SendAsync(HttpMethod.Get, "/api/v1/stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        for (var i = 0; i < 3; i++) await NextAsync(reader);

        for (var i = 2; i <= 130; i++) await host.CommitAsync(Story.Incident(i));

        var seen = new HashSet<string>();
        while (seen.Count < 129)
            if (await reader.ReadLineAsync(Cancellation) is { } line && line.StartsWith("data: {\"id\":\"i", StringComparison.Ordinal))
                seen.Add(line.Split('"')[3]);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_nothing_changes_a_page_hears_that_the_line_is_alive()
    {
        await using var store = new TestStore();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var time = new ManualTime();
        var stream = new LiveStream(new LiveWard(IoMTAD.Capture.DeviceInventory.Empty),
            new SqliteReadModels(store.Database, store.Events), new OverviewOf(new AwayDesk()), time);
        var running = stream.RunAsync(ending.Token);
        var heard = new List<string>();
        var page = Task.Run(async () =>
        {
            await foreach (var message in stream.SubscribeAsync(Cancellation))
            {
                heard.Add(message.EventType);
                if (message.EventType == "alive") break;
            }
        }, Cancellation);

        var passed = TimeSpan.Zero;
        while (!page.IsCompleted) passed += await time.PassAsync(Cancellation);

        await page;
        Assert.Equal(("overview", "alive"), (heard[0], heard[^1]));
        Assert.True(passed >= TimeSpan.FromSeconds(15), $"after {passed}");
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_lets_the_pages_go_and_the_stream_goes_on()
    {
        await using var store = new TestStore();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var desk = new AwayDesk();
        var stream = new LiveStream(new LiveWard(IoMTAD.Capture.DeviceInventory.Empty),
            new SqliteReadModels(store.Database, store.Events), new OverviewOf(desk), TimeProvider.System);
        var running = stream.RunAsync(ending.Token);
        await foreach (var message in stream.SubscribeAsync(Cancellation)) desk.IsAway |= message.EventType == "overview";

        desk.IsAway = false;
        await foreach (var message in stream.SubscribeAsync(Cancellation))
            if (message.EventType == "overview") break;
        Assert.False(running.IsCompleted);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <returns>Type of the next message.</returns>
    private static async Task<string?> NextAsync(StreamReader reader)
    {
        string? type = null;
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line["event: ".Length..];
            if (line.Length == 0) return type;
        }
        return null;
    }

    private sealed class AwayDesk : INotificationDesk
    {
        public bool IsAway { get; set; }

        public Task<NotificationFigures> CountAsync(CancellationToken cancellation = default) =>
            IsAway ? throw new IOException("the record is away") : Task.FromResult(new NotificationFigures(0, 0));

        public Task<Page<NotificationRow>> ListAsync(MessageState? state, string? after, int limit, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ChannelHealth>> ReadHealthAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<Letter>?> ReadLettersAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task<ActOutcome<NotificationRow>> ResendAsync(string id, string by, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task<ActOutcome<IoMTAD.Api.Desks.TestResult>> TestAsync(string channel, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
