using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>Standardises a vector, clips it, and projects it on the principal components of benign traffic, scaled to unit
/// variance.</summary>
/// <param name="mean">Per input.</param>
/// <param name="scale">One over the spread, per input; zero drops an input.</param>
/// <param name="axes"><c>[inputs, outputs]</c>, outputs padded to <see cref="Gemm.Align"/>.</param>
/// <param name="origin">What the benign mean projects to, negated, per output.</param>
internal sealed unsafe class Whitening(FloatBuffer mean, FloatBuffer scale, FloatBuffer axes, FloatBuffer origin, float clip)
{
    public int Inputs => Mean.Length;
    public int Outputs => Origin.Length;
    public FloatBuffer Mean { get; } = mean;
    public FloatBuffer Scale { get; } = scale;
    public FloatBuffer Axes { get; } = axes;
    public FloatBuffer Origin { get; } = origin;
    public float Clip { get; } = clip;

    /// <param name="vectors"><c>[rows, inputs]</c>; standardised in place.</param>
    /// <param name="projected"><c>[rows, outputs]</c></param>
    public void Apply(float* vectors, float* projected, int rows)
    {
        Standardise(vectors, rows);
        for (var row = 0; row < rows; row++) Origin.Span.CopyTo(new(projected + (long)row * Outputs, Outputs));
        Gemm.MultiplyAdd(vectors, Inputs, 1, Axes.Pointer, Outputs, projected, Outputs, rows, Outputs, Inputs);
    }

    public void Standardise(float* vectors, int rows)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(vectors, rows);
        else Run<Lanes256, Vector256<float>>(vectors, rows);
    }

    private void Run<L, V>(float* vectors, int rows) where L : struct, ILanes<V> where V : struct
    {
        V high = L.Broadcast(Clip), low = L.Broadcast(-Clip);
        for (var row = 0; row < rows; row++, vectors += Inputs)
        {
            for (var j = 0; j < Inputs; j += L.Count)
            {
                var x = L.Multiply(L.Subtract(L.Load(vectors + j), L.Load(Mean.Pointer + j)), L.Load(Scale.Pointer + j));
                L.Store(vectors + j, L.Min(L.Max(x, low), high));
            }
        }
    }
}
