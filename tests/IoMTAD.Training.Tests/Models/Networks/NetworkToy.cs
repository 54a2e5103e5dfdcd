using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Networks;

namespace IoMTAD.Training.Tests.Models.Networks;

/// <summary>Noise of six steps and three channels, in which a bump stands somewhere in a channel that tells the class; the third class has
/// none. The second class is rare.</summary>
internal static class NetworkToy
{
    public static Extent Form { get; } = Extent.Padded(6, 3);

    public static NetworkShape Shape { get; } = NetworkShape.Create(Form,
        new ConvolutionLayer(16, 3, Same: true), new ReluLayer(), new GlobalPoolLayer(GlobalPool.MaxAndMean),
        new DenseLayer(16), new ReluLayer(), new DenseLayer(3), new SoftmaxLayer());

    /// <summary>Every option that draws random numbers or keeps state.</summary>
    public static NetworkOptions Options { get; } = new(
        Seed: 7, Epochs: 5, Batch: 64, LearningRate: 1e-2f, Threads: 1, Balance: 0.5, WeightDecay: 0.01f, Ridge: 1e-4f, Smoothing: 0.05f,
        Dropout: 0.1f, Noise: 0.05f);

    public static LabelledVectors Data(int count, int seed)
    {
        var random = new Random(seed);
        var (values, labels) = (new float[count * Form.Size], new int[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 10 == 0 ? 1 : i % 2 * 2;
            var vector = values.AsSpan(i * Form.Size, Form.Size);
            for (var t = 0; t < Form.Steps; t++)
                foreach (ref var x in vector.Slice(t * Form.Stride, Form.Channels)) x = random.NextSingle() - 0.5f;
            if (labels[i] < 2) vector[random.Next(Form.Steps) * Form.Stride + labels[i]] += 1.5f;
        }
        return new(new ArrayVectors(values, Form.Size), labels, ["first", "rare", "none"]);
    }

    public static FittedNetwork Fit(NetworkOptions options, int count = 400) =>
        NetworkFit.Classifier(Shape, options, Data(count, 1), Data(200, 2)).Run();

    /// <summary>Share of each class's vectors that the network puts into it.</summary>
    public static double[] Recalls(Network network, LabelledVectors data)
    {
        var predictor = network.Create(1);
        var (hits, counts) = (new double[data.Classes.Count], new double[data.Classes.Count]);
        var (input, output) = (new float[network.Inputs], new float[network.Outputs]);
        for (var i = 0; i < data.Count; i++)
        {
            data.Vectors.Read(i, input);
            predictor.Predict(input, 1, output);
            var label = data.Labels.Span[i];
            counts[label]++;
            if (output.AsSpan().IndexOf(output.Max()) == label) hits[label]++;
        }
        return [.. hits.Zip(counts, (h, c) => h / c)];
    }
}
