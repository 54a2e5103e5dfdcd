using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Fits and calibrates the densities of each length group.</summary>
internal sealed unsafe class DensityFit(FeatureScaler scaler, Autoencoder autoencoder, TrainingOptions options, ProgressMeter progress)
{
    private const int Chunk = 64, WantedShort = 3000, FewestLong = 1000, MostCalibrating = 60_000;
    private static readonly int[] Bounds = [1, 3, 6];

    /// <param name="fit">Benign; its lengths decide which groups there are.</param>
    /// <param name="calibration">Benign and later.</param>
    public IReadOnlyList<LengthGroup> Run(ISequences fit, ISequences calibration)
    {
        var bounds = GroupBounds(fit);
        var groups = new List<LengthGroup>();
        progress.Begin("densities", bounds.Count);
        var shortest = 1;
        foreach (var longest in bounds)
        {
            var sequences = fit.OfLengths(shortest, longest, WantedShort, options.Densities.Sequences);
            var later = calibration.OfLengths(shortest, longest, WantedShort, MostCalibrating);
            if (sequences.Count > 0) groups.Add(Group(longest, sequences, later));
            progress.Advance(1);
            shortest = longest + 1;
        }
        // Longer sequences than any in the data are judged as the longest were.
        groups[^1] = groups[^1] with { MaxLength = fit.MaxSteps };
        return groups;
    }

    /// <summary>The longest length of each group. Long sequences too few for a density of their own, as in quiet wards, join the group
    /// below.</summary>
    private static List<int> GroupBounds(ISequences fit)
    {
        List<int> bounds = [.. Bounds.Where(b => b < fit.MaxSteps)];
        while (bounds.Count > 0 && CountLonger(fit, bounds[^1]) < FewestLong) bounds.RemoveAt(bounds.Count - 1);
        return [.. bounds, fit.MaxSteps];
    }

    private static int CountLonger(ISequences batch, int length)
    {
        var count = 0;
        for (var i = 0; i < batch.Count; i++)
            if (batch.Length(i) > length) count++;
        return count;
    }

    private LengthGroup Group(int longest, ISequences fit, ISequences calibration)
    {
        if (calibration.Count == 0) calibration = fit;
        var (fitReconstruction, fitStatistics) = Rows(fit);
        var (reconstruction, statistics) = Rows(calibration);
        var first = View(fitReconstruction, reconstruction, options.Seed + 10 * longest, out var surprises);
        var second = View(fitStatistics, statistics, options.Seed + 10 * longest + 1, out var others);
        for (var i = 0; i < surprises.Length; i++) surprises[i] += others[i];
        return new(longest, first, second, CalibrationFit.Fit(surprises));
    }

    private DensityView View(RowSet fit, RowSet calibration, int seed, out float[] surprises)
    {
        var dimensions = Math.Min(options.Densities.Dimensions, fit.Width);
        var whitening = WhiteningFit.Fit(fit, dimensions);
        var points = new RowSet(fit.Count, dimensions);
        whitening.Apply(fit.Values.Pointer, points.Values.Pointer, fit.Count);
        var mixture = MixtureFit.Run(points, options.Densities, options.Threads, new Random(seed));
        var scores = Evaluate(whitening, mixture.Mixture, calibration);
        var tail = CalibrationFit.Fit([.. scores]);
        surprises = Array.ConvertAll(scores, tail.Surprise);
        return new(whitening, mixture.Mixture, Centres(fit, mixture.Shares), tail);
    }

    private static float[] Evaluate(Whitening whitening, GaussianMixture mixture, RowSet rows)
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

    /// <param name="rows">Standardised by now.</param>
    private static FloatBuffer Centres(RowSet rows, RowSet shares)
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

    private (RowSet Reconstruction, RowSet Statistics) Rows(ISequences batch)
    {
        var order = new LengthOrder().Sort(batch).ToArray();
        var shape = autoencoder.Shape;
        var reconstruction = new RowSet(batch.Count, shape.Hidden + shape.Padded);
        var statistics = new RowSet(batch.Count, SequenceStatistics.Length(shape.Padded));
        var chunks = (batch.Count + Chunk - 1) / Chunk;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            () => new SequenceViews(scaler, autoencoder, batch.MaxSteps, Chunk), (chunk, _, views) =>
        {
            var block = order.AsSpan(chunk * Chunk, Math.Min(Chunk, batch.Count - chunk * Chunk));
            views.Run(batch, block);
            for (var row = 0; row < block.Length; row++)
            {
                views.Reconstruction.Span.Slice(row * reconstruction.Width, reconstruction.Width).CopyTo(reconstruction[block[row]]);
                views.Statistics.Span.Slice(row * statistics.Width, statistics.Width).CopyTo(statistics[block[row]]);
            }
            return views;
        }, _ => { });
        return (reconstruction, statistics);
    }
}
