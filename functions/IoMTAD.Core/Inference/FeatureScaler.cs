using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>Raw features to what a model sees: log(1+x) of heavy-tailed columns, centred, scaled by spread, clipped.</summary>
internal sealed unsafe class FeatureScaler
{
    private readonly FloatBuffer logarithmic;
    private readonly FloatBuffer scale;
    private readonly FloatBuffer offset;
    private readonly bool[] logarithmicLines;
    private readonly float clip;

    /// <param name="logarithmic">1 where log(1+x) is taken, else 0.</param>
    /// <param name="scale">One over the spread.</param>
    /// <param name="offset">Minus the centre over the spread.</param>
    public FeatureScaler(ReadOnlySpan<float> logarithmic, ReadOnlySpan<float> scale, ReadOnlySpan<float> offset, float clip)
    {
        Features = logarithmic.Length;
        Padded = Gemm.Pad(Features);
        (this.logarithmic, this.scale, this.offset) = (new(Padded), new(Padded), new(Padded));
        logarithmic.CopyTo(this.logarithmic.Span);
        scale.CopyTo(this.scale.Span);
        offset.CopyTo(this.offset.Span);
        this.clip = clip;
        logarithmicLines = new bool[Padded / Gemm.Align];
        for (var i = 0; i < Features; i++) logarithmicLines[i / Gemm.Align] |= logarithmic[i] != 0;
    }

    public int Features { get; }
    public int Padded { get; }
    public float Clip => clip;
    public ReadOnlySpan<float> Logarithmic => logarithmic.Span[..Features];
    public ReadOnlySpan<float> Scale => scale.Span[..Features];
    public ReadOnlySpan<float> Offset => offset.Span[..Features];

    /// <param name="scaled"><see cref="Padded"/> values; what lies beyond the features becomes zero.</param>
    public void Apply(ReadOnlySpan<float> raw, Span<float> scaled)
    {
        raw.CopyTo(scaled);
        scaled[Features..].Clear();
        fixed (float* p = scaled)
        {
            if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(p);
            else Run<Lanes256, Vector256<float>>(p);
        }
    }

    private void Run<L, V>(float* values) where L : struct, ILanes<V> where V : struct
    {
        V one = L.Broadcast(1f), zero = L.Broadcast(0f), high = L.Broadcast(clip), low = L.Broadcast(-clip);
        for (var i = 0; i < Padded; i += L.Count)
        {
            var x = L.Load(values + i);
            if (logarithmicLines[i / Gemm.Align]) x = L.Select(L.Load(logarithmic.Pointer + i), L.Log(L.Add(one, L.Max(x, zero))), x);
            x = L.MultiplyAdd(x, L.Load(scale.Pointer + i), L.Load(offset.Pointer + i));
            L.Store(values + i, L.Min(L.Max(x, low), high));
        }
    }

    /// <summary>The raw value that scales to <paramref name="value"/>.</summary>
    public float Restore(int feature, float value)
    {
        var x = (value - Offset[feature]) / Scale[feature];
        return Logarithmic[feature] != 0 ? MathF.Exp(x) - 1 : x;
    }
}
