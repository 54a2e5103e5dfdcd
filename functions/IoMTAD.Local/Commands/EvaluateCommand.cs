using System.CommandLine;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Evaluation.Reports;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad evaluate</c>: what a model is worth on data that it has not seen.</summary>
internal static class EvaluateCommand
{
    public static Command Build(Terminal terminal)
    {
        var model = Models.Option(orInUse: false);
        var report = new Option<string?>("--report") { Description = "Write a page with plots, tables and the data card, one HTML file.", HelpName = "FILE" };
        var (seed, json) = (CommonOptions.Seed(), CommonOptions.Json());
        var command = new Command("evaluate", "Measures a model on the test part of the data: detection and classification, per class, with intervals.")
        {
            model, report, seed, json,
        };
        var data = new DataOptions(command);
        command.SetAction(async (parsed, _) =>
        {
            var loaded = Models.Load(parsed.GetValue(model)!);
            var dataset = await data.ReadAsync(terminal, parsed, withLeaks: false, DatasetFolder.Test, DatasetFolder.Train);
            if (dataset.Schema.Name != loaded.Schema.Name)
                throw new CommandException($"{loaded.Version} takes features of {loaded.Schema.Name}, but the data holds {dataset.Schema.Name}");
            if (dataset.Tests.Count == 0) throw new CommandException("there is no test part to measure on: files in test/, or *_test.* in a flat folder");
            var details = await Bar.RunAsync(terminal, "evaluating", _ => Task.Run(() => ModelEvaluation.Run(loaded, dataset, parsed.GetValue(seed))));
            if (parsed.GetValue(report) is { } file)
            {
                await File.WriteAllTextAsync(file, EvaluationPage.Render(details), CancellationToken.None);
                terminal.Error.WriteLine($"The report is in {file}.");
            }
            if (parsed.GetValue(json)) terminal.WriteJson(details.Report);
            else EvaluationTables.Write(terminal, details.Report, loaded.Manifest.FalseAlarmRate);
            return dataset.Problems.Count == 0 ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }
}
