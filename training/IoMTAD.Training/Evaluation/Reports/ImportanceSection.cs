using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>The features that a model goes by most.</summary>
internal static class ImportanceSection
{
    private const int Most = 15;

    /// <returns>Null where nothing is known about them.</returns>
    public static XElement? Of(IReadOnlyList<FeatureImportance> importance)
    {
        if (importance.Count == 0) return null;
        FeatureImportance[] top = [.. importance.OrderByDescending(f => f.Share).Take(Most)];
        var largest = Math.Max(1e-9, top.Where(f => double.IsFinite(f.Share)).Select(f => f.Share).DefaultIfEmpty(1).Max());
        return Section("features", "Feature importance",
            Table.Of<FeatureImportance>($"The {top.Length} most important of {Number.Counted(importance.Count, "feature")}",
                [
                    new("Feature", f => new object[] { f.Label, " ", Tag("code", f.Feature) }),
                    new("Share", f => Number.Share(f.Share)),
                    new("", f => null, f => f.Share / largest, "long"),
                ],
                top),
            Note("Shares are of all features' importance; those shown hold "
                + $"{Number.Share(top.Where(f => double.IsFinite(f.Share)).Sum(f => f.Share))} of it. Features that say nearly "
                + "the same share the credit between them, so a low place does not mean that a feature is useless, and a high one is no cause."));
    }
}
