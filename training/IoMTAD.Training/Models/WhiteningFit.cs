using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Learns a <see cref="Whitening"/>: standardisation, then the leading principal components at unit variance.</summary>
internal static class WhiteningFit
{
    private const float Clip = 4;

    public static Whitening Fit(RowSet rows, DensityOptions options)
    {
        var width = rows.Width;
        var dimensions = Math.Min(options.Dimensions, width);
        var (mean, scale) = Standardisation(rows, options.SmallestSpread);
        var whitening = new Whitening(mean, scale, new(width * dimensions), new(dimensions), Clip);
        var (centre, covariance) = Covariance(rows, whitening);
        var axes = PrincipalAxes.Of(covariance, width);
        for (var k = 0; k < Math.Min(dimensions, axes.Count); k++)
        {
            var (variance, axis) = axes[k];
            var length = 1 / Math.Max(Math.Sqrt(variance), options.SmallestAxis);
            double origin = 0;
            for (var i = 0; i < width; i++)
            {
                whitening.Axes.Span[i * dimensions + k] = (float)(axis[i] * length);
                origin -= axis[i] * length * centre[i];
            }
            whitening.Origin.Span[k] = (float)origin;
        }
        return whitening;
    }

    private static (FloatBuffer Mean, FloatBuffer Scale) Standardisation(RowSet rows, double smallestSpread)
    {
        var width = rows.Width;
        var (sum, squares) = (new double[width], new double[width]);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            for (var j = 0; j < width; j++)
            {
                sum[j] += row[j];
                squares[j] += (double)row[j] * row[j];
            }
        }
        var (mean, scale) = (new FloatBuffer(width), new FloatBuffer(width));
        for (var j = 0; j < width; j++)
        {
            var m = sum[j] / rows.Count;
            mean.Span[j] = (float)m;
            scale.Span[j] = (float)(1 / Math.Max(Math.Sqrt(Math.Max(0, squares[j] / rows.Count - m * m)), smallestSpread));
        }
        return (mean, scale);
    }

    private static unsafe (double[] Mean, double[] Covariance) Covariance(RowSet rows, Whitening whitening)
    {
        var width = rows.Width;
        var scatter = new ScatterMatrix(width);
        var copy = new FloatBuffer(width);
        var mean = new double[width];
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(copy.Span);
            whitening.Standardise(copy.Pointer, 1);
            copy.Span.CopyTo(scatter.Add());
            for (var j = 0; j < width; j++) mean[j] += copy.Span[j];
        }
        var covariance = scatter.Sum;
        for (var i = 0; i < width; i++) mean[i] /= rows.Count;
        for (var i = 0; i < width; i++)
            for (var j = 0; j < width; j++)
                covariance[i * width + j] = covariance[i * width + j] / rows.Count - mean[i] * mean[j];
        return (mean, covariance);
    }
}
