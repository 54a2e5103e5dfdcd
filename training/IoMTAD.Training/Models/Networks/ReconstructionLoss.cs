using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Mean squared difference between the live values of a vector and the network's output, which is laid out as the input.</summary>
internal sealed unsafe class ReconstructionLoss(Extent form) : INetworkLoss
{
    public double Learn(int row, float* input, float* output, float* error)
    {
        var scale = 2f / form.Values;
        for (var i = 0; i < form.Size; i++) error[i] = scale * (output[i] - input[i]);
        return Measure(row, input, output);
    }

    public double Measure(int row, float* input, float* output)
    {
        var sum = 0.0;
        for (var i = 0; i < form.Size; i++)
        {
            var d = output[i] - input[i];
            sum += d * d;
        }
        return sum / form.Values;
    }

    public string? Fault(NetworkShape shape) =>
        shape.Layers[^1].Layer is DenseLayer && shape.Output.Channels == form.Size && shape.Input == form ? null
        : "the network does not give back vectors of its input's form";
}
