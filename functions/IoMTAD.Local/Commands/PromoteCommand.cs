using System.CommandLine;
using System.Globalization;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Recording;
using IoMTAD.Inference;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad models promote</c>: puts a version into use, if it beats the one that is.</summary>
internal static class PromoteCommand
{
    public static Command Build(Terminal terminal)
    {
        var folder = new Argument<string>("dir") { Description = "Folder of the model." };
        var force = new Option<bool>("--force") { Description = "Promote whatever the figures say; --data is then not needed, --reason is." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the record; with --force.", HelpName = "TEXT" };
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var command = new Command("promote",
            "Measures a model and the one in use on the test part of the data, and puts it into use if it is better; exit code 4 if it is not.")
        {
            folder, force, reason, store, json,
        };
        var data = new DataOptions(command, required: false);
        command.SetAction(async (parsed, cancellation) =>
        {
            var why = string.IsNullOrWhiteSpace(parsed.GetValue(reason)) ? null : parsed.GetValue(reason);
            if (parsed.GetValue(force) != why is not null)
                throw new CommandException("--force and --reason belong together: say why the figures do not count", ExitCode.WrongUse);
            if (why is null && !data.IsGiven(parsed))
                throw new CommandException("name labelled data with --data, or promote without measuring: --force --reason TEXT", ExitCode.WrongUse);
            var (path, home) = (parsed.GetValue(folder)!, parsed.GetValue(store)!);
            var candidate = Models.Load(path);
            var dataset = data.IsGiven(parsed)
                ? await data.ReadAsync(terminal, parsed, withLeaks: false, DatasetFolder.Test, DatasetFolder.Train) : null;
            var measured = dataset is null ? null : Measure(candidate, dataset);

            await using var open = OpenStore.OrNew(home);
            var (log, models) = (new ModelLog(open.Events, candidate.Manifest.Name, TimeProvider.System.GetUtcNow()), new FolderModelStore(home));
            var history = await log.ReadAsync(cancellation);
            var inUse = dataset is null || history.State.Current == candidate.Version
                ? null : await CurrentAsync(history.State, models, dataset, needed: why is null, cancellation);
            var (figures, current) = HeldBack.Compare(measured, inUse);
            var decision = Decide(history.State, candidate, figures, current, dataset?.Card.Sha256, why);
            // The bundle is there before anybody can read that it is in use; one that was damaged since is mended.
            if (decision is not ModelRejected) await models.KeepAsync(candidate.Version, ModelBundle.FilesOf(path), cancellation);
            if (decision is not null) await log.RecordAsync(history, decision, cancellation);

            if (parsed.GetValue(json))
                terminal.WriteJson(new { decision = decision?.GetType().Name ?? "Unchanged", model = candidate.Manifest.Name, candidate.Version,
                    inUseBefore = history.State.Current, reason = Reason(decision), figures, currentFigures = current });
            else Write(terminal, candidate, figures, history.State.Current, current, decision);
            return decision is ModelRejected ? ExitCode.ModelRejected : ExitCode.Done;
        });
        return command;
    }

    private static DomainEvent? Decide(
        Model state, AnomalyModel model, ModelFigures? figures, ModelFigures? current, string? dataSha256, string? why)
    {
        var candidate = new ModelCandidate(model.Version, model.Manifest.FalseAlarmRate);
        return why is null
            ? ModelDecisions.Promote(state, candidate, figures!, current, dataSha256!)
            : ModelDecisions.PromoteAnyway(state, candidate, why, figures is null ? null : (figures, current, dataSha256!));
    }

    private static EvaluationReport Measure(AnomalyModel model, Dataset data) => HeldBack.Refusal(model, data) is { } reason
        ? throw new CommandException(reason) : ModelEvaluation.Run(model, data).Report;

    /// <param name="needed">Without its figures nothing can be decided.</param>
    private static async Task<EvaluationReport?> CurrentAsync(
        Model state, FolderModelStore models, Dataset data, bool needed, CancellationToken cancellation)
    {
        if (state.Current is not { } version) return null;
        var (model, error) = await models.LoadAsync(version, cancellation);
        if (model is null) error = $"it cannot be loaded: {error}";
        else if (model.Schema.Name != data.Schema.Name) error = $"it takes {model.Schema.Name}, and the data holds {data.Schema.Name}";
        else return Measure(model, data);
        return needed
            ? throw new CommandException($"{version} is in use, but {error}; to promote without comparing: --force --reason TEXT") : null;
    }

    private static string Reason(DomainEvent? decision) => decision switch
    {
        ModelPromoted e => e.Reason,
        ModelRejected e => e.Reason,
        _ => "it is in use already",
    };

    private static void Write(
        Terminal terminal, AnomalyModel candidate, ModelFigures? figures, string? version, ModelFigures? current, DomainEvent? decision)
    {
        if (figures is not null)
        {
            var table = new Table().Border(TableBorder.Simple)
                .AddColumns("on the test part", Markup.Escape(candidate.Version), Markup.Escape(version ?? "none in use"));
            Row("recall at 1 % false alarms", f => f.MacroRecallAt1Percent);
            Row("AUC", f => f.MacroAuc);
            Row("false alarms at the model's threshold", f => f.BenignFalseAlarmRate);
            Row("F1 of the classifier", f => f.MacroF1);
            terminal.Console.Write(table);

            void Row(string name, Func<ModelFigures, double?> figure) =>
                table.AddRow(name, Share(figure(figures)), Share(current is null ? null : figure(current)));
        }
        terminal.Output.WriteLine(decision switch
        {
            ModelPromoted e => $"{e.Version} is in use now{(e.Replaces is null ? "" : $", in place of {e.Replaces}")}. {e.Reason}",
            ModelRejected e => $"{e.Version} is rejected, {e.Current} stays in use. {e.Reason}",
            _ => $"{candidate.Version} is in use already.",
        });
    }

    private static string Share(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "–";
}
