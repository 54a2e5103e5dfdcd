using IoMTAD.Inference.Trees;

namespace IoMTAD.Training.Models.Trees;

/// <summary>Grows isolation trees, with the scratch space that it takes; one per thread.</summary>
internal sealed class IsolationTree(IVectors vectors, int sample)
{
    private readonly float[][] rows = [.. Enumerable.Range(0, sample).Select(_ => new float[vectors.Width])];
    private readonly int[] features = [.. Enumerable.Range(0, vectors.Width)];
    // Beyond the mean depth of a balanced tree a row is no outlier, and how deep it lies does not matter.
    private readonly int depth = (int)Math.Ceiling(Math.Log2(Math.Max(2, sample)));

    /// <param name="Nodes">Left children count from the tree's root.</param>
    /// <param name="Paths">Of each leaf: its depth and what the rows in it would have added.</param>
    public sealed record Grown(IReadOnlyList<TreeNode> Nodes, IReadOnlyList<double> Paths);

    public Grown Grow(SplitMix random)
    {
        foreach (var (i, row) in Draw(random).Index()) vectors.Read(row, rows[i]);
        for (var i = 0; i < features.Length; i++) features[i] = i;
        var (nodes, paths) = (new List<TreeNode> { default }, new List<double>());
        var open = new Queue<(int Node, int Start, int End, int Depth)>([(0, 0, sample, 0)]);
        while (open.TryDequeue(out var node))
        {
            if (node.Depth < depth && TryCut(node.Start, node.End, random, out var feature, out var threshold))
            {
                var middle = Partition(node.Start, node.End, feature, threshold);
                var left = nodes.Count;
                nodes[node.Node] = TreeNode.Split(feature, threshold, left);
                nodes.AddRange([default, default]);
                open.Enqueue((left, node.Start, middle, node.Depth + 1));
                open.Enqueue((left + 1, middle, node.End, node.Depth + 1));
                continue;
            }
            nodes[node.Node] = TreeNode.AtLeaf(node.Node, paths.Count);
            paths.Add(node.Depth + IsolationScore.NormalPath(node.End - node.Start));
        }
        return new(nodes, paths);
    }

    /// <summary>Distinct vectors, by Floyd's algorithm (Bentley 1987): time and space of the sample, not of the vectors.</summary>
    private SortedSet<int> Draw(SplitMix random)
    {
        var drawn = new SortedSet<int>();
        for (var last = vectors.Count - sample; last < vectors.Count; last++)
            if (!drawn.Add(random.Next(last + 1))) drawn.Add(last);
        return drawn;
    }

    /// <summary>A random place in a random feature, of those that differ in the node.</summary>
    private bool TryCut(int start, int end, SplitMix random, out int feature, out float threshold)
    {
        for (var i = 0; end - start > 1 && i < features.Length; i++)
        {
            random.Choose(features.AsSpan(i), 1);
            feature = features[i];
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            for (var row = start; row < end; row++)
            {
                low = Math.Min(low, rows[row][feature]);
                high = Math.Max(high, rows[row][feature]);
            }
            if (!(low < high && float.IsFinite(low) && float.IsFinite(high))) continue;
            threshold = (float)(low + random.NextDouble() * ((double)high - low));
            if (threshold >= high) threshold = low;
            return true;
        }
        (feature, threshold) = (0, 0);
        return false;
    }

    private int Partition(int start, int end, int feature, float threshold)
    {
        var middle = start;
        for (var i = start; i < end; i++)
        {
            if (rows[i][feature] <= threshold)
            {
                (rows[i], rows[middle]) = (rows[middle], rows[i]);
                middle++;
            }
        }
        return middle;
    }
}
