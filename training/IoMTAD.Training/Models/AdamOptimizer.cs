using System.Numerics;
using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models;

/// <summary>Adam (Kingma and Ba 2015) over one flat parameter array.</summary>
internal sealed class AdamOptimizer(int length)
{
    private const float Decay1 = 0.9f, Decay2 = 0.999f, Epsilon = 1e-8f;
    private readonly float[] first = new float[length];
    private readonly float[] second = new float[length];
    private int step;

    /// <summary>Steps taken; with the moments, all that must be kept to go on later.</summary>
    public int Steps
    {
        get => step;
        set => step = value;
    }

    public Span<float> FirstMoment => first;
    public Span<float> SecondMoment => second;

    /// <param name="gradientScale">Multiplies the gradient: one over the batch's terms, and clipping.</param>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, float gradientScale, float rate)
    {
        step++;
        var correction1 = 1 - MathF.Pow(Decay1, step);
        var correction2 = 1 - MathF.Pow(Decay2, step);
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var m = MemoryMarshal.Cast<float, Vector<float>>(first.AsSpan());
        var v = MemoryMarshal.Cast<float, Vector<float>>(second.AsSpan());
        Vector<float> scale = new(gradientScale), size = new(rate / correction1), root = new(1 / correction2), epsilon = new(Epsilon);
        for (var i = 0; i < p.Length; i++)
        {
            var x = g[i] * scale;
            m[i] = m[i] * Decay1 + x * (1 - Decay1);
            v[i] = v[i] * Decay2 + x * x * (1 - Decay2);
            p[i] -= size * m[i] / (Vector.SquareRoot(v[i] * root) + epsilon);
        }
    }
}
