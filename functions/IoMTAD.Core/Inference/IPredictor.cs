namespace IoMTAD.Inference;

/// <summary>What turns prepared vectors into outputs: a network, an ensemble of trees. Immutable and shared by threads.</summary>
internal interface IPredictorModel
{
    int Inputs { get; }
    int Outputs { get; }

    /// <param name="capacity">Rows per call at most.</param>
    IPredictor Create(int capacity);
}

/// <summary>A predictor with its scratch space: allocates nothing once made; one per thread.</summary>
internal interface IPredictor
{
    /// <param name="inputs"><c>[rows, Inputs]</c></param>
    /// <param name="outputs"><c>[rows, Outputs]</c></param>
    void Predict(ReadOnlySpan<float> inputs, int rows, Span<float> outputs);
}
