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

    /// <returns>Predictors whose probabilities are averaged, their weights adding up to 1.</returns>
    IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel);
}

/// <summary>Trees on the sequence's statistics.</summary>
/// <param name="boosted">The trees' outputs are scores, not probabilities.</param>
internal sealed class TreesFit(string name, bool boosted, Func<LabelledVectors, ProgressMeter, CancellationToken, FittedTrees> fit) : IClassifierFit
{
    public string Name => name;

    public IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel)
    {
        var trees = fit(data.Vectors(SequenceInput.Statistics), progress, cancel).Ensemble;
        return [new(SequenceInput.Statistics, boosted ? new SoftmaxPredictor(trees) : trees, 1)];
    }
}

/// <summary>A network on one kind of input.</summary>
internal sealed class NetworkClassifierFit(string name, SequenceInput input, NetworkOptions options, Func<ClassifierData, NetworkShape> shape) : IClassifierFit
{
    public string Name => name;

    public IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel)
    {
        progress.Begin(name, (long)data.Sequences.Count * options.Epochs);
        var fit = NetworkFit.Classifier(shape(data), options, data.Vectors(input), validation: null);
        return [new(input, fit.Run(progress, cancel).Network, 1)];
    }
}

/// <summary>A network on single rows, as the literature trains it; a sequence's probabilities are the mean of its rows'.</summary>
internal sealed class SignalCnnFit(NetworkOptions options) : IClassifierFit
{
    public string Name => "CNN of Mohammadi et al.";

    public IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel)
    {
        var rows = new StepVectors(data.Sequences, data.Scaler);
        progress.Begin(Name, (long)rows.Count * options.Epochs);
        var shape = NetworkPresets.SignalCnn(data.Features, data.Classes.Count);
        var network = NetworkFit.Classifier(shape, options, rows.Label(data.Labels, data.Classes), validation: null).Run(progress, cancel).Network;
        return [new(SequenceInput.CountedRows, new StepwiseModel(network, data.Scaler.Padded, data.Sequences.MaxSteps), 1)];
    }
}

/// <summary>Several ways at once, their probabilities averaged.</summary>
internal sealed class BlendFit(string name, params (IClassifierFit Fit, float Weight)[] parts) : IClassifierFit
{
    public string Name => name;

    public IReadOnlyList<ClassifierMember> Fit(ClassifierData data, ProgressMeter progress, CancellationToken cancel)
    {
        var total = parts.Sum(p => p.Weight);
        return [.. parts.SelectMany(p => p.Fit.Fit(data, progress, cancel).Select(m => m with { Weight = m.Weight * p.Weight / total }))];
    }
}
