using System.Globalization;
using Spectre.Console;

namespace IoMTAD.Local.Commands.Demo;

/// <summary>The summary for people: per attack caught or missed, and what the watch cost in false alarms.</summary>
internal static class DemoReport
{
    public static void Write(Terminal terminal, DemoSummary summary, string store, string model)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("attack", "", "first incident after", "incidents");
        foreach (var attack in summary.Attacks)
            table.AddRow(attack.Name, attack.Caught ? "[green]caught[/]" : "[red]missed[/]",
                attack.SecondsToIncident is { } seconds ? seconds.ToString("0.0 's'", CultureInfo.InvariantCulture) : "–",
                attack.Incidents.ToString(CultureInfo.InvariantCulture));
        terminal.Console.Write(table);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Caught} of {summary.Attacks.Count} caught. "
            + $"{summary.FalseIncidents} false incidents in {summary.DeviceHours:0.0} device-hours "
            + $"({summary.FalseIncidentsPerDeviceHour:0.000} per device-hour)."));
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Packets:#,0} packets, {summary.PacketsPerSecond:#,0} a second while the pipeline was at work."));
        terminal.Output.WriteLine($"""
            The record:  iomtad incidents list --store {store}
                         iomtad events verify --store {store}
            The model:   iomtad models show {model}
            """);
    }
}
