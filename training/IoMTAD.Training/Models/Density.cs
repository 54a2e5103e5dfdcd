using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>A whitening and a mixture over rows of one view.</summary>
internal static unsafe class Density
{
    private const int Chunk = 64;

    /// <remarks>Densities of different whitenings have different units, so each is given relative to the median over what it was fitted to: only
    /// then can one be calibrated by the scores of others.</remarks>
    /// <param name="rows">Left standardised.</param>
    public static (Whitening Whitening, MixtureFit Fit) Fit(RowSet rows, DensityOptions options, int threads, int seed)
    {
        var whitening = WhiteningFit.Fit(rows, options);
        var points = new RowSet(rows.Count, whitening.Outputs);
        whitening.Apply(rows.Values.Pointer, points.Values.Pointer, rows.Count);
        var fit = MixtureFit.Run(points, options, threads, new Random(seed));
        var own = Scores(fit.Mixture, points);
        Array.Sort(own);
        foreach (ref var constant in fit.Mixture.LogConstants.Span) constant += own[own.Length / 2];
        return (whitening, fit);
    }

    private static float[] Scores(GaussianMixture mixture, RowSet points)
    {
        var scratch = new FloatBuffer(Chunk * mixture.Shifts.Length);
        var densities = new FloatBuffer(Chunk * mixture.Components);
        var result = new float[points.Count];
        for (var start = 0; start < points.Count; start += Chunk)
        {
            var count = Math.Min(Chunk, points.Count - start);
            mixture.LogDensities(points.Values.Pointer + (long)start * points.Width, scratch.Pointer, densities.Pointer, count);
            for (var i = 0; i < count; i++)
                result[start + i] = -GaussianMixture.LogSum(densities.Span.Slice(i * mixture.Components, mixture.Components));
        }
        return result;
    }

    /// <summary>Minus the log density of each row.</summary>
    /// <param name="rows">Left standardised.</param>
    public static float[] Scores(Whitening whitening, GaussianMixture mixture, RowSet rows)
    {
        var evaluator = new DensityEvaluator(Chunk, mixture.Dimensions, mixture.Components);
        var result = new float[rows.Count];
        for (var start = 0; start < rows.Count; start += Chunk)
        {
            var count = Math.Min(Chunk, rows.Count - start);
            evaluator.Evaluate(whitening, mixture, rows.Values.Pointer + (long)start * rows.Width, result.AsSpan(start, count));
        }
        return result;
    }

    /// <summary>What each component's members look like on average.</summary>
    /// <param name="rows">Standardised by now.</param>
    public static FloatBuffer Centres(RowSet rows, RowSet shares)
    {
        var sums = new double[shares.Width * rows.Width];
        var weights = new double[shares.Width];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var k = 0; k < shares.Width; k++)
            {
                var share = shares[i][k];
                if (share < 1e-3f) continue;
                weights[k] += share;
                var row = rows[i];
                for (var j = 0; j < row.Length; j++) sums[k * rows.Width + j] += share * row[j];
            }
        }
        var centres = new FloatBuffer(sums.Length);
        for (var i = 0; i < sums.Length; i++) centres.Span[i] = (float)(sums[i] / Math.Max(1e-9, weights[i / rows.Width]));
        return centres;
    }
}
