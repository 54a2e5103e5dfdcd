namespace IoMTAD.Training.Models.Trees;

/// <summary>Fits boosted classification trees by SAMME (Zhu, Zou, Rosset and Hastie, "Multi-class AdaBoost", 2009).</summary>
/// <remarks>Tree m votes α_m = rate · (ln((1 − err_m) / err_m) + ln(K − 1)) for the class of most weight in the row's leaf. Output c is the
/// share of votes for it, Σ α_m·[tree m says c] / Σ α_m, and the outputs add up to 1.</remarks>
internal static class AdaBoostFit
{
    /// <summary>When cancelled, the ensemble is of the rounds so far, at least one. Ends early once a tree makes no error, or none is
    /// better than chance.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the first round.</exception>
    public static FittedTrees Run(LabelledVectors data, AdaBoostOptions options, ProgressMeter progress, CancellationToken cancel)
    {
        var vectors = BinnedVectors.Of(data.Vectors, options.Seed, options.Threads, cancel);
        progress.Begin("AdaBoost", (long)data.Count * options.Rounds);
        var classes = data.Classes.Count;
        var criterion = new GiniCriterion(classes, 0);
        var shape = new TreeShape(options.Depth, int.MaxValue, vectors.Columns, RandomThresholds: false);
        var grower = new TreeGrower<GiniCriterion, ClassRow>(vectors, shape, criterion.Channels);
        var columns = Enumerable.Range(0, vectors.Columns).ToArray();
        var classWeights = data.ClassWeights(options.ClassBalance);
        var weights = Array.ConvertAll(data.Labels.ToArray(), label => (double)classWeights[label]);
        var (trees, votes) = (new List<GrownTree>(), new List<double>());
        for (var round = 0; round < options.Rounds && (round == 0 || !cancel.IsCancellationRequested); round++)
        {
            grower.Rows.Clear();
            for (var i = 0; i < weights.Length; i++) grower.Rows.Add(i, new(data.Labels.Span[i], (float)weights[i]));
            var tree = grower.Grow(criterion, classes, columns, new SplitMix(options.Seed, round));
            var says = Decide(tree);
            var error = Error(tree, says, vectors, data, weights);
            // The first tree stays whatever it is worth, so that there is one.
            if (error >= 1 - 1.0 / classes && round > 0) break;
            trees.Add(tree);
            votes.Add(Vote(error, classes, options.LearningRate));
            if (error <= 0 || error >= 1 - 1.0 / classes) break;
            Reweigh(tree, says, vectors, data, weights, Math.Exp(votes[^1]));
            progress.Advance(data.Count);
        }
        return FittedTrees.Of(vectors.Bins, classes, trees, votes.ConvertAll(v => v / votes.Sum()));
    }

    /// <summary>A tree without error would have all votes there are; one is as good, since it is the last.</summary>
    private static double Vote(double error, int classes, double rate) =>
        error <= 0 || error >= 1 - 1.0 / classes ? 1 : rate * (Math.Log((1 - error) / error) + Math.Log(classes - 1));

    /// <summary>Turns each leaf's shares into one vote.</summary>
    /// <returns>The class that each leaf votes for.</returns>
    private static int[] Decide(GrownTree tree)
    {
        var says = new int[tree.Leaves];
        for (var leaf = 0; leaf < says.Length; leaf++)
        {
            var values = tree.LeafValues(leaf);
            for (var c = 1; c < values.Length; c++)
                if (values[c] > values[says[leaf]]) says[leaf] = c;
            values.Clear();
            values[says[leaf]] = 1;
        }
        return says;
    }

    private static double Error(GrownTree tree, int[] says, BinnedVectors vectors, LabelledVectors data, double[] weights)
    {
        double wrong = 0, all = 0;
        var labels = data.Labels.Span;
        for (var i = 0; i < weights.Length; i++)
        {
            all += weights[i];
            if (says[tree.LeafOf(vectors, i)] != labels[i]) wrong += weights[i];
        }
        return wrong / all;
    }

    /// <summary>Wrongly judged rows gain weight; the mean weight stays 1.</summary>
    private static void Reweigh(GrownTree tree, int[] says, BinnedVectors vectors, LabelledVectors data, double[] weights, double factor)
    {
        var labels = data.Labels.Span;
        double sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (says[tree.LeafOf(vectors, i)] != labels[i]) weights[i] *= factor;
            sum += weights[i];
        }
        for (var i = 0; i < weights.Length; i++) weights[i] *= weights.Length / sum;
    }
}
