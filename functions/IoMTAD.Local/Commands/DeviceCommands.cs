using System.CommandLine;
using System.Globalization;
using IoMTAD.Local.Views;
using IoMTAD.Views;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad devices list</c>: how each device is.</summary>
internal static class DeviceCommands
{
    public static Command Build(Terminal terminal) => new("devices", "How each device is.") { List(terminal) };

    private static Command List(Terminal terminal)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var command = new Command("list", "Lists the devices that were seen, with their health.") { store, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var views = new SqliteViews(open.Database, open.Events);
            await views.CatchUpAsync(cancellation);
            var devices = await views.ReadAsync(new DeviceHealthView(), cancellation);
            if (parsed.GetValue(json)) foreach (var device in devices) terminal.WriteJson(device);
            else terminal.Console.Write(Table(devices));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Table(IEnumerable<DeviceHealth> devices)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("device", "kind", "ward", "address", "state", "open incidents", "all incidents");
        foreach (var d in devices)
            table.AddRow(Markup.Escape(d.Device.Id), Markup.Escape(d.Device.Kind), Markup.Escape(d.Device.Ward), Markup.Escape(d.Device.Address),
                State(d), d.OpenIncidents.Count.ToString(CultureInfo.InvariantCulture), d.Incidents.ToString(CultureInfo.InvariantCulture));
        return table;
    }

    private static string State(DeviceHealth device) => device switch
    {
        { IsSilent: true } => "[red]silent[/]",
        { Worst: { } worst } => Text.Colored(worst),
        { SilenceLimitSeconds: null } => "[dim]learning[/]",
        _ => "[green]normal[/]",
    };
}
