using System.CommandLine;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad notify resend</c>: puts given-up notifications back, and sends them.</summary>
internal static class NotifyResendCommand
{
    public static Command Build(Terminal terminal)
    {
        var (store, config, json) = (CommonOptions.Store(), CommonOptions.Config(), CommonOptions.Json());
        var id = new Argument<string?>("id") { Description = "The notification, or enough of its first digits.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all-failed") { Description = "All that were given up." };
        var command = new Command("resend", "Sends given-up notifications again: once now, then as a watch tries any other.") { id, all, store, config, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(id) is null != parsed.GetValue(all))
                throw new CommandException("say which: an ID of 'iomtad notify list --failed', or --all-failed", ExitCode.WrongUse);
            var folder = parsed.GetValue(store)!;
            var settings = ConfigurationFile.Load(folder, parsed.GetValue(config));
            await using var opened = OpenStore.Existing(folder);
            var notifications = opened.Notifications(settings, terminal.Console);
            var chosen = Choose(await NotifyCommands.ReadAsync(opened, cancellation), parsed.GetValue(id));
            var resent = new HashSet<string>();
            foreach (var notification in chosen)
                if (await notifications.Outbox.ResendAsync(notification.Id, Environment.UserName, TimeProvider.System.GetUtcNow(), cancellation))
                    resent.Add(notification.Id);
            using var worker = notifications.CreateSender();
            await worker.DrainAsync(cancellation);
            var results = (await NotifyCommands.ReadAsync(opened, cancellation)).Where(n => resent.Contains(n.Id)).ToList();
            foreach (var n in results)
                if (parsed.GetValue(json)) terminal.WriteJson(n);
                else terminal.Output.WriteLine($"{n.Id[..Math.Min(12, n.Id.Length)]}  {n.Channel}  {n.State}  {n.LastError}".TrimEnd());
            return results.All(n => n.State == MessageState.Delivered) ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }

    private static List<IoMTAD.Views.NotificationRow> Choose(IReadOnlyList<IoMTAD.Views.NotificationRow> rows, string? id)
    {
        // A test is no message that anybody waits for.
        var failed = rows.Where(n => n.State == MessageState.Failed && n.Purpose is not (NotificationPurpose.Test or NotificationPurpose.Digest)).ToList();
        if (id is null) return failed;
        var found = failed.Where(n => n.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count == 1
            ? found
            : throw new CommandException(found.Count == 0
                ? $"no failed notification '{id}': see 'iomtad notify list --failed'"
                : $"'{id}' fits {found.Count} notifications: give more digits");
    }
}
