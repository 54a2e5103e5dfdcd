using System.Diagnostics.CodeAnalysis;
using System.Text;

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
    private string? error;

    /// <param name="error">What is wrong with the bytes, where false is returned.</param>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out OnnxModel? model, [NotNullWhen(false)] out string? error)
    {
        var reader = new OnnxReader();
        reader.Model(file);
        error = reader.error;
        model = error is null ? new(reader.nodes, reader.initializers, reader.metadata) : null;
        return error is null;
    }

    private void Model(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var graphs = 0;
        while (error is null && reader.TryNext(out var field))
        {
            if (field.Number == 7)
            {
                graphs++;
                Graph(Bytes(field));
            }
            else if (field.Number == 14) Entry(Bytes(field));
        }
        End(reader, "model");
        if (graphs != 1) error ??= "the file is not an ONNX model: it holds no graph, or several";
    }

    private void Entry(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var (key, value) = ("", "");
        while (error is null && reader.TryNext(out var field))
        {
            if (field.Number == 1) key = Text(field);
            else if (field.Number == 2) value = Text(field);
        }
        End(reader, "metadata entry");
        if (!metadata.TryAdd(key, value)) error ??= $"metadata '{key}' stands there twice";
    }

    private void Graph(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        while (error is null && reader.TryNext(out var field))
        {
            if (field.Number == 1) nodes.Add(Node(Bytes(field)));
            else if (field.Number == 5)
            {
                var tensor = Tensor(Bytes(field));
                if (!initializers.TryAdd(tensor.Name, tensor)) error ??= $"initializer '{tensor.Name}' stands there twice";
            }
        }
        End(reader, "graph");
    }

    private OnnxNode Node(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var (inputs, outputs, attributes) = (new List<string>(), new List<string>(), new List<OnnxAttribute>());
        var (type, domain) = ("", "");
        while (error is null && reader.TryNext(out var field))
        {
            if (field.Number == 1) inputs.Add(Text(field));
            else if (field.Number == 2) outputs.Add(Text(field));
            else if (field.Number == 4) type = Text(field);
            else if (field.Number == 5) attributes.Add(Attribute(Bytes(field)));
            else if (field.Number == 7) domain = Text(field);
        }
        End(reader, "node");
        return new(type, domain, inputs, outputs, attributes);
    }

    private OnnxAttribute Attribute(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var attribute = new OnnxAttribute("", OnnxAttributeType.None);
        var (floats, ints, strings) = (new List<float>(), new List<long>(), new List<string>());
        while (error is null && reader.TryNext(out var field))
        {
            if (field.Number == 1) attribute = attribute with { Name = Text(field) };
            else if (field.Number == 2) attribute = attribute with { Float = Float(field) };
            else if (field.Number == 3) attribute = attribute with { Int = Int(field) };
            else if (field.Number == 4) attribute = attribute with { String = Text(field) };
            else if (field.Number == 5) attribute = attribute with { Tensor = Tensor(Bytes(field)) };
            else if (field.Number == 7) Floats(field, floats);
            else if (field.Number == 8) Ints(field, ints);
            else if (field.Number == 9) strings.Add(Text(field));
            else if (field.Number == 20) attribute = attribute with { Type = (OnnxAttributeType)(byte)Math.Clamp(Int(field), 0, byte.MaxValue) };
        }
        End(reader, "attribute");
        return attribute with { Floats = floats, Ints = ints, Strings = strings };
    }

    private OnnxTensor Tensor(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var dims = new List<long>();
        var (name, type, raw) = ("", OnnxType.None, Array.Empty<byte>());
        while (error is null && reader.TryNext(out var field))
        {
            if (field.Number == 1) Ints(field, dims);
            else if (field.Number == 2) type = (OnnxType)(byte)Math.Clamp(Int(field), 0, byte.MaxValue);
            else if (field.Number == 8) name = Text(field);
            else if (field.Number == 9) raw = Bytes(field).ToArray();
        }
        End(reader, "tensor");
        if (OnnxTensor.SizeOf(type) is not { } size) error ??= $"tensor '{name}' has element type {(int)type}, which is not read here";
        else if (!Holds(dims, raw.Length, size)) error ??= $"tensor '{name}' has {raw.Length} bytes, which is not what its shape says";
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

    private ReadOnlySpan<byte> Bytes(in WireField field)
    {
        Want(field, WireType.Bytes);
        return field.Bytes;
    }

    private string Text(in WireField field) => Encoding.UTF8.GetString(Bytes(field));

    private long Int(in WireField field)
    {
        Want(field, WireType.Varint);
        return (long)field.Value;
    }

    private float Float(in WireField field)
    {
        Want(field, WireType.Fixed32);
        return BitConverter.UInt32BitsToSingle((uint)field.Value);
    }

    /// <summary>One number, or a packed run of them.</summary>
    private void Ints(in WireField field, List<long> numbers)
    {
        if (field.Type != WireType.Bytes)
        {
            numbers.Add(Int(field));
            return;
        }
        var packed = new WireReader(field.Bytes);
        while (packed.TryVarint(out var value)) numbers.Add((long)value);
        End(packed, "packed field");
    }

    private void Floats(in WireField field, List<float> numbers)
    {
        if (field.Type != WireType.Bytes)
        {
            numbers.Add(Float(field));
            return;
        }
        if (field.Bytes.Length % sizeof(float) != 0) error ??= "a packed field of floats is cut short";
        for (var at = 0; at + sizeof(float) <= field.Bytes.Length; at += sizeof(float))
            numbers.Add(System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(field.Bytes[at..]));
    }

    private void Want(in WireField field, WireType type)
    {
        if (field.Type != type) error ??= $"field {field.Number} is of wire type {field.Type}, not {type}";
    }

    private void End(in WireReader reader, string what)
    {
        if (reader.Failed) error ??= $"the file is cut short or damaged within a {what}";
    }
}
