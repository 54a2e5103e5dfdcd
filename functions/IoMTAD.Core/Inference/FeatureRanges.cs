using System.Numerics;
using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>
/// The third view of a sequence: does a feature go where it never went in benign traffic? Densities hardly notice a feature that was
/// constant; this notices nothing else.
/// </summary>
/// <param name="low">Smallest benign value per feature, raw.</param>
/// <param name="high">Largest.</param>
/// <param name="scaler">Measures how far outside a value lies, in spreads of its feature.</param>
/// <param name="surprise">−log₁₀ of the share of benign sequences that leave the ranges at all; 0 where they do so too often for it to count.</param>
internal sealed class FeatureRanges(float[] low, float[] high, FeatureScaler scaler, float surprise)
{
    /// <summary>What one feature can add, so that none outweighs all others.</summary>
    public const float Most = 8;

    /// <summary>A spread below this is taken as this: a share is no surprise for moving by a hair.</summary>
    public const float SmallestSpread = 0.05f;

    public float[] Low { get; } = low;
    public float[] High { get; } = high;
    public float OutsideSurprise { get; } = surprise;

    /// <summary>How surprising the sequence's excursions are, comparable with the densities' calibrated surprise; 0 without any.</summary>
    public float Surprise(ISequences batch, int sequence) => Surprise(Excess(batch, sequence));

    /// <summary>Spreads outside the ranges, summed over features, mean over steps.</summary>
    public float Excess(ISequences batch, int sequence)
    {
        var steps = batch.Length(sequence);
        var sum = 0f;
        for (var step = 0; step < steps; step++)
        {
            var values = batch.Step(sequence, step);
            if (!LeavesRanges(values)) continue;
            for (var i = 0; i < values.Length; i++) sum += Excess(values[i], i);
        }
        return sum / steps;
    }

    /// <summary>Spreads by which a value lies outside its feature's range, at most eight; 0 for what is no number.</summary>
    public float Excess(float value, int feature)
    {
        var above = value > High[feature];
        if (!above && !(value < Low[feature])) return 0;
        var bound = above ? High[feature] : Low[feature];
        var logarithmic = scaler.Logarithmic[feature] != 0;
        var distance = logarithmic ? MathF.Log((1 + MathF.Max(value, 0)) / (1 + MathF.Max(bound, 0))) : value - bound;
        return MathF.Min(Most, MathF.Abs(distance) * MathF.Min(scaler.Scale[feature], 1 / SmallestSpread));
    }

    private float Surprise(float excess) => excess > 0 && OutsideSurprise > 0 ? OutsideSurprise + MathF.Log10(1 + excess) : 0;

    private bool LeavesRanges(ReadOnlySpan<float> values)
    {
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - width; i += width)
        {
            var x = new Vector<float>(values[i..]);
            if (Vector.GreaterThanAny(x, new Vector<float>(High, i)) || Vector.LessThanAny(x, new Vector<float>(Low, i))) return true;
        }
        for (; i < values.Length; i++)
            if (values[i] > High[i] || values[i] < Low[i]) return true;
        return false;
    }
}
