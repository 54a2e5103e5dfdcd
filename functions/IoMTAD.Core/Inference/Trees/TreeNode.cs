namespace IoMTAD.Inference.Trees;

/// <summary>A split, or a leaf, of a <see cref="TreeEnsemble"/>. A row goes left when its value is at most the threshold, right otherwise
/// and where it is not a number: BRANCH_LEQ of ONNX.</summary>
/// <param name="Left">The left child's index among the ensemble's nodes; the right child follows it.</param>
/// <param name="Leaf">Number of the leaf, −1 at a split.</param>
internal readonly record struct TreeNode(int Feature, float Threshold, int Left, int Leaf)
{
    public bool IsLeaf => Leaf >= 0;
    public int Right => Left + 1;

    public static TreeNode Split(int feature, float threshold, int left) => new(feature, threshold, left, -1);

    /// <summary>Nothing is at most NaN, and right of the node's left neighbour is the node: a walk that reached a leaf stays there, and
    /// rows can be walked in step without asking which have arrived.</summary>
    /// <param name="self">Index of the node.</param>
    public static TreeNode AtLeaf(int self, int leaf) => new(0, float.NaN, self - 1, leaf);
}
