using System.Runtime.Intrinsics;

namespace IoMTAD.Training.Models.Trees;

/// <summary>A row for <see cref="NewtonCriterion"/>: first and second derivative of its loss.</summary>
internal readonly record struct GradientRow(float Gradient, float Curvature);

/// <summary>Decrease of a loss to second order, as gradient boosting has it (Friedman 2001; Chen and Guestrin, KDD 2016, equations 5 to 7).
/// With G and H the sums of the derivatives, a leaf's best step is −G / (H + λ) and lowers the loss by half of G² / (H + λ), the
/// worth.</summary>
/// <param name="output">The class that the tree is for.</param>
internal readonly unsafe struct NewtonCriterion(int output, double l2, double minCurvature, double learningRate) : ICriterion<GradientRow>
{
    public int Channels => 2;
    public bool SplitsWithoutGain => false;

    public void Add(double* sums, GradientRow row)
    {
        sums[0] += row.Gradient;
        sums[1] += row.Curvature;
    }

    public void Accumulate(double* left, double* bin) => (Vector128.Load(left) + Vector128.Load(bin)).Store(left);

    public bool IsSplittable(double* sums) => sums[1] >= 2 * minCurvature;

    public double Worth(double* left, double* node)
    {
        double g = left[0], h = left[1], g2 = node[0] - g, h2 = node[1] - h;
        if (h < minCurvature || h2 < minCurvature) return double.NegativeInfinity;
        // Over a common denominator: the division is what takes time.
        return (g * g * (h2 + l2) + g2 * g2 * (h + l2)) / ((h + l2) * (h2 + l2));
    }

    public double Worth(double* node) => node[0] * node[0] / (node[1] + l2);

    public void Leaf(ReadOnlySpan<double> sums, Span<float> values) => values[output] = (float)(-learningRate * sums[0] / (sums[1] + l2));
}
