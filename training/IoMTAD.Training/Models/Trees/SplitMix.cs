namespace IoMTAD.Training.Models.Trees;

/// <summary>Random numbers by SplitMix64 (Steele, Lea and Flood 2014): streams of neighbouring numbers have nothing in common, which
/// <see cref="Random"/> does not promise of neighbouring seeds, and trees are seeded by their numbers.</summary>
internal sealed class SplitMix(int seed, int stream)
{
    private ulong state = Mix(((ulong)(uint)seed << 32) | (uint)stream);

    /// <summary>At least 0, below 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>At least 0, below <paramref name="limit"/>; the bias of at most limit / 2³² is of no matter here.</summary>
    public int Next(int limit) => (int)(((NextBits() >> 32) * (ulong)limit) >> 32);

    /// <summary>A Poisson variable of mean 1, by inversion.</summary>
    public int NextPoisson()
    {
        var rest = NextDouble() - Math.Exp(-1);
        var (k, probability) = (0, Math.Exp(-1));
        while (rest >= 0 && k < 16) rest -= probability /= ++k;
        return k;
    }

    /// <summary>Brings <paramref name="count"/> of the items, chosen evenly, to the front.</summary>
    public void Choose(Span<int> items, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var other = i + Next(items.Length - i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private ulong NextBits() => Mix(state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
