using System.Diagnostics.CodeAnalysis;

namespace IoMTAD.Inference.Onnx;

/// <summary>Reads an ONNX file far enough to get at its numbers: initializers, nodes with their attributes, metadata.</summary>
/// <remarks>
/// Field numbers are those of onnx.proto (IR version 8). Elements must stand in <c>raw_data</c>. Subgraphs are passed over, so nothing
/// recurses; unknown fields are skipped, as protobuf wants it. Whatever the bytes hold, the result is a model or an error.
/// </remarks>
internal sealed class OnnxReader
{
    private readonly List<OnnxNode> nodes = [];
    private readonly Dictionary<string, OnnxTensor> initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly OnnxFields fields = new();

    /// <param name="error">What is wrong with the bytes, where false is returned.</param>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out OnnxModel? model, [NotNullWhen(false)] out string? error)
    {
        var reader = new OnnxReader();
        reader.Model(file);
        error = reader.fields.Error;
        model = error is null ? new(reader.nodes, reader.initializers, reader.metadata) : null;
        return error is null;
    }

    private void Model(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var graphs = 0;
        while (fields.TryNext(ref reader, out var field))
        {
            if (field.Number == 7)
            {
                graphs++;
                Graph(fields.Bytes(field));
            }
            else if (field.Number == 14) Entry(fields.Bytes(field));
        }
        fields.End(reader, "model");
        if (graphs != 1) fields.Error ??= "the file is not an ONNX model: it holds no graph, or several";
    }

    private void Entry(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var (key, value) = ("", "");
        while (fields.TryNext(ref reader, out var field))
        {
            if (field.Number == 1) key = fields.Text(field);
            else if (field.Number == 2) value = fields.Text(field);
        }
        fields.End(reader, "metadata entry");
        if (!metadata.TryAdd(key, value)) fields.Error ??= $"metadata '{key}' stands there twice";
    }

    private void Graph(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        while (fields.TryNext(ref reader, out var field))
        {
            if (field.Number == 1) nodes.Add(Node(fields.Bytes(field)));
            else if (field.Number == 5)
            {
                var tensor = Tensor(fields.Bytes(field));
                if (!initializers.TryAdd(tensor.Name, tensor)) fields.Error ??= $"initializer '{tensor.Name}' stands there twice";
            }
        }
        fields.End(reader, "graph");
    }

    private OnnxNode Node(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var (inputs, outputs, attributes) = (new List<string>(), new List<string>(), new List<OnnxAttribute>());
        var (type, domain) = ("", "");
        while (fields.TryNext(ref reader, out var field))
        {
            if (field.Number == 1) inputs.Add(fields.Text(field));
            else if (field.Number == 2) outputs.Add(fields.Text(field));
            else if (field.Number == 4) type = fields.Text(field);
            else if (field.Number == 5) attributes.Add(Attribute(fields.Bytes(field)));
            else if (field.Number == 7) domain = fields.Text(field);
        }
        fields.End(reader, "node");
        return new(type, domain, inputs, outputs, attributes);
    }

    private OnnxAttribute Attribute(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var attribute = new OnnxAttribute("", OnnxAttributeType.None);
        var (floats, ints, strings) = (new List<float>(), new List<long>(), new List<string>());
        while (fields.TryNext(ref reader, out var field))
        {
            if (field.Number == 1) attribute = attribute with { Name = fields.Text(field) };
            else if (field.Number == 2) attribute = attribute with { Float = fields.Float(field) };
            else if (field.Number == 3) attribute = attribute with { Int = fields.Int(field) };
            else if (field.Number == 4) attribute = attribute with { String = fields.Text(field) };
            else if (field.Number == 5) attribute = attribute with { Tensor = Tensor(fields.Bytes(field)) };
            else if (field.Number == 7) fields.Floats(field, floats);
            else if (field.Number == 8) fields.Ints(field, ints);
            else if (field.Number == 9) strings.Add(fields.Text(field));
            else if (field.Number == 20) attribute = attribute with { Type = (OnnxAttributeType)fields.Small(field) };
        }
        fields.End(reader, "attribute");
        return attribute with { Floats = floats, Ints = ints, Strings = strings };
    }

    private OnnxTensor Tensor(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var dims = new List<long>();
        var (name, type, raw) = ("", OnnxType.None, Array.Empty<byte>());
        while (fields.TryNext(ref reader, out var field))
        {
            if (field.Number == 1) fields.Ints(field, dims);
            else if (field.Number == 2) type = (OnnxType)fields.Small(field);
            else if (field.Number == 8) name = fields.Text(field);
            else if (field.Number == 9) raw = fields.Bytes(field).ToArray();
        }
        fields.End(reader, "tensor");
        if (OnnxTensor.SizeOf(type) is not { } size)
            fields.Error ??= $"tensor '{name}' has element type {(int)type}, which is not read here";
        else if (!Holds(dims, raw.Length, size))
            fields.Error ??= $"tensor '{name}' has {raw.Length} bytes, which is not what its shape says";
        return new(name, type, dims, raw);
    }

    /// <summary>The product of the dimensions times the size is the length; without overflow, whatever the dimensions are.</summary>
    private static bool Holds(List<long> dims, long length, int size)
    {
        UInt128 product = (uint)size;
        foreach (var dim in dims)
        {
            if (dim < 0 || dim > Array.MaxLength) return false;
            product *= (ulong)dim;
            if (product > (ulong)Array.MaxLength) return false;
        }
        return product == (ulong)length;
    }
}
