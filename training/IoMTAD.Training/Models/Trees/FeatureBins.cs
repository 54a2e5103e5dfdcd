namespace IoMTAD.Training.Models.Trees;

/// <summary>Where each column is cut into at most <see cref="Most"/> bins: one per value where there are few values, else about equally
/// many vectors in each. Columns that never change are left out.</summary>
internal sealed class FeatureBins
{
    public const int Most = 255;
    private const int Sample = 50_000;
    private readonly float[][] edges;
    // Filled up with infinity to 255, so that the search needs no length.
    private readonly float[][] ladders;

    private FeatureBins(int width, int[] columns, float[][] edges)
    {
        (Width, Columns, this.edges) = (width, columns, edges);
        ladders = Array.ConvertAll(edges, e =>
        {
            var ladder = new float[Most];
            Array.Fill(ladder, float.PositiveInfinity);
            e.CopyTo(ladder, 0);
            return ladder;
        });
    }

    /// <summary>Of the vectors.</summary>
    public int Width { get; }

    /// <summary>The vector's value that each column is made from.</summary>
    public IReadOnlyList<int> Columns { get; }

    public int Count(int column) => edges[column].Length + 1;

    /// <summary>A value at most this lies in the bin or before it.</summary>
    public float Threshold(int column, int bin) => edges[column][bin];

    /// <summary>NaN lies in the last bin: it is at most no threshold.</summary>
    public byte Find(int column, float value)
    {
        var ladder = ladders[column];
        var at = 0;
        for (var step = 128; step > 0; step >>= 1) at += value <= ladder[at + step - 1] ? 0 : step;
        return (byte)Math.Min(at, edges[column].Length);
    }

    /// <param name="seed">Chooses which vectors are looked at, where there are many.</param>
    public static FeatureBins Of(IVectors vectors, int seed, int threads)
    {
        var count = Math.Min(Sample, vectors.Count);
        var columns = new float[vectors.Width][];
        for (var j = 0; j < columns.Length; j++) columns[j] = new float[count];
        var random = new SplitMix(seed, -1);
        var vector = new float[vectors.Width];
        for (var i = 0; i < count; i++)
        {
            // One from each of equal stretches: evenly spread, and all of them where all fit.
            long from = (long)i * vectors.Count / count, to = (i + 1L) * vectors.Count / count;
            vectors.Read((int)from + random.Next((int)(to - from)), vector);
            for (var j = 0; j < columns.Length; j++) columns[j][i] = vector[j];
        }
        var cuts = new float[columns.Length][];
        Parallel.For(0, columns.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, j => cuts[j] = BinEdges.Of(columns[j]));
        var kept = Enumerable.Range(0, cuts.Length).Where(j => cuts[j].Length > 0).ToArray();
        return new(vectors.Width, kept, Array.ConvertAll(kept, j => cuts[j]));
    }
}
