using System.CommandLine;
using IoMTAD.Local.Response;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad notify test</c>: one message now, past the outbox, with the server's own words where it fails.</summary>
internal static class NotifyTestCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Build(Terminal terminal)
    {
        var (store, config, json) = (CommonOptions.Store(), CommonOptions.Config(), CommonOptions.Json());
        var channel = new Option<string>("--channel") { Description = "Name of the channel.", HelpName = "NAME", Required = true };
        var command = new Command("test", "Sends a test message by a channel, now.") { channel, store, config, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (folder, name) = (parsed.GetValue(store)!, parsed.GetValue(channel)!.ToLowerInvariant());
            var settings = ConfigurationFile.Load(folder, parsed.GetValue(config));
            if (settings.Channels.All(c => c.Name != name))
                throw new CommandException($"there is no channel '{name}': there are {string.Join(", ", settings.Channels.Select(c => c.Name))}", ExitCode.WrongUse);
            await using var opened = OpenStore.OrNew(folder);
            var error = await SendAsync(opened.Events, NotifyCommands.Open(terminal, opened, settings, folder).NotifierOf(name)!, cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(new { channel = name, delivered = error.Fault is null, error = error.Fault ?? error.Remark });
            else if (error.Fault is null) terminal.Output.WriteLine($"{name}: accepted{(error.Remark is { } remark ? $", but {remark}" : "")}. See whether it arrives.");
            if (error.Fault is { } fault) terminal.Error.WriteLine($"iomtad: {name}: {fault}");
            return error.Fault is null ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }

    /// <summary>Recorded before it is sent, as any other; not retried, for somebody is waiting.</summary>
    private static async Task<(string? Fault, string? Remark)> SendAsync(IEventStore events, INotifier notifier, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = NotificationIds.ForTest(notifier.Channel, now);
        var request = new NotificationRequested(id, null, notifier.Channel, Severity.Low, null,
            "This is a test of IoMTAD. Nothing has happened; messages sent by this channel arrive here.") { Purpose = NotificationPurpose.Test };
        await RecordAsync(id, request);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(Patience);
        try
        {
            var remark = await notifier.NotifyAsync(request, late.Token);
            await RecordAsync(EventId.From($"delivered {id}"), new NotificationDelivered(id, null, notifier.Channel, 1) { Remark = remark });
            return (null, remark);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            await RecordAsync(EventId.From($"failed {id}"), new NotificationFailed(id, null, notifier.Channel, 1, e.Message, WillRetry: false));
            return (e.Message, null);
        }

        Task RecordAsync(string eventId, DomainEvent @event) => events.CommitAsync(new Commit(
            [new StreamAppend(NotificationIds.StreamOf(null, notifier.Channel), null, [new NewEvent(eventId, @event, TimeProvider.System.GetUtcNow())])]), cancellation);
    }
}
