namespace IoMTAD.Training.Models.Networks;

/// <summary>Random bits that depend only on the numbers they are made from, so that a run may be taken up anywhere and cut among threads
/// in any way: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
internal struct SeededStream
{
    private ulong state;

    public SeededStream(int seed, int epoch, int index, int purpose)
    {
        state = (uint)seed;
        state = Next() + (uint)epoch;
        state = Next() + (uint)index;
        state = Next() + (uint)purpose;
    }

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
