using System.Numerics;

namespace IoMTAD.Features;

/// <summary>
/// A set of keys seen in one segment, with counts per window: distinct values, entropy, one value per key. Nothing is cleared between
/// segments, only outdated.
/// </summary>
/// <remarks>
/// Open addressing with linear probing; 100 packets add at most 100 keys to the 256 places, so a free one is always near.
/// </remarks>
internal sealed class SegmentTable
{
    private const int Places = 256;

    private readonly Entry[] entries = new Entry[Places];
    private long segment = 1;
    private long window = 1;
    private double countLogCount;

    private struct Entry
    {
        public ulong Key;
        public ulong Value;
        public long Segment;
        public long Window;
        public int WindowCount;
    }

    public int SegmentDistinct { get; private set; }
    public int WindowDistinct { get; private set; }
    private int WindowTotal { get; set; }

    public void BeginSegment()
    {
        segment++;
        SegmentDistinct = 0;
        BeginWindow();
    }

    public void BeginWindow()
    {
        window++;
        WindowDistinct = 0;
        WindowTotal = 0;
        countLogCount = 0;
    }

    /// <summary>Counts one occurrence of the key in this window.</summary>
    /// <returns>True where the segment had not seen it.</returns>
    public bool Count(ulong key)
    {
        ref var entry = ref Find(key, out var added);
        if (entry.Window != window)
        {
            entry.Window = window;
            entry.WindowCount = 0;
            WindowDistinct++;
        }
        countLogCount += WindowMath.CountLogCountStep(entry.WindowCount++);
        WindowTotal++;
        return added;
    }

    public bool Contains(ulong key)
    {
        for (var place = Place(key); entries[place].Segment == segment; place = place + 1 & Places - 1)
            if (entries[place].Key == key) return true;
        return false;
    }

    /// <returns>True where the segment had not seen the key.</returns>
    public bool Add(ulong key)
    {
        Find(key, out var added);
        return added;
    }

    /// <summary>Sets the key's value.</summary>
    /// <returns>True where the segment had seen it with another one.</returns>
    public bool Rebind(ulong key, ulong value)
    {
        ref var entry = ref Find(key, out var added);
        var changed = !added && entry.Value != value;
        entry.Value = value;
        return changed;
    }

    /// <summary>Shannon entropy of the window's occurrences over the keys, in bits: log2 N − Σ c log2 c / N.</summary>
    public double WindowEntropy =>
        WindowTotal == 0 ? 0 : Math.Max(0, WindowMath.Log2(WindowTotal) - countLogCount / WindowTotal);

    private static int Place(ulong key) => (int)(key >> 56);

    private ref Entry Find(ulong key, out bool added)
    {
        for (var place = Place(key); ; place = place + 1 & Places - 1)
        {
            ref var entry = ref entries[place];
            if (entry.Segment == segment)
            {
                if (entry.Key != key) continue;
                added = false;
                return ref entry;
            }
            entry.Key = key;
            entry.Value = 0;
            entry.Segment = segment;
            entry.Window = 0;
            SegmentDistinct++;
            added = true;
            return ref entry;
        }
    }

    /// <summary>Spreads an address over 64 bits; one-to-one for IPv4 and MAC addresses, the high bits choose the place.</summary>
    public static ulong Hash(UInt128 value) =>
        ((ulong)value ^ BitOperations.RotateLeft((ulong)(value >> 64) * 0xD6E8FEB86659FD93, 32)) * 0x9E3779B97F4A7C15;

    public static ulong Hash(ulong value) => value * 0x9E3779B97F4A7C15;
}
