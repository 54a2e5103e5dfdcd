using System.CommandLine;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;

namespace IoMTAD.Local.Commands;

/// <summary>Which incidents, as options; one that is not given asks for all.</summary>
internal sealed class IncidentFilterOptions
{
    private readonly Option<bool> open = new("--open") { Description = "Only those that are not closed." };
    private readonly Option<string?> device = new("--device") { Description = "Of this device.", HelpName = "ID" };
    private readonly Option<string?> ward = new("--ward") { Description = "Of this ward.", HelpName = "NAME" };
    private readonly Option<IncidentKind?> kind = new("--kind") { Description = "Behaviour, Silence or SkippedTraffic.", HelpName = "KIND" };
    private readonly Option<string?> suspected = new("--class") { Description = "Like this, for example 'port scan'.", HelpName = "NAME" };
    private readonly Option<Severity?> severity = new("--severity") { Description = "This severe or more: Low, Medium, High or Critical.", HelpName = "LEVEL" };
    private readonly Option<Disposition?> disposition = new("--disposition")
    {
        Description = "Closed as TrueAttack, Malfunction, FalseAlarm or Maintenance.", HelpName = "WHAT",
    };

    private readonly Option<DateTimeOffset?> from = Times.Option("--since", "Opened at this traffic time or later.");
    private readonly Option<DateTimeOffset?> to = Times.Option("--until", "Opened before this traffic time.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { open, device, ward, kind, suspected, severity, disposition, from, to }) command.Add(option);
    }

    /// <summary>Oldest first, in long pages.</summary>
    public IncidentQuery Read(ParseResult parsed) => new()
    {
        Open = parsed.GetValue(open) ? true : null, DeviceId = parsed.GetValue(device), Ward = parsed.GetValue(ward), Kind = parsed.GetValue(kind),
        Class = parsed.GetValue(suspected), Severity = parsed.GetValue(severity), Disposition = parsed.GetValue(disposition), From = parsed.GetValue(from),
        To = parsed.GetValue(to), Descending = false, Limit = 1000,
    };
}
