using System.CommandLine;
using System.Globalization;
using System.Text;
using IoMTAD.Inference;
using IoMTAD.Training.Export;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad models list|show</c>.</summary>
internal static class ModelCommands
{
    public static Command Build(Terminal terminal) => new("models", "Models on this machine.") { List(terminal), Show(terminal) };

    private static Command List(Terminal terminal)
    {
        var folder = new Argument<string>("dir")
        {
            Description = "Folder to search, with its subfolders.", DefaultValueFactory = _ => CommonOptions.DefaultStore,
        };
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the models below a folder.") { folder, json };
        command.SetAction(parsed =>
        {
            var root = parsed.GetValue(folder)!;
            if (!Directory.Exists(root)) throw new CommandException($"no folder '{root}': make a model with 'iomtad train' or 'iomtad demo'");
            var table = new Table().Border(TableBorder.Simple).AddColumns("folder", "version", "schema", "false alarms", "threshold");
            foreach (var manifest in Directory.EnumerateFiles(root, AnomalyModel.ManifestFile, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var path = Path.GetDirectoryName(manifest)!;
                var (model, error) = ModelBundle.Read(path, Models.Schemas);
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
