using System.Buffers.Binary;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): small, fast and the same on every machine.</summary>
/// <remarks>
/// Every actor has one of its own, seeded by its name, so that one more device changes nobody else's traffic.
/// No logarithms or sines: those may differ in the last bit between platforms, and so would the capture.
/// </remarks>
internal sealed class SimulationRandom
{
    private ulong state;

    public SimulationRandom(int seed, string name)
    {
        var hash = 14695981039346656037UL; // FNV-1a
        foreach (var c in name) hash = (hash ^ c) * 1099511628211UL;
        state = hash ^ (ulong)(uint)seed * 0x9E3779B97F4A7C15UL;
        Next();
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ z >> 27) * 0x94D049BB133111EBUL;
        return z ^ z >> 31;
    }

    public uint Next32() => (uint)(Next() >> 32);

    public ushort Next16() => (ushort)(Next() >> 48);

    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)(uint)bound) >> 32);

    /// <summary>Uniform in [low, high).</summary>
    public int Between(int low, int high) => low + Below(high - low);

    /// <summary>Uniform in [low, high).</summary>
    public long Between(long low, long high) => low + (long)(Unit() * (high - low));

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Bell-shaped around <paramref name="mean"/> with the given relative deviation, never below a tenth of the mean.</summary>
    public long Around(long mean, double deviation)
    {
        // The sum of four uniforms has variance 1/3: near enough to a normal for jitter, and bounded.
        var bell = (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508075688772;
        return Math.Max(mean / 10, (long)(mean * (1 + deviation * bell)));
    }

    public void Fill(Span<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
        var rest = Next();
        for (var i = 0; i < bytes.Length; i++, rest >>= 8) bytes[i] = (byte)rest;
    }

    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
