namespace IoMTAD.Training.Models.Trees;

/// <summary>Vectors as bins of one byte, column by column: a quarter of the floats' size, and a split reads one column.</summary>
internal sealed class BinnedVectors
{
    private const int Chunk = 128;
    private readonly byte[][] columns;

    private BinnedVectors(FeatureBins bins, int count)
    {
        (Bins, Count) = (bins, count);
        columns = new byte[bins.Columns.Count][];
        for (var j = 0; j < columns.Length; j++) columns[j] = GC.AllocateUninitializedArray<byte>(count);
    }

    public FeatureBins Bins { get; }
    public int Count { get; }
    public int Columns => columns.Length;

    /// <summary>Each vector's bin in one column.</summary>
    public ReadOnlySpan<byte> Column(int column) => columns[column];

    /// <summary>Reads every vector once.</summary>
    /// <exception cref="OperationCanceledException">There is nothing to keep of vectors half read.</exception>
    public static BinnedVectors Of(IVectors vectors, int seed, int threads, CancellationToken cancel)
    {
        var bins = FeatureBins.Of(vectors, seed, threads);
        var result = new BinnedVectors(bins, vectors.Count);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(0, (vectors.Count + Chunk - 1) / Chunk, parallelism, () => new float[Chunk * vectors.Width], (chunk, _, values) =>
        {
            result.Fill(vectors, chunk * Chunk, values);
            return values;
        }, _ => { });
        return result;
    }

    private void Fill(IVectors vectors, int start, float[] values)
    {
        var (rows, width) = (Math.Min(Chunk, Count - start), Bins.Width);
        for (var i = 0; i < rows; i++) vectors.Read(start + i, values.AsSpan(i * width, width));
        for (var j = 0; j < columns.Length; j++)
        {
            var column = columns[j].AsSpan(start, rows);
            for (int i = 0, at = Bins.Columns[j]; i < rows; i++, at += width) column[i] = Bins.Find(j, values[at]);
        }
    }
}
