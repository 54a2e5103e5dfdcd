namespace IoMTAD.Inference.Networks;

/// <summary>A model of single rows as one of sequences: its output is the mean over the sequence's rows. Reads vectors of
/// <see cref="SequenceInput.CountedRows"/>.</summary>
/// <param name="step">Takes the scaled features of one row, without padding.</param>
/// <param name="padded">Floats from one row of a sequence to the next.</param>
internal sealed class StepwiseModel(IPredictorModel step, int padded, int maxSteps) : IPredictorModel
{
    public IPredictorModel Step { get; } = step;
    public int Inputs { get; } = SequenceInputs.Width(SequenceInput.CountedRows, padded, maxSteps);
    public int Outputs => Step.Outputs;

    public IPredictor Create(int capacity) => new Predictor(this, padded, maxSteps);

    private sealed class Predictor(StepwiseModel model, int padded, int maxSteps) : IPredictor
    {
        private readonly IPredictor step = model.Step.Create(maxSteps);
        private readonly float[] rows = new float[maxSteps * model.Step.Inputs];
        private readonly float[] each = new float[maxSteps * model.Outputs];

        public void Predict(ReadOnlySpan<float> inputs, int rows, Span<float> outputs)
        {
            for (var i = 0; i < rows; i++)
                Mean(inputs.Slice(i * model.Inputs, model.Inputs), outputs.Slice(i * model.Outputs, model.Outputs));
        }

        private void Mean(ReadOnlySpan<float> sequence, Span<float> output)
        {
            var (features, length) = (model.Step.Inputs, Math.Clamp((int)sequence[^1], 1, maxSteps));
            for (var t = 0; t < length; t++) sequence.Slice(t * padded, features).CopyTo(rows.AsSpan(t * features));
            step.Predict(rows, length, each);
            output.Clear();
            for (var t = 0; t < length; t++)
                for (var j = 0; j < output.Length; j++) output[j] += each[t * output.Length + j];
            for (var j = 0; j < output.Length; j++) output[j] /= length;
        }
    }
}
