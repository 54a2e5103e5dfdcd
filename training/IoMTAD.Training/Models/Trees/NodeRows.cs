using System.Runtime.Intrinsics;

namespace IoMTAD.Training.Models.Trees;

/// <summary>The rows that a tree is grown on, so ordered that those of a node stand together, in the order of the vectors.</summary>
internal sealed unsafe class NodeRows<TRow>(int capacity) where TRow : unmanaged
{
    // Rows from which the merging of sums is repaid.
    private const int Large = 2048;
    private readonly int[] indices = GC.AllocateUninitializedArray<int>(capacity);
    private readonly TRow[] rows = GC.AllocateUninitializedArray<TRow>(capacity);
    private readonly int[] otherIndices = GC.AllocateUninitializedArray<int>(capacity);
    private readonly TRow[] otherRows = GC.AllocateUninitializedArray<TRow>(capacity);

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(int index, TRow row) => (indices[Count], rows[Count++]) = (index, row);

    /// <summary>Adds a node's rows up.</summary>
    /// <param name="sums">Zeros at first.</param>
    public void AddUp<TCriterion>(TCriterion criterion, int start, int end, double* sums) where TCriterion : struct, ICriterion<TRow>
    {
        foreach (var row in rows.AsSpan(start, end - start)) criterion.Add(sums, row);
    }

    /// <summary>Adds a node's rows up, each to the sums of its bin.</summary>
    /// <remarks>Most columns have a bin in which most rows lie, and an addition waits for the one before it to the same sum. Of a large
    /// node every other row therefore goes to sums of its own.</remarks>
    /// <param name="bins"><c>[bin, channel]</c>, 256 bins, zeros at first.</param>
    /// <param name="others">As <paramref name="bins"/>; zeros again afterwards.</param>
    /// <param name="used">Becomes 1 for each bin that occurs.</param>
    public void AddUp<TCriterion>(
        TCriterion criterion, int start, int end, ReadOnlySpan<byte> column, double* bins, double* others, byte* used)
        where TCriterion : struct, ICriterion<TRow>
    {
        var channels = criterion.Channels;
        fixed (byte* bin = column)
        fixed (int* index = indices)
        fixed (TRow* row = rows)
        {
            var i = start;
            if (end - start >= Large)
            {
                for (; i + 1 < end; i += 2)
                {
                    int at = bin[index[i]], next = bin[index[i + 1]];
                    used[at] = used[next] = 1;
                    criterion.Add(bins + at * channels, row[i]);
                    criterion.Add(others + next * channels, row[i + 1]);
                }
                Merge(bins, others, 256 * channels);
            }
            for (; i < end; i++)
            {
                var at = bin[index[i]];
                used[at] = 1;
                criterion.Add(bins + at * channels, row[i]);
            }
        }
    }

    private static void Merge(double* sums, double* others, int length)
    {
        for (var i = 0; i < length; i += Vector256<double>.Count)
        {
            (Vector256.Load(sums + i) + Vector256.Load(others + i)).Store(sums + i);
            default(Vector256<double>).Store(others + i);
        }
    }

    /// <summary>Brings the rows whose bin is at most <paramref name="cut"/> before the others of the node; otherwise they keep their
    /// order.</summary>
    /// <returns>Where the others begin.</returns>
    public int Partition(int start, int end, ReadOnlySpan<byte> column, int cut)
    {
        int left = start, right = 0;
        fixed (byte* bin = column)
        fixed (int* index = indices, otherIndex = otherIndices)
        fixed (TRow* row = rows, otherRow = otherRows)
        {
            // Every row is written to both sides and only one of them moves on: no branch to mispredict.
            for (var i = start; i < end; i++)
            {
                var (at, value) = (index[i], row[i]);
                var isLeft = bin[at] <= cut ? 1 : 0;
                (index[left], row[left]) = (at, value);
                (otherIndex[right], otherRow[right]) = (at, value);
                left += isLeft;
                right += 1 - isLeft;
            }
        }
        otherIndices.AsSpan(0, right).CopyTo(indices.AsSpan(left));
        otherRows.AsSpan(0, right).CopyTo(rows.AsSpan(left));
        return left;
    }
}
