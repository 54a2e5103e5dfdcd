namespace IoMTAD.Training.Evaluation;

/// <summary>A 95 % interval.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>Intervals by the moving block bootstrap (Künsch 1989): neighbouring sequences resemble each other, so runs of them are drawn
/// together.</summary>
public sealed class Bootstrap(int seed, int resamples = 200)
{
    private const int Block = 10;

    /// <param name="sizes">How many sequences each class has; each class is drawn by itself.</param>
    /// <param name="figures">Given the drawn indices of each class, the figures.</param>
    /// <returns>One interval per figure; figures that are not numbers are passed over.</returns>
    public Interval[] Intervals(IReadOnlyList<int> sizes, Func<int[][], double[]> figures)
    {
        var drawn = new double[resamples][];
        Parallel.For(0, resamples, i =>
        {
            var random = new Random(seed * 1_000_003 + i);
            drawn[i] = figures([.. sizes.Select(size => Draw(random, size))]);
        });
        return [.. Enumerable.Range(0, drawn[0].Length).Select(f => Middle([.. drawn.Select(d => d[f]).Where(double.IsFinite).Order()]))];
    }

    private static int[] Draw(Random random, int size)
    {
        var result = new int[size];
        for (var i = 0; i < size; i++) result[i] = i % Block == 0 ? random.Next(size) : (result[i - 1] + 1) % size;
        return result;
    }

    private static Interval Middle(double[] sorted) => sorted.Length == 0
        ? new(double.NaN, double.NaN)
        : new(sorted[(int)(0.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.975 * (sorted.Length - 1))]);
}
