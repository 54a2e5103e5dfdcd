using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Runs trees by the operator that ONNX has for them; readers find them in its attributes (<see cref="OnnxTrees"/>).</summary>
internal static class TreeGraph
{
    /// <param name="vectors">float <c>[N, inputs]</c></param>
    /// <returns>float <c>[N, outputs]</c></returns>
    public static string Append(OnnxGraph graph, string vectors, TreeArrays trees) =>
        graph.Add(OnnxTrees.Domain, OnnxTrees.Operator, 1, [vectors], OnnxTrees.ToAttributes(trees))[0];
}
