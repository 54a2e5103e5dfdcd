using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Tests.Export.Onnx;

public sealed class OnnxWriterTests
{
    private static readonly OnnxTensor Numbers = OnnxTensor.Of("numbers", [1.5, -2], 2, 1);

    private static readonly OnnxAttribute[] Attributes =
    [
        OnnxAttribute.Of("float", -0.5f), OnnxAttribute.Of("int", long.MinValue), OnnxAttribute.Of("string", "ü"),
        OnnxAttribute.Of("tensor", Numbers), OnnxAttribute.Of("floats", new[] { 1f, float.NaN }),
        OnnxAttribute.Of("ints", new[] { -1L, 1L << 40 }), OnnxAttribute.Of("strings", new[] { "a", "" }),
    ];

    [Fact]
    public void What_is_written_reads_back()
    {
        var graph = new OnnxGraph("test");
        graph.Metadata.Add("schema", "s");
        graph.Weights("w", [1, 2, 3, 4, 5, 6], 3, 2);
        var sum = graph.Add("ai.onnx.ml", "Many", 2, [graph.Input("x", OnnxType.Float, "N", "2"), "w"], Attributes);
        graph.Output(graph.Plus(sum[0], sum[1]), "y", OnnxType.Float, "N");

        Assert.True(OnnxReader.TryRead(graph.ToBytes(), out var model, out _));

        Assert.Equal("s", model.Metadata["schema"]);
        Assert.Equal([1, 2, 3, 4, 5, 6], model.Initializers["w"].ToFloats());
        Assert.Equal([3, 2], model.Initializers["w"].Dims);
        Assert.Equal(["Many", "Add", "Identity"], model.Nodes.Select(n => n.Operator));
        var node = model.Nodes[0];
        Assert.Equal(("ai.onnx.ml", 2), (node.Domain, node.Outputs.Count));
        Assert.Equal(["x", "w"], node.Inputs);
        Assert.Equal(Attributes.Select(a => (a.Name, a.Type)), node.Attributes.Select(a => (a.Name, a.Type)));
        Assert.Equal(-0.5f, node.Attribute("float")!.Float);
        Assert.Equal(long.MinValue, node.Attribute("int")!.Int);
        Assert.Equal("ü", node.Attribute("string")!.String);
        Assert.Equal([1.5, -2], node.Attribute("tensor")!.Tensor!.ToDoubles());
        Assert.Equal([1f, float.NaN], node.Attribute("floats")!.Floats);
        Assert.Equal([-1L, 1L << 40], node.Attribute("ints")!.Ints);
        Assert.Equal(["a", ""], node.Attribute("strings")!.Strings);
        Assert.Null(node.Attribute("none"));
    }

    [Fact]
    public void A_constant_is_stored_once()
    {
        var graph = new OnnxGraph("test");
        Assert.Equal(graph.Constant(0.5f), graph.Constant(0.5f));
        Assert.NotEqual(graph.Constant(0.5f), graph.Constant(0.5));
        graph.Output(graph.Ints(1, 2), "y", OnnxType.Int64, "2");
        Assert.True(OnnxReader.TryRead(graph.ToBytes(), out var model, out _));
        Assert.Equal(3, model.Initializers.Count);
        Assert.Equal([1, 2], model.Initializers["ints 1 2"].ToInts());
    }
}
