using IoMTAD.Inference;
using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Networks;

namespace IoMTAD.Training.Tests.Models.Networks;

public sealed class StepVectorsTests
{
    [Fact]
    public void Every_row_of_every_sequence_comes_scaled_and_with_its_sequences_label()
    {
        var batch = Toy.Benign(20, 1);
        var scaler = ScalerFit.Fit(batch);
        var vectors = new StepVectors(batch, scaler);
        var labels = Enumerable.Range(0, 20).Select(i => i % 3).ToArray();
        var labelled = vectors.Label(labels, ["a", "b", "c"]);
        var (at, scaled, vector) = (0, new float[scaler.Padded], new float[Toy.Features]);
        for (var i = 0; i < batch.Count; i++)
        {
            for (var t = 0; t < batch.Length(i); t++, at++)
            {
                scaler.Apply(batch.Step(i, t), scaled);
                vectors.Read(at, vector);
                Assert.Equal(scaled[..Toy.Features], vector);
                Assert.Equal(labels[i], labelled.Labels.Span[at]);
            }
        }
        Assert.Equal(at, vectors.Count);
    }
}
