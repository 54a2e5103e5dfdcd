using System.CommandLine;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
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
        var data = new Option<string[]>("--data")
        {
            Description = "CICIoMT2024 as downloaded (a folder with train/ and test/), or captures of benign traffic.",
            HelpName = "DIR|FILE…", Required = true, AllowMultipleArgumentsPerToken = true,
        };
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
        var (inventory, seed, json) = (CommonOptions.Inventory(), CommonOptions.Seed(), CommonOptions.Json());
        var command = new Command("train", "Learns what is normal and writes the model.") { data, output, rate, epochs, threads, inventory, seed, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var sources = parsed.GetValue(data)!;
            var ofDataset = sources.Length == 1 && Directory.Exists(sources[0]);
            var alarms = parsed.GetValue(rate) is > 0 and var given ? given : ofDataset ? 0.01 : 2e-4;
            if (alarms >= 1) throw new CommandException("--false-alarm-rate is a share between 0 and 1", ExitCode.WrongUse);
            var folder = parsed.GetValue(output)!;
            var options = new TrainingOptions(Path.GetFileName(Path.GetFullPath(folder)), parsed.GetValue(seed), parsed.GetValue(epochs),
                FalseAlarmRate: alarms, Threads: parsed.GetValue(threads));
            var result = ofDataset
                ? await OnDatasetAsync(terminal, sources[0], options, cancellation)
                : await OnCapturesAsync(terminal, Files.Require(sources), Files.Inventory(parsed.GetValue(inventory)), options, cancellation);
            foreach (var problem in result.Problems) terminal.Error.WriteLine($"iomtad: {problem}");
            if (result.Model is not { } model) return ExitCode.FaultInInput;
            ModelBundle.Write(model, folder);
            if (parsed.GetValue(json)) terminal.WriteJson(new { folder, model.Version, model.Manifest, detection = result.Detection });
            else Write(terminal, model, result.Detection, folder);
            return result.Problems.Count == 0 ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }

    private static Task<DatasetTrainingResult> OnDatasetAsync(
        Terminal terminal, string folder, TrainingOptions options, CancellationToken cancellation) =>
        Bar.RunAsync(terminal, "training", report => Task.Run(
            () => DatasetTraining.Run(folder, options, new DirectProgress(p => report(p.Done)), cancellation), CancellationToken.None));

    private static Task<DatasetTrainingResult> OnCapturesAsync(
        Terminal terminal, string[] files, DeviceInventory inventory, TrainingOptions options, CancellationToken cancellation) =>
        Bar.RunAsync(terminal, "training", async report =>
        {
            List<string> problems = [];
            var reader = new SegmentReader(WindowSchema.Schema);
            var benign = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
            foreach (var file in files)
            {
                await using var source = new FileTrafficSource(file, inventory, problems.Add);
                await foreach (var batch in source.ReadAsync(cancellation))
                    foreach (var segment in batch.Segments) reader.Read(segment, benign);
            }
            if (benign.Count < TrainingSets.FewestSequences)
            {
                problems.Add($"{benign.Count} segments are too few to learn from: give captures of at least some minutes of benign traffic");
                return new DatasetTrainingResult(null, null, problems);
            }
            var model = await Task.Run(() => DetectorTrainer.Train(
                WindowSchema.Schema, benign, options, new DirectProgress(p => report(p.Done)), cancellation), CancellationToken.None);
            return new DatasetTrainingResult(model, null, problems);
        });

    private static void Write(Terminal terminal, AnomalyModel model, DetectionResult? detection, string folder)
    {
        var manifest = model.Manifest;
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{model.Version} in {folder}: schema {model.Schema.Name}, threshold {manifest.Threshold:0.###} at {manifest.FalseAlarmRate:0.####%} false alarms, from {manifest.CalibrationSequences:#,0} benign sequences"));
        if (detection is null) return;
        var table = new Table().Border(TableBorder.Simple).AddColumns("test class", "sequences", "AUC", "recall at 1 % false alarms", "recall at threshold");
        foreach (var c in detection.PerClass) Row(c.Label, c.Sequences, c.Auc, c.RecallAtRate, c.RecallAtThreshold);
        Row("[bold]macro[/]", detection.PerClass.Sum(c => c.Sequences), detection.MacroAuc, detection.MacroRecallAtRate, detection.MacroRecallAtThreshold);
        terminal.Console.Write(table);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"false alarms at threshold: {detection.FalseAlarmRate:0.00%} of {detection.BenignSequences:#,0} benign test sequences"));

        void Row(string label, int sequences, double auc, double atRate, double atThreshold) => table.AddRow(
            label, sequences.ToString("#,0", CultureInfo.InvariantCulture), Share(auc), Share(atRate), Share(atThreshold));
    }

    private static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
