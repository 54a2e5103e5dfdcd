using IoMTAD.Features;

namespace IoMTAD.Functions.Tests.Inference;

/// <summary>Batches cut from other traffic.</summary>
internal static class Mixed
{
    private static readonly float[] Odd =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -0f];

    /// <summary>Sequences spread over all of the source; every third is cut short, down to a single step.</summary>
    public static SequenceBatch Of(ISequences source, int count, bool withOdd = false)
    {
        var batch = new SequenceBatch(source.FeatureCount);
        for (var i = 0; i < count; i++)
        {
            var sequence = (int)((long)i * source.Count / count);
            var steps = i % 3 == 0 ? Math.Min(source.Length(sequence), 1 + i / 3 % 10) : source.Length(sequence);
            batch.BeginSequence();
            for (var t = 0; t < steps; t++)
            {
                var step = batch.AddStep();
                source.Step(sequence, t).CopyTo(step);
                if (withOdd && t == i % steps) step[i % source.FeatureCount] = Odd[i % Odd.Length];
            }
        }
        return batch;
    }
}
