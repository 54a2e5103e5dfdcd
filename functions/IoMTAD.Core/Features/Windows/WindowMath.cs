namespace IoMTAD.Features;

/// <summary>Logarithms of the small counts that windows are full of, from tables.</summary>
internal static class WindowMath
{
    private static readonly float[] Log1PTable = [.. Enumerable.Range(0, 256).Select(i => MathF.Log(1 + i))];
    private static readonly double[] Log2Table = [.. Enumerable.Range(0, 16).Select(i => i == 0 ? 0 : Math.Log2(i))];
    private static readonly double[] StepTable = [.. Enumerable.Range(0, 15).Select(i => (i + 1) * Log2(i + 1) - i * Log2(i))];

    public static float Log1P(int count) => (uint)count < 256 ? Log1PTable[count] : MathF.Log(1 + count);

    /// <param name="value">Not negative.</param>
    public static float Log1P(double value) => MathF.Log(1 + (float)value);

    public static double Log2(int count) => (uint)count < 16 ? Log2Table[count] : Math.Log2(count);

    /// <summary>(c + 1) log2(c + 1) − c log2 c: what one more occurrence adds to Σ c log2 c.</summary>
    public static double CountLogCountStep(int count) => StepTable[count];

    /// <summary>Population standard deviation from sums; rounding never makes it negative.</summary>
    public static double Std(double sum, double sumOfSquares, int count)
    {
        var mean = sum / count;
        return Math.Sqrt(Math.Max(0, sumOfSquares / count - mean * mean));
    }
}
