using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IoMTAD.Training.Models.Trees;

/// <summary>A cut of a node: rows of at most this bin in this column go left.</summary>
internal readonly record struct Cut(int Column, int Bin, double Worth)
{
    public static readonly Cut None = new(-1, 0, double.NegativeInfinity);
}

/// <summary>Looks for a node's best cut, with the scratch space that it takes.</summary>
internal sealed unsafe class SplitFinder<TCriterion, TRow> where TCriterion : struct, ICriterion<TRow> where TRow : unmanaged
{
    private const int Bins = 256;
    private readonly int channels;
    private readonly bool randomThresholds;
    private readonly double* sums;
    private readonly double* others;
    private readonly double* left;
    private readonly byte* used;
    private readonly byte* visited;
    private readonly double[] memory;
    private readonly byte[] flags = GC.AllocateArray<byte>(2 * Bins, pinned: true);

    public SplitFinder(int channels, bool randomThresholds)
    {
        (this.channels, this.randomThresholds) = (channels, randomThresholds);
        memory = GC.AllocateArray<double>((2 * Bins + 1) * channels, pinned: true);
        sums = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        others = sums + Bins * channels;
        left = others + Bins * channels;
        used = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(flags, 0);
        visited = used + Bins;
    }

    /// <summary>Adds rows up for a few columns drawn at random, and for more while all of those are constant in the node.</summary>
    /// <param name="columns">Their order changes.</param>
    public Cut Find(
        TCriterion criterion, NodeRows<TRow> rows, int start, int end, double* node, BinnedVectors vectors, Span<int> columns, int wanted,
        SplitMix random)
    {
        var best = Cut.None;
        var varied = false;
        for (var i = 0; i < columns.Length && (i < wanted || !varied); i++)
        {
            random.Choose(columns[i..], 1);
            rows.AddUp(criterion, start, end, vectors.Column(columns[i]), sums, others, used);
            var count = TakeUsed();
            if (count > 1)
            {
                varied = true;
                Scan(criterion, sums, count, node, columns[i], random, ref best);
            }
            for (var b = 0; b < count; b++) new Span<double>(sums + visited[b] * channels, channels).Clear();
        }
        return best;
    }

    /// <summary>Goes through sums that are there already.</summary>
    /// <param name="histogram"><c>[position in columns, bin, channel]</c></param>
    public Cut Find(
        TCriterion criterion, double* histogram, double* node, BinnedVectors vectors, ReadOnlySpan<int> columns, SplitMix random)
    {
        var best = Cut.None;
        for (var i = 0; i < columns.Length; i++)
        {
            var count = vectors.Bins.Count(columns[i]);
            for (var b = 0; b < count; b++) visited[b] = (byte)b;
            Scan(criterion, histogram + (long)i * Bins * channels, count, node, columns[i], random, ref best);
        }
        return best;
    }

    /// <summary>Lists the bins that occur and forgets them: a small node costs what its rows cost, not 255 bins per column.</summary>
    private int TakeUsed()
    {
        var count = 0;
        for (var start = 0; start < Bins; start += Vector256<byte>.Count)
        {
            var some = Vector256.Load(used + start);
            default(Vector256<byte>).Store(used + start);
            for (var bits = Vector256.GreaterThan(some, default).ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                visited[count++] = (byte)(start + System.Numerics.BitOperations.TrailingZeroCount(bits));
        }
        return count;
    }

    private void Scan(TCriterion criterion, double* bins, int count, double* node, int column, SplitMix random, ref Cut best)
    {
        new Span<double>(left, channels).Clear();
        var only = randomThresholds ? visited[0] + random.Next(visited[count - 1] - visited[0]) : -1;
        for (var i = 0; i + 1 < count; i++)
        {
            int bin = visited[i], next = visited[i + 1];
            criterion.Accumulate(left, bins + bin * channels);
            if (next <= only) continue;
            var worth = criterion.Worth(left, node);
            // Halfway through the bins that no row of the node lies in.
            if (worth > best.Worth) best = new(column, only >= 0 ? only : (bin + next - 1) / 2, worth);
            if (only >= 0) return;
        }
    }
}
