using IoMTAD.Inference;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>The networks of this project.</summary>
internal static class NetworkPresets
{
    /// <summary>How <see cref="SignalCnn"/> was trained when published.</summary>
    public static NetworkOptions SignalCnnOptions { get; } = new(Epochs: 10, Batch: 32, Decay: RateDecay.None);

    /// <summary>A convolutional network over the steps of a sequence, for <see cref="SequenceInput.Rows"/>.</summary>
    public static NetworkShape SequenceCnn(int maxSteps, int features, int classes) => NetworkShape.Create(
        Extent.Padded(maxSteps, features),
        new ConvolutionLayer(64, 3, Same: true), new ReluLayer(), new ConvolutionLayer(64, 3, Same: true), new ReluLayer(),
        new GlobalPoolLayer(GlobalPool.MaxAndMean), new DenseLayer(64), new ReluLayer(), new DenseLayer(classes), new SoftmaxLayer());

    /// <summary>The network of Mohammadi et al. (ICIS 2024): one row of standardised columns, taken for a signal of one channel. Trained on
    /// <see cref="StepVectors"/>, used through <see cref="StepwiseModel"/>.</summary>
    public static NetworkShape SignalCnn(int columns, int classes) => NetworkShape.Create(
        new(columns, 1, 1),
        new ConvolutionLayer(32, 3), new ReluLayer(), new MaxPoolLayer(2),
        new ConvolutionLayer(64, 3), new ReluLayer(), new MaxPoolLayer(2),
        new DenseLayer(128), new ReluLayer(), new DenseLayer(classes), new SoftmaxLayer());

    /// <summary>Two hidden layers, for <see cref="SequenceInput.Statistics"/>.</summary>
    public static NetworkShape DenseNet(Extent input, int classes) => NetworkShape.Create(
        input, new DenseLayer(128), new ReluLayer(), new DenseLayer(64), new ReluLayer(), new DenseLayer(classes), new SoftmaxLayer());

    /// <summary>To be trained with <see cref="NetworkOptions.Ridge"/>.</summary>
    public static NetworkShape LogisticRegression(Extent input, int classes) =>
        NetworkShape.Create(input, new DenseLayer(classes), new SoftmaxLayer());

    /// <summary>Gives back its input through a narrow code.</summary>
    public static NetworkShape DenseAutoencoder(Extent input, int hidden = 64, int code = 16) => NetworkShape.Create(
        input, new DenseLayer(hidden), new ReluLayer(), new DenseLayer(code), new DenseLayer(hidden), new ReluLayer(),
        new DenseLayer(input.Size));

    /// <summary>The form of <see cref="SequenceInput.Statistics"/>: a step for each kind.</summary>
    public static Extent Statistics(int features) => Extent.Padded(SequenceStatistics.Kinds, features);
}
