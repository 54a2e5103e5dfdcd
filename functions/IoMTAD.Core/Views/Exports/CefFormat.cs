using System.Globalization;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Records;

namespace IoMTAD.Views.Exports;

/// <summary>Events in ArcSight's Common Event Format, version 0, for a SIEM. What people wrote freely is left out: it may name a patient.</summary>
/// <remarks>Micro Focus Security ArcSight Common Event Format, version 26 (2021).</remarks>
public static class CefFormat
{
    /// <param name="device">The device that the event is about; null where there is none, or it is not known.</param>
    /// <param name="version">Of the program.</param>
    public static string Line(EventRow row, InventoryDevice? device, string version)
    {
        var (e, text) = (row.Event, new StringBuilder());
        text.Append(CultureInfo.InvariantCulture,
            $"CEF:0|IoMTAD|IoMTAD|{Header(version)}|{Header(e.Type)}|{Header(NameOf(row))}|{SeverityOf(row)}|");
        Add(text, "rt", e.OccurredAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Add(text, "externalId", e.Id);
        Add(text, "act", e.Type);
        Add(text, "cat", row.Kind?.ToString());
        Add(text, "outcome", row.Disposition?.ToString());
        Add(text, "suser", EventText.By(e.Event));
        Add(text, "shost", row.DeviceId);
        AddAddress(text, device?.Address);
        Add(text, "cnt", CountOf(e.Event)?.ToString(CultureInfo.InvariantCulture));
        Add(text, "msg", MessageOf(e.Event));
        AddLabelled(text, "cs1", "incident", row.IncidentId);
        AddLabelled(text, "cs2", "ward", row.Ward);
        AddLabelled(text, "cs3", "suspectedClass", row.Class);
        AddLabelled(text, "cs4", "attackTechnique", (e.Event as AnomalyObserved)?.Suspected?.Technique);
        AddLabelled(text, "cs5", "peers", e.Event is AnomalyObserved { Peers.Count: > 0 } observed ? string.Join(' ', observed.Peers) : null);
        AddLabelled(text, "cs6", "hash", e.Hash);
        AddLabelled(text, "cfp1", "score", row.Score is { } score && double.IsFinite(score) ? score.ToString("R", CultureInfo.InvariantCulture) : null);
        return text.ToString().TrimEnd(' ');
    }

    private static string NameOf(EventRow row) => row.Event.Event switch
    {
        IncidentOpened { Kind: IncidentKind.Silence } => "Medical device fell silent",
        IncidentOpened { Kind: IncidentKind.SkippedTraffic } => "Traffic was skipped",
        IncidentOpened => "Medical device talks differently from normal",
        AnomalyObserved { Suspected: { } suspected } => $"Strange traffic, suspected {suspected.Name}",
        AnomalyObserved => "Strange traffic",
        IncidentClosed => "Incident closed",
        RecordAccessed => "Record accessed",
        _ => row.Event.Type,
    };

    /// <summary>0 to 10: an incident's events are as severe as it is, others are for the record.</summary>
    private static int SeverityOf(EventRow row) => (row.Event.Event, row.Severity) switch
    {
        (IncidentOpened e, _) => Of(e.Severity),
        (IncidentEscalated e, _) => Of(e.To),
        (AnomalyObserved, { } severity) => Of(severity),
        (TextErased or EvidenceExpired or RecordAccessed, _) => 2,
        _ => 1,
    };

    private static int Of(Severity severity) => severity switch { Severity.Low => 3, Severity.Medium => 5, Severity.High => 8, _ => 10 };

    /// <summary>Only what the program itself put into words.</summary>
    private static string? MessageOf(DomainEvent? @event) => @event switch
    {
        IncidentOpened e => e.Summary,
        AnomalyObserved e => e.Explanation,
        IncidentEscalated e => $"{e.From} to {e.To}",
        RecordAccessed e => $"{e.Action} {e.Detail}",
        _ => null,
    };

    private static long? CountOf(DomainEvent? @event) => @event switch
    {
        AnomalyObserved e => e.Segments,
        EvidenceExpired e => e.Segments.Count,
        RecordAccessed e => e.Rows,
        _ => null,
    };

    private static void AddAddress(StringBuilder text, string? address)
    {
        if (!DeviceAddress.TryParse(address, out var parsed)) return;
        var written = parsed.ToString();
        if (parsed.IsMac) Add(text, "smac", written);
        else if (written.Contains(':', StringComparison.Ordinal)) AddLabelled(text, "c6a2", "Source IPv6 Address", written);
        else Add(text, "src", written);
    }

    private static void AddLabelled(StringBuilder text, string key, string label, string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        Add(text, $"{key}Label", label);
        Add(text, key, value);
    }

    private static void Add(StringBuilder text, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value)) text.Append(key).Append('=').Append(Extension(value)).Append(' ');
    }

    private static string Header(string text) => OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Extension(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');
}
