using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;

namespace IoMTAD.Core.Tests.Inference.Onnx;

/// <summary>Files written by hand, byte by byte; whole models are read in the training tests, where they are written.</summary>
public sealed class OnnxReaderTests
{
    // An initializer "w" of two floats: dims 2, data type 1, name, raw_data.
    private static readonly byte[] Floats = [0x08, 2, 0x10, 1, 0x42, 1, (byte)'w', 0x4a, 8, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40];

    [Fact]
    public void An_initializer_and_metadata_are_read()
    {
        byte[] file = [.. Field(7, Field(5, Floats)), .. Field(14, [.. Field(1, "a"u8), .. Field(2, "b"u8)])];
        Assert.True(OnnxReader.TryRead(file, out var model, out _));
        Assert.Equal([1, 2], model.Initializers["w"].ToFloats());
        Assert.Equal([2], model.Initializers["w"].Dims);
        Assert.Equal("b", model.Metadata["a"]);
        Assert.True(OnnxTensors.TryRead(file, out var tensors, out _));
        Assert.Equal([1, 2], tensors.Find("w")!);
        Assert.Null(tensors.Find("v"));
    }

    [Fact]
    public void Numbers_of_an_attribute_are_read_packed_and_one_by_one()
    {
        byte[] packed = [.. Field(1, "p"u8), .. Field(8, [1, 0x80, 1]), .. Field(7, [0, 0, 0x80, 0x3f]), 0xa0, 1, 7];
        byte[] single = [.. Field(1, "s"u8), 0x40, 1, 0x40, 0x80, 1, 0x3d, 0, 0, 0x80, 0x3f, 0xa0, 1, 7];
        byte[] file = Field(7, Field(1, [.. Field(4, "Op"u8), .. Field(5, packed), .. Field(5, single)]));
        Assert.True(OnnxReader.TryRead(file, out var model, out _));
        foreach (var attribute in Assert.Single(model.Nodes).Attributes)
        {
            Assert.Equal(OnnxAttributeType.Ints, attribute.Type);
            Assert.Equal([1, 128], attribute.Ints);
            Assert.Equal([1f], attribute.Floats);
        }
    }

    [Fact]
    public void A_file_without_a_graph_is_no_model()
    {
        Assert.Contains("not an ONNX model", Error([]), StringComparison.Ordinal);
        Assert.Contains("not an ONNX model", Error([8, 8]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_the_end_is_an_error() =>
        Assert.Contains("cut short", Error([0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f]), StringComparison.Ordinal);

    [Fact]
    public void A_shape_that_its_bytes_do_not_fill_is_an_error()
    {
        foreach (var dims in new byte[][] { [3], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], [0xff, 0xff, 0xff, 0xff, 7] })
            Assert.Contains("shape", Error(Field(7, Field(5, [0x08, .. dims, 0x08, .. dims, .. Floats[2..]]))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_another_wire_type_is_an_error() => Assert.Contains("wire type", Error([0x38, 1]), StringComparison.Ordinal);

    [Fact]
    public void An_element_type_that_is_not_read_is_named() =>
        Assert.Contains("element type 8", Error(Field(7, Field(5, [0x10, 8]))), StringComparison.Ordinal);

    [Fact]
    public void Two_initializers_of_one_name_are_an_error() =>
        Assert.Contains("'w' stands there twice", Error(Field(7, [.. Field(5, Floats), .. Field(5, Floats)])), StringComparison.Ordinal);

    [Fact]
    public void Metadata_that_is_not_base64_of_floats_is_an_error()
    {
        foreach (var text in new[] { "?", "AAA=" })
        {
            byte[] entry = [.. Field(1, "tensor:c"u8), .. Field(2, System.Text.Encoding.UTF8.GetBytes(text))];
            Assert.False(OnnxTensors.TryRead([.. Field(7, []), .. Field(14, entry)], out _, out var error));
            Assert.Contains("tensor:c", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Messages_within_messages_do_not_recurse()
    {
        byte[] nested = [];
        for (var i = 0; i < 60; i++) nested = Field(6, nested);
        Assert.True(OnnxReader.TryRead(Field(7, Field(1, Field(5, nested))), out _, out _));
    }

    [Fact]
    public void Random_bytes_are_a_model_or_an_error()
    {
        var random = new Random(20_240_502);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            Assert.NotEqual(OnnxTensors.TryRead(Field(7, Field(random.Next(1, 6), bytes)), out _, out var error), error is not null);
        }
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)(number << 3 | 2), (byte)bytes.Length, .. bytes];

    private static string Error(byte[] file)
    {
        Assert.False(OnnxReader.TryRead(file, out _, out var error));
        return error;
    }
}
