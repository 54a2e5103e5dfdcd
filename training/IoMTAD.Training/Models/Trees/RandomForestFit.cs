namespace IoMTAD.Training.Models.Trees;

/// <summary>Fits a random forest (Breiman, "Random Forests", 2001) on binned vectors. The ensemble's outputs are the classes'
/// probabilities: shares of weight in the leaves, averaged over the trees.</summary>
internal static class RandomForestFit
{
    /// <summary>When cancelled, the forest is of the trees so far, at least one.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the first tree.</exception>
    public static FittedTrees Run(LabelledVectors data, ForestOptions options, ProgressMeter progress, CancellationToken cancel)
    {
        var vectors = BinnedVectors.Of(data.Vectors, options.Seed, options.Threads, cancel);
        progress.Begin("forest", (long)data.Count * options.Trees);
        var classes = data.Classes.Count;
        var weights = data.ClassWeights(options.ClassBalance);
        var perNode = options.FeaturesPerNode > 0 ? options.FeaturesPerNode : (int)Math.Max(1, Math.Sqrt(vectors.Columns));
        var shape = new TreeShape(options.Depth, options.MaxLeaves, perNode, options.RandomThresholds);
        var criterion = new GiniCriterion(classes, options.MinLeafWeight);
        var columns = Enumerable.Range(0, vectors.Columns).ToArray();
        var growers = new TreeGrower<GiniCriterion, ClassRow>[Math.Clamp(options.Threads, 1, options.Trees)];
        for (var i = 0; i < growers.Length; i++) growers[i] = new(vectors, shape, criterion.Channels);
        var trees = TreeWork.Run(options.Trees, growers, (number, grower) =>
        {
            var random = new SplitMix(options.Seed, number);
            grower.Rows.Clear();
            var labels = data.Labels.Span;
            for (var i = 0; i < labels.Length; i++)
            {
                var times = options.Bootstrap ? random.NextPoisson() : 1;
                if (times > 0) grower.Rows.Add(i, new(labels[i], times * weights[labels[i]]));
            }
            return grower.Grow(criterion, classes, columns, random);
        }, () => progress.Advance(data.Count), cancel);
        var grown = trees.OfType<GrownTree>().ToArray();
        return FittedTrees.Of(vectors.Bins, classes, grown, Array.ConvertAll(grown, _ => 1.0 / grown.Length));
    }
}
