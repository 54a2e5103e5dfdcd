using System.Globalization;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Writes an anomaly model as one ONNX graph, from raw rows to the score that <see cref="ManagedAnomalyScorer"/> gives.</summary>
/// <remarks>
/// Inputs: <c>sequences</c> float <c>[N, T, F]</c>, raw model columns, and <c>sequence_lens</c> int32 <c>[N]</c>, each from 1 to T, T at
/// most the model's. Outputs: <c>score</c> float <c>[N]</c>; <c>code</c> <c>[N, hidden]</c>; <c>log_error</c> <c>[N, F]</c>, the
/// logarithm of the mean squared error of scaled features; <c>reconstruction</c> <c>[N, T, F]</c>, scaled, zero beyond the length.
/// </remarks>
internal static class AnomalyModelExport
{
    public const string Code = "code", LogError = "log_error", Reconstruction = "reconstruction";

    /// <summary>The model with its file.</summary>
    public static AnomalyModel Create(FeatureSchema schema, ModelManifest manifest, AnomalyParts parts) =>
        new(schema, manifest, parts, ToOnnx(schema, manifest, parts));

    public static byte[] ToOnnx(FeatureSchema schema, ModelManifest manifest, AnomalyParts parts)
    {
        var graph = new OnnxGraph("anomaly");
        AddMetadata(graph, schema, manifest.Name, manifest.MaxSteps);
        var scaled = ScaledRowsGraph.Append(graph, parts.Scaler);
        var autoencoder = AutoencoderGraph.Append(graph, scaled, parts.Autoencoder);
        var joint = GroupsGraph.Append(graph, scaled, autoencoder, parts);
        var score = graph.ToFloat(graph.Max(joint, RangesGraph.Append(graph, scaled, parts.Ranges)));
        var features = parts.Scaler.Features;
        graph.Output(score, ModelGraph.Score, OnnxType.Float, "N");
        graph.Output(autoencoder.Code, Code, OnnxType.Float, "N", $"{parts.Autoencoder.Shape.Hidden}");
        graph.Output(graph.Slice(autoencoder.LogError, 1, 0, features), LogError, OnnxType.Float, "N", $"{features}");
        graph.Output(graph.Slice(autoencoder.Output, 2, 0, features), Reconstruction, OnnxType.Float, "N", "T", $"{features}");
        return graph.ToBytes();
    }

    /// <summary>What every model of a bundle says about itself: name, schema, its model columns one a line, longest sequence.</summary>
    public static void AddMetadata(OnnxGraph graph, FeatureSchema schema, string name, int maxSteps)
    {
        graph.Metadata.Add("name", name);
        graph.Metadata.Add("schema", schema.Name);
        graph.Metadata.Add("columns", string.Join('\n', schema.ModelColumns.Select(i => schema.Columns[i].Name)));
        graph.Metadata.Add("max_steps", maxSteps.ToString(CultureInfo.InvariantCulture));
    }
}
