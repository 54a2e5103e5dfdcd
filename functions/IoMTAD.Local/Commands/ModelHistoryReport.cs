using System.Globalization;
using IoMTAD.Hosting.Recording;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Views.Exports;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary>The lives of a store's models: which version is in use, and what was decided about each.</summary>
internal static class ModelHistoryReport
{
    public static async Task WriteAsync(Terminal terminal, OpenStore store, bool json, CancellationToken cancellation)
    {
        foreach (var model in await Models.ReadAsync(store, cancellation))
        {
            var history = await new ModelLog(store.Events, model.Name, default).ReadAsync(cancellation);
            if (json) WriteJson(terminal, history);
            else WriteTable(terminal, history);
        }
    }

    private static void WriteJson(Terminal terminal, ModelHistory history)
    {
        var (state, _, events) = history;
        terminal.WriteJson(new { model = state.Name, state.Current, state.Before, state.InUse });
        foreach (var @event in events) terminal.Output.WriteLine(EventJsonLine.Write(@event));
    }

    private static void WriteTable(Terminal terminal, ModelHistory history)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("time (UTC)", "event", "version", "");
        foreach (var e in history.Events)
        {
            var (version, detail) = Describe(e.Event);
            var current = e.Event is ModelPromoted or ModelRolledBack && version == history.State.Current;
            table.AddRow(Text.Time(e.OccurredAt), e.Type, current ? $"[green]{Markup.Escape(version)}[/]" : Markup.Escape(version), Markup.Escape(detail));
        }
        terminal.Output.WriteLine($"{history.State.Name}: {(history.State.Current is { } inUse ? $"{inUse} is in use" : "no version is in use")}");
        terminal.Console.Write(table);
    }

    private static (string Version, string Detail) Describe(DomainEvent? @event) => @event switch
    {
        TrainingStarted e => ("", $"on {e.Data}, seed {e.Seed}"),
        ModelTrained e => (e.Version, string.Create(CultureInfo.InvariantCulture, $"{e.Sequences:#,0} sequences of {e.Schema}")),
        ThresholdTuned e => (e.Version, string.Create(CultureInfo.InvariantCulture, $"{e.Threshold:0.###} at {e.FalseAlarmRate:0.####%} false alarms")),
        ModelPromoted e => (e.Version, e.Reason),
        ModelRejected e => (e.Version, e.Reason),
        ModelRolledBack e => (e.Version, $"in place of {e.Replaces}: {e.Reason}"),
        _ => ("", ""),
    };
}
