using System.Text.Json;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Local.Tests.Response.Channels;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Response;
using IoMTAD.Tests;
using IoMTAD.Tests.Response;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>The mail server goes down and comes back, the program is killed: each message arrives once, or is listed as failed.</summary>
[Trait("Category", "Slow")]
public sealed class NotifyKillTests : IDisposable
{
    private const int Messages = 60;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_three_times_while_the_mail_server_is_down_and_comes_back_no_message_is_lost_and_none_arrives_twice()
    {
        await StoreAsync();
        List<ReceivedMail> received = [];
        var server = await SmtpServer.StartAsync();
        Configure(server.Port);
        var port = server.Port;
        for (var kill = 0; kill < 3; kill++)
        {
            using var process = IomtadProcess.Start("notify", "deliver", "--store", folder.Path);
            var enough = server.Received.Count + 5;
            await UntilAsync(() => server.Received.Count >= enough || process.HasExited);
            await server.KillAsync();
            received.AddRange(server.Received);
            await server.DisposeAsync();
            // It has noticed that the server is down, and goes on trying.
            var seen = StoredRun.Count(folder.Path, nameof(NotificationFailed));
            await UntilAsync(() => process.HasExited || StoredRun.Count(folder.Path, nameof(NotificationFailed)) >= seen + 3);
            await process.KillAsync();
            server = await SmtpServer.StartAsync(new { port });
        }
        using (var last = IomtadProcess.Start("notify", "deliver", "--store", folder.Path)) await last.ExitAsync();
        received.AddRange(server.Received);
        await server.DisposeAsync();
        await AssertSettledAsync(received);
    }

    [Fact]
    public async Task Killed_between_the_servers_acceptance_and_its_record_a_mail_is_listed_as_failed_and_not_sent_twice()
    {
        await StoreAsync(1);
        await using var server = await SmtpServer.StartAsync();
        await server.BehaveAsync(new { silent = "message" });
        Configure(server.Port);
        using (var process = IomtadProcess.Start("notify", "deliver", "--store", folder.Path))
        {
            await server.NextAsync("message");
            await process.KillAsync();
        }
        await server.BehaveAsync(new { });
        using (var process = IomtadProcess.Start("notify", "deliver", "--store", folder.Path)) Assert.Equal(1, await process.ExitAsync());

        Assert.Single(await server.ReceivedAsync(1));
        var failed = Assert.Single((await StoredRun.EventsAsync(folder.Path)).Select(e => e.Event).OfType<NotificationFailed>());
        Assert.Equal((DispatchRules.OutcomeUnknown, false), (failed.Error, failed.WillRetry));

        await Iomtad.SucceedAsync("notify", "resend", "--all-failed", "--store", folder.Path);
        Assert.Equal(2, (await server.ReceivedAsync(2)).Count);
    }

    [Fact]
    public async Task Killed_there_with_resendUnknown_the_mail_arrives_twice_rather_than_never()
    {
        await StoreAsync(1);
        await using var server = await SmtpServer.StartAsync();
        await server.BehaveAsync(new { silent = "message" });
        Configure(server.Port, resendUnknown: true);
        using (var process = IomtadProcess.Start("notify", "deliver", "--store", folder.Path))
        {
            await server.NextAsync("message");
            await process.KillAsync();
        }
        await server.BehaveAsync(new { });
        using (var process = IomtadProcess.Start("notify", "deliver", "--store", folder.Path)) Assert.Equal(0, await process.ExitAsync());
        Assert.Equal(2, (await server.ReceivedAsync(2)).Count);
        Assert.Single(server.Received.Select(r => r.Message.MessageId).Distinct());
    }

    private async Task AssertSettledAsync(List<ReceivedMail> received)
    {
        var events = (await StoredRun.EventsAsync(folder.Path)).Select(e => e.Event).ToList();
        var delivered = events.OfType<NotificationDelivered>().Select(e => e.NotificationId).ToHashSet();
        var failed = events.OfType<NotificationFailed>().Where(e => !e.WillRetry).Select(e => e.NotificationId).ToHashSet();
        var arrived = received.Select(r => r.Message.MessageId!.Split('@')[0]).ToList();
        Assert.Equal(arrived.Count, arrived.Distinct().Count());
        Assert.Equal(Messages, delivered.Union(failed).Count());
        Assert.Empty(delivered.Intersect(failed));
        Assert.Empty(delivered.Except(arrived));
        Assert.Empty(arrived.Except(delivered).Except(failed));
        Assert.True(failed.Count <= 2 * 6, $"{failed.Count} of unknown outcome: more than can have been in flight");
        Assert.Null((await StoredRun.VerifyAsync(folder.Path)).Breach);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
    }

    private async Task StoreAsync(int messages = Messages)
    {
        await using var database = SqliteDatabase.Open(folder.Path);
        var events = new SqliteEventStore(database, TimeProvider.System);
        for (var i = 1; i <= messages; i++)
        {
            var (id, incident) = ($"n{i}", $"i{i}");
            await events.CommitAsync(new Commit([new StreamAppend(Incident.StreamOf(incident), null,
                [new NewEvent(id, Sample.Notification(id) with { IncidentId = incident }, Story.Noon)])]), Cancellation);
        }
    }

    private void Configure(int port, bool resendUnknown = false) => File.WriteAllText(folder.File(ConfigurationFile.FileName), JsonSerializer.Serialize(new
    {
        notifications = new
        {
            // The ten minutes of an outage and the half hour of trying, in seconds.
            retry = new { attempts = 50, first = "0.1s", longest = "0.5s", spread = "1s" },
            channels = new
            {
                mail = new
                {
                    type = "email", host = "127.0.0.1", port, security = "none", from = "iomtad@hospital.example", to = "ward@hospital.example",
                    timeout = "5s", leaseMargin = "0.5s", resendUnknown,
                },
            },
            routes = new[] { new { channels = "mail" } },
        },
    }));
}
