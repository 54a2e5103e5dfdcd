using System.Diagnostics;
using IoMTAD.Features;
using IoMTAD.Functions.Inference;
using IoMTAD.Inference;

namespace IoMTAD.Functions.Tests.Inference;

/// <summary>Figures to read, no test: <c>dotnet test … -- xUnit.Explicit=only</c>.</summary>
public sealed class OnnxThroughput(TrainedModels models)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    [Fact(Explicit = true)]
    public void Sequences_per_second_of_both_scorers()
    {
        foreach (var (name, model, traffic) in new[] { ("ward", models.Ward.Model, models.Ward.Traffic), ("rows", models.Rows.Model, models.Rows.Traffic) })
        {
            var batch = Mixed.Of(traffic, 1024);
            Measure($"{name}, managed", new ManagedAnomalyScorer(model), batch);
            foreach (var size in (int[])[1, 16, 64, 128, 256, 512])
            {
                using var onnx = new OnnxModel(model, new OnnxOptions(Batch: size));
                using var scorer = onnx.CreateScorer();
                Measure($"{name}, ONNX Runtime in batches of {size}", scorer, batch);
            }
        }
    }

    private static void Measure(string what, IAnomalyScorer scorer, ISequences batch)
    {
        var scores = new AnomalyScore[batch.Count];
        scorer.Score(batch, scores);
        var (allocated, clock, runs) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew(), 0);
        for (; clock.Elapsed < Each; runs++) scorer.Score(batch, scores);
        var sequences = (double)runs * batch.Count;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / sequences;
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{what}: {sequences / clock.Elapsed.TotalSeconds:#,0} sequences/s, {bytes:0.0} bytes allocated per sequence"));
    }
}
