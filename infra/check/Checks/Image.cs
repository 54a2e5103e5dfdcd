namespace IoMTAD.Infra.Checks;

/// <summary>References to container images.</summary>
internal static class Image
{
    /// <returns>Null where it names a version or a digest.</returns>
    public static string? FaultOf(string reference)
    {
        if (reference.Contains('@', StringComparison.Ordinal)) return null;
        var tag = reference[(reference.LastIndexOf('/') + 1)..].Split(':') is [_, var given] ? given : "";
        return tag switch
        {
            "" => $"image {reference} has no version",
            "latest" => $"image {reference} is whatever is newest",
            _ => null,
        };
    }
}
