using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Densities that saw all benign sequences, calibrated on scores of densities that had not seen the sequence scored.</summary>
/// <param name="HeldOut">The jointly calibrated surprise of each sequence by densities fitted without it and its neighbours in time; NaN for
/// those that were passed over, where there are very many.</param>
internal sealed record FittedDensities(IReadOnlyList<LengthGroup> Groups, float[] HeldOut);

/// <summary>Fits and calibrates the densities of each length group.</summary>
/// <remarks>
/// What is normal drifts, so every stretch of benign traffic is worth learning; and a density must be calibrated on what it did not learn.
/// Cross-fitting has both: stretches of time are dealt to folds, each fold is scored by densities fitted to the others, and the densities that
/// are kept are fitted to all.
/// </remarks>
internal sealed class DensityFit(FeatureScaler scaler, Autoencoder autoencoder, TrainingOptions options, ProgressMeter progress)
{
    private const int WantedShort = 3000, FewestLong = 1000, Most = 60_000, Folds = 4, Stretches = 20;
    private static readonly int[] Bounds = [1, 3, 6];

    /// <param name="benign">In the order of time; its lengths decide which groups there are.</param>
    public FittedDensities Run(ISequences benign)
    {
        var bounds = GroupBounds(benign);
        var groups = new List<LengthGroup>();
        var heldOut = new float[benign.Count];
        Array.Fill(heldOut, float.NaN);
        progress.Begin("densities", benign.Count);
        var shortest = 1;
        foreach (var longest in bounds)
        {
            var (sequences, indices) = benign.OfLengths(shortest, longest, WantedShort, Most);
            if (sequences.Count > 0) groups.Add(Group(longest, sequences, indices, benign, heldOut));
            progress.Advance(sequences.Count);
            shortest = longest + 1;
        }
        // Longer sequences than any in the data are judged as the longest were.
        groups[^1] = groups[^1] with { MaxLength = benign.MaxSteps };
        return new(groups, heldOut);
    }

    /// <summary>The longest length of each group. Long sequences too few for a density of their own, as in quiet wards, join the group
    /// below.</summary>
    private static List<int> GroupBounds(ISequences benign)
    {
        List<int> bounds = [.. Bounds.Where(b => b < benign.MaxSteps)];
        while (bounds.Count > 0 && CountLonger(benign, bounds[^1]) < FewestLong) bounds.RemoveAt(bounds.Count - 1);
        return [.. bounds, benign.MaxSteps];
    }

    private static int CountLonger(ISequences batch, int length)
    {
        var count = 0;
        for (var i = 0; i < batch.Count; i++)
            if (batch.Length(i) > length) count++;
        return count;
    }

    private LengthGroup Group(int longest, ISequences sequences, int[] indices, ISequences benign, float[] heldOut)
    {
        var (reconstruction, spreads) = ViewRows.Of(sequences, scaler, autoencoder, options.Threads);
        // Stretches follow the order of time, also where sequences were thinned or cut.
        var folds = Array.ConvertAll(indices, i => (int)((long)i * Stretches / heldOut.Length) % Folds);
        var first = View(reconstruction, folds, options.Reconstruction, options.Seed + 10 * longest, out var surprises);
        var second = View(spreads, folds, options.Spreads, options.Seed + 10 * longest + 1, out var others);
        for (var i = 0; i < surprises.Length; i++) surprises[i] += others[i];
        var joint = CalibrationFit.Fit([.. surprises]);
        // Longer sequences that were cut to fill up a group are scored whole in their own.
        for (var i = 0; i < indices.Length; i++)
            if (sequences.Length(i) == benign.Length(indices[i])) heldOut[indices[i]] = joint.Surprise(surprises[i]);
        return new(longest, first, second, joint);
    }

    private DensityView View(RowSet rows, int[] folds, DensityOptions density, int seed, out float[] surprises)
    {
        var scores = new float[rows.Count];
        var crossFits = Math.Min(Folds, folds.Distinct().Count());
        for (var fold = 0; fold < Folds && crossFits > 1; fold++)
        {
            var (learned, held) = (rows.Where(i => folds[i] != fold), rows.Where(i => folds[i] == fold));
            if (held.Length == 0) continue;
            var (whitening, fit) = Density.Fit(rows.Pick(learned, density.Sequences), density, options.Threads, seed);
            var own = Density.Scores(whitening, fit.Mixture, rows.Pick(held));
            for (var i = 0; i < held.Length; i++) scores[held[i]] = own[i];
        }
        var kept = rows.Pick(rows.Where(_ => true), density.Sequences);
        var (finalWhitening, final) = Density.Fit(kept, density, options.Threads, seed);
        // One stretch alone cannot be held out.
        if (crossFits <= 1) scores = Density.Scores(finalWhitening, final.Mixture, rows.Pick(rows.Where(_ => true)));
        var tail = CalibrationFit.Fit([.. scores]);
        surprises = Array.ConvertAll(scores, tail.Surprise);
        return new(finalWhitening, final.Mixture, Density.Centres(kept, final.Shares), tail);
    }
}
