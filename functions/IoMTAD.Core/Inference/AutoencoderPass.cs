namespace IoMTAD.Inference;

/// <summary>One forward pass over a block of sequences, every activation kept: training walks back over them, scoring reads code and
/// output.</summary>
/// <remarks>
/// Rows are ordered by falling length, so the sequences still running at a step are a prefix and no mask is needed. All buffers are
/// <c>[step, row, …]</c> with <see cref="Capacity"/> rows per step.
/// </remarks>
internal sealed unsafe class AutoencoderPass
{
    private readonly int[] active;

    public AutoencoderPass(AutoencoderShape shape, int capacity, int maxSteps)
    {
        (Shape, Capacity, MaxSteps) = (shape, capacity, maxSteps);
        active = new int[maxSteps + 1];
        int rows = capacity * maxSteps, states = rows * shape.Hidden;
        Input = new FloatBuffer(rows * shape.Padded);
        Output = new FloatBuffer(rows * shape.Padded);
        Encoder = new LstmTrace(new(rows * shape.Gates), new(states), new(states), new(states));
        Decoder = new LstmTrace(new(rows * shape.Gates), new(states), new(states), new(states));
        Code = new FloatBuffer(capacity * shape.Hidden);
        CodeGates = new FloatBuffer(capacity * shape.Gates);
    }

    public AutoencoderShape Shape { get; }
    public int Capacity { get; }
    public int MaxSteps { get; }
    public int Rows { get; private set; }

    /// <summary>Steps of the longest sequence.</summary>
    public int Steps { get; private set; }

    public FloatBuffer Input { get; }
    public FloatBuffer Output { get; }
    public LstmTrace Encoder { get; }
    public LstmTrace Decoder { get; }
    public FloatBuffer Code { get; }

    /// <summary>The constant part of the decoder's gates: bias and projected code.</summary>
    public FloatBuffer CodeGates { get; }

    /// <summary>How many rows still run at a step.</summary>
    public int Active(int step) => active[step];

    public Span<float> InputRow(int step, int row) => Input.Span.Slice((step * Capacity + row) * Shape.Padded, Shape.Padded);

    public ReadOnlySpan<float> OutputRow(int step, int row) => Output.Span.Slice((step * Capacity + row) * Shape.Padded, Shape.Padded);

    /// <param name="lengths">Of each row, never rising.</param>
    public void Begin(ReadOnlySpan<int> lengths)
    {
        Rows = lengths.Length;
        Steps = lengths[0];
        for (int step = 0, row = Rows; step <= Steps; step++)
        {
            while (row > 0 && lengths[row - 1] <= step) row--;
            active[step] = row;
        }
    }

    public void Forward(Autoencoder net)
    {
        var (h, z, f) = (Shape.Hidden, Shape.Gates, Shape.Padded);
        var w = net.Parameters.Pointer;
        for (var t = 0; t < Steps; t++)
        {
            var gates = Encoder.Gates.Pointer + (long)t * Capacity * z;
            Repeat(w + Shape.EncoderBias, gates, active[t], z);
            var input = Input.Pointer + (long)t * Capacity * f;
            Gemm.MultiplyAdd(input, f, 1, w + Shape.EncoderInput, z, gates, z, active[t], z, Shape.Features);
            Recur(Encoder, t, w + Shape.EncoderState);
            var ended = active[t] - active[t + 1];
            if (ended == 0) continue;
            long last = (long)(t * Capacity + active[t + 1]) * h;
            new ReadOnlySpan<float>(Encoder.State.Pointer + last, ended * h).CopyTo(new(Code.Pointer + active[t + 1] * h, ended * h));
        }
        Repeat(w + Shape.DecoderBias, CodeGates.Pointer, Rows, z);
        Gemm.MultiplyAdd(Code.Pointer, h, 1, w + Shape.DecoderCode, z, CodeGates.Pointer, z, Rows, z, h);
        for (var t = 0; t < Steps; t++)
        {
            CodeGates.Span[..(active[t] * z)].CopyTo(new(Decoder.Gates.Pointer + (long)t * Capacity * z, active[t] * z));
            Recur(Decoder, t, w + Shape.DecoderState);
            var output = Output.Pointer + (long)t * Capacity * f;
            Repeat(w + Shape.OutputBias, output, active[t], f);
            Gemm.MultiplyAdd(Decoder.State.Pointer + (long)t * Capacity * h, h, 1, w + Shape.Output, f, output, f, active[t], f, h);
        }
    }

    private void Recur(LstmTrace lstm, int t, float* weights)
    {
        var (h, z) = (Shape.Hidden, Shape.Gates);
        var gates = lstm.Gates.Pointer + (long)t * Capacity * z;
        long now = (long)t * Capacity * h, before = now - (long)Capacity * h;
        if (t > 0) Gemm.MultiplyAdd(lstm.State.Pointer + before, h, 1, weights, z, gates, z, active[t], z, h);
        LstmCell.Forward(gates, t > 0 ? lstm.Cell.Pointer + before : null, lstm.Cell.Pointer + now, lstm.CellTanh.Pointer + now,
            lstm.State.Pointer + now, active[t], h);
    }

    private static void Repeat(float* row, float* rows, int count, int width)
    {
        for (var i = 0; i < count; i++) new ReadOnlySpan<float>(row, width).CopyTo(new(rows + (long)i * width, width));
    }
}

/// <summary>What one LSTM did at every step: gate activations, cell, its tanh, and state.</summary>
internal sealed record LstmTrace(FloatBuffer Gates, FloatBuffer Cell, FloatBuffer CellTanh, FloatBuffer State);
