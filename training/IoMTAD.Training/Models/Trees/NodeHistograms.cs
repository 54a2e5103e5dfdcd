using System.Numerics;
using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models.Trees;

/// <summary>Sums of every column of large nodes. Of two children only the smaller is added up: the larger is the parent less the smaller,
/// which pays where all nodes try the same columns.</summary>
internal sealed unsafe class NodeHistograms<TCriterion, TRow>(BinnedVectors vectors, int channels)
    where TCriterion : struct, ICriterion<TRow> where TRow : unmanaged
{
    private const int Bins = 256;
    // Below this, subtracting 256 bins per column costs more than adding up the rows.
    private const int LeastRows = 1024;
    private const long MostBytes = 128L << 20;

    private readonly Stack<double[]> free = new();
    private readonly double[] others = GC.AllocateArray<double>(Bins * channels, pinned: true);
    private readonly byte[] unread = GC.AllocateArray<byte>(Bins, pinned: true);
    private int lent;

    /// <returns><c>[position in columns, bin, channel]</c>, pinned; null where it would not pay.</returns>
    public double[]? Build(TCriterion criterion, NodeRows<TRow> rows, int start, int end, ReadOnlySpan<int> columns)
    {
        var length = columns.Length * Bins * channels;
        if (columns.IsEmpty || end - start < LeastRows || (lent + 1L) * length * sizeof(double) > MostBytes) return null;
        lent++;
        if (!free.TryPop(out var result)) result = GC.AllocateUninitializedArray<double>(length, pinned: true);
        Array.Clear(result);
        var sums = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(result, 0);
        fixed (byte* used = unread)
        fixed (double* spare = others)
        {
            for (var i = 0; i < columns.Length; i++)
                rows.AddUp(criterion, start, end, vectors.Column(columns[i]), sums + (long)i * Bins * channels, spare, used);
        }
        return result;
    }

    /// <summary>The sums of a node's two children, in place of its own.</summary>
    public (double[]? Left, double[]? Right) Split(
        TCriterion criterion, NodeRows<TRow> rows, int start, int middle, int end, ReadOnlySpan<int> columns, double[]? parent)
    {
        if (parent is null) return (null, null);
        var leftIsSmaller = middle - start <= end - middle;
        var smaller = Math.Max(middle - start, end - middle) < LeastRows ? null
            : leftIsSmaller ? Build(criterion, rows, start, middle, columns) : Build(criterion, rows, middle, end, columns);
        if (smaller is null)
        {
            Return(parent);
            return (null, null);
        }
        var differences = MemoryMarshal.Cast<double, Vector<double>>(parent.AsSpan());
        var subtracted = MemoryMarshal.Cast<double, Vector<double>>(smaller.AsSpan());
        for (var i = 0; i < differences.Length; i++) differences[i] -= subtracted[i];
        return leftIsSmaller ? (smaller, parent) : (parent, smaller);
    }

    public void Return(double[]? histogram)
    {
        if (histogram is null) return;
        lent--;
        free.Push(histogram);
    }
}
