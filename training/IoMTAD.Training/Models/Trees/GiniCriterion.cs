using System.Runtime.Intrinsics;

namespace IoMTAD.Training.Models.Trees;

/// <summary>A row for <see cref="GiniCriterion"/>.</summary>
internal readonly record struct ClassRow(int Label, float Weight);

/// <summary>Decrease of the weighted Gini impurity (Breiman et al. 1984); leaves hold the share of each class. With W_c the weight of class
/// c in a node of weight W, impurity times weight is W − Σ W_c² / W: its last term is the worth.</summary>
internal readonly unsafe struct GiniCriterion(int classes, double minWeight) : ICriterion<ClassRow>
{
    // Sums of weights that are no whole numbers are exact to about this, relatively.
    private const double Rounding = 1e-10;

    public int Channels { get; } = (classes + 3) / 4 * 4;
    public bool SplitsWithoutGain => true;

    public void Add(double* sums, ClassRow row) => sums[row.Label] += row.Weight;

    public void Accumulate(double* left, double* bin)
    {
        for (var c = 0; c < Channels; c += 4) (Vector256.Load(left + c) + Vector256.Load(bin + c)).Store(left + c);
    }

    public bool IsSplittable(double* sums)
    {
        double weight = 0, largest = 0;
        for (var c = 0; c < Channels; c++) (weight, largest) = (weight + sums[c], Math.Max(largest, sums[c]));
        return weight - largest > Rounding * weight && weight >= 2 * minWeight;
    }

    public double Worth(double* left, double* node)
    {
        Vector256<double> l = default, r = default, l2 = default, r2 = default;
        for (var c = 0; c < Channels; c += 4)
        {
            var x = Vector256.Load(left + c);
            var y = Vector256.Load(node + c) - x;
            (l, r, l2, r2) = (l + x, r + y, l2 + x * x, r2 + y * y);
        }
        double leftWeight = Vector256.Sum(l), rightWeight = Vector256.Sum(r);
        var least = Math.Max(minWeight, Rounding * (leftWeight + rightWeight));
        return leftWeight < least || rightWeight < least
            ? double.NegativeInfinity
            : Vector256.Sum(l2) / leftWeight + Vector256.Sum(r2) / rightWeight;
    }

    public double Worth(double* node)
    {
        double weight = 0, squares = 0;
        for (var c = 0; c < Channels; c++) (weight, squares) = (weight + node[c], squares + node[c] * node[c]);
        return squares / weight;
    }

    public void Leaf(ReadOnlySpan<double> sums, Span<float> values)
    {
        double weight = 0;
        foreach (var sum in sums) weight += sum;
        for (var c = 0; c < values.Length; c++) values[c] = (float)(weight > 0 ? sums[c] / weight : 1.0 / values.Length);
    }
}
