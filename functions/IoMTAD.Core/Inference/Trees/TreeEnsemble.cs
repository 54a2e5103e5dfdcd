namespace IoMTAD.Inference.Trees;

/// <summary>Decision trees whose leaves hold one value per output; the outputs are the sums over the trees. A forest's leaves hold class
/// probabilities divided by the number of trees, boosted trees' hold scores.</summary>
internal sealed class TreeEnsemble : IPredictorModel
{
    private readonly int[] roots;
    private readonly int[] depths;
    private readonly TreeNode[] nodes;
    private readonly float[] leafValues;

    /// <summary>The arrays are kept, not copied.</summary>
    /// <param name="roots">First node of each tree, rising; a tree's nodes end where the next tree's begin.</param>
    /// <param name="nodes">Children stand after their parents, leaves are numbered as they come.</param>
    /// <param name="leafValues"><c>[leaf, outputs]</c></param>
    /// <exception cref="ArgumentException">The arrays are no trees.</exception>
    public TreeEnsemble(int inputs, int outputs, int[] roots, TreeNode[] nodes, float[] leafValues)
    {
        if (TreeChecks.Fault(inputs, outputs, roots, nodes, leafValues) is { } fault) throw new ArgumentException(fault, nameof(nodes));
        (Inputs, Outputs, this.roots, this.nodes, this.leafValues) = (inputs, outputs, roots, nodes, leafValues);
        depths = TreeChecks.Depths(roots, nodes);
    }

    public int Inputs { get; }
    public int Outputs { get; }
    public int Trees => roots.Length;
    public ReadOnlySpan<int> Roots => roots;

    /// <summary>Splits between each tree's root and its farthest leaf.</summary>
    public ReadOnlySpan<int> Depths => depths;

    public ReadOnlySpan<TreeNode> Nodes => nodes;

    /// <summary><c>[leaf, outputs]</c></summary>
    public ReadOnlySpan<float> LeafValues => leafValues;

    /// <summary>Nodes of one tree, from its root on; the children's indices count from the ensemble's first node.</summary>
    public Range NodesOf(int tree) => roots[tree]..(tree + 1 < roots.Length ? roots[tree + 1] : nodes.Length);

    public IPredictor Create(int capacity) => new TreeEvaluator(this);
}
