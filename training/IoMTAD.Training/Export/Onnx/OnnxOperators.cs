using IoMTAD.Inference.Onnx;

namespace IoMTAD.Training.Export.Onnx;

/// <summary>The standard operators that this project uses, by name.</summary>
internal static class OnnxOperators
{
    public static string Plus(this OnnxGraph graph, string a, string b) => graph.Add("Add", [a, b]);
    public static string Minus(this OnnxGraph graph, string a, string b) => graph.Add("Sub", [a, b]);
    public static string Times(this OnnxGraph graph, string a, string b) => graph.Add("Mul", [a, b]);
    public static string Over(this OnnxGraph graph, string a, string b) => graph.Add("Div", [a, b]);
    public static string Square(this OnnxGraph graph, string a) => graph.Add("Mul", [a, a]);
    public static string Max(this OnnxGraph graph, string a, string b) => graph.Add("Max", [a, b]);
    public static string Min(this OnnxGraph graph, string a, string b) => graph.Add("Min", [a, b]);
    public static string Log(this OnnxGraph graph, string a) => graph.Add("Log", [a]);
    public static string Greater(this OnnxGraph graph, string a, string b) => graph.Add("Greater", [a, b]);
    public static string Where(this OnnxGraph graph, string condition, string a, string b) => graph.Add("Where", [condition, a, b]);
    public static string MatMul(this OnnxGraph graph, string a, string b) => graph.Add("MatMul", [a, b]);

    public static string To(this OnnxGraph graph, OnnxType type, string a) => graph.Add("Cast", [a], OnnxAttribute.Of("to", (long)type));
    public static string ToFloat(this OnnxGraph graph, string a) => graph.To(OnnxType.Float, a);
    public static string ToDouble(this OnnxGraph graph, string a) => graph.To(OnnxType.Double, a);

    /// <summary>Between −bound and bound.</summary>
    public static string Clip(this OnnxGraph graph, string a, string bound) =>
        graph.Min(graph.Max(a, graph.Add("Neg", [bound])), bound);

    public static string Unsqueeze(this OnnxGraph graph, string a, long axis) => graph.Add("Unsqueeze", [a, graph.Ints(axis)]);
    public static string Squeeze(this OnnxGraph graph, string a, long axis) => graph.Add("Squeeze", [a, graph.Ints(axis)]);
    /// <param name="shape">0 where a dimension stays as it is.</param>
    public static string Reshape(this OnnxGraph graph, string a, params long[] shape) => graph.Add("Reshape", [a, graph.Ints(shape)]);
    public static string Transpose(this OnnxGraph graph, string a, params long[] axes) =>
        graph.Add("Transpose", [a], OnnxAttribute.Of("perm", axes));
    public static string Concat(this OnnxGraph graph, long axis, params string[] parts) =>
        graph.Add("Concat", parts, OnnxAttribute.Of("axis", axis));
    public static string Slice(this OnnxGraph graph, string a, long axis, long from, long to) =>
        graph.Add("Slice", [a, graph.Ints(from), graph.Ints(to), graph.Ints(axis)]);
    public static string Gather(this OnnxGraph graph, string a, string index, long axis = 0) =>
        graph.Add("Gather", [a, index], OnnxAttribute.Of("axis", axis));

    /// <summary>Sum over an axis, which goes.</summary>
    public static string Sum(this OnnxGraph graph, string a, params long[] axes) =>
        graph.Add("ReduceSum", [a, graph.Ints(axes)], OnnxAttribute.Of("keepdims", 0));

    /// <summary>Sum over an axis, which goes, in the order in which the elements stand.</summary>
    public static string OrderedSum(this OnnxGraph graph, string a, long axis) =>
        graph.Gather(graph.Add("CumSum", [a, graph.Constant(axis)]), graph.Constant(-1L), axis);

    public static string Least(this OnnxGraph graph, string a, long axis) => Reduce(graph, "ReduceMin", a, axis);

    public static string Most(this OnnxGraph graph, string a, long axis) => Reduce(graph, "ReduceMax", a, axis);

    public static string Mean(this OnnxGraph graph, string a, long axis) => Reduce(graph, "ReduceMean", a, axis);

    private static string Reduce(OnnxGraph graph, string operation, string a, long axis) =>
        graph.Add(operation, [a], OnnxAttribute.Of("axes", [axis]), OnnxAttribute.Of("keepdims", 0));
}
