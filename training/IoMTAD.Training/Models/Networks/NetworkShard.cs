using IoMTAD.Inference;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>One shard's share of a batch and all that it needs to work on it alone.</summary>
internal sealed unsafe class NetworkShard(NetworkShape shape, NetworkOptions options, int capacity)
{
    private readonly NetworkPass pass = new(shape, capacity);
    private readonly NetworkGradient gradient = new(shape, capacity);
    private readonly FloatBuffer clean = new(capacity * shape.Input.Size);
    private readonly FloatBuffer? noisy = options.Noise > 0 ? new(capacity * shape.Input.Size) : null;
    private readonly InputNoise noise = new(shape.Input, options.Noise, options.Seed);
    private readonly Dropout? dropout = options.Dropout > 0 ? new(shape, capacity, options.Dropout, options.Seed) : null;

    /// <summary>Indices of the vectors to work on.</summary>
    public ArraySegment<int> Rows { get; set; }

    /// <summary>Summed over the rows.</summary>
    public double Loss { get; private set; }

    public Span<float> Gradient => gradient.Sum.Span;

    public void Measure(Network network, FitData data)
    {
        Read(data);
        pass.Forward(network, clean.Pointer, Rows.Count);
        Loss = 0;
        for (var i = 0; i < Rows.Count; i++) Loss += data.Loss.Measure(Rows[i], Clean(i), Output(i));
    }

    public void Learn(Network network, NetworkTransposes transposes, FitData data, int epoch)
    {
        Gradient.Clear();
        Loss = 0;
        if (Rows.Count == 0) return;
        Read(data);
        var input = Noisy(epoch);
        dropout?.Draw(epoch, Rows);
        pass.Forward(network, input, Rows.Count, dropout);
        var size = shape.Output.Size;
        for (var i = 0; i < Rows.Count; i++) Loss += data.Loss.Learn(Rows[i], Clean(i), Output(i), gradient.OutputError + (long)i * size);
        gradient.Accumulate(pass, input, Rows.Count, transposes, dropout);
    }

    private void Read(FitData data)
    {
        var width = shape.Input.Size;
        for (var i = 0; i < Rows.Count; i++) data.Vectors.Read(Rows[i], clean.Span.Slice(i * width, width));
    }

    private float* Noisy(int epoch)
    {
        if (noisy is null) return clean.Pointer;
        var width = shape.Input.Size;
        clean.Span[..(Rows.Count * width)].CopyTo(noisy.Span);
        for (var i = 0; i < Rows.Count; i++) noise.Add(epoch, Rows[i], noisy.Span.Slice(i * width, width));
        return noisy.Pointer;
    }

    private float* Clean(int i) => clean.Pointer + (long)i * shape.Input.Size;

    private float* Output(int i) => pass.Output + (long)i * shape.Output.Size;
}
