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
    /// <remarks>Chosen on later stretches of the training files alone: there single networks and boosted trees fell further than forests, and
    /// trees that look at few columns per node further than those that look at many. Docs/adr/0013 has the figures.</remarks>
    public static IClassifierFit Default(ClassifierOptions options) => new BlendFit("two forests", (ExtraTrees(options), 1), (Forest(options), 1));

    /// <summary>All, ours first.</summary>
    public static IReadOnlyList<IClassifierFit> All(ClassifierOptions options) =>
    [
        Default(options), Forest(options), ExtraTrees(options), Boosting(options), SequenceCnn(options),
        new SignalCnnFit(NetworkPresets.SignalCnnOptions with { Seed = options.Seed, Threads = options.Threads }),
        Network("dense network", SequenceInput.Statistics, options, d => NetworkPresets.DenseNet(NetworkPresets.Statistics(d.Features), d.Classes.Count)),
        new NetworkClassifierFit("logistic regression", SequenceInput.Statistics, Networks(options) with { Epochs = 40, LearningRate = 5e-3f, Ridge = 1e-5f },
            d => NetworkPresets.LogisticRegression(NetworkPresets.Statistics(d.Features), d.Classes.Count)),
        new TreesFit("AdaBoost", boosted: false, (data, progress, cancel) =>
            AdaBoostFit.Run(data, new(Seed: options.Seed, Threads: options.Threads), progress, cancel)),
    ];

    private static TreesFit Forest(ClassifierOptions options) => Trees("random forest", options, new(FeaturesPerNode: 30));

    // Three quarters of the columns at every node, each cut at random.
    private static TreesFit ExtraTrees(ClassifierOptions options) =>
        Trees("extra trees", options, new(RandomThresholds: true, Bootstrap: false, FeaturesPerNode: 150));

    private static TreesFit Trees(string name, ClassifierOptions options, ForestOptions forest) => new(name, boosted: false, (data, progress, cancel) =>
        RandomForestFit.Run(data, forest with { Trees = 60, Depth = 16, ClassBalance = 0.5, Seed = options.Seed, Threads = options.Threads },
            progress, cancel));

    private static TreesFit Boosting(ClassifierOptions options) => new("gradient boosting", boosted: true, (data, progress, cancel) =>
        GradientBoostingFit.Run(data, new(ClassBalance: 0.5, Seed: options.Seed, Threads: options.Threads), progress, cancel));

    private static NetworkClassifierFit SequenceCnn(ClassifierOptions options) => Network("1-D CNN", SequenceInput.Rows, options,
        d => NetworkPresets.SequenceCnn(d.Sequences.MaxSteps, d.Features, d.Classes.Count));

    private static NetworkClassifierFit Network(
        string name, SequenceInput input, ClassifierOptions options, Func<ClassifierData, Inference.Networks.NetworkShape> shape) =>
        new(name, input, Networks(options), shape);

    private static NetworkOptions Networks(ClassifierOptions options) => new(
        options.Seed, Epochs: 12, LearningRate: 2e-3f, Balance: 1, Threads: options.Threads);
}
