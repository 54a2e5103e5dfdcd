using System.CommandLine;
using System.Globalization;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Views;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad views rebuild</c>: views are made of events alone.</summary>
internal static class ViewCommands
{
    public static Command Build(Terminal terminal)
    {
        var store = CommonOptions.Store();
        var rebuild = new Command("rebuild", "Drops the rows of all views and folds every event anew.") { store };
        rebuild.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var folded = await new SqliteViews(open.Database, open.Events).RebuildAsync(cancellation);
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folded} events folded into {ViewSet.All.Count} views."));
            return ExitCode.Done;
        });
        return new("views", "Tables made of events alone.") { rebuild };
    }
}
