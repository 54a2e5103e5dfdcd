using System.Runtime.InteropServices;
using IoMTAD.Core.Tests.Inference.Networks;
using IoMTAD.Inference.Networks;
using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Networks;

namespace IoMTAD.Training.Tests.Models.Networks;

public sealed class NetworkFitTests
{
    [Fact]
    public void A_pattern_anywhere_in_the_sequence_is_learned()
    {
        var fitted = NetworkToy.Fit(new(Threads: 1, Epochs: 20, Batch: 32, LearningRate: 1e-2f, Balance: 1), 800);
        Assert.All(NetworkToy.Recalls(fitted.Network, NetworkToy.Data(500, 3)), recall => Assert.InRange(recall, 0.9, 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void The_network_is_the_same_to_the_bit_on_any_number_of_threads(int threads)
    {
        var one = NetworkToy.Fit(NetworkToy.Options);
        var more = NetworkToy.Fit(NetworkToy.Options with { Threads = threads });
        Assert.True(one.Network.Parameters.Span.SequenceEqual(more.Network.Parameters.Span));
        Assert.Equal(one.Loss, more.Loss);
    }

    [Fact]
    public void Another_seed_gives_another_network()
    {
        var one = NetworkToy.Fit(NetworkToy.Options);
        var other = NetworkToy.Fit(NetworkToy.Options with { Seed = 8 });
        Assert.False(one.Network.Parameters.Span.SequenceEqual(other.Network.Parameters.Span));
    }

    [Fact]
    public void Class_weights_find_more_of_a_rare_class()
    {
        var options = new NetworkOptions(Threads: 1, Epochs: 3, Batch: 64, LearningRate: 3e-3f);
        var test = NetworkToy.Data(500, 3);
        var plain = NetworkToy.Recalls(NetworkToy.Fit(options).Network, test);
        var weighted = NetworkToy.Recalls(NetworkToy.Fit(options with { Balance = 1 }).Network, test);
        Assert.True(weighted[1] > plain[1] + 0.2, $"{weighted[1]} is not much more than {plain[1]}");
    }

    [Fact]
    public void Every_option_changes_what_is_learned()
    {
        var plain = new NetworkOptions(Threads: 1, Epochs: 2, Batch: 64, LearningRate: 1e-2f);
        NetworkOptions[] others =
        [
            plain with { Balance = 1 }, plain with { WeightDecay = 1 }, plain with { Ridge = 1 }, plain with { Smoothing = 0.3f },
            plain with { Dropout = 0.3f }, plain with { Noise = 0.3f }, plain with { Decay = RateDecay.Linear },
            plain with { Decay = RateDecay.None }, plain with { Batch = 32 },
        ];
        var networks = others.Prepend(plain).Select(o => Convert.ToHexString(Bytes(NetworkToy.Fit(o).Network))).ToList();
        Assert.Equal(networks.Count, networks.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Decay_and_ridge_make_weights_smaller(float decay, float ridge)
    {
        var options = new NetworkOptions(Threads: 1, Epochs: 10, Batch: 64, LearningRate: 1e-2f);
        var shape = NetworkPresets.LogisticRegression(NetworkToy.Form, 3);
        var (free, held) = (Fit(options), Fit(options with { WeightDecay = decay, Ridge = ridge }));
        Assert.True(held < 0.8 * free, $"{held} is not much less than {free}");

        double Fit(NetworkOptions o)
        {
            var network = NetworkFit.Classifier(shape, o, NetworkToy.Data(400, 1), null).Run().Network;
            return network.Weights(shape.Layers[0]).Sum(w => w * w);
        }
    }

    [Fact]
    public void Training_stops_once_validation_gets_no_better_and_gives_back_the_best()
    {
        var (train, other) = (NetworkToy.Data(60, 1), NetworkToy.Data(60, 2));
        // Labels that have nothing to do with the vectors: what is learned of the one part is wrong for the other.
        var noise = other with { Labels = NetworkToy.Data(60, 5).Labels.ToArray().Reverse().ToArray() };
        var options = new NetworkOptions(Threads: 1, Epochs: 200, Batch: 32, LearningRate: 1e-2f, Patience: 3);
        var fitted = NetworkFit.Classifier(NetworkToy.Shape, options, train, noise).Run();
        Assert.InRange(fitted.Epochs, 4, 199);
        Assert.Equal(MeanLoss(fitted.Network, noise), fitted.Loss, 1e-5);
    }

    [Fact]
    public void Cancelling_keeps_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        var fit = NetworkFit.Classifier(NetworkToy.Shape, NetworkToy.Options, NetworkToy.Data(400, 1), NetworkToy.Data(200, 2));
        var cancelled = fit.Run(new ProgressMeter(new CancelAtEpoch(2, source), TimeProvider.System), source.Token);
        Assert.Equal(2, cancelled.Epochs);
        Assert.True(double.IsFinite(cancelled.Loss));
        Assert.Contains(cancelled.Network.Parameters.Span.ToArray(), x => x != 0);
    }

    [Fact]
    public void Reconstruction_learns_to_give_back_its_input_and_leaves_padding_zero()
    {
        var vectors = NetworkToy.Data(400, 1).Vectors;
        var shape = NetworkPresets.DenseAutoencoder(NetworkToy.Form, 32, 16);
        var options = new NetworkOptions(Threads: 1, Epochs: 40, Batch: 32, LearningRate: 3e-3f);
        var fitted = NetworkFit.Reconstruction(shape, options, vectors, NetworkToy.Data(100, 2).Vectors).Run();
        // The channels' variance is about 0.1 each.
        Assert.InRange(fitted.Loss, 0, 0.06);
        var (input, output) = (new float[shape.Input.Size], new float[shape.Input.Size]);
        vectors.Read(0, input);
        fitted.Network.Create(1).Predict(input, 1, output);
        for (var i = 0; i < output.Length; i++)
            if (i % shape.Input.Stride >= shape.Input.Channels) Assert.Equal(0, output[i]);
    }

    [Fact]
    public void A_network_that_does_not_fit_data_or_loss_is_refused()
    {
        var data = NetworkToy.Data(20, 1);
        foreach (var shape in SampleNetworks.All)
            Assert.Throws<ArgumentException>(() => NetworkFit.Classifier(shape, NetworkToy.Options, data, null));
        foreach (var options in new[] { NetworkToy.Options with { Batch = 0 }, NetworkToy.Options with { Dropout = 1 } })
            Assert.Throws<ArgumentException>(() => NetworkFit.Classifier(NetworkToy.Shape, options, data, null));
        var stray = data with { Labels = Enumerable.Repeat(3, 20).ToArray() };
        Assert.Throws<ArgumentException>(() => NetworkFit.Classifier(NetworkToy.Shape, NetworkToy.Options, data, stray));
        Assert.Throws<ArgumentException>(() => NetworkFit.Reconstruction(NetworkToy.Shape, NetworkToy.Options, data.Vectors, null));
    }

    private static double MeanLoss(Network network, LabelledVectors data)
    {
        var (input, output, sum) = (new float[network.Inputs], new float[network.Outputs], 0.0);
        for (var i = 0; i < data.Count; i++)
        {
            data.Vectors.Read(i, input);
            network.Create(1).Predict(input, 1, output);
            sum -= Math.Log(output[data.Labels.Span[i]]);
        }
        return sum / data.Count;
    }

    private static byte[] Bytes(Network network) => MemoryMarshal.AsBytes(network.Parameters.Span).ToArray();

    private sealed class CancelAtEpoch(int epoch, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Epoch == epoch) source.Cancel();
        }
    }
}
