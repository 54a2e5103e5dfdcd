using IoMTAD.Inference;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Tests.Models.Trees;

/// <summary>Vectors that were laid out by hand, or drawn.</summary>
internal sealed class Clouds(float[] values, int width) : IVectors
{
    public int Count => values.Length / width;
    public int Width => width;

    /// <summary>Nobody listens.</summary>
    public static ProgressMeter Silent => new(null, TimeProvider.System);

    public void Read(int index, Span<float> vector) => values.AsSpan(index * width, width).CopyTo(vector);

    /// <summary>Classes that differ in their first two values; the third is noise and the fourth constant.</summary>
    /// <param name="spread">Of a class; the centres are 2 apart.</param>
    /// <param name="shares">How often each class occurs.</param>
    public static LabelledVectors Drawn(int count, int seed, double spread, params double[] shares)
    {
        var random = new Random(seed);
        var (values, labels) = (new float[count * 4], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var (label, rest) = (0, random.NextDouble() * shares.Sum());
            while (label < shares.Length - 1 && (rest -= shares[label]) > 0) label++;
            labels[i] = label;
            values[i * 4] = (float)(2 * label + spread * (random.NextDouble() + random.NextDouble() - 1));
            values[i * 4 + 1] = (float)(2 * (label % 2) + spread * (random.NextDouble() + random.NextDouble() - 1));
            values[i * 4 + 2] = random.NextSingle();
            values[i * 4 + 3] = 7;
        }
        return new(new Clouds(values, 4), labels, [.. shares.Select((_, c) => $"class {c}")]);
    }

    /// <returns><c>[row, outputs]</c></returns>
    public static float[] Predict(IPredictorModel model, IVectors vectors)
    {
        var inputs = new float[vectors.Count * vectors.Width];
        for (var i = 0; i < vectors.Count; i++) vectors.Read(i, inputs.AsSpan(i * vectors.Width, vectors.Width));
        var outputs = new float[vectors.Count * model.Outputs];
        model.Create(vectors.Count).Predict(inputs, vectors.Count, outputs);
        return outputs;
    }

    /// <summary>The output that is largest, per row.</summary>
    public static int[] Decide(IPredictorModel model, IVectors vectors) =>
        [.. Predict(model, vectors).Chunk(model.Outputs).Select(row => Array.IndexOf(row, row.Max()))];

    /// <summary>Share of vectors whose class is found.</summary>
    public static double Accuracy(IPredictorModel model, LabelledVectors data) =>
        Decide(model, data.Vectors).Zip(data.Labels.ToArray(), (a, b) => a == b ? 1.0 : 0).Average();
}
