using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Core.Tests;

/// <summary>Finds a sequence strange by one plain rule: its first frames are on average longer than 400 bytes.</summary>
internal sealed class ScriptedScorer : IAnomalyScorer
{
    private const int MeanSize = (int)WindowColumn.SizeMean;

    public FeatureSchema Schema => WindowSchema.Schema;

    public string ModelVersion => "scripted@1";

    public float Threshold { get; } = MathF.Log(401);

    public IReadOnlyDictionary<string, float> KindThresholds { get; init; } = new Dictionary<string, float>();

    public IClassifier? Classifier { get; init; }

    public void Score(ISequences batch, Span<AnomalyScore> scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var size = batch.Step(i, 0)[MeanSize];
            scores[i] = new AnomalyScore(size, size > Threshold ? 1e-4f : 0.5f);
        }
    }

    public int Explain(ISequences batch, int sequence, Span<FeatureContribution> contributions)
    {
        contributions[0] = new FeatureContribution(MeanSize, batch.Step(sequence, 0)[MeanSize], MathF.Log(101), 1);
        return 1;
    }
}
