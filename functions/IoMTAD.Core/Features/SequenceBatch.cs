namespace IoMTAD.Features;

/// <summary>Sequences of feature vectors in one flat buffer: the input of every model. Reused from batch to batch.</summary>
/// <remarks>
/// Row-major, <c>[sequence, step, feature]</c>, steps padded to <see cref="MaxSteps"/>.
/// </remarks>
public sealed class SequenceBatch(int featureCount, int maxSteps = SequenceBatch.DefaultSteps) : ISequences
{
    public const int DefaultSteps = 10;

    private float[] values = new float[64 * maxSteps * featureCount];
    private int[] lengths = new int[64];

    public int FeatureCount { get; } = featureCount;
    public int MaxSteps { get; } = maxSteps;
    public int Count { get; private set; }

    /// <summary>Steps of each sequence, 1 to <see cref="MaxSteps"/>.</summary>
    public ReadOnlySpan<int> Lengths => lengths.AsSpan(0, Count);

    public int Length(int sequence) => lengths[sequence];

    public void Clear() => Count = 0;

    /// <summary>Starts a sequence without steps; its steps are then taken by <see cref="AddStep"/>.</summary>
    public void BeginSequence()
    {
        if (Count == lengths.Length)
        {
            Array.Resize(ref lengths, Count * 2);
            Array.Resize(ref values, values.Length * 2);
        }
        lengths[Count++] = 0;
    }

    /// <summary>The next step's vector of the last sequence, for the caller to fill: <see cref="FeatureCount"/> values, not cleared.</summary>
    public Span<float> AddStep()
    {
        var sequence = Count - 1;
        var step = lengths[sequence];
        if (step >= MaxSteps) throw new InvalidOperationException($"A sequence holds at most {MaxSteps} steps.");
        lengths[sequence] = step + 1;
        return values.AsSpan((sequence * MaxSteps + step) * FeatureCount, FeatureCount);
    }

    /// <summary>Drops the last sequence again, as when none of its frames could be decoded.</summary>
    public void RemoveLast() => Count--;

    /// <summary>Adds the mean over a sequence's steps, feature by feature, as stored.</summary>
    /// <param name="sums">One per feature.</param>
    public void AddMeansTo(int sequence, Span<double> sums)
    {
        var steps = lengths[sequence];
        for (var step = 0; step < steps; step++)
        {
            var vector = Step(sequence, step);
            for (var i = 0; i < sums.Length; i++) sums[i] += (double)vector[i] / steps;
        }
    }

    public ReadOnlySpan<float> Step(int sequence, int step) => values.AsSpan((sequence * MaxSteps + step) * FeatureCount, FeatureCount);
}
