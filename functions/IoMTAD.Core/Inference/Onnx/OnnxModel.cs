namespace IoMTAD.Inference.Onnx;

/// <summary>What of an ONNX <c>ModelProto</c> managed code needs: numbers, nodes, and what the file says about itself.</summary>
/// <param name="Metadata">The <c>metadata_props</c>.</param>
internal sealed record OnnxModel(
    IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Initializers, IReadOnlyDictionary<string, string> Metadata);

/// <summary>One operation of the graph.</summary>
/// <param name="Domain">Empty for the standard operators, <c>ai.onnx.ml</c> for trees.</param>
internal sealed record OnnxNode(
    string Operator, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>Null where there is none of that name.</summary>
    public OnnxAttribute? Attribute(string name)
    {
        foreach (var attribute in Attributes)
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal)) return attribute;
        return null;
    }
}

/// <summary>The values of <c>AttributeProto.AttributeType</c> that occur here.</summary>
internal enum OnnxAttributeType : byte { None = 0, Float = 1, Int = 2, String = 3, Tensor = 4, Floats = 6, Ints = 7, Strings = 8 }

/// <summary>A constant of a node; what its <see cref="Type"/> does not name is empty.</summary>
internal sealed record OnnxAttribute(string Name, OnnxAttributeType Type)
{
    public float Float { get; init; }
    public long Int { get; init; }
    public string String { get; init; } = "";
    public OnnxTensor? Tensor { get; init; }
    public IReadOnlyList<float> Floats { get; init; } = [];
    public IReadOnlyList<long> Ints { get; init; } = [];
    public IReadOnlyList<string> Strings { get; init; } = [];

    public static OnnxAttribute Of(string name, float value) => new(name, OnnxAttributeType.Float) { Float = value };
    public static OnnxAttribute Of(string name, long value) => new(name, OnnxAttributeType.Int) { Int = value };
    public static OnnxAttribute Of(string name, string value) => new(name, OnnxAttributeType.String) { String = value };
    public static OnnxAttribute Of(string name, OnnxTensor value) => new(name, OnnxAttributeType.Tensor) { Tensor = value };
    public static OnnxAttribute Of(string name, IReadOnlyList<float> values) => new(name, OnnxAttributeType.Floats) { Floats = values };
    public static OnnxAttribute Of(string name, IReadOnlyList<long> values) => new(name, OnnxAttributeType.Ints) { Ints = values };
    public static OnnxAttribute Of(string name, IReadOnlyList<string> values) => new(name, OnnxAttributeType.Strings) { Strings = values };
}
