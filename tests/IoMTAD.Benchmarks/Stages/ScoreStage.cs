using IoMTAD.Inference;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>Feature vectors to scores. Floating point operations are those of matrix products and distances alone.</summary>
internal static class ScoreStage
{
    public static void Run(Bench bench)
    {
        var scorer = new ManagedAnomalyScorer(bench.Model);
        foreach (var workload in bench.Workloads)
        {
            var batch = Bench.Sequences(workload);
            var scores = new AnomalyScore[batch.Count];
            var sample = Measure.Throughput(bench.Settings, () =>
            {
                scorer.Score(batch, scores);
                return batch.Count;
            });
            var packets = (double)workload.Packets / batch.Count;
            var operations = Operations(bench.Model, batch.Lengths) / (double)batch.Count;
            bench.Rows.Add(new("score", workload.Name, "sequences/s",
                sample with { AllocatedPerItem = sample.AllocatedPerItem / packets }));
            bench.Rows.Add(new("score", workload.Name, "packets/s", sample.Times(packets) with { AllocatedPerItem = double.NaN }));
            bench.Rows.Add(new("score", workload.Name, "FLOP/s", sample.Times(operations) with { AllocatedPerItem = double.NaN },
                Baseline: bench.Peak, Against: "one core's FMA peak"));
        }
    }

    private static long Operations(AnomalyModel model, ReadOnlySpan<int> lengths)
    {
        var shape = model.Autoencoder.Shape;
        long steps = 0, recurrences = 0, densities = 0;
        foreach (var length in lengths)
        {
            steps += length;
            recurrences += length - 1;
            var group = model.Groups.First(g => length <= g.MaxLength);
            densities += Operations(group.Reconstruction) + Operations(group.Spreads);
        }
        return 2 * (steps * ((long)shape.Features * shape.Gates + (long)shape.Hidden * shape.Padded)
            + (2 * recurrences + lengths.Length) * shape.Hidden * shape.Gates) + densities;
    }

    // Whitening, factors, and the distance to each component: a subtraction and a multiply-add.
    private static long Operations(DensityView view)
    {
        var (whitening, mixture) = (view.Whitening, view.Mixture);
        return 2L * whitening.Inputs * whitening.Outputs
            + (long)mixture.Dimensions * mixture.Components * (2 * GaussianMixture.Rank + 3);
    }
}
