using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Training.Models.Networks;
using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Models;

/// <summary>One way to learn a classifier.</summary>
internal interface IClassifierFit
{
    /// <summary>As tables name it.</summary>
    string Name { get; }

    /// <returns>Predictors whose probabilities are averaged.</returns>
    IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel);
}

/// <summary>A forest on the sequence's statistics.</summary>
internal sealed class ForestFit(ForestOptions options) : IClassifierFit
{
    public string Name => "random forest";

    public IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel) =>
        [new(SequenceInput.Statistics, RandomForestFit.Run(data.Vectors(SequenceInput.Statistics), options, progress, cancel).Ensemble, 1)];
}

/// <summary>A network on one kind of input.</summary>
internal sealed class NetworkClassifierFit(string name, SequenceInput input, NetworkOptions options, Func<ClassifierData, NetworkShape> shape) : IClassifierFit
{
    public string Name => name;

    public IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel)
    {
        progress.Begin(name, (long)data.Sequences.Count * options.Epochs);
        var fit = NetworkFit.Classifier(shape(data), options, data.Vectors(input), validation: null);
        return [new(input, fit.Run(progress, null, cancel).Network, 1)];
    }
}
