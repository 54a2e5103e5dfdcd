using System.Runtime.Intrinsics;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Back-propagation through time for <see cref="Autoencoder"/>: sums the gradient of ½·Σ(output − input)² over a pass's live
/// steps.</summary>
/// <remarks>Holds the scratch of one shard; nothing is allocated per batch.</remarks>
internal sealed unsafe class AutoencoderGradient(AutoencoderShape shape, int capacity)
{
    private readonly FloatBuffer outputError = new(capacity * shape.Padded);
    private readonly FloatBuffer gateError = new(capacity * shape.Gates);
    private readonly FloatBuffer codeGateError = new(capacity * shape.Gates);
    private readonly FloatBuffer stateError = new(capacity * shape.Hidden);
    private readonly FloatBuffer cellError = new(capacity * shape.Hidden);
    private readonly FloatBuffer codeError = new(capacity * shape.Hidden);

    /// <summary>Laid out as the parameters; the caller clears it.</summary>
    public FloatBuffer Sum { get; } = new(shape.Length);

    /// <returns>Σ(output − input)² over rows, live steps and features.</returns>
    public double Accumulate(AutoencoderPass pass, TransposedWeights weights)
    {
        var loss = Decoder(pass, weights);
        Encoder(pass, weights);
        return loss;
    }

    /// <summary>The loss alone.</summary>
    public static double Loss(AutoencoderPass pass)
    {
        var loss = 0.0;
        for (var t = 0; t < pass.Steps; t++)
        {
            long at = (long)t * pass.Capacity * pass.Shape.Padded;
            loss += Difference(pass.Output.Pointer + at, pass.Input.Pointer + at, null, pass.Active(t) * pass.Shape.Padded);
        }
        return loss;
    }

    private double Decoder(AutoencoderPass pass, TransposedWeights weights)
    {
        var (h, z, f) = (shape.Hidden, shape.Gates, shape.Padded);
        var g = Sum.Pointer;
        stateError.Span.Clear();
        cellError.Span.Clear();
        codeGateError.Span.Clear();
        var loss = 0.0;
        for (var t = pass.Steps - 1; t >= 0; t--)
        {
            var rows = pass.Active(t);
            long at = (long)t * pass.Capacity;
            loss += Difference(pass.Output.Pointer + at * f, pass.Input.Pointer + at * f, outputError.Pointer, rows * f);
            var state = pass.Decoder.State.Pointer + at * h;
            Gemm.MultiplyAdd(state, 1, h, outputError.Pointer, f, g + shape.Output, f, h, f, rows);
            AddRows(outputError.Pointer, g + shape.OutputBias, rows, f);
            Gemm.MultiplyAdd(outputError.Pointer, f, 1, weights.Output.Pointer, h, stateError.Pointer, h, rows, h, shape.Features);
            Step(pass, pass.Decoder, t, rows, weights.DecoderState, shape.DecoderState);
            AddRows(gateError.Pointer, g + shape.DecoderBias, rows, z);
            Add(gateError.Pointer, codeGateError.Pointer, rows * z);
        }
        Gemm.MultiplyAdd(pass.Code.Pointer, 1, h, codeGateError.Pointer, z, g + shape.DecoderCode, z, h, z, pass.Rows);
        codeError.Span.Clear();
        Gemm.MultiplyAdd(codeGateError.Pointer, z, 1, weights.DecoderCode.Pointer, h, codeError.Pointer, h, pass.Rows, h, z);
        return loss;
    }

    private void Encoder(AutoencoderPass pass, TransposedWeights weights)
    {
        var (h, z, f) = (shape.Hidden, shape.Gates, shape.Padded);
        var g = Sum.Pointer;
        stateError.Span.Clear();
        cellError.Span.Clear();
        for (var t = pass.Steps - 1; t >= 0; t--)
        {
            var (ended, rows) = (pass.Active(t + 1), pass.Active(t));
            codeError.Span[(ended * h)..(rows * h)].CopyTo(stateError.Span[(ended * h)..]);
            Step(pass, pass.Encoder, t, rows, weights.EncoderState, shape.EncoderState);
            var input = pass.Input.Pointer + (long)t * pass.Capacity * f;
            Gemm.MultiplyAdd(input, 1, f, gateError.Pointer, z, g + shape.EncoderInput, z, shape.Features, z, rows);
            AddRows(gateError.Pointer, g + shape.EncoderBias, rows, z);
        }
    }

    /// <summary>From the error of a step's state to that of its gates, of the recurrent weights, and of the state before.</summary>
    private void Step(AutoencoderPass pass, LstmTrace lstm, int t, int rows, FloatBuffer transposed, int weightsAt)
    {
        var (h, z) = (shape.Hidden, shape.Gates);
        long now = (long)t * pass.Capacity, before = now - pass.Capacity;
        LstmCellGradient.Backward(lstm.Gates.Pointer + now * z, t > 0 ? lstm.Cell.Pointer + before * h : null,
            lstm.CellTanh.Pointer + now * h, stateError.Pointer, cellError.Pointer, gateError.Pointer, rows, h);
        if (t == 0) return;
        Gemm.MultiplyAdd(lstm.State.Pointer + before * h, 1, h, gateError.Pointer, z, Sum.Pointer + weightsAt, z, h, z, rows);
        stateError.Span[..(rows * h)].Clear();
        Gemm.MultiplyAdd(gateError.Pointer, z, 1, transposed.Pointer, h, stateError.Pointer, h, rows, h, z);
    }

    private static double Difference(float* a, float* b, float* result, int count)
    {
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < count; i += Vector256<float>.Count)
        {
            var d = Vector256.Load(a + i) - Vector256.Load(b + i);
            if (result != null) d.Store(result + i);
            sum = Vector256.FusedMultiplyAdd(d, d, sum);
        }
        return Vector256.Sum(sum);
    }

    private static void AddRows(float* rows, float* sum, int count, int width)
    {
        for (var i = 0; i < count; i++) Add(rows + (long)i * width, sum, width);
    }

    private static void Add(float* values, float* sum, int count)
    {
        for (var i = 0; i < count; i += Vector256<float>.Count) (Vector256.Load(sum + i) + Vector256.Load(values + i)).Store(sum + i);
    }
}
