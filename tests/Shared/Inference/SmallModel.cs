using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Models;

namespace IoMTAD.Tests.Inference;

/// <summary>A model of noise, for tests that want no more than files that load.</summary>
internal static class SmallModel
{
    private static readonly Lazy<AnomalyModel> Trained = new(Train);

    /// <summary>Without a classifier: two files.</summary>
    public static AnomalyModel Model => Trained.Value;

    private static AnomalyModel Train()
    {
        var (random, batch) = (new Random(1), new SequenceBatch(WindowSchema.Schema.ModelColumns.Count));
        for (var i = 0; i < 120; i++)
        {
            batch.BeginSequence();
            for (var t = 0; t < 5; t++)
                foreach (ref var value in batch.AddStep()) value = random.NextSingle();
        }
        return DetectorTrainer.Train(WindowSchema.Schema, batch, new TrainingOptions { Name = "ward", Epochs = 1 });
    }
}
