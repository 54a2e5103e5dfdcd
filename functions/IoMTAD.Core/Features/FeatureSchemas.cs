namespace IoMTAD.Features;

/// <summary>The schemas that segments can be read in.</summary>
public static class FeatureSchemas
{
    public static IReadOnlyList<FeatureSchema> All { get; } = [WindowSchema.Schema, CicIoMT2024.V1, CicIoMT2024.V2];

    /// <returns>Null for a name that this version does not know.</returns>
    public static FeatureSchema? Find(string name) => All.FirstOrDefault(schema => schema.Name == name);
}
