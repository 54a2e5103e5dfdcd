using System.CommandLine;
using System.Globalization;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Local.Views;
using IoMTAD.Policy.Notifications;
using IoMTAD.Views;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad notify …</c>: who is told, and what became of it.</summary>
internal static class NotifyCommands
{
    public static Command Build(Terminal terminal) => new("notify", "Who is told of incidents, and what became of each message.")
    {
        NotifyTestCommand.Build(terminal), Channels(terminal), List(terminal), NotifyResendCommand.Build(terminal),
        NotifyDeliverCommand.Build(terminal), Check(terminal),
    };

    public static async Task<IReadOnlyList<NotificationRow>> ReadAsync(OpenStore opened, CancellationToken cancellation)
    {
        var views = new SqliteViews(opened.Database, opened.Events);
        await views.CatchUpAsync(cancellation);
        return [.. (await views.ReadAsync(new NotificationsView(), cancellation)).OrderBy(n => n.RequestedAt)];
    }

    private static Command Channels(Terminal terminal)
    {
        var (store, config, json) = (CommonOptions.Store(), CommonOptions.Config(), CommonOptions.Json());
        var command = new Command("channels", "Shows how each channel is.") { store, config, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = ConfigurationFile.Load(parsed.GetValue(store)!, parsed.GetValue(config));
            await using var opened = OpenStore.Existing(parsed.GetValue(store)!);
            var health = await opened.Notifications(settings, terminal.Console).ReadHealthAsync(cancellation);
            if (parsed.GetValue(json)) foreach (var channel in health) terminal.WriteJson(channel);
            else terminal.Console.Write(Table(health));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var states = new[] { MessageState.Failed, MessageState.Waiting, MessageState.Delivered }.Select(s =>
        {
            var name = s.ToString().ToLowerInvariant();
            return (State: s, Option: new Option<bool>($"--{name}") { Description = $"Those that are {name}." });
        }).ToArray();
        var command = new Command("list", "Lists notifications, oldest first: all, or those in the states named.") { store, json };
        foreach (var (_, option) in states) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = OpenStore.Existing(parsed.GetValue(store)!);
            var wanted = states.Where(s => parsed.GetValue(s.Option)).Select(s => s.State).ToHashSet();
            var rows = (await ReadAsync(opened, cancellation)).Where(n => wanted.Count == 0 || wanted.Contains(n.State)).ToList();
            if (parsed.GetValue(json)) rows.ForEach(terminal.WriteJson);
            else terminal.Console.Write(Table(rows));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var (store, config, json) = (CommonOptions.Store(), CommonOptions.Config(), CommonOptions.Json());
        var command = new Command("check", "Checks the configuration, and shows what it comes to.") { store, config, json };
        command.SetAction(parsed =>
        {
            var settings = ConfigurationFile.Load(parsed.GetValue(store)!, parsed.GetValue(config));
            foreach (var channel in settings.Channels)
                if (parsed.GetValue(json))
                    terminal.WriteJson(new { channel.Name, channel.Type, channel.Target, hears = NotifyText.Hears(settings, channel.Name) });
                else terminal.Output.WriteLine($"{channel.Name} ({channel.Type}, {channel.Target}): {NotifyText.Hears(settings, channel.Name)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Table(IEnumerable<ChannelHealth> channels)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("channel", "type", "target", "healthy", "delivered (UTC)", "waiting", "failed", "last error");
        foreach (var c in channels)
            table.AddRow(c.Name, c.Type, Markup.Escape(c.Target), c.IsHealthy ? "yes" : "[red]no[/]", c.LastDeliveredAt is { } at ? Text.Time(at) : "",
                c.Waiting.ToString(CultureInfo.InvariantCulture), c.Failed.ToString(CultureInfo.InvariantCulture), Markup.Escape(c.LastError ?? ""));
        return table;
    }

    private static Table Table(IEnumerable<NotificationRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("notification", "requested (UTC)", "channel", "purpose", "severity", "device", "state", "attempts", "last error");
        foreach (var n in rows)
            table.AddRow(n.Id[..Math.Min(12, n.Id.Length)], Text.Time(n.RequestedAt), Markup.Escape(n.Channel), n.Purpose.ToString(), Text.Colored(n.Severity),
                Markup.Escape(n.DeviceId ?? ""), n.State.ToString(), n.Attempts.ToString(CultureInfo.InvariantCulture), Markup.Escape(n.LastError ?? ""));
        return table;
    }
}
