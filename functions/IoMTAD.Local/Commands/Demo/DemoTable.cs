using System.Globalization;
using IoMTAD.Api.Live;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IoMTAD.Local.Commands.Demo;

/// <summary>The live table: devices with their scores on the left, the latest incidents on the right.</summary>
internal static class DemoTable
{
    private const int IncidentsShown = 12;

    public static IRenderable Render(LiveWard live)
    {
        var (ward, recent) = (live.Snapshot(), live.Recent);
        var devices = new Table().Border(TableBorder.Simple).AddColumns("device", "state", "score");
        foreach (var device in ward.Devices)
            devices.AddRow(Markup.Escape(device.Device.Id), State(device.State), Score(device.Score, ward.Threshold));
        var incidents = new Table().Border(TableBorder.Simple).AddColumns("opened", "device", "severity", "like");
        foreach (var i in recent.Take(IncidentsShown))
            incidents.AddRow(i.OpenedAt.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture), Markup.Escape(i.Device.Id),
                Text.Colored(i.Severity), Markup.Escape(i.Suspected?.Name ?? i.Kind.ToString().ToLowerInvariant()));
        var head = new Markup(string.Create(CultureInfo.InvariantCulture,
            $"[bold]{Markup.Escape(ward.Activity)}[/]   ward time {ward.Clock?.UtcDateTime:HH:mm:ss}   "
            + $"{ward.Packets:#,0} packets   {ward.Open.Values.Sum()} open incidents"));
        return new Rows(head, new Columns(devices, incidents) { Expand = false });
    }

    private static string State(DeviceCondition state) => state switch
    {
        DeviceCondition.Normal => "[green]normal[/]",
        DeviceCondition.Strange => "[yellow]strange[/]",
        DeviceCondition.Learning => "[dim]learning[/]",
        _ => $"[red]{state.ToString().ToLowerInvariant()}[/]",
    };

    private static string Score(double? score, double threshold) => score is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0}{(value > threshold ? " !" : "")}")
        : "";
}
