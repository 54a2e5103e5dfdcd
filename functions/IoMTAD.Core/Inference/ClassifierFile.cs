using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IoMTAD.Features;
using IoMTAD.Inference.Networks;
using IoMTAD.Inference.Onnx;
using IoMTAD.Inference.Trees;

namespace IoMTAD.Inference;

/// <summary>Reads a classifier from the very file that ONNX Runtime runs.</summary>
public static class ClassifierFile
{
    /// <summary>Its name in a bundle.</summary>
    public const string Name = "classifier.onnx";

    /// <summary>Names of metadata and initializers.</summary>
    internal const string Members = "members", Classes = "classes", Weights = "members/weights", Schema = "schema", MaxSteps = "max_steps";

    private const int MostSteps = 1000;

    /// <summary>Names a network's parameters, or stands for the trees' place among the file's tree ensembles.</summary>
    internal static string MemberName(int index) => string.Create(CultureInfo.InvariantCulture, $"member{index}");

    /// <param name="schemas">Those that this program knows.</param>
    /// <param name="error">What is wrong with the bytes, where false is returned.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> file, ReadOnlySpan<FeatureSchema> schemas,
        [NotNullWhen(true)] out ClassifierModel? model, [NotNullWhen(false)] out string? error)
    {
        model = null;
        if (!OnnxReader.TryRead(file, out var onnx, out error) || !OnnxTensors.TryRead(file, out var tensors, out error)) return false;
        var name = onnx.Metadata.GetValueOrDefault(Schema, "");
        FeatureSchema? schema = null;
        foreach (var known in schemas)
            if (string.Equals(known.Name, name, StringComparison.Ordinal)) schema = known;
        error = $"the classifier wants features of schema '{name}', which is not known here";
        if (schema is null) return false;
        error = "the file does not say how long its sequences may be";
        if (!int.TryParse(onnx.Metadata.GetValueOrDefault(MaxSteps), CultureInfo.InvariantCulture, out var steps) || steps is < 1 or > MostSteps)
            return false;
        error = "the file names no classes or no members";
        var classes = onnx.Metadata.GetValueOrDefault(Classes, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var lines = onnx.Metadata.GetValueOrDefault(Members, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (classes.Length == 0 || lines.Length == 0) return false;
        var features = schema.ModelColumns.Count;
        if (!AnomalyModelTensors.TryReadScaler(tensors, features, out var scaler, out error)) return false;
        if (tensors.Find(Weights) is not { } weights || weights.Length != lines.Length)
        {
            error = $"'{Weights}' is missing or does not hold one value per member";
            return false;
        }
        var trees = onnx.Nodes.Where(n => n.Operator == OnnxTrees.Operator).ToArray();
        var members = new List<ClassifierMember>();
        var treesRead = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!ClassifierText.TryRead(lines[i], out var line, out error)) return false;
            var inputs = SequenceInputs.Width(line.Input, scaler.Padded, steps);
            var predictor = line.Shape is { } shape
                ? ReadNetwork(tensors, i, shape, line.IsStepwise, scaler.Padded, steps, out error)
                : ReadTrees(trees.ElementAtOrDefault(treesRead++), inputs, classes.Length, line.IsBoosted, out error);
            if (predictor is null) return false;
            error = $"member {i} takes {predictor.Inputs} values and answers {predictor.Outputs} of {classes.Length} classes";
            if (predictor.Inputs != inputs || predictor.Outputs != classes.Length) return false;
            members.Add(new(line.Input, predictor, weights[i]));
        }
        model = new(schema, steps, scaler, members, classes);
        return true;
    }

    private static IPredictorModel? ReadNetwork(
        TensorSet tensors, int index, NetworkShape shape, bool stepwise, int padded, int steps, out string error)
    {
        if (!NetworkTensors.TryRead(tensors, MemberName(index), shape, out var network, out var fault)) return Failed(fault, out error);
        error = "";
        return stepwise ? new StepwiseModel(network, padded, steps) : network;
    }

    private static IPredictorModel? ReadTrees(OnnxNode? node, int inputs, int outputs, bool boosted, out string error)
    {
        if (node is null) return Failed("a member's trees are missing", out error);
        if (!OnnxTrees.TryRead(node, out var arrays, out var fault)) return Failed(fault, out error);
        if (TreeEnsembleArrays.TryFrom(arrays, inputs, out var ensemble) is { } wrong) return Failed(wrong, out error);
        if (ensemble!.Outputs != outputs) return Failed("a member's trees answer other classes", out error);
        error = "";
        return boosted ? new SoftmaxPredictor(ensemble) : ensemble;
    }

    private static IPredictorModel? Failed(string reason, out string error)
    {
        error = reason;
        return null;
    }
}
