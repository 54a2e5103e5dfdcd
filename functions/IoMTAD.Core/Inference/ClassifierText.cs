using System.Diagnostics.CodeAnalysis;
using IoMTAD.Inference.Networks;
using IoMTAD.Inference.Trees;

namespace IoMTAD.Inference;

/// <summary>What each member of a classifier is, a line each in the metadata of <c>classifier.onnx</c>: <c>statistics trees</c>,
/// <c>statistics trees softmax</c>, <c>rows network input 10 39 48, …</c>, <c>countedrows stepwise input 39 1 1, …</c>.</summary>
internal static class ClassifierText
{
    private const string Trees = "trees", BoostedTrees = "trees softmax", NetworkWord = "network ", Stepwise = "stepwise ";

    public static string Write(ClassifierMember member) => $"{member.Input.ToString().ToLowerInvariant()} " + member.Model switch
    {
        TreeEnsemble => Trees,
        SoftmaxPredictor { Scores: TreeEnsemble } => BoostedTrees,
        Network network => NetworkWord + NetworkText.Write(network.Shape),
        StepwiseModel { Step: Network network } => Stepwise + NetworkText.Write(network.Shape),
        _ => throw new ArgumentException($"{member.Model.GetType().Name} has no place in a classifier's file", nameof(member)),
    };

    /// <param name="Shape">Of the network; null where the member is trees.</param>
    public readonly record struct Line(SequenceInput Input, NetworkShape? Shape, bool IsStepwise, bool IsBoosted);

    public static bool TryRead(string text, out Line line, [NotNullWhen(false)] out string? error)
    {
        (line, error) = (default, $"'{text}' is no member of a classifier");
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !Enum.TryParse<SequenceInput>(text[..space], ignoreCase: true, out var input) || !Enum.IsDefined(input)) return false;
        var rest = text[(space + 1)..];
        var stepwise = rest.StartsWith(Stepwise, StringComparison.Ordinal);
        NetworkShape? shape = null;
        if (rest is not (Trees or BoostedTrees))
        {
            if (!stepwise && !rest.StartsWith(NetworkWord, StringComparison.Ordinal)) return false;
            if (!NetworkText.TryRead(rest[(stepwise ? Stepwise : NetworkWord).Length..], out shape, out error)) return false;
        }
        (line, error) = (new(input, shape, stepwise, rest == BoostedTrees), null);
        return true;
    }
}
