using IoMTAD.Inference;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Core.Tests.Inference.Networks;

public sealed class NetworkTensorsTests
{
    [Fact]
    public void A_network_comes_back_from_its_tensors_to_the_bit()
    {
        foreach (var shape in SampleNetworks.All)
        {
            var network = SampleNetworks.Fill(shape, 1);
            Assert.True(NetworkTensors.TryRead(Written(network), "net", shape, out var read, out _));
            Assert.True(read.Parameters.Span.SequenceEqual(network.Parameters.Span));
        }
    }

    [Fact]
    public void Tensors_have_no_padding()
    {
        var file = Written(SampleNetworks.Fill(SampleNetworks.All[0], 1));
        Assert.Equal(3 * 5 * 20, file.Find("net/0/weights")!.Length);
        Assert.Equal(20, file.Find("net/0/biases")!.Length);
        Assert.Equal(2 * 16 * 7, file.Find("net/4/weights")!.Length);
    }

    [Fact]
    public void Missing_tensors_and_tensors_of_another_network_are_refused()
    {
        var file = Written(SampleNetworks.Fill(SampleNetworks.All[0], 1));
        Assert.False(NetworkTensors.TryRead(file, "other", SampleNetworks.All[0], out _, out var missing));
        Assert.Contains("other/0/weights", missing, StringComparison.Ordinal);
        Assert.False(NetworkTensors.TryRead(file, "net", SampleNetworks.All[1], out _, out var wrong));
        Assert.Contains("values, not", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Values_that_are_no_numbers_are_refused(float value)
    {
        var shape = SampleNetworks.All[3];
        var network = SampleNetworks.Fill(shape, 1);
        network.Parameters.Span[shape.Layers[^1].Bias + 1] = value;
        Assert.False(NetworkTensors.TryRead(Written(network), "net", shape, out _, out var error));
        Assert.Contains("net/3/biases", error, StringComparison.Ordinal);
    }

    private static TensorSet Written(Network network)
    {
        var file = new TensorSet();
        NetworkTensors.Write(file, "net", network);
        return file;
    }
}
