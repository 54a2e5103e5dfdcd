using System.Globalization;
using IoMTAD.Inference.Onnx;

namespace IoMTAD.Training.Export.Onnx;

/// <summary>A graph under construction. Values go by their names: each operation returns the name of what it computes.</summary>
internal sealed class OnnxGraph(string name)
{
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxValue> inputs = [], outputs = [];
    private readonly Dictionary<string, OnnxTensor> initializers = new(StringComparer.Ordinal);

    /// <summary>What the file says about itself, in the order of the keys.</summary>
    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <param name="dims">A number where the dimension is fixed, else a name.</param>
    public string Input(string name, OnnxType type, params string[] dims)
    {
        inputs.Add(new(name, type, dims));
        return name;
    }

    /// <summary>Gives a value a name by which the caller of the model gets it.</summary>
    public void Output(string value, string name, OnnxType type, params string[] dims)
    {
        nodes.Add(new("Identity", "", [value], [name], []));
        outputs.Add(new(name, type, dims));
    }

    /// <summary>Numbers under a name that readers know.</summary>
    public string Weights(string name, ReadOnlySpan<float> values, params long[] dims)
    {
        initializers.Add(name, OnnxTensor.Of(name, values, dims));
        return name;
    }

    /// <summary>A scalar; the same one is stored once.</summary>
    public string Constant(float value) => Shared(OnnxTensor.Of(string.Create(CultureInfo.InvariantCulture, $"float {value:R}"), [value]));

    public string Constant(double value) =>
        Shared(OnnxTensor.Of(string.Create(CultureInfo.InvariantCulture, $"double {value:R}"), [value]));

    public string Constant(long value) => Shared(OnnxTensor.Of(string.Create(CultureInfo.InvariantCulture, $"int {value}"), [value]));

    /// <summary>A list of integers, as axes and shapes are given.</summary>
    public string Ints(params long[] values) => Shared(OnnxTensor.Of($"ints {string.Join(' ', values)}", values, values.Length));

    /// <summary>An operation with one output.</summary>
    public string Add(string operation, string[] inputs, params OnnxAttribute[] attributes) => Add(operation, 1, inputs, attributes)[0];

    /// <summary>An operation of the standard domain with several outputs.</summary>
    public string[] Add(string operation, int outputs, string[] inputs, params OnnxAttribute[] attributes) =>
        Add("", operation, outputs, inputs, attributes);

    public string[] Add(string domain, string operation, int outputs, string[] inputs, params OnnxAttribute[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(i => $"{operation}_{nodes.Count}" + (i > 0 ? $"_{i}" : ""))];
        nodes.Add(new(operation, domain, inputs, names, attributes));
        return names;
    }

    public byte[] ToBytes() => OnnxWriter.Write(name, new(nodes, initializers, Metadata), inputs, outputs);

    private string Shared(OnnxTensor tensor)
    {
        initializers.TryAdd(tensor.Name, tensor);
        return tensor.Name;
    }
}
