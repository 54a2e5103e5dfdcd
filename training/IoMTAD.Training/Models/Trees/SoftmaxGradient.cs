using IoMTAD.Inference;

namespace IoMTAD.Training.Models.Trees;

/// <summary>Scores of all vectors while they are boosted, and the derivatives of their cross-entropy.</summary>
internal sealed class SoftmaxGradient
{
    private const int Chunk = 4096;
    // A row that is certain would weigh nothing, and a leaf of such rows would divide by it.
    private const float LeastCurvature = 1e-6f;

    private readonly LabelledVectors data;
    private readonly float[] weights;
    private readonly float[] scores;
    private readonly float[] probabilities;
    private readonly ParallelOptions parallelism;

    /// <param name="weights">Of the classes.</param>
    public SoftmaxGradient(LabelledVectors data, float[] weights, int threads)
    {
        (this.data, this.weights) = (data, weights);
        parallelism = new() { MaxDegreeOfParallelism = threads };
        (scores, probabilities) = (new float[data.Count * Classes], new float[data.Count * Classes]);
        var counts = new double[Classes];
        foreach (var label in data.Labels.Span) counts[label] += weights[label];
        Base = Array.ConvertAll(counts, n => (float)Math.Log((n + 1) / (data.Count + Classes)));
        for (var i = 0; i < scores.Length; i++) scores[i] = Base[i % Classes];
        ForAllRows(UpdateProbabilities);
    }

    public int Classes => data.Classes.Count;

    /// <summary>Score of each class before the first round: the logarithm of its share, as if each had one vector more.</summary>
    public float[] Base { get; }

    /// <summary>Derivatives by one class's score: w·(p − y) and, after Friedman 2001 (equation 33), w·p·(1 − p)·K/(K − 1).</summary>
    public GradientRow Of(int row, int output)
    {
        var label = data.Labels.Span[row];
        var p = probabilities[row * Classes + output];
        var curvature = p * (1 - p) * Classes / Math.Max(1, Classes - 1);
        return new(weights[label] * (p - (label == output ? 1 : 0)), weights[label] * Math.Max(LeastCurvature, curvature));
    }

    /// <param name="trees">Of one round, one per class.</param>
    public void Add(IReadOnlyList<GrownTree> trees, BinnedVectors vectors) => ForAllRows((start, end) =>
    {
        for (var output = 0; output < trees.Count; output++)
        {
            var tree = trees[output];
            for (var i = start; i < end; i++) scores[i * Classes + output] += tree.LeafValues(tree.LeafOf(vectors, i))[output];
        }
        UpdateProbabilities(start, end);
    });

    private void UpdateProbabilities(int start, int end)
    {
        var (from, length) = (start * Classes, (end - start) * Classes);
        scores.AsSpan(from, length).CopyTo(probabilities.AsSpan(from, length));
        for (var i = start; i < end; i++) SoftmaxPredictor.Apply(probabilities.AsSpan(i * Classes, Classes));
    }

    private void ForAllRows(Action<int, int> work) => Parallel.For(
        0, (data.Count + Chunk - 1) / Chunk, parallelism, chunk => work(chunk * Chunk, Math.Min((chunk + 1) * Chunk, data.Count)));
}
