namespace IoMTAD.Training.Models.Trees;

/// <summary>Fits boosted trees to the cross-entropy of the classes (Friedman, "Greedy Function Approximation", 2001): in each round, one
/// tree per class takes a Newton step. The ensemble's outputs are scores; <see cref="Inference.SoftmaxPredictor"/> makes them
/// probabilities.</summary>
internal static class GradientBoostingFit
{
    /// <summary>When cancelled, the ensemble is of the rounds so far, at least one.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the first round.</exception>
    public static FittedTrees Run(LabelledVectors data, BoostingOptions options, ProgressMeter progress, CancellationToken cancel)
    {
        var vectors = BinnedVectors.Of(data.Vectors, options.Seed, options.Threads, cancel);
        progress.Begin("boosting", (long)data.Count * options.Rounds);
        var classes = data.Classes.Count;
        var gradient = new SoftmaxGradient(data, data.ClassWeights(options.ClassBalance), options.Threads);
        var perTree = Math.Clamp((int)Math.Ceiling(vectors.Columns * options.ColumnShare), Math.Min(1, vectors.Columns), vectors.Columns);
        var shape = new TreeShape(options.Depth, options.MaxLeaves, perTree, RandomThresholds: false);
        var growers = new TreeGrower<NewtonCriterion, GradientRow>[Math.Clamp(options.Threads, 1, classes)];
        for (var i = 0; i < growers.Length; i++) growers[i] = new(vectors, shape, new NewtonCriterion().Channels);
        var all = new List<GrownTree>();
        for (var round = 0; round < options.Rounds && (round == 0 || !cancel.IsCancellationRequested); round++)
        {
            var rows = Choose(data.Count, options.RowShare, new SplitMix(options.Seed, round * (classes + 1)));
            var firstStream = round * (classes + 1) + 1;
            var ofRound = TreeWork.Run(classes, growers, (output, grower) =>
            {
                var random = new SplitMix(options.Seed, firstStream + output);
                var columns = Enumerable.Range(0, vectors.Columns).ToArray();
                random.Choose(columns, perTree);
                grower.Rows.Clear();
                foreach (var row in rows) grower.Rows.Add(row, gradient.Of(row, output));
                var criterion = new NewtonCriterion(output, options.L2, options.MinCurvature, options.LearningRate);
                return grower.Grow(criterion, classes, columns.AsSpan(0, perTree), random);
            }, () => { }, CancellationToken.None);
            gradient.Add(ofRound!, vectors);
            all.AddRange(ofRound!);
            progress.Advance(data.Count);
        }
        for (var output = 0; output < classes; output++) AddToLeaves(all[output], output, gradient.Base[output]);
        return FittedTrees.Of(vectors.Bins, classes, all, all.ConvertAll(_ => 1.0));
    }

    private static int[] Choose(int count, double share, SplitMix random)
    {
        var rows = new List<int>(count);
        for (var i = 0; i < count; i++)
            if (share >= 1 || random.NextDouble() < share) rows.Add(i);
        return [.. rows];
    }

    /// <summary>Each row comes to one leaf of the class's first tree, which thereby carries what boosting starts from.</summary>
    private static void AddToLeaves(GrownTree tree, int output, float score)
    {
        for (var leaf = 0; leaf < tree.Leaves; leaf++) tree.LeafValues(leaf)[output] += score;
    }
}
