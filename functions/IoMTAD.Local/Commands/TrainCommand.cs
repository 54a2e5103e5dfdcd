using System.CommandLine;
using System.Globalization;
using IoMTAD.Hosting.Recording;
using IoMTAD.Inference;
using IoMTAD.Local.Recording;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using IoMTAD.Training.Steps;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad train</c>: a model of what is normal, from the dataset's benign files or from captures of one's own; and of the attacks, where
/// the data holds labelled ones.</summary>
internal static class TrainCommand
{
    public static Command Build(Terminal terminal)
    {
        var output = new Option<string>("--out") { Description = "Folder of the model.", HelpName = "DIR", Required = true };
        var name = new Option<string?>("--name")
        {
            Description = "Of the model, its history and its versions; without it, the folder's name.", HelpName = "NAME",
        };
        var rate = new Option<double>("--false-alarm-rate")
        {
            Description = "Share of benign sequences above the threshold; 0.01 for rows of the dataset, 0.0002 for captures without it.", HelpName = "SHARE",
        };
        var epochs = new Option<int>("--epochs") { Description = "Epochs at most.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var classes = new Option<int>("--classes")
        {
            Description = "What the classifier tells apart: 2, 6 or 19.", HelpName = "N", DefaultValueFactory = _ => 19,
        };
        classes.AcceptOnlyFromAmong("2", "6", "19");
        var threads = new Option<int>("--threads")
        {
            Description = "The model is the same on any number.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var store = new Option<string?>("--store") { Description = "Record training and tuning as events in this store.", HelpName = "DIR" };
        var (seed, json) = (CommonOptions.Seed(), CommonOptions.Json());
        var command = new Command("train",
            "Learns what is normal, and what attacks look like where the data holds them, and writes the model. "
            + "A run that was killed goes on where it stopped; Ctrl-C keeps the best so far.")
        {
            output, name, rate, epochs, classes, threads, seed, store, json,
        };
        var data = new DataOptions(command, capturesToo: true);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(rate) is < 0 or >= 1) throw new CommandException("--false-alarm-rate is a share between 0 and 1", ExitCode.WrongUse);
            var folder = parsed.GetValue(output)!;
            var dataset = await data.ReadAsync(terminal, parsed, withLeaks: false, DatasetFolder.Train, DatasetFolder.Test);
            if (DatasetTraining.TooLittle(dataset) is { } reason) throw new CommandException(reason);
            var alarms = parsed.GetValue(rate) is > 0 and var given ? given : DatasetTraining.UsualFalseAlarmRate(dataset);
            var options = new TrainingOptions(parsed.GetValue(name) ?? Path.GetFileName(Path.GetFullPath(folder)),
                parsed.GetValue(seed), parsed.GetValue(epochs),
                FalseAlarmRate: alarms, Threads: parsed.GetValue(threads));
            var classifier = new ClassifierOptions(parsed.GetValue(classes), options.Seed, options.Threads);
            await using var open = parsed.GetValue(store) is { } path ? OpenStore.OrNew(path) : null;
            var log = open is null ? null : new ModelLog(open.Events, options.Name, TimeProvider.System.GetUtcNow());
            if (log is not null) await log.StartedAsync(dataset.Schema.Name, dataset.Card.Sha256, options.Seed, cancellation);

            var steps = Path.Combine(folder, ".steps");
            var (model, report) = await RunAsync(terminal, dataset, options, classifier, steps, cancellation);
            ModelBundle.Write(model, folder);
            await File.WriteAllTextAsync(Path.Combine(folder, ModelCard.FileName), ModelCard.Render(model, report), CancellationToken.None);
            // What is finished needs no way back; a run that was stopped may be taken up again.
            if (!cancellation.IsCancellationRequested && Directory.Exists(steps)) Directory.Delete(steps, recursive: true);
            if (log is not null) await log.TrainedAsync(model, dataset.Train.Sum(f => f.Disjoint().Count), CancellationToken.None);

            if (parsed.GetValue(json))
                terminal.WriteJson(new { folder, model.Version, model.Manifest, detection = report?.Detection, classification = report?.Classification });
            else Write(terminal, model, report, folder);
            if (cancellation.IsCancellationRequested)
                terminal.Error.WriteLine("iomtad: stopped; the model is the best so far, and the same command goes on from there");
            return cancellation.IsCancellationRequested ? ExitCode.Stopped : dataset.Problems.Count == 0 ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }

    private static async Task<(AnomalyModel Model, EvaluationReport? Report)> RunAsync(
        Terminal terminal, Dataset dataset, TrainingOptions options, ClassifierOptions classifier, string folder, CancellationToken cancellation)
    {
        var results = new FolderStepResults(folder);
        var model = await Bar.RunAsync(terminal, "learning what is normal", (report, describe) => Task.Run(() =>
            new TrainingSteps(results, Listen(report, describe)).FitDetector(dataset, options, cancellation), CancellationToken.None));
        if (cancellation.IsCancellationRequested) return (model, null);
        var named = await Bar.RunAsync(terminal, "learning the attacks", (report, describe) => Task.Run(() =>
            new TrainingSteps(results, Listen(report, describe)).FitClassifier(dataset, classifier, options.Name, cancellation), CancellationToken.None));
        if (named is { } found) model = model.WithClassifier(found.Model, found.File);
        if (dataset.Tests.Count == 0 || cancellation.IsCancellationRequested) return (model, null);
        var evaluation = await Bar.RunAsync(terminal, "evaluating", _ => Task.Run(() => new TrainingSteps(results).Evaluate(model, dataset, options.Seed)));
        return (model, evaluation);
    }

    private static DirectProgress Listen(Action<double> report, Action<string> describe) => new(p =>
    {
        report(p.Done);
        var validation = double.IsNaN(p.ValidationLoss) ? "" : $", validation {p.ValidationLoss:0.0000}";
        var loss = double.IsNaN(p.Loss) ? "" : $"loss {p.Loss:0.0000}{validation}, ";
        describe(string.Create(CultureInfo.InvariantCulture, $"{p.Step}: {loss}{p.SequencesPerSecond:#,0} sequences/s"));
    });

    private static void Write(Terminal terminal, AnomalyModel model, EvaluationReport? report, string folder)
    {
        var manifest = model.Manifest;
        var names = model.Classifier is { } c ? $"names {c.Classes.Count} classes" : "no labelled attacks to name";
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{model.Version} in {folder}: schema {model.Schema.Name}, threshold {manifest.Threshold:0.###} at "
            + $"{manifest.FalseAlarmRate:0.####%} false alarms, from {manifest.CalibrationSequences:#,0} benign sequences; {names}"));
        if (report is not null) EvaluationTables.Write(terminal, report, manifest.FalseAlarmRate);
    }
}
