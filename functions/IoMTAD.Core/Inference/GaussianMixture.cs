using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>A mixture of Gaussians, each with its <see cref="Rank"/> widest directions kept and one variance for all others.</summary>
/// <remarks>
/// Mixture of probabilistic principal component analysers (Tipping and Bishop 1999): Σ⁻¹ = p·I − F·Fᵀ, so the squared distance to a
/// component is
/// p·|x − μ|² − |(x − μ)F|², and all components' factors are one matrix.
/// </remarks>
/// <param name="means"><c>[components, dimensions]</c></param>
/// <param name="precisions">p, per component.</param>
/// <param name="factors">F, <c>[dimensions, components × rank]</c>.</param>
/// <param name="shifts">−μF, <c>[components × rank]</c>.</param>
/// <param name="logConstants">log weight − ½·log det Σ − ½·d·log 2π, per component.</param>
internal sealed unsafe class GaussianMixture(
    FloatBuffer means, FloatBuffer precisions, FloatBuffer factors, FloatBuffer shifts, FloatBuffer logConstants)
{
    public const int Rank = Gemm.Align;

    public int Components => LogConstants.Length;
    public int Dimensions => Means.Length / Components;
    public FloatBuffer Means { get; } = means;
    public FloatBuffer Precisions { get; } = precisions;
    public FloatBuffer Factors { get; } = factors;
    public FloatBuffer Shifts { get; } = shifts;
    public FloatBuffer LogConstants { get; } = logConstants;

    /// <summary>The logarithm of weight times density of each component at each point.</summary>
    /// <param name="points"><c>[rows, dimensions]</c></param>
    /// <param name="scratch"><c>[rows, components × rank]</c>; holds (x − μ)F afterwards.</param>
    /// <param name="result"><c>[rows, components]</c></param>
    public void LogDensities(float* points, float* scratch, float* result, int rows)
    {
        int width = Shifts.Length, dimensions = Dimensions, components = Components;
        for (var row = 0; row < rows; row++) Shifts.Span.CopyTo(new(scratch + (long)row * width, width));
        Gemm.MultiplyAdd(points, dimensions, 1, Factors.Pointer, width, scratch, width, rows, width, dimensions);
        float* mean = Means.Pointer, precision = Precisions.Pointer, constant = LogConstants.Pointer;
        for (var row = 0; row < rows; row++, points += dimensions, scratch += width, result += components)
        {
            for (var k = 0; k < components; k++)
            {
                var distance = precision[k] * Distance(points, mean + (long)k * dimensions, dimensions) - SquaredLength(scratch + k * Rank);
                result[k] = constant[k] - 0.5f * distance;
            }
        }
    }

    /// <summary>Log of the sum of exponentials: a mixture's log density from those of its components.</summary>
    public static float LogSum(ReadOnlySpan<float> logDensities)
    {
        var top = float.NegativeInfinity;
        foreach (var x in logDensities) top = MathF.Max(top, x);
        var sum = 0f;
        foreach (var x in logDensities)
            if (x > top - 20) sum += MathF.Exp(x - top);
        return top + MathF.Log(sum);
    }

    private static float Distance(float* a, float* b, int count)
    {
        Vector256<float> even = default, odd = default;
        for (var j = 0; j < count; j += Gemm.Align)
        {
            var x = Vector256.Load(a + j) - Vector256.Load(b + j);
            var y = Vector256.Load(a + j + 8) - Vector256.Load(b + j + 8);
            even = Vector256.FusedMultiplyAdd(x, x, even);
            odd = Vector256.FusedMultiplyAdd(y, y, odd);
        }
        return Vector256.Sum(even + odd);
    }

    private static float SquaredLength(float* v)
    {
        Vector256<float> x = Vector256.Load(v), y = Vector256.Load(v + 8);
        return Vector256.Sum(Vector256.FusedMultiplyAdd(x, x, y * y));
    }
}
