using IoMTAD.Inference.Networks;

namespace IoMTAD.Core.Tests.Inference.Networks;

public sealed class NetworkShapeTests
{
    [Fact]
    public void A_shape_comes_back_from_its_text()
    {
        foreach (var shape in SampleNetworks.All)
        {
            Assert.True(NetworkText.TryRead(NetworkText.Write(shape), out var read, out _));
            Assert.Equal(shape.Input, read.Input);
            Assert.Equal(shape.Layers, read.Layers);
        }
    }

    [Fact]
    public void A_shape_is_a_line_that_people_can_read() =>
        Assert.Equal("input 6 18 32, convolution 17 4 same, relu, convolution 5 5 same, pool mean, dense 2, softmax",
            NetworkText.Write(SampleNetworks.All[2]));

    [Theory]
    [InlineData("")]
    [InlineData("dense 3")]
    [InlineData("input 1 2")]
    [InlineData("input 1 2 16")]
    [InlineData("input 1 20 16, dense 3")]
    [InlineData("input 0 2 16, dense 3")]
    [InlineData("input 65536 65536 65536, dense 3")]
    [InlineData("input 99999999999 2 16, dense 3")]
    [InlineData("input 1 2 16, dense 0")]
    [InlineData("input 1 2 16, dense -3")]
    [InlineData("input 1 2 16, dense 3 3")]
    [InlineData("input 1 2 16, dense  3")]
    [InlineData("input 1 2 16, lstm 3")]
    [InlineData("input 1 2 16, relu")]
    [InlineData("input 8 2 16, maxpool 2")]
    [InlineData("input 2 2 16, convolution 8 3 valid")]
    [InlineData("input 2 2 16, convolution 8 3 same")]
    [InlineData("input 2 2 16, convolution 8 0 same")]
    [InlineData("input 2 2 16, convolution 8 1 wide")]
    [InlineData("input 2 2 16, convolution 8 1 valid, maxpool 3")]
    [InlineData("input 2 2 16, convolution 8 1 valid, softmax")]
    [InlineData("input 1 2 16, dense 3, softmax, dense 3")]
    [InlineData("input 1 60000 60000, dense 60000")]
    [InlineData("input 60000 1 1, convolution 60000 1 valid")]
    public void Layers_that_make_no_network_are_refused_with_a_reason(string text)
    {
        Assert.False(NetworkText.TryRead(text, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Too_many_layers_are_refused()
    {
        var text = "input 1 2 16, dense 3" + string.Concat(Enumerable.Repeat(", relu", NetworkShape.MaxLayers));
        Assert.False(NetworkText.TryRead(text, out _, out _));
    }
}
