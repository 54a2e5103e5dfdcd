using IoMTAD.Inference.Trees;

namespace IoMTAD.Training.Models.Trees;

/// <summary>Fits an isolation forest (Liu, Ting and Zhou, "Isolation Forest", ICDM 2008) to vectors as they are, without bins or
/// labels.</summary>
internal static class IsolationForestFit
{
    /// <summary>When cancelled, the forest is of the trees so far, at least one.</summary>
    public static IsolationScore Run(IVectors vectors, IsolationOptions options, ProgressMeter progress, CancellationToken cancel)
    {
        var sample = Math.Min(options.Sample, vectors.Count);
        progress.Begin("isolation", (long)sample * options.Trees);
        var growers = new IsolationTree[Math.Clamp(options.Threads, 1, options.Trees)];
        for (var i = 0; i < growers.Length; i++) growers[i] = new(vectors, sample);
        var trees = TreeWork.Run(options.Trees, growers,
            (number, grower) => grower.Grow(new SplitMix(options.Seed, number)), () => progress.Advance(sample), cancel);
        var grown = trees.OfType<IsolationTree.Grown>().ToArray();
        var (roots, nodes, paths) = (new List<int>(), new List<TreeNode>(), new List<float>());
        foreach (var tree in grown)
        {
            var root = nodes.Count;
            roots.Add(root);
            foreach (var node in tree.Nodes)
            {
                nodes.Add(node.IsLeaf
                    ? TreeNode.AtLeaf(nodes.Count, paths.Count) : TreeNode.Split(node.Feature, node.Threshold, root + node.Left));
                if (node.IsLeaf) paths.Add((float)(tree.Paths[node.Leaf] / grown.Length));
            }
        }
        // Trees of a single row tell nothing; any positive length makes their scores 1.
        var normal = sample < 2 ? 1 : IsolationScore.NormalPath(sample);
        return new(new(vectors.Width, 1, [.. roots], [.. nodes], [.. paths]), (float)normal);
    }
}
