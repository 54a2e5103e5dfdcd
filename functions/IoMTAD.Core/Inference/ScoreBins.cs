namespace IoMTAD.Inference;

/// <summary>Bins of a tenth in which scores are counted, for months on end. A score is −log₁₀ of a share of benign traffic.</summary>
public static class ScoreBins
{
    /// <summary>The last one holds all from 6 on.</summary>
    public const int Count = 61;

    private const int PerUnit = 10;

    /// <returns>The bin of a score; null of NaN.</returns>
    public static int? Of(float score) => float.IsNaN(score) ? null : (int)Math.Clamp(MathF.Floor(score * PerUnit), 0, Count - 1);

    /// <returns>Where the bin ends: scores below that are in it or in one before. Infinity for the last.</returns>
    public static float End(int bin) => bin == Count - 1 ? float.PositiveInfinity : (bin + 1f) / PerUnit;

    /// <param name="end">Of <see cref="End"/>.</param>
    public static int EndingAt(float end) => float.IsPositiveInfinity(end) ? Count - 1 : (int)MathF.Round(end * PerUnit) - 1;
}
