using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Many vectors of one width, <c>[row, width]</c>.</summary>
internal sealed class RowSet(int count, int width)
{
    public int Count { get; } = count;
    public int Width { get; } = width;
    public FloatBuffer Values { get; } = new(count * width);
    public Span<float> this[int row] => Values.Span.Slice(row * Width, Width);
}
