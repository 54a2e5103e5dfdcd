using IoMTAD.Inference;
using IoMTAD.Training.Models;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>Training of the autoencoder on one thread: forward, back-propagation through time, Adam, and validation per epoch.</summary>
internal static class TrainingStage
{
    public static void Run(Bench bench)
    {
        foreach (var workload in bench.Workloads.Where((_, i) => i is 0 or 3))
        {
            var sequences = Bench.Sequences(workload);
            var sets = TrainingSets.Split(sequences);
            var scaler = ScalerFit.Fit(sets.Fit);
            var options = new TrainingOptions { Epochs = bench.Settings.Epochs, Patience = bench.Settings.Epochs, Threads = 1 };
            var meter = new ProgressMeter(listener: null, TimeProvider.System);
            var shape = new AutoencoderShape(sequences.FeatureCount, options.Hidden);
            var sample = Measure.Throughput(bench.Settings, () =>
            {
                var fit = new AutoencoderFit(scaler, shape, sequences.MaxSteps, seed: 1);
                fit.Run(sets.Fit, sets.Validation, options, meter, FitCheckpoint.None, CancellationToken.None);
                return (long)sets.Fit.Count * options.Epochs;
            });
            bench.Rows.Add(new("training, one thread", workload.Name, "sequences/s", sample with { AllocatedPerItem = double.NaN }));
        }
    }
}
