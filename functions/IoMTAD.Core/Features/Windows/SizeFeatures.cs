namespace IoMTAD.Features;

internal struct SizeFeatures
{
    private long bytes;
    private long squares;
    private int max;
    private long payload;

    public void Add(int size, int payloadLength)
    {
        bytes += size;
        squares += (long)size * size;
        max = Math.Max(max, size);
        payload += payloadLength;
    }

    public readonly long Bytes => bytes;

    public readonly void Write(Span<float> vector, int packets)
    {
        vector[(int)WindowColumn.SizeMean] = WindowMath.Log1P((double)bytes / packets);
        vector[(int)WindowColumn.SizeStd] = WindowMath.Log1P(WindowMath.Std(bytes, squares, packets));
        vector[(int)WindowColumn.SizeMax] = WindowMath.Log1P(max);
        vector[(int)WindowColumn.PayloadShare] = bytes == 0 ? 0 : Math.Clamp((float)payload / bytes, 0, 1);
    }
}
