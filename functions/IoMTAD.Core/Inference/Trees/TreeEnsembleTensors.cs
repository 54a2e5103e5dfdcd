using System.Diagnostics.CodeAnalysis;

namespace IoMTAD.Inference.Trees;

/// <summary>An ensemble as named tensors, and back.</summary>
/// <remarks>A tensor holds floats, which are exact for whole numbers to 2²⁴ alone: children are therefore given as distances from their
/// parents, and leaves by their order.</remarks>
internal static class TreeEnsembleTensors
{
    private const int LargestExact = 1 << 24;

    /// <param name="name">What the tensors' names begin with.</param>
    public static void Write(TensorSet file, string name, TreeEnsemble ensemble)
    {
        var nodes = ensemble.Nodes;
        var sizes = new float[ensemble.Trees];
        for (var tree = 0; tree < sizes.Length; tree++) sizes[tree] = ensemble.NodesOf(tree).GetOffsetAndLength(nodes.Length).Length;
        var (features, thresholds, left) = (new float[nodes.Length], new float[nodes.Length], new float[nodes.Length]);
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            (features[i], thresholds[i], left[i]) = node.IsLeaf ? (-1, 0, 0) : (node.Feature, node.Threshold, node.Left - i);
        }
        file.Add($"{name}/sizes", sizes);
        file.Add($"{name}/features", features);
        file.Add($"{name}/thresholds", thresholds);
        file.Add($"{name}/left", left);
        file.Add($"{name}/leaves", ensemble.LeafValues);
    }

    /// <param name="inputs">Width that the ensemble must have.</param>
    /// <param name="outputs">Outputs that it must have.</param>
    public static bool TryRead(
        TensorSet file, string name, int inputs, int outputs,
        [NotNullWhen(true)] out TreeEnsemble? ensemble, [NotNullWhen(false)] out string? error)
    {
        ensemble = null;
        if (file.Find($"{name}/sizes") is not { } sizes || file.Find($"{name}/features") is not { } features
            || file.Find($"{name}/thresholds") is not { } thresholds || file.Find($"{name}/left") is not { } left
            || file.Find($"{name}/leaves") is not { } leaves)
        {
            error = $"a tensor of '{name}' is missing";
            return false;
        }
        error = $"the tensors of '{name}' differ in length";
        if (thresholds.Length != features.Length || left.Length != features.Length) return false;
        error = $"a tensor of '{name}' holds what is no whole number in range";
        if (!TryWhole(sizes, 1, out var roots) || !TryWhole(features, -1, out var read) || !TryWhole(left, 0, out var distance))
            return false;
        if (!TryAddUp(roots, features.Length)) return false;
        var leaf = 0;
        var nodes = new TreeNode[read.Length];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = read[i] < 0 ? TreeNode.AtLeaf(i, leaf++) : TreeNode.Split(read[i], thresholds[i], i + distance[i]);
        error = TreeChecks.Fault(inputs, outputs, roots, nodes, leaves);
        if (error is not null) return false;
        ensemble = new(inputs, outputs, roots, nodes, leaves);
        return true;
    }

    private static bool TryWhole(float[] values, int least, out int[] whole)
    {
        whole = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= least && values[i] <= LargestExact && MathF.Truncate(values[i]) == values[i])) return false;
            whole[i] = (int)values[i];
        }
        return true;
    }

    /// <summary>Turns sizes into starts.</summary>
    private static bool TryAddUp(int[] sizes, int nodes)
    {
        long start = 0;
        foreach (ref var size in sizes.AsSpan())
        {
            var next = start + size;
            if (next > nodes) return false;
            (size, start) = ((int)start, next);
        }
        return start == nodes;
    }
}
