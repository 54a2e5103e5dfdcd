using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Training.Models.Networks;

namespace IoMTAD.Training.Tests.Models.Networks;

/// <summary>Dropout and noise.</summary>
public sealed unsafe class RandomnessTests
{
    private static readonly NetworkShape Shape = NetworkShape.Create(
        Extent.Padded(1, 4), new DenseLayer(256), new ReluLayer(), new DenseLayer(2), new SoftmaxLayer());

    [Fact]
    public void Dropout_drops_its_share_and_keeps_the_mean()
    {
        var dropout = new Dropout(Shape, 40, 0.25f, 1);
        dropout.Draw(3, [.. Enumerable.Range(0, 40)]);
        var values = new FloatBuffer(40 * 256);
        values.Span.Fill(3);
        dropout.Apply(2, values.Pointer, 40);
        Assert.InRange(values.Span.Count(0f) / 10_240.0, 0.23, 0.27);
        Assert.Equal(4, values.Span.ToArray().Max(), 1e-6);
        dropout.Apply(0, null, 40);
    }

    [Fact]
    public void What_is_dropped_of_a_row_depends_on_epoch_and_row_alone()
    {
        Assert.Equal(Dropped(2, [5, 7])[256..], Dropped(2, [7]));
        Assert.NotEqual(Dropped(2, [7]), Dropped(3, [7]));
        Assert.NotEqual(Dropped(2, [7]), Dropped(2, [8]));

        static float[] Dropped(int epoch, int[] rows)
        {
            var dropout = new Dropout(Shape, 2, 0.5f, 1);
            dropout.Draw(epoch, rows);
            var values = new FloatBuffer(rows.Length * 256);
            values.Span.Fill(1);
            dropout.Apply(2, values.Pointer, rows.Length);
            return values.Span.ToArray();
        }
    }

    [Fact]
    public void Noise_is_normal_and_leaves_padding_and_missing_steps_zero()
    {
        var form = Extent.Padded(100, 39);
        var noise = new InputNoise(form, 0.5f, 1);
        var vector = new float[form.Size];
        for (var t = 0; t < 90; t++) vector[t * form.Stride] = 1;
        noise.Add(0, 4, vector);
        var added = new List<double>();
        for (var i = 0; i < vector.Length; i++)
        {
            if (i / form.Stride >= 90 || i % form.Stride >= 39) Assert.Equal(0, vector[i]);
            else added.Add(vector[i] - (i % form.Stride == 0 ? 1 : 0));
        }
        var deviation = Math.Sqrt(added.Average(x => x * x));
        Assert.Equal(0.5, deviation, 0.03);
        Assert.Equal(0, added.Average(), 0.03);
        Assert.Equal(3, added.Average(x => Math.Pow(x / deviation, 4)), 0.4);
    }
}
