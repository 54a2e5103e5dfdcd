using IoMTAD.Training.Models;

namespace IoMTAD.Training.Tests.Models.Networks;

/// <summary>Vectors side by side in one array.</summary>
internal sealed class ArrayVectors(float[] values, int width) : IVectors
{
    public int Count => values.Length / Width;
    public int Width { get; } = width;

    public void Read(int index, Span<float> vector) => values.AsSpan(index * Width, Width).CopyTo(vector);
}
