using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>Scores with our own vectorised forward pass: no native library, no allocation once warm. One scorer per thread.</summary>
/// <remarks>A score is −log₁₀ of the calibrated benign share. It depends on the sequence alone, to the bit, not on the batch around
/// it.</remarks>
public sealed unsafe class ManagedAnomalyScorer : IAnomalyScorer
{
    // Large enough to fill the tiles of Gemm, small enough for all activations of a block to stay in the second-level cache.
    private const int Block = 16;

    private readonly AnomalyModel model;
    private readonly SequenceViews views;
    private readonly DensityEvaluator densities;
    private readonly LengthOrder lengthOrder = new();
    private readonly float[] surprises = new float[2 * Block];
    private readonly LengthGroup[] groupOfLength;
    private ManagedClassifier? classifier;

    public ManagedAnomalyScorer(AnomalyModel model)
    {
        this.model = model;
        views = new(model.Scaler, model.Autoencoder, model.Manifest.MaxSteps, Block);
        densities = DensityEvaluator.For(model.Groups, Block);
        groupOfLength = new LengthGroup[model.Manifest.MaxSteps + 1];
        for (var length = 1; length < groupOfLength.Length; length++)
            groupOfLength[length] = model.Groups.First(g => length <= g.MaxLength);
    }

    public FeatureSchema Schema => model.Schema;
    public string ModelVersion => model.Version;
    public float Threshold => model.Manifest.Threshold;
    public IReadOnlyDictionary<string, float> KindThresholds => model.Manifest.KindThresholds;
    public IClassifier? Classifier => classifier ??= model.Classifier is { } known ? new ManagedClassifier(known) : null;

    public void Score(ISequences batch, Span<AnomalyScore> scores)
    {
        model.Check(batch);
        var order = lengthOrder.Sort(batch);
        for (var start = 0; start < order.Length; start += Block)
        {
            var block = order.Slice(start, Math.Min(Block, order.Length - start));
            views.Run(batch, block);
            for (var row = 0; row < block.Length;)
            {
                var group = groupOfLength[views.Length(row)];
                var end = row + 1;
                while (end < block.Length && ReferenceEquals(groupOfLength[views.Length(end)], group)) end++;
                ScoreRows(group, row, end - row);
                for (; row < end; row++)
                {
                    var score = MathF.Max(
                        group.Joint.Surprise(surprises[row] + surprises[Block + row]), model.Ranges.Surprise(batch, block[row]));
                    scores[block[row]] = AnomalyScore.Of(score);
                }
            }
        }
    }

    public int Explain(ISequences batch, int sequence, Span<FeatureContribution> contributions)
    {
        model.Check(batch);
        views.Run(batch, [sequence]);
        var group = groupOfLength[views.Length(0)];
        ScoreRows(group, 0, 1);
        return new Explanation(model, views).Write(group, surprises[0], surprises[Block], batch, sequence, contributions);
    }

    private void ScoreRows(LengthGroup group, int row, int count)
    {
        Evaluate(group.Reconstruction, views.Reconstruction.Pointer + row * views.ReconstructionLength, surprises.AsSpan(row, count));
        Evaluate(group.Spreads, views.Spreads.Pointer + row * views.SpreadsLength, surprises.AsSpan(Block + row, count));
    }

    private void Evaluate(DensityView view, float* vectors, Span<float> result)
    {
        densities.Evaluate(view.Whitening, view.Mixture, vectors, result);
        foreach (ref var value in result) value = view.Calibration.Surprise(value);
    }
}
