namespace IoMTAD.Local.Capture.Simulation;

/// <summary>
/// Buffers for frames that are written but not yet due; given back slots are used again, the last first, while still in cache.
/// </summary>
internal sealed class FrameSlots
{
    public const int SlotLength = 1536;
    private const int ChunkBits = 8;
    private const int ChunkSlots = 1 << ChunkBits;

    private readonly List<byte[]> chunks = [];
    private int[] lengths = [];
    private int[] free = [];
    private int freeCount;

    public int Rent(int length)
    {
        if (freeCount == 0) Grow();
        var slot = free[--freeCount];
        lengths[slot] = length;
        return slot;
    }

    public void Return(int slot) => free[freeCount++] = slot;

    public Span<byte> this[int slot] =>
        chunks[slot >> ChunkBits].AsSpan((slot & (ChunkSlots - 1)) * SlotLength, lengths[slot]);

    private void Grow()
    {
        var first = chunks.Count << ChunkBits;
        chunks.Add(new byte[ChunkSlots * SlotLength]);
        Array.Resize(ref lengths, first + ChunkSlots);
        Array.Resize(ref free, first + ChunkSlots);
        for (var slot = first + ChunkSlots - 1; slot >= first; slot--) free[freeCount++] = slot;
    }
}
