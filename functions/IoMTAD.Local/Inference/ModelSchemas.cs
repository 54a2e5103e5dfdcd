using IoMTAD.Features;

namespace IoMTAD.Local.Inference;

/// <summary>The schemas whose models this program can run.</summary>
internal static class ModelSchemas
{
    public static readonly FeatureSchema[] All = [WindowSchema.Schema, CicIoMT2024.V1, CicIoMT2024.V2];
}
