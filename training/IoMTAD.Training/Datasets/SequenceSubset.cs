using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>Some sequences of others, possibly cut short.</summary>
/// <param name="lengths">Steps of each; null leaves them as they are.</param>
internal sealed class SequenceSubset(ISequences source, int[] indices, int[]? lengths = null) : ISequences
{
    public int FeatureCount => source.FeatureCount;
    public int MaxSteps => source.MaxSteps;
    public int Count => indices.Length;

    public int Length(int sequence) => lengths is null ? source.Length(indices[sequence]) : lengths[sequence];

    public ReadOnlySpan<float> Step(int sequence, int step) => source.Step(indices[sequence], step);

    public static ISequences Range(ISequences source, int from, int to) => from == 0 && to == source.Count
        ? source
        : new SequenceSubset(source, [.. Enumerable.Range(from, Math.Max(0, to - from))]);

    /// <summary>Every so many-th, so that <paramref name="most"/> are left.</summary>
    public static ISequences Thinned(ISequences source, int most) => source.Count <= most
        ? source
        : new SequenceSubset(source, [.. Enumerable.Range(0, most).Select(i => (int)((long)i * source.Count / most))]);
}
