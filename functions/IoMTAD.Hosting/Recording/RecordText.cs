using System.Globalization;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Recording;

/// <summary>What became of the record, in a line for people.</summary>
public static class RecordText
{
    /// <param name="anchors">How many it was held against.</param>
    public static string Of(ChainReport report, int anchors) => report.Breach is { } breach ? Of(breach) : string.Create(CultureInfo.InvariantCulture,
        $"{report.Events} events in {report.Streams} streams{Also(report.Seals, "seals")}{Also(report.Evidence, "segments of evidence")}{
            Also(report.Texts, "texts")}{Also(report.Removed, "removed on record")}{Also(anchors, "anchors")}: the chain holds.");

    public static string Of(RetentionResult result, bool dryRun) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Segments} segment(s) and {result.Texts} text(s) of {result.Incidents} incident(s) {(dryRun ? "would go" : "are gone")}; {
            result.Held} closed incident(s) are held.");

    /// <summary>For the record of accesses.</summary>
    public static string Outcome(ChainReport report) => report.Breach is { } found ? $"broken at event {found.Position}" : "holds";

    private static string Of(Breach breach) => breach switch
    {
        { Id: null, Type: { } type } => $"BROKEN at event {breach.Position} ({type}{(breach.Stream is { } s ? $" of {s}" : "")}): {breach.Reason}",
        { Id: null } => $"BROKEN at event {breach.Position}: {breach.Reason}",
        _ => $"BROKEN at event {breach.Position} ({breach.Type} {breach.Id}, {breach.Stream}): {breach.Reason}",
    };

    private static string Also(long count, string what) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count} {what}");
}
