using IoMTAD.Features;
using IoMTAD.Inference.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace IoMTAD.Functions.Inference;

/// <summary>The buffers of one fixed batch shape, bound to a graph once: a run allocates nothing here.</summary>
internal sealed class OnnxBatch : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly OrtIoBinding binding;
    private readonly OrtValue[] values;
    private readonly float[] sequences, output;
    private readonly int[] lengths;
    private readonly int steps, features, width;

    /// <param name="session">Must outlive this.</param>
    /// <param name="output">Name of the output, float <c>[capacity, width]</c>, or <c>[capacity]</c> where <paramref name="width"/> is 0.</param>
    public OnnxBatch(InferenceSession session, int capacity, int steps, int features, string output, int width)
    {
        (this.session, Capacity, this.steps, this.features, this.width) = (session, capacity, steps, features, Math.Max(1, width));
        sequences = new float[capacity * steps * features];
        lengths = new int[capacity];
        // What no sequence fills is a sequence too: of one step.
        Array.Fill(lengths, 1);
        this.output = new float[capacity * this.width];
        values =
        [
            OrtValue.CreateTensorValueFromMemory(sequences, [capacity, steps, features]),
            OrtValue.CreateTensorValueFromMemory(lengths, [capacity]),
            OrtValue.CreateTensorValueFromMemory(this.output, width > 0 ? [capacity, width] : [capacity]),
        ];
        binding = session.CreateIoBinding();
        binding.BindInput(ModelGraph.Sequences, values[0]);
        binding.BindInput(ModelGraph.Lengths, values[1]);
        binding.BindOutput(output, values[2]);
    }

    public int Capacity { get; }

    /// <param name="count">At most <see cref="Capacity"/>.</param>
    /// <returns><c>[count, width]</c>, valid until the next call.</returns>
    public ReadOnlySpan<float> Run(ISequences batch, int first, int count)
    {
        for (var row = 0; row < count; row++)
        {
            lengths[row] = batch.Length(first + row);
            for (var t = 0; t < lengths[row]; t++)
                batch.Step(first + row, t).CopyTo(sequences.AsSpan((row * steps + t) * features));
        }
        lengths.AsSpan(count).Fill(1);
        session.RunWithBinding(run, binding);
        return output.AsSpan(0, count * width);
    }

    public void Dispose()
    {
        binding.Dispose();
        foreach (var value in values) value.Dispose();
        run.Dispose();
    }
}
