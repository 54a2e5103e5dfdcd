using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>From full covariances to the widest directions of each and one variance for the rest: a fifth of the work at every
/// score.</summary>
internal static class MixtureTruncation
{
    public static GaussianMixture Of(double[] weights, double[][] means, double[][] covariances, int threads)
    {
        var (k, d, width) = (weights.Length, means[0].Length, weights.Length * GaussianMixture.Rank);
        FloatBuffer centres = new(k * d), precisions = new(k), factors = new(d * width), shifts = new(width), constants = new(k);
        Parallel.For(0, k, new ParallelOptions { MaxDegreeOfParallelism = threads }, component =>
        {
            var total = Enumerable.Range(0, d).Sum(j => covariances[component][j * d + j]);
            var axes = PrincipalAxes.Of([.. covariances[component]], d);
            var kept = Math.Min(GaussianMixture.Rank, d - 1);
            var rest = Math.Max((total - axes.Take(kept).Sum(a => a.Variance)) / (d - kept), 1e-6);
            var logDeterminant = (d - kept) * Math.Log(rest);
            for (var r = 0; r < kept; r++)
            {
                var (variance, axis) = axes[r];
                logDeterminant += Math.Log(variance);
                var (at, length, shift) = (component * GaussianMixture.Rank + r, Math.Sqrt(Math.Max(0, 1 / rest - 1 / variance)), 0.0);
                for (var i = 0; i < d; i++)
                {
                    factors.Span[i * width + at] = (float)(axis[i] * length);
                    shift -= means[component][i] * axis[i] * length;
                }
                shifts.Span[at] = (float)shift;
            }
            for (var i = 0; i < d; i++) centres.Span[component * d + i] = (float)means[component][i];
            precisions.Span[component] = (float)(1 / rest);
            constants.Span[component] = (float)(Math.Log(weights[component]) - 0.5 * logDeterminant - 0.5 * d * Math.Log(2 * Math.PI));
        });
        return new(centres, precisions, factors, shifts, constants);
    }
}
