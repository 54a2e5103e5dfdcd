using System.Net;
using IoMTAD.Local.Tests.Views;

namespace IoMTAD.Local.Tests.Api;

public sealed class NotificationRoutesTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Messages_come_newest_first_page_by_page_and_by_state()
    {
        for (var i = 2; i <= 6; i++) await host.CommitAsync(Story.Incident(i, "file"));

        var first = await host.GetAsync("/api/v1/notifications?limit=3");
        var rest = await host.GetAsync($"/api/v1/notifications?limit=3&after={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");

        Assert.Equal(["i6", "i5", "i4", "i3", "i2"], first.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray())
            .Select(n => n.GetProperty("incidentId").GetString()));
        Assert.Equal(5, (await host.GetAsync("/api/v1/notifications?state=Waiting")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await host.GetAsync("/api/v1/notifications?state=Failed")).GetProperty("items").GetArrayLength());
        Assert.Equal(5, (await host.GetAsync("/api/v1/overview")).GetProperty("notifications").GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task A_test_message_is_sent_at_once_and_the_channel_shows_it()
    {
        var (status, result) = await host.PostAsync("/api/v1/notifications/channels/file/test", new { });
        Assert.Equal((HttpStatusCode.OK, true), (status, result.GetProperty("delivered").GetBoolean()));
        var written = await File.ReadAllTextAsync(Path.Combine(host.Folder, "notifications.jsonl"), TestContext.Current.CancellationToken);
        Assert.Contains("test", written, StringComparison.Ordinal);

        var letter = Assert.Single((await host.GetAsync("/api/v1/outbox")).EnumerateArray());
        Assert.Contains("test", letter.GetProperty("text").GetString(), StringComparison.OrdinalIgnoreCase);
        var channel = Assert.Single((await host.GetAsync("/api/v1/notifications/channels")).EnumerateArray());
        Assert.Equal(("file", true), (channel.GetProperty("name").GetString(), channel.GetProperty("isHealthy").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("/api/v1/notifications/channels/nowhere/test", new { })).Status);
    }

    [Fact]
    public async Task Only_what_was_given_up_is_sent_again()
    {
        await host.CommitAsync(Story.Incident(2, "file"));
        var id = (await host.GetAsync("/api/v1/notifications")).GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync($"/api/v1/notifications/{Uri.EscapeDataString(id)}/resend", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("/api/v1/notifications/none/resend", new { })).Status);
    }
}
