using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>Why a segment is strange: made only for anomalies that are recorded.</summary>
/// <param name="Features">Those that contributed most, largest first, in their own units.</param>
public sealed record AnomalyExplanation(IReadOnlyList<ExplainedFeature> Features, SuspectedClass? Suspected)
{
    public static AnomalyExplanation None { get; } = new([], null);

    public static AnomalyExplanation From(
        FeatureSchema schema, ReadOnlySpan<FeatureContribution> contributions, SequenceBatch batch, int sequence)
    {
        var features = new ExplainedFeature[contributions.Length];
        for (var i = 0; i < features.Length; i++)
        {
            var (contribution, column) = (contributions[i], schema.ModelFeature(contributions[i].Feature));
            features[i] = new ExplainedFeature(column.Name, column.Label, column.Unit, Round(column.Natural(contribution.Observed)),
                Round(column.Natural(contribution.Expected)), Round(contribution.Contribution));
        }
        return new AnomalyExplanation(features, SuspectedPattern.Find(schema, batch, sequence));
    }

    // Six significant digits: what is stored and hashed is what people read.
    private static double Round(double value) =>
        value == 0 || !double.IsFinite(value) ? value : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
