using System.Globalization;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Local.Commands;

/// <summary>How values look in tables.</summary>
internal static class Text
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString(value >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    public static string State(Incident incident) =>
        incident.Disposition is { } disposition ? $"[dim]closed: {disposition}[/]" : "[red]open[/]";

    public static string Colored(Severity severity) => severity switch
    {
        Severity.Critical => "[bold red]Critical[/]",
        Severity.High => "[red]High[/]",
        Severity.Medium => "[yellow]Medium[/]",
        _ => "[blue]Low[/]",
    };
}
