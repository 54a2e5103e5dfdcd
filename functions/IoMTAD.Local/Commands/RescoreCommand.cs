using System.CommandLine;
using System.Globalization;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad rescore</c>: what another model would have made of past incidents. Nothing is appended and nobody is told.</summary>
internal static class RescoreCommand
{
    public static Command Build(Terminal terminal)
    {
        var (model, store, json) = (Models.Option(orInUse: false), CommonOptions.Store(), CommonOptions.Json());
        var command = new Command("rescore",
            "Runs the kept segments of past incidents through another model and shows which would open again and which would fall silent.")
        {
            model, store, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var loaded = Models.Load(parsed.GetValue(model)!);
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var options = new PolicyOptions();
            var rescorer = new Rescorer(open.Events, new ManagedAnomalyScorer(loaded), options);
            List<RescoredIncident> incidents = [];
            foreach (var incident in await IncidentCommands.ReadAsync(open, cancellation))
                incidents.Add(await rescorer.RescoreAsync(incident, cancellation));
            RequireSchema(loaded, incidents);
            var ordered = incidents.OrderByDescending(i => i.IsLostAttack).ThenBy(i => i.Incident.OpenedAt).ToList();
            if (parsed.GetValue(json)) WriteJson(terminal, loaded, ordered, options);
            else Write(terminal, loaded, ordered, options);
            foreach (var damaged in incidents.Where(i => i.Damaged > 0))
                terminal.Error.WriteLine($"iomtad: incident {damaged.Incident.Id}: {damaged.Damaged} of its segments are gone, "
                    + "or are not those that were recorded");
            return incidents.Any(i => i.Damaged > 0) ? ExitCode.FaultInInput : ExitCode.Done;
        });
        return command;
    }

    private static void RequireSchema(AnomalyModel model, List<RescoredIncident> incidents)
    {
        if (incidents.All(i => i.Segments.Count == 0) && incidents.Any(i => i.Verdict == RescoreVerdict.OtherSchema))
            throw new CommandException(
                $"the segments that were kept are of another schema than {model.Schema.Name}, which {model.Version} takes: choose a model of theirs");
    }

    private static void WriteJson(Terminal terminal, AnomalyModel model, List<RescoredIncident> incidents, PolicyOptions options)
    {
        foreach (var i in incidents)
            terminal.WriteJson(new
            {
                incident = i.Incident.Id, device = i.Incident.Device.Id, i.Incident.OpenedAt, i.Incident.Disposition, i.Verdict, i.Versions, i.OldScore,
                i.OldThreshold, i.NewScore, newThreshold = model.Manifest.Threshold, kept = i.Segments.Count, i.Strange, i.ByRateAlone, i.Recorded, i.Damaged,
            });
        terminal.WriteJson(new
        {
            model = model.Version, rule = Rule(options), incidents = incidents.Count, stillOpen = Count(incidents, RescoreVerdict.StillOpens),
            fallSilent = Count(incidents, RescoreVerdict.FallsSilent), noEvidence = Count(incidents, RescoreVerdict.NoEvidence),
            otherSchema = Count(incidents, RescoreVerdict.OtherSchema), noModel = Count(incidents, RescoreVerdict.NoModel),
            lostAttacks = incidents.Where(i => i.IsLostAttack).Select(i => i.Incident.Id),
        });
    }

    private static void Write(Terminal terminal, AnomalyModel model, List<RescoredIncident> incidents, PolicyOptions options)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("incident", "opened (UTC)", "device", "state", "score when recorded", "score now", "still strange", "verdict");
        foreach (var i in incidents)
            table.AddRow(i.Incident.Id, Text.Time(i.Incident.OpenedAt), Markup.Escape(i.Incident.Device.Id), Text.State(i.Incident),
                i.Recorded == 0 ? "–" : Markup.Escape($"{Over(i.OldScore, i.OldThreshold)}, {string.Join(", ", i.Versions)}"),
                i.NewScore is { } score ? Over(score, model.Manifest.Threshold) : "–", Share(i), Verdict(i));
        terminal.Console.Write(table);
        var lost = incidents.Count(i => i.IsLostAttack);
        var (opens, silent) = (Count(incidents, RescoreVerdict.StillOpens), Count(incidents, RescoreVerdict.FallsSilent));
        var (unkept, other) = (Count(incidents, RescoreVerdict.NoEvidence), Count(incidents, RescoreVerdict.OtherSchema));
        var silences = Count(incidents, RescoreVerdict.NoModel);
        var attacks = lost > 0 ? $", {lost} of them closed as attacks" : "";
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {incidents.Count} incidents under {model.Version}: {opens} would still open, {silent} would fall silent{attacks};
            {unkept} without kept segments, {other} of another schema, {silences} of silence, in which no model has a part.
            An incident would still open where {Rule(options)}.
            """));
    }

    private static string Rule(PolicyOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"{options.StrangeToOpen} of any {options.OutOf} neighbours among its kept segments are strange, "
        + $"or all where fewer than {options.StrangeToOpen} are kept");

    private static int Count(List<RescoredIncident> incidents, RescoreVerdict verdict) => incidents.Count(i => i.Verdict == verdict);

    private static string Over(double score, double threshold) =>
        string.Create(CultureInfo.InvariantCulture, $"{score:0.##} {(score > threshold ? "over" : "under")} {threshold:0.##}");

    private static string Share(RescoredIncident i) => i.Segments.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture,
        $"{i.Strange} of {i.Segments.Count}{(i.ByRateAlone > 0 ? $" ({i.ByRateAlone} by rate alone)" : "")}");

    private static string Verdict(RescoredIncident i) => i.Verdict switch
    {
        RescoreVerdict.StillOpens => "would still open",
        RescoreVerdict.FallsSilent => i.IsLostAttack ? "[bold red]a true attack would fall silent[/]" : "[yellow]would fall silent[/]",
        RescoreVerdict.NoEvidence => "[dim]no segments kept[/]",
        RescoreVerdict.OtherSchema => "[dim]another schema[/]",
        _ => "[dim]a silence: no model[/]",
    };
}
