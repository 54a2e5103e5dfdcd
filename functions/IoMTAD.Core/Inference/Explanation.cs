using System.Numerics;
using System.Runtime.InteropServices;
using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>Splits a sequence's strangeness among its features.</summary>
/// <remarks>
/// The squared Mahalanobis distance to the nearest component is a sum over inputs, (x − μ)ⱼ · (Σ⁻¹(x − μ))ⱼ; each feature gets the
/// positive terms
/// of its own inputs, and each view counts by its surprise.
/// </remarks>
internal sealed class Explanation(AnomalyModel model, SequenceViews views)
{
    /// <summary>Expects the one sequence in row 0 of the views, already judged, so standardised.</summary>
    public int Write(
        LengthGroup group, float reconstruction, float spreads, ISequences batch, int sequence,
        Span<FeatureContribution> contributions)
    {
        var shape = model.Autoencoder.Shape;
        var shares = new double[shape.Features];
        AddView(group.Reconstruction, views.Reconstruction.Span[..views.ReconstructionLength], shape.Hidden, reconstruction, shares);
        var nearest = AddView(group.Spreads, views.Spreads.Span[..views.SpreadsLength], 0, spreads, shares);
        AddExcess(batch, sequence, shares);
        var total = Math.Max(shares.Sum(), 1e-30);
        var order = Enumerable.Range(0, shares.Length).OrderByDescending(i => shares[i]).ToArray();
        var count = Math.Min(contributions.Length, order.Length);
        for (var i = 0; i < count; i++)
        {
            var feature = order[i];
            contributions[i] = new(feature, Observed(batch, sequence, feature), Expected(group.Spreads, nearest, feature),
                (float)(shares[feature] / total));
        }
        return count;
    }

    /// <summary>A feature outside its benign range counts by how far it is outside.</summary>
    private void AddExcess(ISequences batch, int sequence, double[] shares)
    {
        var surprise = model.Ranges.Surprise(batch, sequence);
        if (surprise <= 0) return;
        var excess = new double[shares.Length];
        for (var t = 0; t < batch.Length(sequence); t++)
            for (var i = 0; i < excess.Length; i++) excess[i] += model.Ranges.Excess(batch.Step(sequence, t)[i], i);
        var total = Math.Max(excess.Sum(), 1e-30);
        for (var i = 0; i < shares.Length; i++) shares[i] += excess[i] / total * surprise;
    }

    /// <returns>The nearest component.</returns>
    private int AddView(DensityView view, Span<float> vector, int firstFeature, float surprise, double[] shares)
    {
        var (whitening, mixture) = (view.Whitening, view.Mixture);
        var d = mixture.Dimensions;
        // The vector is standardised already, so it is projected without the step that Evaluate puts before.
        var z = whitening.Origin.Span.ToArray();
        for (var i = 0; i < vector.Length; i++)
            if (vector[i] != 0) AddScaled(z, whitening.Axes.Span.Slice(i * d, d), vector[i]);
        var nearest = Nearest(mixture, z, out var gradient);
        var terms = new double[shares.Length];
        var padded = model.Autoencoder.Shape.Padded;
        for (var i = firstFeature; i < vector.Length; i++)
        {
            var feature = (i - firstFeature) % padded;
            var away = vector[i] - view.Centres.Span[nearest * vector.Length + i];
            if (feature < shares.Length && away != 0)
                terms[feature] += Math.Max(0, away * Dot(whitening.Axes.Span.Slice(i * d, d), gradient));
        }
        var total = Math.Max(terms.Sum(), 1e-30);
        for (var i = 0; i < shares.Length; i++) shares[i] += terms[i] / total * Math.Max(surprise, 1e-3f);
        return nearest;
    }

    /// <param name="gradient">Σ⁻¹(z − μ) of that component.</param>
    private static int Nearest(GaussianMixture mixture, ReadOnlySpan<float> z, out float[] gradient)
    {
        var (d, width) = (mixture.Dimensions, mixture.Shifts.Length);
        var (best, bestDensity) = (0, float.NegativeInfinity);
        gradient = [];
        var (difference, slope) = (new float[d], new float[d]);
        for (var k = 0; k < mixture.Components; k++)
        {
            for (var i = 0; i < d; i++) slope[i] = mixture.Precisions.Span[k] * (difference[i] = z[i] - mixture.Means.Span[k * d + i]);
            // Factors are [dimensions, components × rank]: a component's part of each row lies together.
            var along = new float[GaussianMixture.Rank];
            for (var i = 0; i < d; i++) AddScaled(along, Factors(i, k), difference[i]);
            for (var i = 0; i < d; i++) slope[i] -= Dot(Factors(i, k), along);
            var density = mixture.LogConstants.Span[k] - 0.5f * Dot(difference, slope);
            if (density <= bestDensity) continue;
            (best, bestDensity, gradient) = (k, density, slope.ToArray());
        }
        return best;

        ReadOnlySpan<float> Factors(int dimension, int component) =>
            mixture.Factors.Span.Slice(dimension * width + component * GaussianMixture.Rank, GaussianMixture.Rank);
    }

    // Lengths are multiples of the widest vector, as all padded buffers are.
    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float scale)
    {
        var s = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var v = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < s.Length; i++) s[i] += v[i] * scale;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return Vector.Sum(sum);
    }

    private static float Observed(ISequences batch, int sequence, int feature)
    {
        double sum = 0;
        for (var t = 0; t < batch.Length(sequence); t++) sum += batch.Step(sequence, t)[feature];
        return (float)(sum / batch.Length(sequence));
    }

    private float Expected(DensityView spreads, int nearest, int feature)
    {
        var (whitening, centre) = (spreads.Whitening, spreads.Centres.Span[nearest * spreads.Whitening.Inputs + feature]);
        var scale = whitening.Scale.Span[feature];
        return model.Scaler.Restore(feature, whitening.Mean.Span[feature] + (scale == 0 ? 0 : centre / scale));
    }
}
