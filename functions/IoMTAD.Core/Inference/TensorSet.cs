namespace IoMTAD.Inference;

/// <summary>Named float arrays: a model's numbers on their way from a file into its parts.</summary>
internal sealed class TensorSet
{
    private readonly Dictionary<string, float[]> tensors = new(StringComparer.Ordinal);

    /// <summary>A later array takes the place of an earlier one of the same name.</summary>
    public void Add(string name, ReadOnlySpan<float> values) => tensors[name] = values.ToArray();

    /// <summary>Null where there is none of that name.</summary>
    public float[]? Find(string name) => tensors.GetValueOrDefault(name);
}
