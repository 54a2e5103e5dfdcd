using System.Runtime.Intrinsics;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>A mixture of Gaussians while it is being fitted: full covariances, each as the upper triangular factor P of its precision,
/// P·Pᵀ = Σ⁻¹.</summary>
/// <param name="factors"><c>[components, dimensions, dimensions]</c></param>
/// <param name="shifts">−μP, <c>[components, dimensions]</c>.</param>
/// <param name="logConstants">log weight + log det P − ½·d·log 2π, per component.</param>
internal sealed unsafe class FullMixture(FloatBuffer factors, FloatBuffer shifts, FloatBuffer logConstants, int dimensions)
{
    private const int Tile = 64;

    public int Components => LogConstants.Length;

    /// <summary>A multiple of <see cref="Gemm.Align"/>.</summary>
    public int Dimensions { get; } = dimensions;
    public FloatBuffer Factors { get; } = factors;
    public FloatBuffer Shifts { get; } = shifts;
    public FloatBuffer LogConstants { get; } = logConstants;

    /// <summary>The logarithm of weight times density of each component at each point.</summary>
    /// <param name="points"><c>[rows, dimensions]</c></param>
    /// <param name="scratch">As large as <paramref name="points"/>.</param>
    /// <param name="result"><c>[rows, components]</c></param>
    public void LogDensities(float* points, float* scratch, float* result, int rows)
    {
        for (var k = 0; k < Components; k++)
        {
            var factor = Factors.Pointer + (long)k * Dimensions * Dimensions;
            for (var row = 0; row < rows; row++)
                Shifts.Span.Slice(k * Dimensions, Dimensions).CopyTo(new(scratch + (long)row * Dimensions, Dimensions));
            // P is upper triangular: a tile of columns needs no rows of P below its own diagonal.
            for (var j = 0; j < Dimensions; j += Tile)
            {
                var end = Math.Min(j + Tile, Dimensions);
                Gemm.MultiplyAdd(points, Dimensions, 1, factor + j, Dimensions, scratch + j, Dimensions, rows, end - j, end);
            }
            for (var row = 0; row < rows; row++)
                result[row * Components + k] = LogConstants.Span[k] - 0.5f * SquaredLength(scratch + (long)row * Dimensions);
        }
    }

    private float SquaredLength(float* v)
    {
        var sum = Vector256<float>.Zero;
        for (var j = 0; j < Dimensions; j += Vector256<float>.Count)
        {
            var x = Vector256.Load(v + j);
            sum = Vector256.FusedMultiplyAdd(x, x, sum);
        }
        return Vector256.Sum(sum);
    }
}
