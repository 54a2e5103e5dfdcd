namespace IoMTAD.Inference;

/// <summary>Another model's scores as probabilities that add up to 1.</summary>
internal sealed class SoftmaxPredictor(IPredictorModel scores) : IPredictorModel
{
    public IPredictorModel Scores { get; } = scores;
    public int Inputs => Scores.Inputs;
    public int Outputs => Scores.Outputs;

    public IPredictor Create(int capacity) => new Pass(Scores.Create(capacity), Outputs);

    /// <summary>Scores become shares of the whole, e^score; the largest is subtracted first, so that none overflows.</summary>
    public static void Apply(Span<float> scores)
    {
        var largest = float.NegativeInfinity;
        foreach (var score in scores) largest = Math.Max(largest, score);
        var sum = 0f;
        foreach (ref var score in scores) sum += score = MathF.Exp(score - largest);
        foreach (ref var score in scores) score /= sum;
    }

    private sealed class Pass(IPredictor scores, int outputs) : IPredictor
    {
        public void Predict(ReadOnlySpan<float> inputs, int rows, Span<float> result)
        {
            scores.Predict(inputs, rows, result);
            for (var row = 0; row < rows; row++) Apply(result.Slice(row * outputs, outputs));
        }
    }
}
