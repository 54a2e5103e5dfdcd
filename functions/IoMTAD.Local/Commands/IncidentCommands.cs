using System.CommandLine;
using IoMTAD.Hosting.Recording;
using System.Globalization;
using IoMTAD.Local.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;
using IoMTAD.Views.Exports;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad incidents list|show</c>: what was found, and why.</summary>
internal static class IncidentCommands
{
    public static Command Build(Terminal terminal)
    {
        var command = new Command("incidents", "What was found, and why.") 
        {
            List(terminal), Show(terminal), IncidentHoldCommands.Hold(terminal), IncidentHoldCommands.Release(terminal),
        };
        foreach (var act in IncidentActCommands.Build(terminal)) command.Add(act);
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var (store, json, filter, asOf) = (CommonOptions.Store(), CommonOptions.Json(), new IncidentFilterOptions(), AsOfReads.Option());
        var command = new Command("list", "Lists incidents, oldest first.");
        filter.AddTo(command);
        foreach (var option in new Option[] { asOf, store, json }) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = OpenStore.Existing(parsed.GetValue(store)!);
            await using var asked = new AsOfReads(opened, parsed.GetValue(asOf));
            List<Incident> incidents = [];
            var query = filter.Read(parsed);
            do
            {
                var page = await asked.Reads.IncidentsAsync(query, cancellation);
                incidents.AddRange(page.Items);
                query = query with { After = page.Next };
            }
            while (query.After is not null);
            if (parsed.GetValue(json)) incidents.ForEach(terminal.WriteJson);
            else terminal.Console.Write(Table(incidents));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var (store, by, json) = (CommonOptions.Store(), AccountOption.By(), CommonOptions.Json());
        var id = Id();
        var pcap = new Option<string?>("--pcap") { Description = "Writes the traffic that was kept of it to this file, which is recorded.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Overwrites that file." };
        var command = new Command("show", "Shows one incident: what was seen against what is normal, and its events.") { id, pcap, force, by, store, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = OpenStore.Existing(parsed.GetValue(store)!);
            var found = await FindAsync(opened, parsed.GetValue(id)!, cancellation);
            if (parsed.GetValue(pcap) is { } file)
                await EvidenceCommand.WriteAsync(terminal, opened, found, file, parsed.GetValue(force), parsed.GetValue(by)!, cancellation);
            var events = opened.Events.ReadStreamAsync(Incident.StreamOf(found.Id), 1, cancellation);
            if (parsed.GetValue(json))
                await foreach (var @event in events) terminal.Output.WriteLine(EventJsonLine.Write(@event));
            else
                await WriteAsync(terminal, found, events);
            return ExitCode.Done;
        });
        return command;
    }

    internal static async Task<List<Incident>> ReadAsync(OpenStore store, CancellationToken cancellation)
    {
        var views = new SqliteViews(store.Database, store.Events);
        await views.CatchUpAsync(cancellation);
        return [.. (await views.ReadAsync(new IncidentsView(), cancellation)).OrderBy(i => i.OpenedAt)];
    }

    internal static Argument<string> Id() => new("id") { Description = "The incident, or enough of its first digits." };

    /// <param name="wanted">The id, or enough of its first digits.</param>
    /// <exception cref="CommandException">None fits, or several do.</exception>
    internal static async Task<Incident> FindAsync(OpenStore store, string wanted, CancellationToken cancellation)
    {
        if (await store.Reads.IncidentAsync(wanted, cancellation) is { } exact) return exact;
        var found = (await ReadAsync(store, cancellation)).Where(i => i.Id.StartsWith(wanted, StringComparison.Ordinal)).ToList();
        return found.Count == 1 ? found[0]
            : throw new CommandException(found.Count == 0 ? $"no incident '{wanted}'" : $"'{wanted}' fits {found.Count} incidents: give more digits");
    }

    internal static Table Table(IEnumerable<Incident> incidents)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("incident", "opened (UTC)", "device", "ward", "kind", "severity", "like", "segments", "state");
        foreach (var i in incidents)
            table.AddRow(i.Id, Text.Time(i.OpenedAt), Markup.Escape(i.Device.Id), Markup.Escape(i.Device.Ward), i.Kind.ToString(),
                Text.Colored(i.Severity), Markup.Escape(i.Suspected?.Name ?? ""), i.Segments.ToString(CultureInfo.InvariantCulture), Text.State(i));
        return table;
    }

    private static async Task WriteAsync(Terminal terminal, Incident incident, IAsyncEnumerable<IoMTAD.Recording.StoredEvent> events)
    {
        terminal.Console.MarkupLine($"[bold]{incident.Id}[/]  {Text.Colored(incident.Severity)}  {Text.State(incident)}");
        terminal.Console.WriteLine(incident.Summary);
        var timeline = new Table().Border(TableBorder.Simple).AddColumns("time (UTC)", "event", "");
        AnomalyObserved? strongest = null;
        await foreach (var e in events)
        {
            if (e.Event is AnomalyObserved observed && observed.Score > (strongest?.Score ?? double.MinValue)) strongest = observed;
            timeline.AddRow(Text.Time(e.OccurredAt), e.Type, Markup.Escape(EventText.Describe(e.Event)));
        }
        if (strongest is not null) terminal.Console.Write(Why(strongest));
        terminal.Console.Write(timeline);
    }

    private static Table Why(AnomalyObserved observed)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("why", "observed", "normally", "unit", "part");
        foreach (var f in observed.Features)
            table.AddRow(Markup.Escape(f.Label), Text.Number(f.Observed), Text.Number(f.Expected), Markup.Escape(f.Unit),
                f.Contribution.ToString("0 %", CultureInfo.InvariantCulture));
        return table;
    }
}
