using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models.Trees;

/// <summary>A tree over binned vectors, as it is grown.</summary>
internal sealed class GrownTree(int outputs)
{
    private readonly List<Node> nodes = [new(-1, 0, 0, 0)];
    private readonly List<float> leafValues = [];

    /// <param name="Column">−1 at a leaf.</param>
    /// <param name="Next">The left child, which the right one follows; at a leaf its number.</param>
    /// <param name="Gain">By which the split improved the criterion.</param>
    public readonly record struct Node(int Column, int Bin, int Next, float Gain)
    {
        public bool IsLeaf => Column < 0;
    }

    public ReadOnlySpan<Node> Nodes => CollectionsMarshal.AsSpan(nodes);
    public int Leaves => leafValues.Count / outputs;

    /// <summary>One value per output.</summary>
    public Span<float> LeafValues(int leaf) => CollectionsMarshal.AsSpan(leafValues).Slice(leaf * outputs, outputs);

    /// <returns>The left child.</returns>
    public int Split(int node, Cut cut, double gain)
    {
        var left = nodes.Count;
        nodes[node] = new(cut.Column, cut.Bin, left, (float)gain);
        nodes.Add(new(-1, 0, 0, 0));
        nodes.Add(new(-1, 0, 0, 0));
        return left;
    }

    /// <returns>The leaf's values, to be written; zeros.</returns>
    public Span<float> MakeLeaf(int node)
    {
        var leaf = Leaves;
        nodes[node] = new(-1, 0, leaf, 0);
        CollectionsMarshal.SetCount(leafValues, leafValues.Count + outputs);
        var values = LeafValues(leaf);
        values.Clear();
        return values;
    }

    /// <summary>The leaf that a vector comes to.</summary>
    public int LeafOf(BinnedVectors vectors, int row)
    {
        var all = Nodes;
        var at = all[0];
        while (!at.IsLeaf) at = all[at.Next + (vectors.Column(at.Column)[row] <= at.Bin ? 0 : 1)];
        return at.Next;
    }
}
