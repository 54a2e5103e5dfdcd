namespace IoMTAD.Inference.Trees;

/// <summary>An isolation forest's anomaly score, 2^(−E[h] / c), in 0–1: near 1 where few random cuts part a row from the others, about 0.5
/// where as many are needed as for any (Liu, Ting and Zhou, "Isolation Forest", ICDM 2008).</summary>
/// <param name="paths">One output: mean path length E[h] from root to leaf.</param>
/// <param name="normal">c, the mean path length in a tree of the sample's size: <see cref="NormalPath"/>.</param>
internal sealed class IsolationScore(TreeEnsemble paths, float normal) : IPredictorModel
{
    public TreeEnsemble Paths { get; } = paths;
    public float Normal { get; } = normal;
    public int Inputs => Paths.Inputs;
    public int Outputs => 1;

    public IPredictor Create(int capacity) => new Pass(Paths.Create(capacity), Normal);

    /// <summary>Mean path length of an unsuccessful search in a binary tree of so many rows: 2·H(n−1) − 2·(n−1)/n.</summary>
    public static double NormalPath(int rows)
    {
        if (rows < 2) return 0;
        double harmonic = 0;
        for (var i = rows - 1; i > 0; i--) harmonic += 1.0 / i;
        return 2 * harmonic - 2.0 * (rows - 1) / rows;
    }

    private sealed class Pass(IPredictor paths, float normal) : IPredictor
    {
        public void Predict(ReadOnlySpan<float> inputs, int rows, Span<float> result)
        {
            paths.Predict(inputs, rows, result);
            foreach (ref var value in result[..rows]) value = MathF.Pow(2, -value / normal);
        }
    }
}
