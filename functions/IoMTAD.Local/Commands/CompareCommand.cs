using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Evaluation.Reports;
using IoMTAD.Training.Models;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad compare</c>: all classifiers and detectors on the same split, as a table and a bar chart.</summary>
internal static class CompareCommand
{
    public static Command Build(Terminal terminal)
    {
        var classes = new Option<int>("--classes") { Description = "2, 6 or 19.", HelpName = "N", DefaultValueFactory = _ => 19 };
        classes.AcceptOnlyFromAmong("2", "6", "19");
        var leaks = new Option<bool>("--with-leaks") { Description = "Show beside it what the columns that give the label away would have given." };
        var report = new Option<string?>("--report") { Description = "Write table and bar chart as one HTML file.", HelpName = "FILE" };
        var threads = new Option<int>("--threads")
        {
            Description = "Changes the time alone.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var (seed, json) = (CommonOptions.Seed(), CommonOptions.Json());
        var command = new Command("compare", "Trains every classifier and detector on the training part and compares them on the test part.")
        {
            classes, leaks, report, threads, seed, json,
        };
        var data = new DataOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new ClassifierOptions(parsed.GetValue(classes), parsed.GetValue(seed), parsed.GetValue(threads));
            var dataset = await data.ReadAsync(terminal, parsed, withLeaks: false, DatasetFolder.Train, DatasetFolder.Test);
            if (DatasetTraining.TooLittle(dataset) is { } reason) throw new CommandException(reason);
            if (dataset.Tests.Count == 0) throw new CommandException("there is no test part to compare on: files in test/, or *_test.* in a flat folder");
            var leaking = parsed.GetValue(leaks)
                ? await data.ReadAsync(terminal, parsed, withLeaks: true, DatasetFolder.Train, DatasetFolder.Test) : null;
            var comparison = await RunAsync(terminal, dataset, leaking, options, cancellation);
            if (parsed.GetValue(report) is { } file)
            {
                await File.WriteAllTextAsync(file, ComparisonPage.Render(comparison), CancellationToken.None);
                terminal.Error.WriteLine($"The comparison is in {file}.");
            }
            if (parsed.GetValue(json)) terminal.WriteJson(comparison);
            else Write(terminal, comparison);
            return ExitCode.Done;
        });
        return command;
    }

    private static Task<ModelComparison> RunAsync(
        Terminal terminal, Dataset dataset, Dataset? leaking, ClassifierOptions options, CancellationToken cancellation) =>
        Bar.RunAsync(terminal, "comparing", report => Task.Run(() =>
        {
            var parts = ComparisonRun.Steps(options) * (leaking is null ? 1 : 2);
            var done = 0;
            return ComparisonRun.Run(dataset, leaking, options, new DirectProgress(p => report((done + p.Done) / parts)), () => done++, cancellation);
        }, CancellationToken.None));

    private static void Write(Terminal terminal, ModelComparison comparison)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("classifier", "accuracy", "precision", "recall", "F1", "", "train s");
        if (comparison.Models.Any(m => m.WithLeaks is not null)) table.AddColumn("F1 with leaks");
        foreach (var m in comparison.Models)
        {
            List<string> cells = [Markup.Escape(m.Name), Share(m.Quality.Accuracy), Share(m.Quality.MacroPrecision), Share(m.Quality.MacroRecall),
                Share(m.Quality.MacroF1), Chart(m.Quality.MacroF1), Seconds(m.TrainingSeconds)];
            if (m.WithLeaks is { } with) cells.Add(Share(with.MacroF1));
            table.AddRow([.. cells]);
        }
        terminal.Console.Write(table);
        terminal.Output.WriteLine($"macro averages over the {comparison.Models[0].Quality.PerClass.Count} classes present, per sequence of ten rows");
        var detectors = new Table().Border(TableBorder.Simple).AddColumns("detector, benign traffic alone", "AUC", "recall at 1 %", "", "train s");
        foreach (var d in comparison.Detectors)
            detectors.AddRow(
                Markup.Escape(d.Name), Share(d.MacroAuc), Share(d.MacroRecallAt1Percent), Chart(d.MacroRecallAt1Percent), Seconds(d.TrainingSeconds));
        terminal.Console.Write(detectors);
    }

    private static string Chart(double share) => new('█', (int)Math.Round(20 * Math.Clamp(share, 0, 1)));

    private static string Seconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Share(double value) => EvaluationTables.Share(value);
}
