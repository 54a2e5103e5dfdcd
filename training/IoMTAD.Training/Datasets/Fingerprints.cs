using System.Runtime.InteropServices;
using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>64-bit fingerprints by which exact repeats are recognised.</summary>
internal static class Fingerprints
{
    // Odd constants of the golden ratio (Knuth, TAOCP 3, 6.4), mixed as in a multiply-xorshift hash.
    private const ulong Start = 0x9E3779B97F4A7C15, Factor = 0xD6E8FEB86659FD93;

    public static ulong Of(ReadOnlySpan<float> values) => Add(Start, values);

    public static ulong Of(ISequences sequences, int index)
    {
        var hash = Start;
        for (var t = 0; t < sequences.Length(index); t++) hash = Add(hash, sequences.Step(index, t));
        return hash;
    }

    private static ulong Add(ulong hash, ReadOnlySpan<float> values)
    {
        foreach (var bits in MemoryMarshal.Cast<float, uint>(values))
        {
            hash = (hash ^ bits) * Factor;
            hash ^= hash >> 29;
        }
        return hash;
    }
}
