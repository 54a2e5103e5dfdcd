using System.Runtime.CompilerServices;

namespace IoMTAD.Inference.Trees;

/// <summary>Walks rows through trees. It has no state: one may serve any number of threads.</summary>
/// <remarks>A block of rows goes through one tree after another, so that a tree is read into the cache once per block; eight rows walk in
/// step, so that the processor waits for eight nodes at a time; and a step is arithmetic, not a branch that is mispredicted every other
/// time. Each row adds its trees in their order: its outputs are the same bits whatever rows stand beside it.</remarks>
internal sealed unsafe class TreeEvaluator(TreeEnsemble trees) : IPredictor
{
    private const int Block = 1024, Abreast = 8;

    public void Predict(ReadOnlySpan<float> inputs, int rows, Span<float> outputs)
    {
        int width = trees.Inputs, results = trees.Outputs;
        if (inputs.Length < (long)rows * width || outputs.Length < (long)rows * results)
            throw new ArgumentException("There are fewer values than rows.", nameof(rows));
        outputs[..(rows * results)].Clear();
        fixed (float* x = inputs, y = outputs, leaves = trees.LeafValues)
        fixed (TreeNode* nodes = trees.Nodes)
        {
            for (var row = 0; row < rows; row += Block)
                AddBlock(nodes, leaves, x + (long)row * width, Math.Min(Block, rows - row), y + (long)row * results);
        }
    }

    private void AddBlock(TreeNode* nodes, float* leaves, float* x, int rows, float* y)
    {
        int width = trees.Inputs, results = trees.Outputs;
        var reached = stackalloc int[Abreast];
        for (var tree = 0; tree < trees.Trees; tree++)
        {
            int root = trees.Roots[tree], depth = trees.Depths[tree];
            var row = 0;
            for (; row + Abreast <= rows; row += Abreast)
            {
                Walk(nodes, root, depth, x + row * width, width, reached);
                for (var i = 0; i < Abreast; i++) Add(leaves + (long)nodes[reached[i]].Leaf * results, y + (row + i) * results, results);
            }
            for (; row < rows; row++)
            {
                var at = root;
                while (!nodes[at].IsLeaf) at = Next(nodes, at, x + row * width);
                Add(leaves + (long)nodes[at].Leaf * results, y + row * results, results);
            }
        }
    }

    private static void Walk(TreeNode* nodes, int root, int depth, float* x, int width, int* reached)
    {
        int a = root, b = root, c = root, d = root, e = root, f = root, g = root, h = root;
        for (; depth > 0; depth--)
        {
            var before = a + b + c + d + e + f + g + h;
            a = Next(nodes, a, x);
            b = Next(nodes, b, x + width);
            c = Next(nodes, c, x + 2 * width);
            d = Next(nodes, d, x + 3 * width);
            e = Next(nodes, e, x + 4 * width);
            f = Next(nodes, f, x + 5 * width);
            g = Next(nodes, g, x + 6 * width);
            h = Next(nodes, h, x + 7 * width);
            // Children stand after parents, so the sum rises until all eight have arrived.
            if (a + b + c + d + e + f + g + h == before) break;
        }
        (reached[0], reached[1], reached[2], reached[3]) = (a, b, c, d);
        (reached[4], reached[5], reached[6], reached[7]) = (e, f, g, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(TreeNode* nodes, int at, float* x)
    {
        var node = nodes + at;
        var stays = x[node->Feature] <= node->Threshold;
        return node->Left + 1 - Unsafe.As<bool, byte>(ref stays);
    }

    private static void Add(float* values, float* sums, int count)
    {
        for (var i = 0; i < count; i++) sums[i] += values[i];
    }
}
