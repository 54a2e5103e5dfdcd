namespace IoMTAD.Training.Models.Trees;

/// <summary>Cuts a column's values into bins of about equal counts.</summary>
internal static class BinEdges
{
    /// <summary>The edges between bins, rising: each is halfway between two neighbouring values.</summary>
    /// <param name="values">Sorted in place; those that are not finite are passed over.</param>
    public static float[] Of(float[] values)
    {
        Array.Sort(values);
        var finite = Array.FindAll(values, float.IsFinite);
        var (distinct, counts) = Runs(finite);
        var edges = new List<float>();
        // A value that would fill a bin has one alone: most columns are zero nearly everywhere, and the rest, which tells, shares the
        // others.
        var heavy = distinct.Count <= FeatureBins.Most ? 0 : finite.Length / FeatureBins.Most;
        int left = counts.Sum(n => n >= heavy ? 0 : n), bins = Math.Max(1, FeatureBins.Most - counts.Count(n => n >= heavy)), held = 0;
        for (var i = 0; i + 1 < distinct.Count && edges.Count < FeatureBins.Most - 1; i++)
        {
            if (counts[i] < heavy) held += counts[i];
            if (counts[i] < heavy && counts[i + 1] < heavy && held < left / bins) continue;
            edges.Add(Between(distinct[i], distinct[i + 1]));
            if (held > 0) (left, bins, held) = (left - held, Math.Max(1, bins - 1), 0);
        }
        return [.. edges];
    }

    /// <summary>At least the lower and below the upper value, whatever the rounding.</summary>
    private static float Between(float low, float high)
    {
        var middle = (float)(((double)low + high) / 2);
        return middle < high ? middle : low;
    }

    private static (List<float> Values, List<int> Counts) Runs(float[] sorted)
    {
        var (values, counts) = (new List<float>(), new List<int>());
        foreach (var value in sorted)
        {
            if (values.Count == 0 || values[^1] != value)
            {
                values.Add(value);
                counts.Add(0);
            }
            counts[^1]++;
        }
        return (values, counts);
    }
}
