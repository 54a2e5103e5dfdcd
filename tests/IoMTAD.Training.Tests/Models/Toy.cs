using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Tests.Models;

/// <summary>A small world: five features that follow each other, some sequences short.</summary>
internal static class Toy
{
    public const int Features = 5;

    public static FeatureSchema Schema { get; } = new("toy-v1",
        [.. Enumerable.Range(0, Features).Select(i => new FeatureColumn($"f{i}", FeatureGroup.Size, "bytes", $"feature {i}", "", ""))]);

    public static TrainingOptions Options { get; } =
        new(Epochs: 4, Hidden: 16, FalseAlarmRate: 0.02) {
            Reconstruction = new(1, 0.05, 0.2, Components: 3, Dimensions: 16), Spreads = new(0.3f, 1, 0.5, Components: 3, Dimensions: 16),
        };

    public static SequenceBatch Benign(int count, int seed)
    {
        var random = new Random(seed);
        var batch = new SequenceBatch(Features);
        for (var i = 0; i < count; i++)
        {
            batch.BeginSequence();
            var (length, level) = (i % 3 == 0 ? 10 : 1 + random.Next(10), random.NextSingle());
            for (var t = 0; t < length; t++) Fill(batch.AddStep(), level, t, random);
        }
        return batch;
    }

    public static SequenceBatch Strange(int count, int seed)
    {
        var random = new Random(seed);
        var batch = new SequenceBatch(Features);
        for (var i = 0; i < count; i++)
        {
            batch.BeginSequence();
            for (var t = 0; t < 10; t++)
            {
                var step = batch.AddStep();
                Fill(step, 0.5f, t, random);
                step[3] = -step[3];
            }
        }
        return batch;
    }

    public static AnomalyModel Model { get; } = DetectorTrainer.Train(Schema, Benign(900, 1), Options);

    private static void Fill(Span<float> step, float level, int t, Random random)
    {
        var noise = (float)(random.NextDouble() + random.NextDouble() - 1) * 0.2f;
        step[0] = 100 * level;
        step[1] = MathF.Sin(t + level) + noise;
        step[2] = MathF.Exp(6 * level + noise);
        step[3] = 3 * level + 1 + noise;
        step[4] = 0;
    }
}
