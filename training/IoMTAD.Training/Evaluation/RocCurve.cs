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

    /// <summary>Σ (Rₙ − Rₙ₋₁)·Pₙ over falling thresholds, tied scores taken together (as scikit-learn's
    /// <c>average_precision_score</c>).</summary>
    public static double AveragePrecision(ReadOnlySpan<float> benign, ReadOnlySpan<float> attack)
    {
        var (quiet, loud) = (benign.ToArray(), attack.ToArray());
        Array.Sort(quiet);
        Array.Sort(loud);
        double sum = 0;
        for (int i = loud.Length - 1, from; i >= 0; i = from)
        {
            from = i - 1;
            while (from >= 0 && loud[from] == loud[i]) from--;
            var found = loud.Length - 1 - from;
            var falseAlarms = quiet.Length - Below(quiet, loud[i]);
            sum += (double)(i - from) / loud.Length * found / (found + falseAlarms);
        }
        return sum;
    }

    /// <summary>The score that a share <paramref name="rate"/> of benign sequences exceeds.</summary>
    public static float ThresholdAt(ReadOnlySpan<float> benign, double rate)
    {
        var sorted = benign.ToArray();
        Array.Sort(sorted);
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * (1 - rate)) - 1, 0, sorted.Length - 1)];
    }

    public static double ShareAbove(ReadOnlySpan<float> scores, double threshold)
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
