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
        int left = finite.Length, bins = FeatureBins.Most, held = 0;
        for (var i = 0; i + 1 < distinct.Count && bins > 1; i++)
        {
            held += counts[i];
            var share = left / bins;
            // A value that fills a bin alone gets one: most columns are zero nearly everywhere, and the rest is what tells.
            var full = distinct.Count <= FeatureBins.Most || held >= share || counts[i + 1] >= share;
            if (!full) continue;
            edges.Add(Between(distinct[i], distinct[i + 1]));
            (left, held) = (left - held, 0);
            bins--;
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
