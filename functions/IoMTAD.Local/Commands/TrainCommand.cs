using System.CommandLine;
using System.Globalization;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad train</c>: a model of what is normal, from the dataset's benign files or from captures of one's own.</summary>
internal static class TrainCommand
{
    public static Command Build(Terminal terminal)
    {
        var output = new Option<string>("--out") { Description = "Folder of the model.", HelpName = "DIR", Required = true };
        var rate = new Option<double>("--false-alarm-rate")
        {
            Description = "Share of benign sequences above the threshold; 0.01 for rows of the dataset, 0.0002 for captures without it.", HelpName = "SHARE",
        };
        var epochs = new Option<int>("--epochs") { Description = "Epochs at most.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var threads = new Option<int>("--threads")
        {
            Description = "The model is the same on any number.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var name = new Option<string?>("--name")
        {
            Description = "Of the model: versions of one name replace each other when they are promoted. The folder's name without it.", HelpName = "NAME",
        };
        var (seed, json) = (CommonOptions.Seed(), CommonOptions.Json());
        var command = new Command("train", "Learns what is normal and writes the model.") { output, name, rate, epochs, threads, seed, json };
        var data = new DataOptions(command, capturesToo: true);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(rate) is < 0 or >= 1) throw new CommandException("--false-alarm-rate is a share between 0 and 1", ExitCode.WrongUse);
            var folder = parsed.GetValue(output)!;
            var dataset = await data.ReadAsync(terminal, parsed, withLeaks: false, DatasetFolder.Train, DatasetFolder.Test);
            if (DatasetTraining.TooLittle(dataset) is { } reason) throw new CommandException(reason);
            var alarms = parsed.GetValue(rate) is > 0 and var given ? given : dataset.Schema == WindowSchema.Schema ? 2e-4 : 0.01;
            var options = new TrainingOptions(parsed.GetValue(name) ?? Path.GetFileName(Path.GetFullPath(folder)), parsed.GetValue(seed), parsed.GetValue(epochs),
                FalseAlarmRate: alarms, Threads: parsed.GetValue(threads));
            var model = await Bar.RunAsync(terminal, "training", report => Task.Run(
                () => DatasetTraining.FitDetector(dataset, options, new DirectProgress(p => report(p.Done)), cancellation), CancellationToken.None));
            var detection = DatasetTraining.EvaluateDetection(model, dataset);
            ModelBundle.Write(model, folder);
            if (parsed.GetValue(json)) terminal.WriteJson(new { folder, model.Version, model.Manifest, detection });
            else Write(terminal, model, detection, folder);
            return dataset.Problems.Count == 0 ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }

    private static void Write(Terminal terminal, AnomalyModel model, DetectionResult? detection, string folder)
    {
        var manifest = model.Manifest;
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{model.Version} in {folder}: schema {model.Schema.Name}, threshold {manifest.Threshold:0.###} at {manifest.FalseAlarmRate:0.####%} false alarms, from {manifest.CalibrationSequences:#,0} benign sequences"));
        if (detection is null) return;
        var table = new Table().Border(TableBorder.Simple).AddColumns("test class", "sequences", "AUC", "recall at 1 % false alarms", "recall at threshold");
        foreach (var c in detection.PerClass) Row(c.Label, c.Sequences, c.Auc, c.RecallAt1Percent, c.RecallAtThreshold);
        Row("[bold]macro[/]", detection.PerClass.Sum(c => c.Sequences), detection.MacroAuc, detection.MacroRecallAt1Percent, detection.MacroRecallAtThreshold);
        terminal.Console.Write(table);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"false alarms at threshold: {detection.BenignFalseAlarmRate:0.00%} of {detection.BenignSequences:#,0} benign test sequences"));

        void Row(string label, int sequences, double auc, double atRate, double atThreshold) => table.AddRow(
            label, sequences.ToString("#,0", CultureInfo.InvariantCulture), Share(auc), Share(atRate), Share(atThreshold));
    }

    private static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
