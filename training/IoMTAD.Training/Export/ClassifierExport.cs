using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Inference.Trees;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Writes a classifier as one ONNX graph, from raw rows to class probabilities.</summary>
/// <remarks>
/// Inputs as those of <see cref="AnomalyModelExport"/>; where a member reads the rows themselves, T is the model's longest sequence.
/// Outputs: <c>probabilities</c> float <c>[N, classes]</c> and <c>label</c> int64 <c>[N]</c>, an index into the metadata's
/// <c>classes</c>.
/// </remarks>
public static class ClassifierExport
{
    public static byte[] ToOnnx(ClassifierModel model, string name)
    {
        var graph = new OnnxGraph("classifier");
        AnomalyModelExport.AddMetadata(graph, model.Schema, name, model.MaxSteps);
        graph.Metadata.Add(ClassifierFile.Members, string.Join('\n', model.Members.Select(ClassifierText.Write)));
        var needsRows = model.Members.Any(m => m.Input != SequenceInput.Statistics);
        var scaled = ScaledRowsGraph.Append(graph, model.Scaler, needsRows ? model.MaxSteps : null);
        var statistics = model.Members.Any(m => m.Input == SequenceInput.Statistics) ? StatisticsGraph.Append(graph, scaled) : "";
        string[] members = [.. model.Members.Select((member, i) => Append(graph, model, member, ClassifierFile.MemberName(i), scaled, statistics))];
        ClassifierGraph.AddOutputs(graph, members, model.Members.Select(m => m.Weight).ToArray(), model.Classes);
        return graph.ToBytes();
    }

    private static string Append(
        OnnxGraph graph, ClassifierModel model, ClassifierMember member, string name, ScaledRows scaled, string statistics)
    {
        var input = member.Input == SequenceInput.Statistics ? statistics : scaled.Rows;
        switch (member.Model)
        {
            case TreeEnsemble trees:
                return TreeGraph.Append(graph, input, TreeEnsembleArrays.Of(trees));
            case SoftmaxPredictor { Scores: TreeEnsemble trees }:
                return LayerGraph.Softmax(graph, TreeGraph.Append(graph, input, TreeEnsembleArrays.Of(trees)));
            case Network network:
                // The kernel's vectors are padded per step or kind; the graph's layers see what is live.
                var (steps, channels, stride) = (network.Shape.Input.Steps, network.Shape.Input.Channels, network.Shape.Input.Stride);
                return NetworkGraph.Append(graph, graph.Slice(graph.Reshape(input, 0, steps, stride), 2, 0, channels), network, name);
            case StepwiseModel { Step: Network network }:
                return Stepwise(graph, model, network, name, scaled);
            default:
                throw new ArgumentException($"{member.Model.GetType().Name} has no graph", nameof(member));
        }
    }

    /// <summary>The mean over a sequence's rows of what the network makes of each.</summary>
    private static string Stepwise(OnnxGraph graph, ClassifierModel model, Network network, string name, ScaledRows scaled)
    {
        var live = graph.Slice(scaled.Rows, 2, 0, model.Scaler.Features);
        var rows = graph.Reshape(live, -1, model.Scaler.Features, 1);
        var each = graph.Reshape(NetworkGraph.Append(graph, rows, network, name), -1, model.MaxSteps, model.Classes.Count);
        return graph.Over(graph.Sum(graph.Where(scaled.Mask, each, graph.Constant(0f)), 1), scaled.Steps);
    }
}
