using System.Globalization;
using IoMTAD.Inference.Onnx;

namespace IoMTAD.Training.Export.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Dims">A number where the dimension is fixed, else its name.</param>
internal sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<string> Dims);

/// <summary>Writes ONNX files; the same graph gives the same bytes. Field numbers are those of onnx.proto.</summary>
internal static class OnnxWriter
{
    /// <summary>What ONNX Runtime reads since 1.12: IR version 8 with operator set 17, and 3 for trees.</summary>
    private const int IrVersion = 8, Operators = 17, TreeOperators = 3;

    public static byte[] Write(
        string graphName, OnnxModel model, IReadOnlyList<OnnxValue> inputs, IReadOnlyList<OnnxValue> outputs)
    {
        var file = new WireWriter();
        file.Int(1, IrVersion);
        file.Text(2, "IoMTAD");
        file.Message(7, graph => Graph(graph, graphName, model, inputs, outputs));
        file.Message(8, set => set.Int(2, Operators));
        foreach (var domain in model.Nodes.Select(n => n.Domain).Where(d => d.Length > 0).Distinct(StringComparer.Ordinal))
            file.Message(8, set => OperatorSet(set, domain));
        foreach (var (key, value) in model.Metadata) file.Message(14, entry => Entry(entry, key, value));
        return file.ToArray();
    }

    private static void OperatorSet(WireWriter set, string domain)
    {
        set.Text(1, domain);
        set.Int(2, TreeOperators);
    }

    private static void Entry(WireWriter entry, string key, string value)
    {
        entry.Text(1, key);
        entry.Text(2, value);
    }

    private static void Graph(
        WireWriter graph, string name, OnnxModel model, IReadOnlyList<OnnxValue> inputs, IReadOnlyList<OnnxValue> outputs)
    {
        foreach (var node in model.Nodes) graph.Message(1, m => Node(m, node));
        graph.Text(2, name);
        foreach (var tensor in model.Initializers.Values) graph.Message(5, m => Tensor(m, tensor));
        foreach (var input in inputs) graph.Message(11, m => Value(m, input));
        foreach (var output in outputs) graph.Message(12, m => Value(m, output));
    }

    private static void Node(WireWriter message, OnnxNode node)
    {
        foreach (var input in node.Inputs) message.Text(1, input);
        foreach (var output in node.Outputs) message.Text(2, output);
        message.Text(4, node.Operator);
        foreach (var attribute in node.Attributes) message.Message(5, m => Attribute(m, attribute));
        if (node.Domain.Length > 0) message.Text(7, node.Domain);
    }

    private static void Attribute(WireWriter message, OnnxAttribute attribute)
    {
        message.Text(1, attribute.Name);
        message.Int(20, (int)attribute.Type);
        switch (attribute.Type)
        {
            case OnnxAttributeType.Float: message.Float(2, attribute.Float); break;
            case OnnxAttributeType.Int: message.Int(3, attribute.Int); break;
            case OnnxAttributeType.String: message.Text(4, attribute.String); break;
            case OnnxAttributeType.Tensor: message.Message(5, m => Tensor(m, attribute.Tensor!)); break;
            case OnnxAttributeType.Floats: message.Packed(7, attribute.Floats); break;
            case OnnxAttributeType.Ints: message.Packed(8, attribute.Ints); break;
            case OnnxAttributeType.Strings:
                foreach (var text in attribute.Strings) message.Text(9, text);
                break;
            default: throw new ArgumentException($"An attribute of type {attribute.Type} is not written here.", nameof(attribute));
        }
    }

    private static void Tensor(WireWriter message, OnnxTensor tensor)
    {
        if (tensor.Dims.Count > 0) message.Packed(1, tensor.Dims);
        message.Int(2, (int)tensor.Type);
        message.Text(8, tensor.Name);
        message.Bytes(9, tensor.Raw.Span);
    }

    private static void Value(WireWriter message, OnnxValue value)
    {
        message.Text(1, value.Name);
        message.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Int(1, (int)value.Type);
            tensor.Message(2, shape =>
            {
                foreach (var dim in value.Dims) shape.Message(1, m => Dimension(m, dim));
            });
        }));
    }

    private static void Dimension(WireWriter message, string dim)
    {
        if (long.TryParse(dim, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) message.Int(1, length);
        else message.Text(2, dim);
    }
}
