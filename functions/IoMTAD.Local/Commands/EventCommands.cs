using System.CommandLine;
using System.Globalization;
using IoMTAD.Recording;
using IoMTAD.Views.Exports;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad events …</c>: the forensic record.</summary>
internal static class EventCommands
{
    public static Command Build(Terminal terminal) => new("events", "The record of every decision.")
    {
        List(terminal), EventQueryCommand.Build(terminal), EventExportCommand.Build(terminal), EventVerifyCommands.Verify(terminal),
        EventVerifyCommands.Anchor(terminal), EventRemovalCommands.Erase(terminal), EventRemovalCommands.Retention(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var stream = new Option<string?>("--stream") { Description = "Only this stream, for example incident-3f2a….", HelpName = "NAME" };
        var type = new Option<string?>("--type") { Description = "Only events of this type.", HelpName = "TYPE" };
        var last = new Option<int>("--last") { Description = "At most this many, the newest.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "Lists events in the order of their commits.") { store, stream, type, last, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var wanted = new Queue<StoredEvent>();
            var events = parsed.GetValue(stream) is { } name ? open.Events.ReadStreamAsync(name, 1, cancellation) : open.Events.ReadAllAsync(0, cancellation);
            await foreach (var @event in events)
            {
                if (parsed.GetValue(type) is { } only && !string.Equals(@event.Type, only, StringComparison.OrdinalIgnoreCase)) continue;
                wanted.Enqueue(@event);
                if (wanted.Count > parsed.GetValue(last)) wanted.Dequeue();
            }
            if (parsed.GetValue(json)) foreach (var @event in wanted) terminal.Output.WriteLine(EventJsonLine.Write(@event));
            else Show(terminal, wanted);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, IEnumerable<StoredEvent> events)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("#", "time (UTC)", "stream", "event", "hash");
        foreach (var e in events)
            table.AddRow(e.Position.ToString(CultureInfo.InvariantCulture), Text.Time(e.OccurredAt), Markup.Escape(e.Stream), e.Type, e.Hash[..8]);
        terminal.Console.Write(table);
    }
}
