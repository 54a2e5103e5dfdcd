using System.CommandLine;
using System.Globalization;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad models drift</c>: whether the traffic is still what the model in use learned.</summary>
internal static class DriftCommand
{
    public static Command Build(Terminal terminal)
    {
        var (model, store, json) = (Models.Option(), CommonOptions.Store(), CommonOptions.Json());
        var command = new Command("drift",
            $"Says whether the traffic of the last {TrafficDrift.Window.TotalDays:0} days still scores as what the model learned from.")
        {
            model, store, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var home = parsed.GetValue(store)!;
            await using var open = OpenStore.Existing(home);
            var scored = await Models.LoadAsync(terminal, parsed.GetValue(model), home, cancellation);
            var drift = await TrafficDrift.CheckAsync(open.Events, open.Reads, scored, cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(new { version = scored.Version, drift });
            else terminal.Output.WriteLine($"{scored.Version}: {(drift is null ? Unknown(scored.Manifest.HeldOutScores.Count > 0) : Text(drift))}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>In one line, for people.</summary>
    public static string Text(DriftCheck drift)
    {
        var verdict = drift.HasDrifted ? "this traffic is not what the model learned; train again on it" : "much as what the model learned";
        return string.Create(CultureInfo.InvariantCulture,
            $"population stability index {drift.PopulationStability:0.###}, "
            + $"Kolmogorov–Smirnov {drift.KolmogorovSmirnov:0.###} (p = {drift.PValue:0.##E+0}), {drift.Sequences:#,0} sequences: {verdict}");
    }

    private static string Unknown(bool hasReference) => hasReference
        ? FormattableString.Invariant($"it takes {DriftCheck.FewestCounted:#,0} scored segments of the last {TrafficDrift.Window.TotalDays:0} days to say")
        : "the model does not say what its own benign traffic scored; one that is trained anew will";
}
