namespace IoMTAD.Inference;

/// <summary>Floats at a fixed, cache-line aligned address, zeroed at first: what the kernels read and write.</summary>
internal sealed unsafe class FloatBuffer
{
    private const int Line = 16;
    private readonly float[] memory;
    private readonly int start;

    public FloatBuffer(int length)
    {
        memory = GC.AllocateArray<float>(length + Line, pinned: true);
        fixed (float* p = memory) start = (int)((Line - ((long)p / sizeof(float) % Line)) % Line);
        Length = length;
    }

    public FloatBuffer(ReadOnlySpan<float> values) : this(values.Length) => values.CopyTo(Span);

    public int Length { get; }

    public Span<float> Span => memory.AsSpan(start, Length);

    /// <summary>Valid as long as this object lives.</summary>
    public float* Pointer
    {
        get { fixed (float* p = memory) return p + start; }
    }
}
