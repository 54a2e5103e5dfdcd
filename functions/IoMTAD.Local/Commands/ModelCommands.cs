using System.CommandLine;
using System.Globalization;
using System.Text;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Export;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad models list|show|promote|rollback|drift</c>.</summary>
internal static class ModelCommands
{
    public static Command Build(Terminal terminal) => new("models", "Models on this machine, and which of them is in use.")
    {
        List(terminal), Show(terminal), PromoteCommand.Build(terminal), RollbackCommand.Build(terminal), DriftCommand.Build(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var folder = new Argument<string?>("dir")
        {
            Description = "Folder to search, with its subfolders; without it, the store's, with the history of its models.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var command = new Command("list", "Lists the models below a folder, or those of a store with what was decided about them.") { folder, store, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var root = parsed.GetValue(folder) ?? parsed.GetValue(store)!;
            if (parsed.GetValue(folder) is null && (parsed.GetResult(store) is { Implicit: false } || OpenStore.IsIn(root)))
            {
                await using var open = OpenStore.Existing(root);
                await ModelHistoryReport.WriteAsync(terminal, open, parsed.GetValue(json), cancellation);
            }
            if (!Directory.Exists(root)) throw new CommandException($"no folder '{root}': make a model with 'iomtad train' or 'iomtad demo'");
            var table = new Table().Border(TableBorder.Simple).AddColumns("folder", "version", "schema", "false alarms", "threshold");
            foreach (var manifest in Directory.EnumerateFiles(root, AnomalyModel.ManifestFile, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var path = Path.GetDirectoryName(manifest)!;
                var (model, error) = ModelBundle.Read(path, [.. FeatureSchemas.All]);
                if (parsed.GetValue(json))
                    terminal.WriteJson(new { folder = path, version = model?.Version, schema = model?.Schema.Name, error });
                else if (model is null)
                    table.AddRow(Markup.Escape(path), $"[red]{Markup.Escape(error!)}[/]");
                else
                    table.AddRow(Markup.Escape(path), model.Version, model.Schema.Name,
                        model.Manifest.FalseAlarmRate.ToString("0.####%", CultureInfo.InvariantCulture), Text.Number(model.Manifest.Threshold));
            }
            if (!parsed.GetValue(json)) terminal.Console.Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var folder = new Argument<string>("dir") { Description = "Folder of the model." };
        var command = new Command("show", "Prints a model's manifest after checking its digests.") { folder };
        command.SetAction(parsed =>
        {
            var model = Models.Load(parsed.GetValue(folder)!);
            terminal.Output.WriteLine(model.Version);
            terminal.Output.WriteLine(Encoding.UTF8.GetString(model.Manifest.ToJson()));
            return ExitCode.Done;
        });
        return command;
    }
}
