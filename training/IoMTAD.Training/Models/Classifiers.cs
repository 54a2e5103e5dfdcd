using IoMTAD.Inference;
using IoMTAD.Training.Models.Networks;
using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Models;

/// <summary>What a classifier's training may choose.</summary>
/// <param name="Level">How many classes: 2, 6 or 19; the data may hold fewer.</param>
/// <param name="Threads">Changes the time alone: the model is the same to the bit on any number.</param>
public sealed record ClassifierOptions(int Level = 19, int Seed = 1, int Threads = 2);

/// <summary>The classifiers of this project and of the literature that it compares with.</summary>
internal static class Classifiers
{
    /// <summary>What <c>train</c> puts into a bundle.</summary>
    public static IClassifierFit Default(ClassifierOptions options) => new BlendFit("forest + CNN", (Forest(options), 1), (SequenceCnn(options), 1));

    /// <summary>All, ours first.</summary>
    public static IReadOnlyList<IClassifierFit> All(ClassifierOptions options) =>
    [
        Default(options), Forest(options), Boosting(options), SequenceCnn(options),
        new SignalCnnFit(NetworkPresets.SignalCnnOptions with { Seed = options.Seed, Threads = options.Threads }),
        Network("dense network", SequenceInput.Statistics, options, d => NetworkPresets.DenseNet(NetworkPresets.Statistics(d.Features), d.Classes.Count)),
        new NetworkClassifierFit("logistic regression", SequenceInput.Statistics, Networks(options) with { Dropout = 0, Noise = 0, WeightDecay = 0, Ridge = 1e-4f },
            d => NetworkPresets.LogisticRegression(NetworkPresets.Statistics(d.Features), d.Classes.Count)),
        new TreesFit("AdaBoost", boosted: false, (data, progress, cancel) =>
            AdaBoostFit.Run(data, new(Seed: options.Seed, Threads: options.Threads), progress, cancel)),
    ];

    private static TreesFit Forest(ClassifierOptions options) => new("random forest", boosted: false, (data, progress, cancel) =>
        RandomForestFit.Run(data, new(Trees: 60, Depth: 14, ClassBalance: 1, Seed: options.Seed, Threads: options.Threads), progress, cancel));

    private static TreesFit Boosting(ClassifierOptions options) => new("gradient boosting", boosted: true, (data, progress, cancel) =>
        GradientBoostingFit.Run(data, new(ClassBalance: 0.5, Seed: options.Seed, Threads: options.Threads), progress, cancel));

    private static NetworkClassifierFit SequenceCnn(ClassifierOptions options) => Network("1-D CNN", SequenceInput.Rows, options,
        d => NetworkPresets.SequenceCnn(d.Sequences.MaxSteps, d.Features, d.Classes.Count));

    private static NetworkClassifierFit Network(
        string name, SequenceInput input, ClassifierOptions options, Func<ClassifierData, Inference.Networks.NetworkShape> shape) =>
        new(name, input, Networks(options), shape);

    private static NetworkOptions Networks(ClassifierOptions options) => new(
        options.Seed, Epochs: 10, Balance: 0.5, Dropout: 0.2f, Noise: 0.1f, WeightDecay: 0.01f, Threads: options.Threads);
}
