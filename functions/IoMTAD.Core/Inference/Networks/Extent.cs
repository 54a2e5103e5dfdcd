namespace IoMTAD.Inference.Networks;

/// <summary>The form of what passes between two layers for one row: <c>[Steps, Stride]</c>. The first <see cref="Channels"/> of each step
/// are live, what follows is zero.</summary>
internal readonly record struct Extent(int Steps, int Channels, int Stride)
{
    /// <summary>Floats, padding included.</summary>
    public int Size => Steps * Stride;

    /// <summary>Floats that mean something.</summary>
    public int Values => Steps * Channels;

    public static Extent Padded(int steps, int channels) => new(steps, channels, Gemm.Pad(channels));
}
