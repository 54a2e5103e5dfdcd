using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models.Trees;

/// <summary>How far a tree may grow.</summary>
/// <param name="Depth">Splits between root and leaf.</param>
/// <param name="ColumnsPerNode">Tried at each split; all of them from the number of columns on.</param>
internal sealed record TreeShape(int Depth, int MaxLeaves, int ColumnsPerNode, bool RandomThresholds);

/// <summary>Grows trees on <see cref="Rows"/>, with the scratch space that it takes; one per thread.</summary>
internal sealed unsafe class TreeGrower<TCriterion, TRow> where TCriterion : struct, ICriterion<TRow> where TRow : unmanaged
{
    private readonly BinnedVectors vectors;
    private readonly TreeShape shape;
    private readonly int channels;
    private readonly double[] sums;
    private readonly SplitFinder<TCriterion, TRow> finder;
    private readonly NodeHistograms<TCriterion, TRow> histograms;
    private readonly PriorityQueue<Pending, double> pending = new();
    private TCriterion criterion;
    private GrownTree tree = null!;
    private SplitMix random = null!;
    private int[] columns = [];
    private long considered;

    /// <param name="channels">Of the criterion.</param>
    public TreeGrower(BinnedVectors vectors, TreeShape shape, int channels)
    {
        (this.vectors, this.shape, this.channels) = (vectors, shape, channels);
        sums = GC.AllocateArray<double>(channels, pinned: true);
        finder = new(channels, shape.RandomThresholds);
        histograms = new(vectors, channels);
        Rows = new(vectors.Count);
    }

    private readonly record struct Pending(int Node, int Start, int End, int Depth, Cut Cut, double Gain, double[]? Histogram);

    /// <summary>What the next tree is grown on.</summary>
    public NodeRows<TRow> Rows { get; }

    private bool TriesAll => shape.ColumnsPerNode >= columns.Length;

    /// <param name="columnsToTry">Their number must be the same for all trees of this grower.</param>
    public GrownTree Grow(TCriterion treeCriterion, int outputs, ReadOnlySpan<int> columnsToTry, SplitMix treeRandom)
    {
        (criterion, random, columns, tree) = (treeCriterion, treeRandom, columnsToTry.ToArray(), new(outputs));
        var root = TriesAll && shape.Depth > 1 ? histograms.Build(criterion, Rows, 0, Rows.Count, columns) : null;
        Consider(0, 0, Rows.Count, 0, root);
        for (var leaves = 1; pending.TryDequeue(out var node, out _);)
        {
            // When the leaves are used up, all rows stay on one side. So they may too where sums are differences, which show traces of rows
            // that are not there.
            var column = vectors.Column(node.Cut.Column);
            var middle = leaves < shape.MaxLeaves ? Rows.Partition(node.Start, node.End, column, node.Cut.Bin) : node.End;
            if (middle == node.Start || middle == node.End)
            {
                AddUp(node.Start, node.End);
                End(node.Node, node.Histogram);
                continue;
            }
            leaves++;
            var left = tree.Split(node.Node, node.Cut, node.Gain);
            var (ofLeft, ofRight) = histograms.Split(criterion, Rows, node.Start, middle, node.End, columns, node.Histogram);
            Consider(left, node.Start, middle, node.Depth + 1, ofLeft);
            Consider(left + 1, middle, node.End, node.Depth + 1, ofRight);
        }
        return tree;
    }

    /// <summary>Makes a node a leaf, or finds its cut and puts it in the queue.</summary>
    private void Consider(int node, int start, int end, int depth, double[]? histogram)
    {
        var total = AddUp(start, end);
        if (depth < shape.Depth && criterion.IsSplittable(total))
        {
            var cut = histogram is null
                ? finder.Find(criterion, Rows, start, end, total, vectors, columns, shape.ColumnsPerNode, random)
                : finder.Find(criterion, (double*)Marshal.UnsafeAddrOfPinnedArrayElement(histogram, 0), total, vectors, columns, random);
            var gain = cut.Worth - criterion.Worth(total);
            if (gain > 0 || (criterion.SplitsWithoutGain && cut.Column >= 0))
            {
                // Without a limit the order does not matter: the last first keeps few waiting.
                var order = shape.MaxLeaves == int.MaxValue ? considered++ : gain;
                pending.Enqueue(new(node, start, end, depth, cut, Math.Max(0, gain), histogram), -order);
                return;
            }
        }
        End(node, histogram);
    }

    private void End(int node, double[]? histogram)
    {
        criterion.Leaf(sums, tree.MakeLeaf(node));
        histograms.Return(histogram);
    }

    private double* AddUp(int start, int end)
    {
        Array.Clear(sums);
        var total = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(sums, 0);
        Rows.AddUp(criterion, start, end, total);
        return total;
    }
}
