namespace IoMTAD.Inference;

/// <summary>Scratch space in which a block of vectors is judged by a view.</summary>
internal sealed unsafe class DensityEvaluator(int capacity, int maxDimensions, int maxComponents)
{
    private readonly FloatBuffer projected = new(capacity * maxDimensions);
    private readonly FloatBuffer scratch = new(capacity * maxComponents * GaussianMixture.Rank);
    private readonly FloatBuffer densities = new(capacity * maxComponents);

    /// <summary>Where the last vectors project to, <c>[row, dimension]</c>.</summary>
    public FloatBuffer Projected => projected;

    /// <summary>Log density of each component, <c>[row, component]</c>.</summary>
    public FloatBuffer Densities => densities;

    /// <summary>Minus the log density of each row: higher is stranger.</summary>
    /// <param name="vectors"><c>[rows, inputs]</c>; standardised in place.</param>
    public void Evaluate(Whitening whitening, GaussianMixture mixture, float* vectors, Span<float> result)
    {
        whitening.Apply(vectors, projected.Pointer, result.Length);
        mixture.LogDensities(projected.Pointer, scratch.Pointer, densities.Pointer, result.Length);
        for (var row = 0; row < result.Length; row++)
            result[row] = -GaussianMixture.LogSum(densities.Span.Slice(row * mixture.Components, mixture.Components));
    }

    public static DensityEvaluator For(IReadOnlyList<LengthGroup> groups, int capacity)
    {
        var views = groups.SelectMany(g => new[] { g.Reconstruction, g.Spreads }).ToArray();
        return new(capacity, views.Max(v => v.Mixture.Dimensions), views.Max(v => v.Mixture.Components));
    }
}
