namespace IoMTAD.Training.Evaluation;

/// <summary>How well scores tell attacks from benign traffic.</summary>
public static class RocCurve
{
    /// <summary>Area under the curve: the chance that an attack scores higher than benign traffic, ties counting half (Mann and Whitney
    /// 1947).</summary>
    public static double Area(ReadOnlySpan<float> benign, ReadOnlySpan<float> attack)
    {
        var sorted = benign.ToArray();
        Array.Sort(sorted);
        double wins = 0;
        foreach (var score in attack) wins += (Below(sorted, score) + Below(sorted, MathF.BitIncrement(score))) / 2.0;
        return wins / ((double)benign.Length * attack.Length);
    }

    /// <summary>The score that a share <paramref name="rate"/> of benign sequences exceeds.</summary>
    public static float ThresholdAt(ReadOnlySpan<float> benign, double rate)
    {
        var sorted = benign.ToArray();
        Array.Sort(sorted);
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * (1 - rate)) - 1, 0, sorted.Length - 1)];
    }

    public static double ShareAbove(ReadOnlySpan<float> scores, float threshold)
    {
        var count = 0;
        foreach (var score in scores)
            if (score > threshold) count++;
        return scores.Length == 0 ? 0 : (double)count / scores.Length;
    }

    private static int Below(float[] sorted, float score)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < score) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
