using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Many vectors of one width, <c>[row, width]</c>.</summary>
internal sealed class RowSet(int count, int width)
{
    public int Count { get; } = count;
    public int Width { get; } = width;
    public FloatBuffer Values { get; } = new(count * width);
    public Span<float> this[int row] => Values.Span.Slice(row * Width, Width);

    public int[] Where(Func<int, bool> wanted) => [.. Enumerable.Range(0, Count).Where(wanted)];

    /// <summary>A copy of some rows.</summary>
    /// <param name="most">Evenly thinned to this many.</param>
    public RowSet Pick(int[] rows, int most = int.MaxValue)
    {
        var result = new RowSet(Math.Min(rows.Length, most), Width);
        for (var i = 0; i < result.Count; i++) this[rows[(int)((long)i * rows.Length / result.Count)]].CopyTo(result[i]);
        return result;
    }
}
