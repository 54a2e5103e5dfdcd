using System.CommandLine;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;

namespace IoMTAD.Local.Commands;

/// <summary>The filters of a query as options; one that is not given asks for all.</summary>
internal sealed class EventFilterOptions
{
    private readonly Option<string?> device = new("--device") { Description = "Of this device.", HelpName = "ID" };
    private readonly Option<string?> ward = new("--ward") { Description = "Of this ward.", HelpName = "NAME" };
    private readonly Option<IncidentKind?> kind = new("--kind")
    {
        Description = "Of incidents of this kind: Behaviour, Silence or SkippedTraffic.", HelpName = "KIND",
    };

    private readonly Option<string?> suspected = new("--class") { Description = "Of incidents like this, for example 'port scan'.", HelpName = "NAME" };
    private readonly Option<Severity?> severity = new("--severity") { Description = "This severe or more: Low, Medium, High or Critical.", HelpName = "LEVEL" };
    private readonly Option<Disposition?> disposition = new("--disposition")
    {
        Description = "Of incidents closed as TrueAttack, Malfunction, FalseAlarm or Maintenance.", HelpName = "WHAT",
    };

    private readonly Option<string?> incident = new("--incident") { Description = "Of this incident.", HelpName = "ID" };
    private readonly Option<string?> type = new("--type") { Description = "Of this type, for example AnomalyObserved.", HelpName = "TYPE" };
    private readonly Option<string?> feature = new("--feature")
    {
        Description = "With this feature among those that made the traffic strange.", HelpName = "NAME",
    };

    private readonly Option<double?> minScore = new("--min-score") { Description = "With this score or a higher one.", HelpName = "SCORE" };
    private readonly Option<double?> maxScore = new("--max-score") { Description = "With this score or a lower one.", HelpName = "SCORE" };
    private readonly Option<DateTimeOffset?> from = Times.Option("--since", "At this traffic time or later.");
    private readonly Option<DateTimeOffset?> to = Times.Option("--until", "Before this traffic time.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
            { device, ward, kind, suspected, severity, disposition, incident, type, feature, minScore, maxScore, from, to }) command.Add(option);
    }

    public EventQuery Read(ParseResult parsed) => new()
    {
        DeviceId = parsed.GetValue(device), Ward = parsed.GetValue(ward), Kind = parsed.GetValue(kind), Class = parsed.GetValue(suspected),
        Severity = parsed.GetValue(severity), Disposition = parsed.GetValue(disposition), IncidentId = parsed.GetValue(incident), Type = parsed.GetValue(type),
        Feature = parsed.GetValue(feature), MinScore = parsed.GetValue(minScore), MaxScore = parsed.GetValue(maxScore), From = parsed.GetValue(from),
        To = parsed.GetValue(to),
    };

    /// <summary>What was asked for, for the record: the options that were given.</summary>
    public string Describe(ParseResult parsed)
    {
        var given = parsed.CommandResult.Children.OfType<System.CommandLine.Parsing.OptionResult>()
            .Where(o => !o.Implicit && o.Option.Name is not ("--store" or "--by" or "--out" or "--json" or "--after" or "--force"))
            .Select(o => string.Join(' ', o.Tokens.Select(t => t.Value).Prepend(o.Option.Name)));
        return string.Join(' ', given);
    }
}
