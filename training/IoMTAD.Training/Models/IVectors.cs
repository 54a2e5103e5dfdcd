namespace IoMTAD.Training.Models;

/// <summary>Vectors of one width, read at random and made as they are read, so that large data need not be laid out twice. Reading is safe
/// on any number of threads.</summary>
internal interface IVectors
{
    int Count { get; }
    int Width { get; }

    /// <param name="vector"><see cref="Width"/> values.</param>
    void Read(int index, Span<float> vector);
}

/// <summary>Vectors and the class of each.</summary>
/// <param name="Labels">Indices into <paramref name="Classes"/>.</param>
internal sealed record LabelledVectors(IVectors Vectors, ReadOnlyMemory<int> Labels, IReadOnlyList<string> Classes)
{
    public int Count => Vectors.Count;

    /// <summary>Weight of each class, (n / (classes · n_c))^power, scaled so that the weights of all vectors average 1: power 1 makes classes
    /// count alike, 0 leaves them as they are.</summary>
    public float[] ClassWeights(double power)
    {
        var counts = new int[Classes.Count];
        foreach (var label in Labels.Span) counts[label]++;
        var weights = Array.ConvertAll(counts, n => n == 0 ? 0 : Math.Pow((double)Count / (Classes.Count * n), power));
        var mean = weights.Select((w, c) => w * counts[c]).Sum() / Count;
        return Array.ConvertAll(weights, w => (float)(w / mean));
    }
}
