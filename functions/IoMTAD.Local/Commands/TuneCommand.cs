using System.CommandLine;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Hosting.Recording;
using IoMTAD.Inference;
using IoMTAD.Local.Recording;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad tune</c>: sets a model's threshold by benign traffic that it has not learned.</summary>
internal static class TuneCommand
{
    public static Command Build(Terminal terminal)
    {
        var model = Models.Option(orInUse: false);
        var rate = new Option<double>("--false-alarm-rate")
        {
            Description = "Share of benign sequences above the threshold.", HelpName = "SHARE", DefaultValueFactory = _ => 0.01,
        };
        var output = new Option<string?>("--out") { Description = "Folder of the tuned model; without it the model's own.", HelpName = "DIR" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what the threshold would be, and change nothing." };
        var store = new Option<string?>("--store") { Description = "Record the tuning as an event in this store.", HelpName = "DIR" };
        var json = CommonOptions.Json();
        var command = new Command("tune", "Sets the threshold of a model by benign traffic, and says whether that has drifted from what the model learned.")
        {
            model, rate, output, dry, store, json,
        };
        var data = new DataOptions(command, capturesToo: true);
        command.SetAction(async (parsed, cancellation) =>
        {
            var alarms = parsed.GetValue(rate);
            if (alarms is <= 0 or >= 1) throw new CommandException("--false-alarm-rate is a share between 0 and 1", ExitCode.WrongUse);
            var folder = parsed.GetValue(model)!;
            var loaded = Models.Load(folder);
            var dataset = await data.ReadAsync(terminal, parsed, withLeaks: false, DatasetFolder.Train);
            if (dataset.Schema.Name != loaded.Schema.Name)
                throw new CommandException($"{loaded.Version} takes features of {loaded.Schema.Name}, but the data holds {dataset.Schema.Name}");
            if (DatasetTraining.WasLearned(loaded, dataset))
                throw new CommandException("the model learned from these very sequences: a threshold set on them would let too much through; "
                    + "give benign traffic that is newer");
            var benign = await Bar.RunAsync(terminal, "scoring", _ => Task.Run(() => DatasetTraining.ScoreBenign(loaded, dataset)));
            var tuned = ThresholdTuning.Tune([.. benign.Select(s => s.Score)], alarms, out var refusal) ?? throw new CommandException(refusal!);
            var drift = DriftCheck.Of([.. benign.Select(s => s.Score)], loaded.Manifest.HeldOutScores);
            var kinds = ByKind(benign, DatasetTraining.BenignKinds(dataset), alarms);
            var result = loaded.With(loaded.Manifest with
            {
                FalseAlarmRate = alarms, Threshold = (float)tuned.Threshold, CalibrationSequences = tuned.Sequences,
                KindThresholds = kinds.Where(k => k.Tuned is not null).ToDictionary(k => k.Kind, k => (float)k.Tuned!.Threshold),
            });
            var target = parsed.GetValue(output) ?? folder;
            if (!parsed.GetValue(dry))
            {
                ModelBundle.Write(result, target);
                if (parsed.GetValue(store) is { } home) await RecordAsync(result, home, cancellation);
            }
            if (parsed.GetValue(json))
                terminal.WriteJson(new { version = result.Version, before = loaded.Version, threshold = tuned, kinds, drift, folder = target });
            else Write(terminal, loaded, result, tuned, kinds, drift, parsed.GetValue(dry) ? null : target);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task RecordAsync(AnomalyModel model, string store, CancellationToken cancellation)
    {
        await using var open = OpenStore.OrNew(store);
        await new ModelLog(open.Events, model.Manifest.Name, TimeProvider.System.GetUtcNow()).TunedAsync(model, cancellation);
    }

    /// <param name="Why">Why there is no threshold of its own.</param>
    private sealed record KindThreshold(string Kind, int Sequences, TunedThreshold? Tuned, string? Why);

    /// <summary>Kinds with too little traffic keep the general threshold.</summary>
    private static List<KindThreshold> ByKind(AnomalyScore[] benign, IReadOnlyList<string> kinds, double rate) =>
    [
        .. kinds.Zip(benign).GroupBy(p => p.First, p => p.Second.Score).Where(g => g.Key != InventoryDevice.UnknownKind)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            {
                float[] scores = [.. g];
                var tuned = ThresholdTuning.Tune(scores, rate, out var refusal);
                return new KindThreshold(g.Key, scores.Length, tuned, refusal);
            }),
    ];

    private static void Write(
        Terminal terminal, AnomalyModel before, AnomalyModel after, TunedThreshold tuned, List<KindThreshold> kinds, DriftCheck? drift, string? folder)
    {
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"threshold {before.Manifest.Threshold:0.###} → {tuned.Threshold:0.###} (95 %: {tuned.Low:0.###} to {tuned.High:0.###}) "
            + $"at {tuned.FalseAlarmRate:0.####%} false alarms, resting on {tuned.Sequences:#,0} benign sequences"));
        foreach (var kind in kinds)
            terminal.Output.WriteLine(kind.Tuned is { } own
                ? string.Create(CultureInfo.InvariantCulture,
                    $"  {kind.Kind}: {own.Threshold:0.###} (95 %: {own.Low:0.###} to {own.High:0.###}), from {own.Sequences:#,0} sequences")
                : $"  {kind.Kind}: the general threshold; {kind.Why}");
        terminal.Output.WriteLine(drift is null
            ? "drift: the model does not say what its own benign traffic scored"
            : $"drift: {DriftCommand.Text(drift)}");
        terminal.Output.WriteLine(folder is null ? $"{after.Version} was not written." : $"{after.Version} is in {folder}.");
    }
}
