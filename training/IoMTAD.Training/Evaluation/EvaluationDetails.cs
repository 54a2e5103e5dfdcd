namespace IoMTAD.Training.Evaluation;

/// <summary>What a report shows beyond the figures.</summary>
/// <param name="Scores">Of every class of the data, the benign one first.</param>
/// <param name="Importance">Features by their part, largest first.</param>
public sealed record EvaluationDetails(
    EvaluationReport Report, IReadOnlyList<ClassScores> Scores, IReadOnlyList<FeatureImportance> Importance)
{
    /// <summary>The share of benign sequences above the threshold that the model was tuned for; null where it is not known.</summary>
    public double? AskedFalseAlarmRate { get; init; }
}

/// <param name="Feature">The column's name.</param>
/// <param name="Label">A few words for people.</param>
/// <param name="Share">Of all features' importance, 0–1.</param>
public sealed record FeatureImportance(string Feature, string Label, double Share);
