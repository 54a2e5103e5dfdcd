using System.CommandLine;
using IoMTAD.Hosting.Recording;
using System.Globalization;
using IoMTAD.Recording;
using IoMTAD.Views;
using IoMTAD.Views.Exports;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad events query</c>: events by any of what is known of them.</summary>
internal static class EventQueryCommand
{
    private const string Description = """
        Finds events, page by page. Asking is recorded.

        Examples:
          iomtad events query --device pump-01 --since 2026-01-31 --until 2026-02-01
          iomtad events query --ward icu-1 --type AnomalyObserved --min-score 5 --sort Score --descending
          iomtad events query --class 'port scan' --disposition TrueAttack --format csv > scans.csv
          iomtad events query --incident 3f2a8c9d0e1b --as-of 2026-01-31T12:00
        """;

    private const string Table = "table", JsonLines = "jsonl", Csv = "csv";

    public static Command Build(Terminal terminal)
    {
        var (store, by, filter, asOf) = (CommonOptions.Store(), AccountOption.By(), new EventFilterOptions(), AsOfReads.Option());
        var sort = new Option<EventSort>("--sort")
        {
            Description = "Order: Time, Score or Position.", HelpName = "ORDER", DefaultValueFactory = _ => EventSort.Time,
        };
        var descending = new Option<bool>("--descending") { Description = "Newest or highest first." };
        var limit = new Option<int>("--limit") { Description = "At most this many.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var after = new Option<string?>("--after") { Description = "Go on from where the page before ended, as it said.", HelpName = "PLACE" };
        var format = new Option<string>("--format") { Description = "table, jsonl or csv.", HelpName = "FORM", DefaultValueFactory = _ => Table };
        format.AcceptOnlyFromAmong(Table, JsonLines, Csv);
        var command = new Command("query", Description);
        filter.AddTo(command);
        foreach (var option in new Option[] { sort, descending, limit, after, format, asOf, by, store }) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var query = filter.Read(parsed) with
            {
                Sort = parsed.GetValue(sort), Descending = parsed.GetValue(descending), Limit = parsed.GetValue(limit), After = parsed.GetValue(after),
            };
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            await using var asked = new AsOfReads(open, parsed.GetValue(asOf));
            var page = await asked.Reads.EventsAsync(query, cancellation);
            await new AccessLog(open.Events, TimeProvider.System)
                .RecordAsync("query", parsed.GetValue(by)!, filter.Describe(parsed), page.Items.Count, cancellation);
            Write(terminal, page, parsed.GetValue(format)!);
            if (page.Next is { } next) await terminal.Error.WriteLineAsync($"iomtad: there are more: --after {next}");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, Page<EventRow> page, string format)
    {
        switch (format)
        {
            case JsonLines:
                foreach (var row in page.Items) terminal.Output.WriteLine(EventJsonLine.Write(row));
                break;
            case Csv:
                foreach (var line in page.Items.Select(EventCsv.Line).Prepend(EventCsv.Head)) terminal.Output.Write($"{line}\r\n");
                break;
            default:
                terminal.Console.Write(TableOf(page.Items));
                break;
        }
    }

    private static Table TableOf(IEnumerable<EventRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("#", "time (UTC)", "device", "event", "incident", "like", "severity", "score", "");
        foreach (var row in rows)
            table.AddRow(row.Event.Position.ToString(CultureInfo.InvariantCulture), Text.Time(row.Event.OccurredAt), Markup.Escape(row.DeviceId ?? ""),
                row.Event.Type, Markup.Escape(row.IncidentId ?? ""), Markup.Escape(row.Class ?? ""), row.Severity is { } severity ? Text.Colored(severity) : "",
                row.Score is { } score ? Text.Number(score) : "", Markup.Escape(EventText.Describe(row.Event.Event)));
        return table;
    }
}
