using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Fits a Gaussian mixture by expectation-maximisation (Dempster et al. 1977) from a seeded k-means++ start.</summary>
internal sealed unsafe class MixtureFit
{
    private const int Chunk = 256;
    // A point that belongs to a component by less than this changes its moments by less than sampling does.
    private const float LeastShare = 1e-3f;

    private readonly RowSet points;
    private readonly DensityOptions options;
    private readonly int threads;
    private readonly int d;
    private readonly int k;
    private readonly double[] weights;
    private readonly double[][] means;
    private readonly double[][] covariances;
    private readonly FloatBuffer factors;
    private readonly FloatBuffer shifts;
    private readonly FloatBuffer constants;
    private readonly float[] logLikelihood;

    private MixtureFit(RowSet points, DensityOptions options, int threads, Random random)
    {
        (this.points, this.options, this.threads) = (points, options, threads);
        d = points.Width;
        // A full covariance wants several points per dimension.
        k = Math.Clamp(points.Count / (3 * d), 1, options.Components);
        Shares = new(points.Count, k);
        (factors, shifts, constants) = (new(k * d * d), new(k * d), new(k));
        (weights, means, covariances) = (new double[k], new double[k][], new double[k][]);
        logLikelihood = new float[points.Count];
        new KMeansStart(points, k, random).Assign(Shares);
    }

    /// <summary>How much of each point belongs to each component.</summary>
    public RowSet Shares { get; }

    public GaussianMixture Mixture { get; private set; } = null!;

    public static MixtureFit Run(RowSet points, DensityOptions options, int threads, Random random)
    {
        var fit = new MixtureFit(points, options, threads, random);
        var before = double.NegativeInfinity;
        for (var i = 0; i < options.Iterations; i++)
        {
            Parallel.For(0, fit.k, fit.Parallelism, fit.Maximise);
            var now = fit.Expect();
            if (now - before < 1e-3) break;
            before = now;
        }
        fit.Mixture = MixtureTruncation.Of(fit.weights, fit.means, fit.covariances, threads);
        return fit;
    }

    private ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = threads };

    private void Maximise(int component)
    {
        var mean = new double[d];
        double weight = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var share = Shares[i][component];
            if (share < LeastShare) continue;
            weight += share;
            var point = points[i];
            for (var j = 0; j < d; j++) mean[j] += share * point[j];
        }
        weight = Math.Max(weight, 1e-6);
        for (var j = 0; j < d; j++) mean[j] /= weight;
        (weights[component], means[component]) = (weight / points.Count, mean);
        var scatter = new ScatterMatrix(d);
        for (var i = 0; i < points.Count; i++)
        {
            var share = Shares[i][component];
            if (share < LeastShare) continue;
            var root = MathF.Sqrt(share);
            var point = points[i];
            var row = scatter.Add();
            for (var j = 0; j < d; j++) row[j] = root * (point[j] - (float)mean[j]);
        }
        var covariance = scatter.Sum;
        for (var i = 0; i < covariance.Length; i++) covariance[i] /= weight;
        for (var j = 0; j < d; j++) covariance[j * d + j] += options.Ridge;
        covariances[component] = covariance;
        Store(component, weight / points.Count, mean, covariance);
    }

    /// <summary>Σ = L·Lᵀ gives P = L⁻ᵀ, upper triangular, with P·Pᵀ = Σ⁻¹.</summary>
    private void Store(int component, double weight, double[] mean, double[] covariance)
    {
        var inverse = LowerTriangle.InverseFactor(covariance, d, out var logDeterminant);
        var factor = factors.Span.Slice(component * d * d, d * d);
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++)
                factor[i * d + j] = j >= i ? (float)inverse[j * d + i] : 0;
        for (var j = 0; j < d; j++)
        {
            double shift = 0;
            for (var i = 0; i <= j; i++) shift -= mean[i] * factor[i * d + j];
            shifts.Span[component * d + j] = (float)shift;
        }
        constants.Span[component] = (float)(Math.Log(weight) - 0.5 * logDeterminant - 0.5 * d * Math.Log(2 * Math.PI));
    }

    private double Expect()
    {
        var mixture = new FullMixture(factors, shifts, constants, d);
        Parallel.For(0, (points.Count + Chunk - 1) / Chunk, Parallelism, () => new FloatBuffer(Chunk * d), (chunk, _, scratch) =>
        {
            var start = chunk * Chunk;
            var rows = Math.Min(Chunk, points.Count - start);
            mixture.LogDensities(points.Values.Pointer + (long)start * d, scratch.Pointer, Shares.Values.Pointer + (long)start * k, rows);
            for (var i = start; i < start + rows; i++)
            {
                var shares = Shares[i];
                logLikelihood[i] = GaussianMixture.LogSum(shares);
                foreach (ref var share in shares) share = MathF.Exp(share - logLikelihood[i]);
            }
            return scratch;
        }, _ => { });
        double sum = 0;
        foreach (var x in logLikelihood) sum += x;
        return sum / points.Count;
    }
}
