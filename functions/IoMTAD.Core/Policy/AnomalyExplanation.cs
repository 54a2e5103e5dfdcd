using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>Why a segment is strange: made only for anomalies that are recorded.</summary>
/// <param name="Features">Those that contributed most, largest first, in their own units.</param>
public sealed record AnomalyExplanation(IReadOnlyList<ExplainedFeature> Features, SuspectedClass? Suspected)
{
    private const int Kept = 5;

    public static AnomalyExplanation None { get; } = new([], null);

    /// <summary>The same with a feature that outweighs the others.</summary>
    public AnomalyExplanation LedBy(ExplainedFeature first) =>
        this with { Features = [first, .. Features.Where(f => f.Name is not ("packet_rate" or "segment_rate")).Take(Kept - 1)] };

    /// <param name="contributions">By the scorer, largest first; more than are kept.</param>
    /// <param name="normal">What is normal for the device, as stored; empty where that is not learned.</param>
    public static AnomalyExplanation From(
        FeatureSchema schema, ReadOnlySpan<FeatureContribution> contributions, ReadOnlySpan<float> normal, SequenceBatch batch, int sequence)
    {
        List<ExplainedFeature> features = [];
        foreach (var contribution in contributions)
        {
            var column = schema.ModelFeature(contribution.Feature);
            var observed = column.Natural(contribution.Observed);
            var expected = column.Natural(normal.IsEmpty ? contribution.Expected : normal[contribution.Feature]);
            // A feature may matter to the model by its spread or its rarity; people are shown those in which they can see it.
            if (!Differ(observed, expected, column)) continue;
            features.Add(new ExplainedFeature(
                column.Name, column.Label, column.Unit, Round(observed), Round(expected), Round(contribution.Contribution)));
            if (features.Count == Kept) break;
        }
        return new AnomalyExplanation(features, SuspectedPattern.Find(schema, batch, sequence));
    }

    private static bool Differ(double observed, double expected, FeatureColumn column)
    {
        var difference = Math.Abs(observed - expected);
        return column.Unit == "share" ? difference >= 0.03 : difference >= 0.1 && difference >= 0.3 * Math.Max(Math.Abs(observed), Math.Abs(expected));
    }

    // Six significant digits: what is stored and hashed is what people read.
    private static double Round(double value) =>
        value == 0 || !double.IsFinite(value) ? value : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
